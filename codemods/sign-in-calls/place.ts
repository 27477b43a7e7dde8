/** A call that starts a sign-in where none can start, and what becomes of it. */
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Use, usesOf } from '../../playbook/libraries/index.ts';
import type { Project } from '../../project/project.ts';
import type { Draft, Rewrite } from '../workspace/draft.ts';
import type { SignInRoutes } from './sign-in-route.ts';
import type { UrlTarget } from './url-targets.ts';

/** The place that a rule reports. Without `routes` no route handler may take over. */
export interface SignInPlace {
  readonly file: SourceFile;
  readonly range: Range;
  readonly project: Project;
  readonly routes?: SignInRoutes | undefined;
}

/** The rewrite of a call, or why there is none (ends without a full stop). */
export type SignInFix =
  | {
      readonly rewrite: Rewrite;
      /** Edits of components that the URL is handed to. */
      readonly elsewhere?: readonly UrlTarget[];
    }
  | { readonly reason: string };

/** The call of a package's function that is at a place. */
export function callAt({
  file,
  project,
  range,
}: SignInPlace): { name: string; call: TSESTree.CallExpression } | undefined {
  const isIt = ({ node }: Use): boolean => node.range[0] === range[0] && node.range[1] === range[1];
  const use = usesOf(file, project).find(isIt);
  return use?.node.type === 'CallExpression' ? { name: use.name, call: use.node } : undefined;
}

/** Adds a fix to the changes of a codemod; `message` is what it says of the place, if not what the fix itself does. */
export function addFix(
  draft: Draft,
  file: SourceFile,
  fix: Exclude<SignInFix, { reason: string }>,
  message?: string,
): void {
  draft.rewrite(file, message === undefined ? fix.rewrite : { ...fix.rewrite, message });
  for (const { edits, file: other } of fix.elsewhere ?? []) draft.rewrite(other, { edits });
}
