/**
 * Where a value comes from, whatever the conditions: through bindings, other files, functions of the project, parameters, and what a library does with
 * values. It follows data, never names; what it can't follow is `unknown`.
 */
import { type FunctionNode, type Node, isFunction, propertyName, unwrap } from '../syntax/ast.ts';
import { type Definition, definitionOf } from '../syntax/bindings/definitions.ts';
import { type Path, type Step, declarationOf, writesOf } from '../syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../syntax/bindings/modules.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { type Variable, variableOf } from '../syntax/bindings/scopes.ts';
import { booleanCall } from './calls/boolean-calls.ts';
import { type Ref, contextOfCall, givenTo, type CallRef, type FunctionRef } from './calls/call-contexts.ts';
import type { Library } from './library.ts';
import { isKnownWithout, isObject, lookUp } from './object-members.ts';
import { returnedExpressions } from './paths.ts';
import { resolvedValues, settledValues } from './promises.ts';

export type Origin =
  /** An export of a package, or a member of one. */
  | { readonly kind: 'export'; readonly module: string; readonly name: string; readonly path: Path; readonly at: Ref }
  /** What a call gives of which only the callee is known; `at` is the call, its path what is taken of the result. */
  | { readonly kind: 'result'; readonly callee: Origin; readonly at: Ref }
  /** `awaited`: the value of the promise whose callback it is a parameter of. */
  | {
      readonly kind: 'parameter';
      readonly file: SourceFile;
      readonly function: FunctionNode;
      readonly index: number;
      readonly path: Path;
      readonly awaited: readonly Origin[];
    }
  | { readonly kind: 'function'; readonly at: FunctionRef }
  /** What a library keeps: `at` is the call, its path what is taken of the result. */
  | { readonly kind: 'kept'; readonly at: Ref }
  /** An expression that is no name: a literal, an object, an operator … */
  | { readonly kind: 'expression'; readonly at: Ref }
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'unknown' };

const UNKNOWN: Origin = { kind: 'unknown' };
const MAX_HOPS = 60;
const MAX_CALLS = 12;
/** Of one question. Constants that each hold two of the one before double with every step. */
const MAX_STEPS = 2_000;

export interface Tracer {
  readonly loader: ModuleLoader;
  readonly library: Library;
}

interface Search extends Tracer {
  left: number;
}

const searchWith = (tracer: Tracer): Search => ({ ...tracer, left: MAX_STEPS });

/** The origins of an expression: several where it differs between branches. Conditionals and `??` count as expressions at their top. */
export const originsIn = (ref: Ref, tracer: Tracer): readonly Origin[] => trace(ref, searchWith(tracer), MAX_HOPS);

/** Like `originsIn`, with the arms of conditionals, `??`, `||` and `&&` taken apart. */
export function alternativesIn(ref: Ref, tracer: Tracer): readonly Origin[] {
  const search = searchWith(tracer);
  return eachOnce(split(trace(ref, search, MAX_HOPS), search, MAX_HOPS));
}

/** What a callee may be: like `alternativesIn`, with what is in a value that a library keeps in place of the value. */
export const calleesIn = (ref: Ref, tracer: Tracer): readonly Origin[] =>
  eachOnce(traceCallee(ref, searchWith(tracer), MAX_HOPS));

/** Two arms often come to the same thing. */
function eachOnce(origins: readonly Origin[]): readonly Origin[] {
  const seen = new Map<Node, Set<string>>();
  return origins.filter((origin) => {
    // What a call in progress gives to a function makes it another one.
    if (!('at' in origin) || origin.at.frame) return true;
    const before = seen.get(origin.at.node) ?? new Set();
    const key = `${origin.kind} ${origin.at.path.map(String).join('.')}`;
    const isNew = !before.has(key);
    seen.set(origin.at.node, before.add(key));
    return isNew;
  });
}

function split(origins: readonly Origin[], search: Search, hops: number): readonly Origin[] {
  if (hops <= 0) return [UNKNOWN];
  return origins.flatMap((origin) => {
    if (origin.kind !== 'expression' || origin.at.path.length > 0) return [origin];
    const arms = armsOf(origin.at.node);
    return arms
      ? arms.flatMap((node) => split(trace({ ...origin.at, node }, search, hops - 1), search, hops - 1))
      : [origin];
  });
}

