/** `Boolean(x)`, `[x, y].some(Boolean)`, `[x, y].every((one) => !one)`, `[x, y].includes(true)`: JavaScript's own words for what a condition says. */
import { isFunction, propertyName } from '../../syntax/ast.ts';
import type { ModuleLoader } from '../../syntax/bindings/modules.ts';
import { isGlobal } from '../../syntax/bindings/scopes.ts';
import { type Ref, restArgumentsOf, type CallRef } from './call-contexts.ts';
import { expressionAt } from '../../syntax/bindings/expressions.ts';

/** The expressions that such a call takes the truth of, and how. */
export function booleanCall(
  ref: CallRef,
  loader: ModuleLoader,
): { readonly of: readonly Ref[]; readonly all: boolean } | undefined {
  const {
    arguments: [first],
    callee,
  } = ref.node;
  if (!first) return undefined;
  if (isGlobal(ref.file, callee, 'Boolean')) return { of: [{ ...ref, node: first, path: [] }], all: true };
  const name = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (callee.type !== 'MemberExpression' || (name !== 'some' && name !== 'every' && name !== 'includes'))
    return undefined;
  const test =
    name === 'includes'
      ? first.type === 'Literal' && first.value === true
        ? asIs
        : undefined
      : testOf({ ...ref, node: first, path: [] });
  const items = test && itemsOf({ ...ref, node: callee.object, path: [] }, loader);
  return items && { of: items.map(test), all: name === 'every' };
}

const asIs = (item: Ref): Ref => item;

/** What a callback asks of an item. */
function testOf(callback: Ref): ((item: Ref) => Ref) | undefined {
  const { file, frame, node } = callback;
  if (isGlobal(file, node, 'Boolean')) return asIs;
  if (!isFunction(node) || node.async || node.body.type === 'BlockStatement') return undefined;
  const { body } = node;
  return (item) => ({
    file,
    node: body,
    path: [],
    frame: { function: node, args: [item], depth: (frame?.depth ?? 0) + 1, upper: frame },
  });
}

/** The items of an array literal, of a constant that is one, and of `...rest`. */
function itemsOf(ref: Ref, loader: ModuleLoader): readonly Ref[] | undefined {
  const rest = restArgumentsOf(ref);
  if (rest) return rest;
  const list = expressionAt(ref, loader, 'ArrayExpression');
  const items = list?.node.elements.flatMap((node): Ref[] =>
    node && node.type !== 'SpreadElement' ? [{ ...ref, file: list.file, node, path: [] }] : [],
  );
  return items?.length === list?.node.elements.length ? items : undefined;
}
