/** Removes an effect that does nothing but refresh, with what only the effect used. */
import { type Node, contains, enclosingFunction } from '../../../analysis/syntax/ast.ts';
import type { Edit } from '../../../analysis/edits/edits.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { RefreshEffect } from '../detect/effects/refresh-effects.ts';
import { linesWithComments } from '../../../analysis/edits/removals.ts';
import { createBuilder, put } from './edit-builder.ts';
import { finish } from './unused.ts';
import { languageObjection } from './verify.ts';
import { doesOnly, hasCall } from './does-only.ts';

/** The edits that remove an effect; undefined where it does more than refresh, or something would be left behind. */
export function removeEffect(
  { callback, effect, refresh }: RefreshEffect,
  file: SourceFile,
  loader: ModuleLoader,
): readonly Edit[] | undefined {
  const home = enclosingFunction(effect);
  const statement = effect.parent;
  if (!home || statement.type !== 'ExpressionStatement' || !onlyRefreshes(callback.body, refresh)) return undefined;
  const builder = createBuilder(file, home);
  put(builder, linesWithComments(file, statement), '');
  finish(builder, loader);
  return languageObjection(builder.edits, file) === undefined ? builder.edits : undefined;
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
