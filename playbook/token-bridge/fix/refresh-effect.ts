/** Removes an effect that does nothing but refresh, with what only the effect used. */
import { type Node, contains, enclosingFunction } from '../../../analysis/syntax/ast.ts';
import type { Edit } from '../../../analysis/edits/edits.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { RefreshEffect } from '../detect/refresh-effects.ts';
import { linesWithComments } from '../../../analysis/edits/removals.ts';
import { createBuilder, put } from './edit-builder.ts';
import { finish, hasCall } from './unused.ts';
import { languageObjection } from './verify.ts';

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
function onlyRefreshes(node: Node, refresh: Node): boolean {
  switch (node.type) {
    case 'BlockStatement':
      return node.body.every((statement) => onlyRefreshes(statement, refresh));
    case 'IfStatement':
      return (
        !hasCall(node.test) &&
        onlyRefreshes(node.consequent, refresh) &&
        (!node.alternate || onlyRefreshes(node.alternate, refresh))
      );
    case 'ReturnStatement':
      return !node.argument;
    case 'ExpressionStatement':
      return onlyRefreshes(node.expression, refresh);
    case 'UnaryExpression':
      return node.operator === 'void' && onlyRefreshes(node.argument, refresh);
    case 'CallExpression':
      return (
        node === refresh ||
        (contains(node.callee, refresh) &&
          node.callee.type === 'MemberExpression' &&
          onlyRefreshes(node.callee.object, refresh) &&
          !node.arguments.some(hasCall))
      );
    default:
      return false;
  }
}
