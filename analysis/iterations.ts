/** Code that runs once an item: `items.map((item) => …)`. What hangs together by the item has to be asked item by item. */
import { type FunctionNode, type Node, enclosingFunction, propertyName, unwrap } from './ast.ts';
import type { Located } from './bindings.ts';
import type { Evaluator } from './evaluate.ts';
import { type Frame, alternativesOf, literal } from './values.ts';

const ITERATING = new Set(['every', 'filter', 'find', 'flatMap', 'forEach', 'map', 'some']);

/** More runs than this are asked as one, with every value at once. */
const MAX_RUNS = 100;

/** `items` of `items.map(callback)`, when the function is such a callback. */
export function iteratedBy(callback: FunctionNode): Node | undefined {
  const call = callback.parent;
  if (call.type !== 'CallExpression' || call.arguments[0] !== callback) return undefined;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && ITERATING.has(propertyName(callee) ?? '') ? callee.object : undefined;
}

/**
 * The runs of the code around a place: a frame for each item of each array that the callbacks around it go through.
 * One run, in the given frame, where there is no such callback or its array is not known.
 */
export function runsOf(evaluator: Evaluator, { file, node }: Located, frame?: Frame): readonly (Frame | undefined)[] {
  let runs: (Frame | undefined)[] = [frame];
  const owners: FunctionNode[] = [];
  for (let owner = enclosingFunction(node); owner && owner !== frame?.function; owner = enclosingFunction(owner)) {
    owners.unshift(owner);
  }
  for (const owner of owners) {
    const iterated = iteratedBy(owner);
    if (!iterated) continue;
    const next = runs.flatMap((upper) => {
      const items = alternativesOf(evaluator.evaluate({ file, node: iterated }, upper)).flatMap((value) =>
        value.type === 'array' && !value.open ? value.items.map((item) => item.value) : [],
      );
      if (items.length === 0) return [upper];
      return items.flatMap((item) =>
        alternativesOf(item).map((one, index): Frame => ({
          function: owner,
          args: [one, literal(index, { file, node: owner })],
          upper,
        })),
      );
    });
    if (next.length > MAX_RUNS) return runs;
    runs = next;
  }
  return runs;
}
