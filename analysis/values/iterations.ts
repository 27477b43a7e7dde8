/** Code that runs once an item: `items.map((item) => …)`. What hangs together by the item has to be asked item by item. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, contains, isFunction, propertyName, unwrap, wrapped } from '../syntax/ast.ts';
import type { Located } from '../syntax/bindings/definitions.ts';
import type { Evaluator } from './evaluator.ts';
import { readsOfMember } from '../syntax/bindings/classes.ts';
import { readsOf, variableOf } from '../syntax/bindings/scopes.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { type Frame, type Value, alternativesOf, isFixed, literal, unknown } from './values.ts';

const ITERATING = new Set(['every', 'filter', 'find', 'flatMap', 'forEach', 'map', 'some']);
const REDUCING = new Set(['reduce', 'reduceRight']);

/** More runs than this are asked as one, with every value at once. */
const MAX_RUNS = 100;

/** What a callback is run for. */
export interface Iteration {
  readonly items: Node;
  /** Which parameter of the callback is the item. */
  readonly parameter: 0 | 1;
}

/** `items` of `items.map(callback)`, when a function (or the name of one) is such a callback. */
export function iterationBy(callback: Node): Iteration | undefined {
  const call = callback.parent;
  if (call?.type !== 'CallExpression') return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  const method = propertyName(callee) ?? '';
  const [first, second] = call.arguments;
  // Array.from(items, callback)
  if (second === callback)
    return first && method === 'from' && isArrayGlobal(callee.object) ? { items: first, parameter: 0 } : undefined;
  if (first !== callback) return undefined;
  if (REDUCING.has(method)) return { items: callee.object, parameter: 1 };
  return ITERATING.has(method) ? { items: callee.object, parameter: 0 } : undefined;
}

const isArrayGlobal = (node: Node): boolean => node.type === 'Identifier' && node.name === 'Array';

/**
 * The runs of the code around a place: a frame for each item of each array that the loops and callbacks around it go
 * through, and for each call of a function of the file (`renderItem(item)`, `items.map(renderItem)`).
 * One run, in the given frame, where there is no such loop or its array is not known.
 */
export function runsOf(evaluator: Evaluator, place: Located, frame?: Frame): readonly (Frame | undefined)[] {
  return runsWithin(evaluator, place, frame, MAX_CALLERS);
}

/** The runs of the loops and callbacks around a place alone: who calls the functions around it by name is not asked. */
export function roundsOf(evaluator: Evaluator, place: Located, frame?: Frame): readonly (Frame | undefined)[] {
  return runsWithin(evaluator, place, frame, 0);
}

type Owner = Frame['code'];

function runsWithin(
  evaluator: Evaluator,
  { file, node }: Located,
  frame: Frame | undefined,
  callers: number,
): readonly (Frame | undefined)[] {
  let runs: (Frame | undefined)[] = [frame];
  for (const owner of ownersOf(node, frame?.code)) {
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

/** The functions and loops around a place, up to one that is known already, the outermost first. */
function ownersOf(node: Node, end: Owner | undefined): Owner[] {
  const owners: Owner[] = [];
  for (let current = node; current.parent && current.parent !== end; current = current.parent) {
    const { parent } = current;
    if (isFunction(parent) || (parent.type === 'ForOfStatement' && parent.body === current)) owners.unshift(parent);
  }
  return owners;
}

type Frames = (upper: Frame | undefined) => readonly Frame[];

/** Functions that call functions: of two that call each other, neither is first. */
const MAX_CALLERS = 2;
/** A function that is read in more places is asked once, for all of them. */
const MAX_READS = 12;

/** How code is run: once an item, or as the calls by its name say. Undefined when that is not known. */
function framesOf(evaluator: Evaluator, { file, node: owner }: Located<Owner>, callers: number): Frames | undefined {
  if (owner.type === 'ForOfStatement')
    return (upper) => framesOfItems(evaluator, { file, node: owner }, { items: owner.right, parameter: 0 }, upper);
  const iteration = iterationBy(owner);
  if (iteration) return (upper) => framesOfItems(evaluator, { file, node: owner }, iteration, upper);
  // The result of a call as a statement is not used: an event handler, most often.
  const reads = (callers > 0 ? readsOfFunction(file, owner) : []).filter(
    ({ parent }) => parent?.parent?.type !== 'ExpressionStatement',
  );
  if (reads.length > MAX_READS) return undefined;
  // A component is asked by its uses, not by the calls that React makes.
  if (reads.length === 0 || reads.some(({ type }) => type === 'JSXIdentifier')) return undefined;
  return (upper) =>
    reads.flatMap((read): readonly Frame[] => {
      const items = iterationBy(read);
      if (items) return framesOfItems(evaluator, { file, node: owner }, items, upper);
      const call = read.parent;
      // A call inside the function itself would have no end.
      if (call?.type !== 'CallExpression' || call.callee !== read || contains(owner, call)) return [];
      return runsWithin(evaluator, { file, node: call }, upper, callers - 1).map((outer) => ({
        code: owner,
        args: call.arguments.map((argument) => evaluator.evaluate({ file, node: argument }, outer)),
        upper: outer,
      }));
    });
}

function framesOfItems(
  evaluator: Evaluator,
  { file, node: owner }: Located<Owner>,
  { items, parameter }: Iteration,
  upper: Frame | undefined,
): Frame[] {
  const from: Located = { file, node: owner };
  return alternativesOf(evaluator.evaluate({ file, node: items }, upper)).flatMap((array) => {
    if (array.type !== 'array') return [];
    const hasPlaces = isFixed(array);
    const listed = array.items.map(({ value }) => value);
    return (array.open ? [...listed, unknown(from)] : listed).flatMap((value, index) =>
      alternativesOf(value).map((item): Frame => {
        const args: Value[] = [item, hasPlaces ? literal(index, from) : unknown(from), array];
        return { code: owner, args: parameter === 0 ? args : [unknown(from), ...args], upper };
      }),
    );
  });
}

/** Where a function of a file is read by its name, or as a method by its own class; nowhere for one that has no name. */
export function readsOfFunction(file: SourceFile, owner: FunctionNode): readonly Node[] {
  if (owner.parent.type === 'MethodDefinition' || owner.parent.type === 'PropertyDefinition')
    return readsOfMember(owner);
  const name = owner.type === 'FunctionDeclaration' ? owner.id : declaratorOf(owner)?.id;
  const variable = name?.type === 'Identifier' ? variableOf(file, name) : undefined;
  return variable ? readsOf(variable) : [];
}

// const render = (item) => …, const render = useCallback((item) => …, [])
function declaratorOf(owner: FunctionNode): TSESTree.VariableDeclarator | undefined {
  let { parent } = wrapped(owner);
  if (parent?.type === 'CallExpression' && parent.arguments[0] === owner) ({ parent } = wrapped(parent));
  return parent?.type === 'VariableDeclarator' ? parent : undefined;
}
