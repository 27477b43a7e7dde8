/** Code that runs once an item: `items.map((item) => …)`. What hangs together by the item has to be asked item by item. */
import { type FunctionNode, type Node, contains, enclosingFunction, propertyName, unwrap, wrapped } from './ast.ts';
import type { Located } from './bindings.ts';
import type { Evaluator } from './evaluate.ts';
import { readsOf, variableOf } from './scopes.ts';
import type { SourceFile } from './source-file.ts';
import { type Frame, alternativesOf, literal } from './values.ts';

const ITERATING = new Set(['every', 'filter', 'find', 'flatMap', 'forEach', 'map', 'some']);

/** More runs than this are asked as one, with every value at once. */
const MAX_RUNS = 100;

/** `items` of `items.map(callback)`, when a function (or the name of one) is such a callback. */
export function iteratedBy(callback: Node): Node | undefined {
  const call = callback.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== callback) return undefined;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && ITERATING.has(propertyName(callee) ?? '') ? callee.object : undefined;
}

/**
 * The runs of the code around a place: a frame for each item of each array that the callbacks around it go through, and
 * for each call of a function of the file (`renderItem(item)`, `items.map(renderItem)`).
 * One run, in the given frame, where there is no such callback or its array is not known.
 */
export function runsOf(evaluator: Evaluator, place: Located, frame?: Frame): readonly (Frame | undefined)[] {
  return runsWithin(evaluator, place, frame, MAX_CALLERS);
}

function runsWithin(evaluator: Evaluator, { file, node }: Located, frame: Frame | undefined, callers: number): readonly (Frame | undefined)[] {
  let runs: (Frame | undefined)[] = [frame];
  const owners: FunctionNode[] = [];
  for (let owner = enclosingFunction(node); owner && owner !== frame?.function; owner = enclosingFunction(owner)) {
    owners.unshift(owner);
  }
  for (const owner of owners) {
    const framesIn = framesOf(evaluator, { file, node: owner }, callers);
    if (!framesIn) continue;
    const next = runs.flatMap((upper): readonly (Frame | undefined)[] => {
      const frames = framesIn(upper);
      return frames.length > 0 ? frames : [upper];
    });
    if (next.length > MAX_RUNS) return runs;
    runs = next;
  }
  return runs;
}

type Frames = (upper: Frame | undefined) => readonly Frame[];

/** Functions that call functions: of two that call each other nobody knows the first. */
const MAX_CALLERS = 2;
/** A function that is read in more places is asked once, for all of them. */
const MAX_READS = 12;

/** How a function is run: once an item, or as the calls by its name say. Undefined when nobody can tell. */
function framesOf(evaluator: Evaluator, { file, node: owner }: Located<FunctionNode>, callers: number): Frames | undefined {
  const iterated = iteratedBy(owner);
  if (iterated) return (upper) => framesOfItems(evaluator, { file, node: owner }, iterated, upper);
  // Of a call as a statement nobody takes what it gives: an event handler, most often.
  const reads = (callers > 0 ? readsOfFunction(file, owner) : []).filter(({ parent }) => parent?.parent?.type !== 'ExpressionStatement');
  if (reads.length > MAX_READS) return undefined;
  // A component is asked by its uses, not by the calls that React makes.
  if (reads.length === 0 || reads.some(({ type }) => type === 'JSXIdentifier')) return undefined;
  return (upper) =>
    reads.flatMap((read): readonly Frame[] => {
      const items = iteratedBy(read);
      if (items) return framesOfItems(evaluator, { file, node: owner }, items, upper);
      const call = read.parent;
      // A call inside the function itself would have no end.
      if (call?.type !== 'CallExpression' || call.callee !== read || contains(owner, call)) return [];
      return runsWithin(evaluator, { file, node: call }, upper, callers - 1).map((outer) => ({
        function: owner,
        args: call.arguments.map((argument) => evaluator.evaluate({ file, node: argument }, outer)),
        upper: outer,
      }));
    });
}

function framesOfItems(evaluator: Evaluator, { file, node: owner }: Located<FunctionNode>, iterated: Node, upper: Frame | undefined): Frame[] {
  const items = alternativesOf(evaluator.evaluate({ file, node: iterated }, upper)).flatMap((value) =>
    value.type === 'array' && !value.open ? value.items.map((item) => item.value) : [],
  );
  return items.flatMap((item) =>
    alternativesOf(item).map((one, index): Frame => ({
      function: owner,
      args: [one, literal(index, { file, node: owner })],
      upper,
    })),
  );
}

/** Where a function of a file is read by its name; none for one that has none. */
function readsOfFunction(file: SourceFile, owner: FunctionNode): readonly Node[] {
  const declarator = wrapped(owner).parent;
  const name = owner.type === 'FunctionDeclaration' ? owner.id : declarator?.type === 'VariableDeclarator' ? declarator.id : undefined;
  const variable = name?.type === 'Identifier' ? variableOf(file, name) : undefined;
  return variable ? readsOf(variable) : [];
}
