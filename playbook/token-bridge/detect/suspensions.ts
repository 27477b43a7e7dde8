/**
 * `use()` of React with a token's promise. One that the same render makes is another one in each attempt, so that the component suspends endlessly and
 * shows nothing (observed; `useMemo()` and `useState()` keep nothing for a component that has not been shown yet); what an older one brought is a
 * snapshot of the token.
 */
import { type Node, contains, isFunction, unwrap, ownNodesOf } from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { exitsOf, pathTo } from '../../../analysis/flow/paths.ts';
import { truthOfPath } from '../../../analysis/flow/reachability.ts';
import { hookOf, promiseOf } from '../values/hooks.ts';
import { calleesOf, isTokenRequest } from '../values/trace.ts';
import type { Bridge } from './bridge.ts';

const MAX_DEPTH = 10;
const MAKERS = ['useMemo', 'useState'];

/** The calls of `use()` in a bridge's hook that never settle. */
export function suspensionsOf({ file, home }: Bridge, loader: ModuleLoader): Node[] {
  return ownNodesOf(home, 'CallExpression').filter((node) => {
    const [promise] = node.arguments;
    if (!promise || hookOf({ file, node, path: [] }, loader) !== 'use') return false;
    // Behind a test it may first be called when the component has been shown, and keeps its promises.
    return truthOfPath(pathTo(node, home), {}) === true && isMadeHere({ file, node: promise, path: [] });
  });

  function isMadeHere(ref: Ref, depth = 0): boolean {
    if (depth > MAX_DEPTH) return false;
    const node = promiseOf(unwrap(ref.node));
    if (node.type === 'Identifier') {
      const definition = definitionOf({ file, node }, loader);
      const isOwn = definition.kind === 'value' && definition.file === file && contains(home, definition.node);
      return isOwn && isMadeHere({ ...ref, node: definition.node, path: [] }, depth + 1);
    }
    if (node.type !== 'CallExpression') return false;
    const { arguments: given, callee } = node;
    const [maker] = given;
    if (MAKERS.includes(hookOf({ ...ref, node }, loader) ?? ''))
      return (
        isFunction(maker) &&
        isEach(exitsOf(maker), ({ argument, kind }) => {
          return kind === 'return' && argument !== undefined && isMadeHere({ ...ref, node: argument }, depth + 1);
        })
      );
    return isEach(calleesOf({ ...ref, node: callee, path: [] }, loader), isTokenRequest);
  }
}

const isEach = <One>(list: readonly One[], test: (one: One) => boolean): boolean => list.length > 0 && list.every(test);
