/** How an exception comes out of code: thrown, or as the rejection of a promise, past every handler on its way. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  isFunction,
  wrapped,
  closest,
} from '../../syntax/ast.ts';
import type { Located } from '../../syntax/bindings/definitions.ts';
import { readsOf, variableOf } from '../../syntax/bindings/scopes.ts';
import { isTaken } from './rejections.ts';

/** `rejected`: of a promise that no code has waited for yet. */
export type Flight = 'rejected' | 'thrown';

/** Whether a `try` keeps what is thrown in a part of it: its block, or its handler. */
export type Swallows = (statement: Located<TSESTree.TryStatement>, part: Node) => boolean;

interface Flying {
  readonly place: Located;
  readonly within: Node;
  readonly swallows: Swallows;
  flight: Flight;
  isInCallback: boolean;
}

/** How an exception at a place comes out of the function that the place is in, or out of `within`; undefined where it does not. */
export function flightOutOf(place: Located, start: Flight, within: Node, swallows: Swallows): Flight | undefined {
  const flying: Flying = { place, within, swallows, flight: start, isInCallback: false };
  for (let current: Node = place.node; current.parent && current !== within; current = current.parent) {
    const step = pass(flying, current, current.parent);
    if (step !== 'on') return step === 'lost' ? undefined : flying.flight;
  }
  return flying.flight;
}

/** `out`: it has left the function. `lost`: no one gets it. */
type Passed = 'lost' | 'on' | 'out';

function pass(flying: Flying, current: Node, parent: Node): Passed {
  if (isFunction(parent)) return passFunction(flying, current, parent);
  if (flying.flight === 'rejected' && isTaken(current, parent)) return 'lost';
  const { file } = flying.place;
  switch (parent.type) {
    case 'AwaitExpression':
      flying.flight = 'thrown';
      return 'on';
    case 'TryStatement':
      return current !== parent.finalizer &&
        flying.flight === 'thrown' &&
        flying.swallows({ file, node: parent }, current)
        ? 'lost'
        : 'on';
    case 'VariableDeclarator':
    case 'ExportDefaultDeclaration':
      // `const load = cache(async () => …)`: the wrapper is the function. Of any other promise that is kept no one knows who waits for it.
      if (flying.isInCallback) return 'out';
      if (flying.flight === 'rejected' && !isAwaitedLater({ file, node: parent }, flying.within)) return 'lost';
      flying.flight = 'thrown';
      return 'on';
    case 'ExpressionStatement':
      return flying.flight === 'rejected' ? 'lost' : 'on';
    default:
      return 'on';
  }
}

function passFunction(flying: Flying, current: Node, owner: FunctionNode): Passed {
  // A rejected promise leaves a function only as what it returns.
  if (flying.flight === 'rejected') {
    if (current !== owner.body) return 'lost';
    if (owner.body.type === 'BlockStatement' && !isReturned(flying.place.node, owner)) return 'lost';
  }
  if (owner.async) flying.flight = 'rejected';
  if (!isCallback(owner)) return 'out';
  flying.isInCallback = true;
  return 'on';
}

/** `const auth = withAuth(…); await auth;` in the same block. */
function isAwaitedLater({ file, node: declarator }: Located, within: Node): boolean {
  if (declarator.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return false;
  const variable = variableOf(file, declarator.id);
  const isInside = contains(within, declarator);
  return (variable ? readsOf(variable) : []).some(
    (read) =>
      wrapped(read).parent?.type === 'AwaitExpression' &&
      enclosingFunction(read) === enclosingFunction(declarator) &&
      (!isInside || contains(within, read)),
  );
}

const isCallback = (node: FunctionNode): boolean =>
  node.parent.type === 'CallExpression' && node.parent.arguments.some((argument) => argument === node);

function isReturned(node: Node, owner: FunctionNode): boolean {
  const statement = closest(node, (one) => one.type === 'ReturnStatement');
  return statement !== undefined && contains(owner, statement);
}
