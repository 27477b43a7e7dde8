/**
 * The values that may reach an expression, each with the condition under which it does: through conditionals, `let x; if (…) x = …;`, functions with
 * several returns, `switch`, members of objects, and what a library does with values.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, enclosingFunction, isFunction, unwrap } from '../syntax/ast.ts';
import { definitionOf } from '../syntax/bindings/definitions.ts';
import { declarationOf, writesOf } from '../syntax/bindings/declarations.ts';
import { variableOf } from '../syntax/bindings/scopes.ts';
import { type Ref, argumentOf, contextOfCall, type CallRef, type FunctionRef } from './calls/call-contexts.ts';
import { type Atom, type Condition, all, choose, known, not, replaceAtoms } from './conditions.ts';
import { isObject } from './object-members.ts';
import { type Tracer, calleesIn, memberIn } from './origins.ts';
import { type Path, type Test, type TestKind, exitsOf } from './paths.ts';
import { writesReaching } from './writes.ts';

export type SourceValue<A extends Atom> =
  | { readonly kind: 'value'; readonly ref: Ref; readonly at: Node }
  /** The end of a function without `return`; a `let` without a value. */
  | { readonly kind: 'nothing' }
  /** Something of which only the truth is known. */
  | { readonly kind: 'truth'; readonly of: Condition<A> };

export interface Source<A extends Atom> {
  readonly value: SourceValue<A>;
  /** It counts where no source before it does. The last one always does. */
  readonly when: Condition<A>;
}

/** In order: the first one whose condition holds is the value. */
export type Sources<A extends Atom> = readonly Source<A>[];

/** Whoever understands the tests on the way. */
export interface Reader<A extends Atom> extends Tracer {
  truth(test: Ref, at: Node): Condition<A>;
  truthOf(sources: Sources<A>): Condition<A>;
  equality(left: Ref, right: Ref, at: Node): Condition<A>;
  /** The place in the file that is asked about for a node of any file. */
  placeOf(ref: Ref, at: Node): Node;
  /** Takes one step; whether there was one left. */
  mayGoOn(): boolean;
}

const MAX_CALLS = 12;
/** A variable that is written in more places is not taken apart. */
const MAX_WRITES = 40;
const NOTHING = { kind: 'nothing' } as const;
const always = <A extends Atom>(value: SourceValue<A>): Sources<A> => [{ value, when: known(true) }];

/** Sources that count under a further condition alone. */
export const under = <A extends Atom>(condition: Condition<A>, sources: Sources<A>): Sources<A> =>
  sources.map(({ value, when }) => ({ value, when: all([condition, when]) }));

/** A question to each source, combined. Undefined where one has no result. */
export function conditionOver<A extends Atom>(
  sources: Sources<A>,
  of: (value: SourceValue<A>) => Condition<A> | undefined,
): Condition<A> | undefined {
  let found: Condition<A> | undefined;
  for (const [index, { value, when }] of sources.toReversed().entries()) {
    const one = of(value);
    if (!one || (index > 0 && !found)) return undefined;
    found = found ? choose(when, one, found) : one;
  }
  return found;
}

/** The sources of an expression: it alone where it can't be taken apart. */
export function sourcesOf<A extends Atom>(ref: Ref, place: Node, reader: Reader<A>): Sources<A> {
  const node = unwrap(ref.node);
  const at = reader.placeOf({ ...ref, node }, place);
  const own = always<A>({ kind: 'value', ref: { ...ref, node }, at });
  if (!reader.mayGoOn()) return own;
  const next = (child: Ref | undefined): Sources<A> => (child ? sourcesOf(child, at, reader) : own);
  if (node.type === 'ConditionalExpression') {
    return either(
      reader.truth({ ...ref, node: node.test, path: [] }, at),
      () => next({ ...ref, node: node.consequent }),
      () => next({ ...ref, node: node.alternate }),
    );
  }
  if (isObject(node)) return ref.path.length > 0 ? next(memberIn({ ...ref, node }, ref.path, reader)) : own;
  if (node.type === 'CallExpression') return ofCall({ ...ref, node }, at, reader) ?? own;
  if (node.type === 'Identifier' && ref.path.length === 0) {
    const assigned = ofAssigned({ ...ref, node }, at, reader);
    if (assigned) return assigned;
  }
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return own;
  return next(argumentOf(ref, reader.loader) ?? valueOfName({ ...ref, node }, reader));
}

function valueOfName(ref: Ref, { loader }: Tracer): Ref | undefined {
  const definition = definitionOf({ file: ref.file, node: ref.node }, loader);
  if (definition.kind !== 'value' || definition.node === ref.node) return undefined;
  return { ...ref, file: definition.file, node: definition.node, path: [...definition.path, ...ref.path] };
}

function either<A extends Atom>(test: Condition<A>, then: () => Sources<A>, otherwise: () => Sources<A>): Sources<A> {
  if (test.kind === 'known') return test.value ? then() : otherwise();
  return [...under(test, then()), ...otherwise()];
}

