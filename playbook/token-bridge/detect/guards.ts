/**
 * What holds a forced refresh back: a cool-down, a mutex, a check whether it is needed. Recognised by what a condition on
 * the way reads (a clock, something that the fetcher itself sets, a predicate), not by names.
 */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  hasNode,
  isFunction,
  propertyName,
  unwrap,
  walk,
  nodesOf,
  wrapped,
} from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { type Variable, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { testsBefore } from '../../../analysis/flow/paths.ts';
import { isFalsyLiteral } from '../../../analysis/flow/constants.ts';
import { calleeName, isInTimer } from '../../../analysis/flow/timers.ts';
import type { Site } from '../../../analysis/flow/calls/call-walk.ts';
import type { ReachedCall } from './calls.ts';
import { isSameForEachToken } from './tokens/token-life.ts';
import { conditionOf } from '../values/read-condition.ts';
import { memberOf, originsOf } from '../values/trace.ts';
import { valueNamed } from '../../../analysis/syntax/objects.ts';
import { type Ref, argumentOf } from '../../../analysis/flow/calls/call-contexts.ts';

/**
 * - `coolDown`: after one refresh there is none for a while, or never again; no feedback is possible
 * - `mutex`: one at a time; ends with the refresh, so a feedback goes on after it
 * - `check`: something decides that we do not know
 */
export type Guard = 'check' | 'coolDown' | 'mutex';

/** One of the functions on the way to a call, and what its tests are held against. */
interface Way {
  readonly file: SourceFile;
  readonly ref: Ref;
  /** The functions on the way that are in its file. */
  readonly functions: readonly FunctionNode[];
  readonly sites: ReachedCall['sites'];
  readonly loader: ModuleLoader;
  /** A constant may refer to itself, or two to each other, while the file is edited. */
  readonly seen: Set<Node>;
}

/** The strongest guard on the way to a call. */
export function guardOf(call: ReachedCall, loader: ModuleLoader): Guard | undefined {
  let found: Guard | undefined;
  for (const [index, site] of call.sites.entries()) {
    const way = wayOf(site.ref, call.sites, loader);
    for (const { node: test } of testsBefore(site.node, site.function)) {
      const guard = guardIn(test, { ...way, seen: new Set() });
      // What decides something that we do not know may need the refresh: `force || organizationOf(token) !== current`.
      if (guard !== 'check' && isOpenedByFlag(test, site, loader)) continue;
      found = strongest([found, guard]);
      if (found === 'coolDown') return found;
    }
    // A function of the project that is handed the refresh has been followed: what it does is known.
    if (!found && isHeldBack(site, index === call.sites.length - 1)) found = 'check';
  }
  return found;
}

const wayOf = (ref: Ref, sites: ReachedCall['sites'], loader: ModuleLoader): Way => ({
  file: ref.file,
  ref,
  functions: sites.flatMap((other) => (other.file === ref.file ? [other.function] : [])),
  sites,
  loader,
  seen: new Set(),
});

/** `if (forceRefreshToken || isOld())`: where Convex forces it, nothing else is asked. */
function isOpenedByFlag(test: Node, { node, ref }: Site, loader: ModuleLoader): boolean {
  const { parent } = wrapped(test);
  const isBranch = parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression';
  return (
    isBranch &&
    contains(parent.consequent, node) &&
    alternativesIn(test).some((operand) => {
      const condition = conditionOf({ ...ref, node: operand, path: [] }, loader);
      return condition.kind === 'atom' && condition.atom.value === 'flag';
    })
  );
}

/** The operands of `||` at the top of a test. */
function alternativesIn(test: Node): Node[] {
  const inner = unwrap(test);
  return inner.type === 'LogicalExpression' && inner.operator === '||'
    ? [...alternativesIn(inner.left), ...alternativesIn(inner.right)]
    : [inner];
}

const strongest = (guards: readonly (Guard | undefined)[]): Guard | undefined =>
  (['coolDown', 'check', 'mutex'] as const).find((guard) => guards.includes(guard));

const CLOCKS = /\b(?:Date|performance)\b/u;

function guardIn(test: Node, way: Way): Guard | undefined {
  const { file, loader, ref, seen } = way;
  let guard: Guard | undefined;
  if (seen.has(test)) return undefined;
  seen.add(test);
  // `token && secondsLeft(token) < 300`: each operand is asked for itself.
  const operands = operandsOf(test);
  if (operands.length > 1) return strongest(operands.map((operand) => guardIn(operand, way)));
  if (isSameForEachToken({ ...ref, node: test, path: [] }, loader)) return undefined;
  walk(test, (node) => {
    if (guard === 'coolDown') return false;
    if (CLOCKS.test(node.type === 'Identifier' ? node.name : '')) guard = 'coolDown';
    const held = writtenBy(node, way);
    if (held) guard = held;
    else if (node.type === 'CallExpression' && !guard && isPredicate(node, file, loader))
      guard = holdsBack(node, way) ?? (isKnownNotToDecide(node, file, loader) ? undefined : 'check');
    return !isFunction(node);
  });
  return guard ?? guardInConstant(test, way) ?? guardInArgument(test, way);
}

/** The operands of `&&`, `||` and `??` at the top of a test; the test itself where it has none. */
function operandsOf(test: Node): Node[] {
  const operands: Node[] = [];
  const rest = [test];
  for (let node = rest.pop(); node; node = rest.pop()) {
    const inner = unwrap(node);
    if (inner.type === 'LogicalExpression') rest.push(inner.right, inner.left);
    else operands.push(node);
  }
  return operands;
}

// `const isCool = Date.now() - last.current > 1000; if (isCool) …`: a test may be in a variable.
function guardInConstant(test: Node, way: Way): Guard | undefined {
  for (const name of nodesOf(test, 'Identifier')) {
    const declarator = variableOf(way.file, name)?.defs[0]?.node as Node | undefined;
    if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') continue;
    const { init } = declarator;
    const owner = enclosingFunction(declarator);
    if (!init || !owner || !way.functions.includes(owner) || init.type === 'AwaitExpression' || isFunction(init))
      continue;
    const guard = guardIn(init, way);
    if (guard) return guard;
  }
  return undefined;
}

// `renew(force && Date.now() - last.current > 1000)`: a test may be what the function is given.
function guardInArgument(test: Node, { loader, ref, seen, sites }: Way): Guard | undefined {
  return strongest(
    nodesOf(test, 'Identifier').map((name) => {
      const given = argumentOf({ ...ref, node: name, path: [] }, loader);
      const value = given && given.path.length > 0 ? memberOf({ ...given, path: [] }, given.path, loader) : given;
      if (!value || value.path.length > 0 || isFunction(value.node)) return undefined;
      return guardIn(value.node, { ...wayOf(value, sites, loader), seen });
    }),
  );
}

/** Boolean(), isArray() and the like look at what they are given; any other function may decide something. */
function isPredicate(call: TSESTree.CallExpression, file: SourceFile, loader: ModuleLoader): boolean {
  if (call.parent.type === 'AwaitExpression' && call.parent.parent.type !== 'IfStatement') return false;
  const origins = originsOf({ file, node: call.callee, path: [] }, loader);
  return !origins.every(
    (origin) =>
      (origin.kind === 'workos' && origin.role.kind !== 'other') ||
      (origin.kind === 'global' &&
        ['Array', 'Boolean', 'Math', 'Number', 'Object', 'String', 'console'].includes(origin.name)),
  );
}

/** A function of the project without arguments, which looked neither at a clock nor at what the fetcher writes. */
function isKnownNotToDecide(call: TSESTree.CallExpression, file: SourceFile, loader: ModuleLoader): boolean {
  const origins = originsOf({ file, node: call.callee, path: [] }, loader);
  return call.arguments.length === 0 && origins.length > 0 && origins.every(({ kind }) => kind === 'function');
}

function holdsBack(call: TSESTree.CallExpression, way: Way): Guard | undefined {
  for (const origin of originsOf({ ...way.ref, node: call.callee, path: [] }, way.loader)) {
    if (origin.kind !== 'function') continue;
    const { file, node } = origin.at;
    const inside: Way = { ...way, file, functions: file === way.file ? [...way.functions, node] : [node] };
    let guard: Guard | undefined;
    walk(node.body, (child) => {
      if (child.type === 'Identifier' && CLOCKS.test(child.name)) guard = 'coolDown';
      else guard ??= writtenBy(child, inside);
    });
    if (guard) return guard;
  }
  return undefined;
}

/** The guard that something which outlives the fetcher's call makes, when a function on the way writes it. */
function writtenBy(node: Node, way: Way): Guard | undefined {
  const held = node.type === 'Identifier' || node.type === 'MemberExpression' ? heldIn(node, way) : undefined;
  if (!held) return undefined;
  const targets = held.variable.references
    .flatMap(({ identifier }) => targetOf(identifier, held) ?? [])
    .filter((target) => way.functions.some((owner) => contains(owner, target)));
  const counts = targets.some(({ parent }) => parent?.type === 'UpdateExpression');
  const writes = targets.flatMap((target) =>
    target.parent?.type === 'AssignmentExpression' && target.parent.left === target ? [target.parent] : [],
  );
  if (writes.length === 0) return counts ? 'coolDown' : undefined;
  if (writes.some(({ right }) => usesClock(right))) return 'coolDown';
  const resets = writes.filter(({ right }) => isFalsyLiteral(right));
  // Opened again at once, or only later, or never: the latter two are cool-downs.
  return resets.some((reset) => !isInTimer(reset)) ? 'mutex' : 'coolDown';
}

interface Held {
  readonly variable: Variable;
  /** The member of it: `current` of a ref, `pending` of an object that the module keeps. */
  readonly member: string | undefined;
}

/** What lives longer than one call of the fetcher: a ref, a name outside of the functions on the way, a member of an object there. */
function heldIn(
  node: TSESTree.Identifier | TSESTree.MemberExpression,
  { file, functions, loader }: Way,
): Held | undefined {
  const member = node.type === 'MemberExpression' ? propertyName(node) : undefined;
  const name = node.type === 'MemberExpression' ? unwrap(node.object) : node;
  const variable = name.type === 'Identifier' ? variableOf(file, name) : undefined;
  const declarator = variable?.defs[0]?.node as Node | undefined;
  if (!variable || declarator?.type !== 'VariableDeclarator' || functions.some((owner) => contains(owner, declarator)))
    return undefined;
  if (node.type !== 'MemberExpression') return { variable, member: undefined };
  if (member === undefined) return undefined;
  const isRef = member === 'current' && originsOf({ file, node, path: [] }, loader)[0]?.kind === 'ref';
  const isKept =
    declarator.id.type === 'Identifier' &&
    declarator.init !== null &&
    unwrap(declarator.init).type === 'ObjectExpression';
  return isRef || isKept ? { variable, member } : undefined;
}

/** The name itself, or the member that is taken of it. */
function targetOf(identifier: Node, { member }: Held): Node | undefined {
  if (member === undefined) return identifier;
  const access = identifier.parent;
  return access?.type === 'MemberExpression' && access.object === identifier && propertyName(access) === member
    ? access
    : undefined;
}

const usesClock = (code: Node): boolean =>
  hasNode(
    code,
    (node) => node.type === 'Identifier' && (CLOCKS.test(node.name) || /^(?:now|time(?:stamp)?)$/iu.test(node.name)),
  );

// What a package's function does with its callback is not ours to know; these words say that it holds calls back.
const HOLDING = /retry|back_?off|throttle|debounce|\bonce|memo|mutex|lock|exclusive|limit|queue|single|dedup|cache/iu;

function isHeldBack({ function: owner, node }: Site, isLast: boolean): boolean {
  for (let current: Node | undefined = node; current && current !== owner; current = current.parent) {
    if (
      current.type !== 'CallExpression' ||
      !HOLDING.test(calleeName(current.callee)) ||
      retriesOf(current) !== undefined
    )
      continue;
    if (current === node ? isLast : current.arguments.some((argument) => contains(argument, node))) return true;
  }
  return false;
}

/**
 * What the options of a retry helper give away: `retry(f, { forever: true })` has no end, `{ minTimeout: 0 }` no delay. The names are those of p-retry and
 * async-retry, which both hand them to `retry` (tim-kos/node-retry, lib/retry.js).
 */
export function retriesOf(call: TSESTree.CallExpression): 'noDelay' | 'noEnd' | undefined {
  if (!/retry/iu.test(calleeName(call.callee))) return undefined;
  const isGiven = (name: string, texts: readonly string[]): boolean =>
    call.arguments.some((argument) => {
      const value = valueNamed(argument, name);
      return texts.includes(value?.type === 'Identifier' ? value.name : value?.type === 'Literal' ? value.raw : '');
    });
  if (isGiven('forever', ['true']) || isGiven('retries', ['Infinity'])) return 'noEnd';
  return isGiven('minTimeout', ['0']) && !isGiven('retries', ['0', '1']) ? 'noDelay' : undefined;
}
