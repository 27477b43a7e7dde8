/** Removes what makes a loop by itself (an effect that does nothing but refresh, the key of a provider), with what only that used. */
import { type Node, contains, enclosingFunction, type Range } from '../../../analysis/syntax/ast.ts';
import type { Edit } from '../../../analysis/edits/edits.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { RefreshEffect } from '../detect/effects/refresh-effects.ts';
import { linesWithComments } from '../../../analysis/edits/removals.ts';
import { createBuilder, put } from './edit-builder.ts';
import { finish, doesOnly, hasCall } from './unused.ts';
import { languageObjection } from './verify.ts';
import type { TSESTree } from '@typescript-eslint/types';

/** The edits that remove an effect; undefined where it does more than refresh, or something would be left behind. */
export function removeEffect(
  { callback, effect, refresh }: RefreshEffect,
  file: SourceFile,
  loader: ModuleLoader,
): readonly Edit[] | undefined {
  const statement = effect.parent;
  return statement.type === 'ExpressionStatement' && onlyRefreshes(callback.body, refresh)
    ? withoutCause(statement, linesWithComments(file, statement), file, loader)
    : undefined;
}

/** `if (error) void refresh().catch(() => {});`: tests without calls, and the refresh with its handlers. */
const onlyRefreshes = (code: Node, refresh: Node): boolean =>
  doesOnly(
    code,
    (node) =>
      node === refresh ||
      (node.type === 'CallExpression' &&
        node.callee.type === 'MemberExpression' &&
        contains(node.callee, refresh) &&
        onlyRefreshes(node.callee.object, refresh) &&
        !node.arguments.some(hasCall)),
  );

/** The edits that remove an attribute; undefined where they would leave something behind. */
export function removeKey(
  attribute: TSESTree.JSXAttribute,
  file: SourceFile,
  loader: ModuleLoader,
): readonly Edit[] | undefined {
  const start = file.text.slice(0, attribute.range[0]).trimEnd().length;
  return withoutCause(attribute, [start, attribute.range[1]], file, loader);
}

function withoutCause(cause: Node, range: Range, file: SourceFile, loader: ModuleLoader): readonly Edit[] | undefined {
  const home = enclosingFunction(cause);
  if (!home) return undefined;
  const builder = createBuilder(file, home);
  put(builder, range, '');
  finish(builder, loader);
  return languageObjection(builder.edits, file) === undefined ? builder.edits : undefined;
}
