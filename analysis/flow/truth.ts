/**
 * The truth of an expression as a condition: of literals, operators, comparisons, `Boolean()`, names that hold several values, functions that are
 * called. What can't be taken apart is an atom, of which whoever asks knows the meaning.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, unwrap } from '../syntax/ast.ts';
import { definitionOf } from '../syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../syntax/bindings/modules.ts';
import { isGlobal } from '../syntax/bindings/scopes.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { booleanCall } from './calls/boolean-calls.ts';
import { type Ref, argumentOf } from './calls/call-contexts.ts';
import { type Atom, type Condition, all, any, choose, known, not } from './conditions.ts';
import { type Constant, constantOf } from './constants.ts';
import { isObject } from './object-members.ts';
import { type Tracer, originsIn } from './origins.ts';
import { type Reader, type SourceValue, conditionOver, sourcesOf } from './sources.ts';

/** What is known of the values that the code itself does not take apart: of calls, members, parameters. */
interface Terms<A extends Atom> extends Tracer {
  /** The file that is asked about. What is in another file is reported where this one comes to it. */
  readonly file: SourceFile;
  /** The truth of a value; undefined where nothing is known of it. */
  truthOfValue(ref: Ref, at: Node, reader: ValueReader<A>): Condition<A> | undefined;
  /** Whether a value is a constant; undefined where nothing is known of it. */
  equalsConstant(ref: Ref, constant: Constant, at: Node, reader: ValueReader<A>): Condition<A> | undefined;
  /** A value of which nothing is known. Two of one key are the same. */
  unknown(key: string, at: Node): Condition<A>;
}

export interface ValueReader<A extends Atom> extends Reader<A> {
  /** Whether a value that can't be taken apart further is a constant. */
  equalTo(constant: Constant, ref: Ref, at: Node): Condition<A>;
}

const MAX_DEPTH = 40;
/** Of one question. Constants that each hold two of the one before double with every step. */
const MAX_STEPS = 2_000;

interface Context<A extends Atom> {
  readonly terms: Terms<A>;
  readonly depth: number;
  readonly steps: { left: number };
}

/** What reads conditions, for one question. */
export const readerWith = <A extends Atom>(terms: Terms<A>): Reader<A> =>
  readerOf({ terms, depth: 0, steps: { left: MAX_STEPS } });

const readerOf = <A extends Atom>(context: Context<A>): ValueReader<A> => ({
  loader: context.terms.loader,
  library: context.terms.library,
  truth: (test, at) => truthOf(test, at, context),
  truthOf: (sources) => conditionOver(sources, (value) => truthOfSource(value, context)) ?? known(false),
  equality: (left, right, at) => equality(left, right, at, context),
  equalTo: (constant, ref, at) => equalTo(constant, ref, at, context),
  placeOf: ({ file, node }, at) => (file === context.terms.file ? node : at),
  mayGoOn: () => (context.steps.left -= 1) > 0,
});

const deeper = <A extends Atom>(context: Context<A>): Context<A> => ({ ...context, depth: context.depth + 1 });

function truthOfSource<A extends Atom>(value: SourceValue<A>, context: Context<A>): Condition<A> {
  if (value.kind === 'nothing') return known(false);
  return value.kind === 'truth' ? value.of : truthOf(value.ref, value.at, deeper(context));
}

function truthOf<A extends Atom>(given: Ref, place: Node, context: Context<A>): Condition<A> {
  const node = unwrap(given.node);
  const ref: Ref = { ...given, node };
  const reader = readerOf(context);
  const at = reader.placeOf(ref, place);
  const { loader } = context.terms;
  const unknown = (): Condition<A> => context.terms.unknown(keyOf(ref, loader), at);
  if (context.depth > MAX_DEPTH || !reader.mayGoOn()) return unknown();
  const inner = readerOf(deeper(context));
  const of = (child: Node) => truthOf({ ...ref, node: child, path: [] }, at, deeper(context));
  const named = () =>
    severally(ref, at, inner) ?? context.terms.truthOfValue(ref, at, inner) ?? ofOrigin(ref, at, inner) ?? unknown();
  if (ref.path.length > 0) return named();
  switch (node.type) {
    case 'Literal':
      return known(Boolean(node.value));
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return known(true);
    case 'UnaryExpression':
      if (node.operator === 'void') return known(false);
      return node.operator === '!' ? not(of(node.argument)) : unknown();
    case 'LogicalExpression':
      // `a ?? b` is `a || b` but for an `a` that is false without being nullish, where `b` does not count: `loading ?? false`.
      return (node.operator === '&&' ? all : any)([of(node.left), of(node.right)]);
    case 'ConditionalExpression':
      return choose(of(node.test), of(node.consequent), of(node.alternate));
    case 'BinaryExpression':
      return (
        comparison(ref.file, node, of) ??
        context.terms.truthOfValue(ref, at, inner) ??
        equalityOf(ref, node, inner, at) ??
        unknown()
      );
    case 'CallExpression': {
      const call = booleanCall({ ...ref, node }, loader);
      if (call) return (call.all ? all : any)(call.of.map((one) => truthOf(one, at, deeper(context))));
      return named();
    }
    case 'Identifier': {
      if (isGlobal(ref.file, node, 'undefined')) return known(false);
      const argument = argumentOf(ref, loader);
      return argument ? truthOf(argument, at, deeper(context)) : named();
    }
    case 'MemberExpression':
      return named();
    default:
      return unknown();
  }
}