/** The values that an operator may give; undefined for any other expression. */
export function armsOf(node: Node): Node[] | undefined {
  const inner = unwrap(node);
  if (inner.type === 'ConditionalExpression') return [inner.consequent, inner.alternate];
  if (inner.type === 'LogicalExpression') return inner.operator === '&&' ? [inner.right] : [inner.left, inner.right];
  return undefined;
}

/** The values that an expression may give, through all its operators. */
export const leavesOf = (node: Node): Node[] => armsOf(node)?.flatMap(leavesOf) ?? [unwrap(node)];

function trace(ref: Ref, search: Search, hops: number): readonly Origin[] {
  search.left -= 1;
  if (hops <= 0 || search.left <= 0) return [UNKNOWN];
  const node = unwrap(ref.node);
  const held = ref.path.length === 0 ? search.library.keptBy({ ...ref, node }) : undefined;
  if (held) return [{ kind: 'kept', at: held }];
  if (node.type === 'Identifier') {
    const variable = variableOf(ref.file, node);
    if (variable && writesOf(variable).length > 0)
      return assignedValues(ref, variable).flatMap((one) => trace(one, search, hops - 1));
  }
  const definition = definitionOf({ file: ref.file, node }, search.loader);
  switch (definition.kind) {
    case 'export':
      return [exportOrigin(definition, ref)];
    case 'global':
      return [{ kind: 'global', name: definition.name }];
    case 'parameter':
      return traceParameter(ref, definition, search, hops - 1);
    case 'value':
      return traceValue(
        { ...ref, file: definition.file, node: definition.node, path: [...definition.path, ...ref.path] },
        search,
        hops - 1,
      );
    case 'unknown':
      return [UNKNOWN];
  }
}

const exportOrigin = ({ module, name, path }: Extract<Definition, { kind: 'export' }>, ref: Ref): Origin => ({
  kind: 'export',
  module,
  name,
  path: [...path, ...ref.path],
  at: ref,
});

function traceCallee(ref: Ref, search: Search, hops: number): readonly Origin[] {
  const alternatives = (one: Ref) => split(trace(one, search, hops), search, hops);
  return alternatives(ref).flatMap((origin) => {
    const values = origin.kind === 'kept' && hops > 0 ? search.library.valuesOf(origin.at) : undefined;
    return values ? values.flatMap(alternatives) : [origin];
  });
}

function traceParameter(
  ref: Ref,
  parameter: Extract<Definition, { kind: 'parameter' }>,
  search: Search,
  hops: number,
): readonly Origin[] {
  const { function: owner, index, path } = parameter;
  const given = givenTo(ref, parameter);
  if (given) return given === 'unknown' ? [UNKNOWN] : trace(given, search, hops);
  const whole = [...path, ...ref.path];
  const promise = index === 0 ? promisedTo(owner, ref) : undefined;
  const awaited = promise ? split(trace({ ...promise, path: whole }, search, hops), search, hops) : [];
  return [{ kind: 'parameter', file: parameter.file, function: owner, index, path: whole, awaited }];
}

/** The promise whose value a callback is given: `load().then((value) => …)`. */
function promisedTo(callback: FunctionNode, ref: Ref): Ref | undefined {
  const call = callback.parent;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || call.arguments[0] !== callback)
    return undefined;
  return propertyName(call.callee) === 'then' ? { ...ref, node: call.callee.object, path: [] } : undefined;
}

