/**
 * `use()` of React with a token's promise. One that the same render makes is another one in each attempt, so that the component suspends endlessly and
 * shows nothing (observed; `useMemo()` and `useState()` keep nothing for a component that has not been shown yet); what an older one brought is a
 * snapshot of the token.
 */
import { type Node, contains, isFunction, unwrap, walkOwnCode } from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { returnedExpressions } from '../../../analysis/flow/paths.ts';
import { hookOf, promiseOf } from '../values/hooks.ts';
import { calleesOf, roleOfOrigin } from '../values/trace.ts';
import type { Bridge } from './bridge.ts';

const MAX_DEPTH = 10;
const MAKERS = ['useMemo', 'useState'];

/** The calls of `use()` in a bridge's hook that never settle. */
export function suspensionsOf({ file, home }: Bridge, loader: ModuleLoader): Node[] {
  const found: Node[] = [];
  walkOwnCode(home, (node) => {
    const promise = node.type === 'CallExpression' ? node.arguments[0] : undefined;
    if (
      promise &&
      hookOf({ file, node, path: [] }, loader) === 'use' &&
      isMadeIn(home, { file, node: promise, path: [] })
    )
      found.push(node);
  });
  return found;

  function isMadeIn(owner: Node, ref: Ref, depth = 0): boolean {
    const node = promiseOf(unwrap(ref.node));
    if (depth > MAX_DEPTH) return false;
    if (node.type === 'Identifier') {
      const definition = definitionOf({ file, node }, loader);
      const isOwn = definition.kind === 'value' && definition.file === file && contains(owner, definition.node);
      return isOwn && isMadeIn(owner, { ...ref, node: definition.node, path: [] }, depth + 1);
    }
    if (node.type !== 'CallExpression') return false;
    const { arguments: given, callee } = node;
    const [maker] = given;
    if (MAKERS.includes(hookOf({ ...ref, node }, loader) ?? ''))
      return (
        isFunction(maker) &&
        returnedExpressions(maker).some((made) => isMadeIn(owner, { ...ref, node: made }, depth + 1))
      );
    return calleesOf({ ...ref, node: callee, path: [] }, loader).some((origin) =>
      ['ask', 'forced'].includes(roleOfOrigin(origin)?.kind ?? ''),
    );
  }
}