/** A name that holds several values, each under its condition. */
function severally<A extends Atom>(ref: Ref, at: Node, reader: Reader<A>): Condition<A> | undefined {
  const sources = sourcesOf(ref, at, reader);
  const [only] = sources;
  return sources.length > 1 || only?.value.kind === 'nothing' ? reader.truthOf(sources) : undefined;
}

/** The truth of a name that holds one expression or function. */
function ofOrigin<A extends Atom>(ref: Ref, at: Node, reader: Reader<A>): Condition<A> | undefined {
  const [origin, second] = originsIn(ref, reader);
  if (!origin || second) return undefined;
  if (origin.kind === 'function') return known(true);
  // The same node again is an expression that could not be taken apart.
  const isOther = origin.kind === 'expression' && origin.at.path.length === 0 && origin.at.node !== ref.node;
  return isOther ? reader.truth(origin.at, at) : undefined;
}

/** `a === null`, `a !== false`, `typeof a === 'undefined'`: comparisons that ask for a truth. */
function comparison<A extends Atom>(
  file: SourceFile,
  { left, operator, right }: TSESTree.BinaryExpression,
  of: (node: Node) => Condition<A>,
): Condition<A> | undefined {
  if (!isEquality(operator)) return undefined;
  const isEqual = operator.startsWith('=');
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const value = unwrap(other);
    const isNothing =
      // The value of a pattern or a number that this program can't hold is null as well.
      (value.type === 'Literal' && value.raw === 'null') || isGlobal(file, value, 'undefined');
    if (isNothing) return isEqual ? not(of(one)) : of(one);
    if (value.type === 'Literal' && typeof value.value === 'boolean')
      return value.value === isEqual ? of(one) : not(of(one));
    const subject = unwrap(one);
    if (subject.type === 'UnaryExpression' && subject.operator === 'typeof' && value.type === 'Literal')
      return (value.value === 'undefined') === isEqual ? not(of(subject.argument)) : of(subject.argument);
  }
  return undefined;
}

const isEquality = (operator: string): boolean => /^[!=]==?$/u.test(operator);

/** `status === 'busy'` */
function equalityOf<A extends Atom>(
  ref: Ref,
  { left, operator, right }: TSESTree.BinaryExpression,
  reader: Reader<A>,
  at: Node,
): Condition<A> | undefined {
  if (!isEquality(operator)) return undefined;
  const isEqual = reader.equality({ ...ref, node: left, path: [] }, { ...ref, node: right, path: [] }, at);
  return operator.startsWith('=') ? isEqual : not(isEqual);
}

function equality<A extends Atom>(left: Ref, right: Ref, at: Node, context: Context<A>): Condition<A> {
  const { loader } = context.terms;
  const [one, other] = [constantOf(left, loader), constantOf(right, loader)];
  if (one && other) return known(one.value === other.value);
  const unequal = context.terms.unknown(`${left.file.path} ${left.node.range.join()} ${right.node.range.join()}`, at);
  const constant = one ?? other;
  if (!constant) return unequal;
  const subject = one ? right : left;
  if (typeof constant.value === 'boolean') {
    const truth = truthOf(subject, at, deeper(context));
    return constant.value ? truth : not(truth);
  }
  const of = (value: SourceValue<A>): Condition<A> | undefined => {
    if (value.kind === 'truth') return undefined;
    return value.kind === 'nothing'
      ? known(constant.value === undefined)
      : equalTo(constant, value.ref, value.at, context);
  };
  return conditionOver(sourcesOf(subject, at, readerOf(context)), of) ?? unequal;
}

/** Whether a value that can't be taken apart further is a constant. */
function equalTo<A extends Atom>(constant: Constant, ref: Ref, at: Node, context: Context<A>): Condition<A> {
  const { terms } = context;
  const own = constantOf(ref, terms.loader);
  if (own) return known(own.value === constant.value);
  if (ref.path.length === 0 && (isObject(ref.node) || isFunction(ref.node))) return known(false);
  const isNothing = constant.value === null || constant.value === undefined;
  return (
    terms.equalsConstant(ref, constant, at, readerOf(context)) ??
    // As in `a === null`: what is false without being nullish does not count.
    (isNothing ? not(truthOf(ref, at, deeper(context))) : undefined) ??
    terms.unknown(`${keyOf(ref, terms.loader)} = ${String(constant.value)}`, at)
  );
}

/** Two reads of one constant are one value. */
function keyOf(ref: Ref, loader: ModuleLoader): string {
  const definition = definitionOf({ file: ref.file, node: ref.node }, loader);
  const path = [...('path' in definition ? definition.path : []), ...ref.path].map(String).join('.');
  if (definition.kind === 'value') return `${definition.file.path} ${String(definition.node.range[0])} ${path}`;
  if (definition.kind === 'parameter')
    return `${definition.file.path} ${String(definition.function.range[0])} ${String(definition.index)} ${path}`;
  return `${ref.file.path} ${String(ref.node.range[0])} ${path}`;
}