function traceValue(ref: Ref, search: Search, hops: number): readonly Origin[] {
  const node = unwrap(ref.node);
  if (isFunction(node)) return ref.path.length === 0 ? [{ kind: 'function', at: { ...ref, node } }] : [UNKNOWN];
  const path = withoutRest(ref.path);
  if (!path) return [UNKNOWN];
  const isWhole = isObject(node);
  if (isWhole && path.length > 0) {
    const member = memberIn({ ...ref, node }, path, search);
    return member ? trace(member, search, hops - 1) : [UNKNOWN];
  }
  if (node.type === 'CallExpression' && !isWhole) return traceCall({ ...ref, node, path }, search, hops);
  const resolved = resolvedValues({ ...ref, node, path });
  if (resolved) return resolved.flatMap((value) => trace(value, search, hops - 1));
  const arms = path.length > 0 ? armsOf(node) : undefined;
  return arms
    ? arms.flatMap((arm) => trace({ ...ref, node: arm, path }, search, hops - 1))
    : [{ kind: 'expression', at: { ...ref, node, path } }];
}

/** The path without the rest elements on it (`{ user, ...rest }`, `rest.loading`); undefined for what a rest leaves out. */
function withoutRest(path: Path): Path | undefined {
  const steps: Step[] = [];
  for (const [index, step] of path.entries()) {
    const next = path[index + 1];
    if (typeof step === 'string' || next === undefined) steps.push(step);
    else if (typeof next === 'string' && step.omit.includes(next)) return undefined;
  }
  return steps;
}

/** The expression that a property of an object holds, through spreads; undefined when it is not known. */
export function memberIn(ref: Ref, path: Path, tracer: Tracer): Ref | undefined {
  const mayHold = (spread: Ref, name: string): boolean =>
    !originsIn({ ...spread, path: [] }, tracer).every(
      (origin) => origin.kind === 'expression' && isKnownWithout(origin.at.node, name),
    );
  const member = lookUp(ref, path, tracer.loader, mayHold);
  return member === 'absent' ? undefined : member;
}

function traceCall(ref: CallRef, search: Search, hops: number): readonly Origin[] {
  const { file, node, path } = ref;
  const meaning = search.library.meaningOf(ref);
  switch (meaning?.kind) {
    case 'gives':
      return meaning.values.flatMap((value) => trace(value, search, hops - 1));
    case 'returns':
      return returnsOf(meaning.of, path, search, hops - 1);
    case 'keeps':
      return [{ kind: 'kept', at: meaning.as ?? ref }];
    case 'unknown':
      return [UNKNOWN];
    case undefined:
  }
  if (path.length === 0 && booleanCall(ref, search.loader)) return [{ kind: 'expression', at: ref }];
  const settled = settledValues(ref);
  if (settled) return settled.flatMap((value) => trace(value, search, hops - 1));
  return (
    traceCallee({ file, node: node.callee, path: [], frame: ref.frame }, search, hops - 1)
      // `load().then((response) => response.json())`
      .flatMap((callee) => (callee.kind === 'parameter' && callee.awaited.length > 0 ? callee.awaited : [callee]))
      .flatMap((callee): readonly Origin[] => {
        if (callee.kind === 'function') return returnsOf(callee.at, path, search, hops - 1, ref);
        return ['export', 'global', 'result'].includes(callee.kind) ? [{ kind: 'result', callee, at: ref }] : [UNKNOWN];
      })
  );
}

/** What a call of a function gives, member by member. */
function returnsOf(callee: Ref, path: Path, search: Search, hops: number, call?: Ref): readonly Origin[] {
  const target = unwrap(callee.node);
  if (!isFunction(target)) return [UNKNOWN];
  const frame = call ? contextOfCall({ ...callee, node: target }, call) : callee.frame;
  if (frame && frame.depth > MAX_CALLS) return [UNKNOWN];
  return returnedExpressions(target).flatMap((node) => trace({ file: callee.file, node, path, frame }, search, hops));
}

/** What a variable is given: its initial value and all assignments. */
function assignedValues(ref: Ref, variable: Variable): Ref[] {
  const declaration = declarationOf(variable);
  const first: Ref[] =
    declaration.kind === 'value' ? [{ ...ref, node: declaration.node, path: [...declaration.path, ...ref.path] }] : [];
  const assigned = writesOf(variable).flatMap((write): Ref[] => {
    const { parent } = write;
    return parent?.type === 'AssignmentExpression' && parent.left === write ? [{ ...ref, node: parent.right }] : [];
  });
  return [...first, ...assigned];
}