function ofCall<A extends Atom>(ref: CallRef, at: Node, reader: Reader<A>): Sources<A> | undefined {
  const meaning = reader.library.meaningOf(ref);
  switch (meaning?.kind) {
    case 'gives': {
      const [value, second] = meaning.values;
      return value && !second && meaning.isAwaited !== true ? sourcesOf(value, at, reader) : undefined;
    }
    case 'returns': {
      const node = unwrap(meaning.of.node);
      return isFunction(node) ? returnedSources({ ...meaning.of, node, path: ref.path }, at, reader) : undefined;
    }
    case 'keeps':
    case 'unknown':
      return undefined;
    case undefined:
  }
  const [callee, second] = calleesIn({ ...ref, node: ref.node.callee, path: [] }, reader);
  if (callee?.kind !== 'function' || second) return undefined;
  const frame = contextOfCall(callee.at, ref);
  return frame.depth > MAX_CALLS ? undefined : returnedSources({ ...callee.at, path: ref.path, frame }, at, reader);
}

/** What a function returns; the path is what is taken of that. Undefined where it has a way that can't be followed. */
export function returnedSources<A extends Atom>(ref: FunctionRef, at: Node, reader: Reader<A>): Sources<A> | undefined {
  if (ref.node.async || ref.node.generator) return undefined;
  const found: Source<A>[] = [];
  for (const { argument, kind, when } of exitsOf(ref.node)) {
    if (kind === 'throw') continue;
    const condition = conditionFor(when, ref, at, reader);
    if (!condition) return undefined;
    if (condition.kind === 'known' && !condition.value) continue;
    found.push(...under(condition, argument ? sourcesOf({ ...ref, node: argument }, at, reader) : always<A>(NOTHING)));
  }
  return found.length > 0 ? found : undefined;
}

/**
 * A path as a condition. What only a run shows (whether something throws, how often a loop goes round) is `otherwise`'s to say; undefined where it
 * does not.
 */
export const conditionFor = <A extends Atom>(
  path: Path,
  ref: Ref,
  at: Node,
  reader: Reader<A>,
  otherwise: (kind: TestKind) => boolean | undefined = () => undefined,
): Condition<A> | undefined =>
  replaceAtoms<Test, A>(path, ({ kind, node }) => {
    if (!reader.mayGoOn()) return undefined;
    const of = (child: Node): Ref => ({ ...ref, node: child, path: [] });
    switch (kind) {
      case 'true':
        return reader.truth(of(node), at);
      // A value that is false without being nullish does not count: `loading ?? false`.
      case 'nullish':
        return not(reader.truth(of(node), at));
      case 'equals':
        return node.type === 'SwitchCase' && node.test
          ? reader.equality(of(node.parent.discriminant), of(node.test), at)
          : undefined;
      case 'ends':
        return known(false);
      default: {
        const truth = otherwise(kind);
        return truth === undefined ? undefined : known(truth);
      }
    }
  });

/** What a variable holds that is assigned in several places of the function that declares it. */
function ofAssigned<A extends Atom>(
  ref: Ref & { readonly node: TSESTree.Identifier },
  at: Node,
  reader: Reader<A>,
): Sources<A> | undefined {
  const variable = variableOf(ref.file, ref.node);
  const writes = variable ? writesOf(variable) : [];
  const declarator = variable?.defs[0]?.node as Node | undefined;
  if (!variable || declarator?.type !== 'VariableDeclarator' || writes.length === 0 || writes.length > MAX_WRITES)
    return undefined;
  const declaration = declarationOf(variable);
  const home = enclosingFunction(declarator);
  if (writes.some((write) => enclosingFunction(write) !== home)) return undefined;
  if (declaration.kind !== 'value' && declaration.kind !== 'empty') return undefined;
  let held: Sources<A> =
    declaration.kind === 'empty'
      ? always<A>(NOTHING)
      : sourcesOf({ ...ref, node: declaration.node, path: declaration.path }, at, reader);
  for (const { node, when } of writesReaching(writes, ref.node, home ? home.body : ref.file.ast)) {
    const condition = conditionFor(when, ref, at, reader);
    const given = condition && writtenSources({ ...ref, node }, held, at, reader);
    if (!given) return undefined;
    const before = held;
    held = either(
      condition,
      () => given,
      () => before,
    );
  }
  return held;
}

/** What one write leaves in a variable; undefined where it is part of something larger. */
function writtenSources<A extends Atom>(
  { node, ...ref }: Ref,
  before: Sources<A>,
  at: Node,
  reader: Reader<A>,
): Sources<A> | undefined {
  const { parent } = node;
  if (parent?.type !== 'AssignmentExpression' || parent.left !== node || parent.parent.type !== 'ExpressionStatement')
    return undefined;
  const given = (): Sources<A> => sourcesOf({ ...ref, node: parent.right, path: [] }, at, reader);
  switch (parent.operator) {
    case '=':
      return given();
    case '||=':
      return either(reader.truthOf(before), () => before, given);
    case '&&=':
      return either(reader.truthOf(before), given, () => before);
    default:
      return undefined;
  }
}
