/** A fetcher that answers Convex's forced request with a snapshot of the token: a ref, a state, a closure's value. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, propertyName, unwrap, walk } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import type { ReachedCall } from './calls.ts';
import { conditionOf } from '../values/read-condition.ts';
import { AT_REST, type Condition, type World, atomsOf, truthIn } from '../values/conditions.ts';
import { isInTimer, nameOf } from './guards.ts';
import type { Ref } from '../values/call-contexts.ts';
import { refValues, setterCalls, setterPromises } from '../values/hooks.ts';
import { updateBy } from '../values/states.ts';
import { type Origin, alternativeOrigins, originsOf, returnedExpressions } from '../values/trace.ts';

export interface Snapshot {
  readonly file: SourceFile;
  readonly node: Node;
  readonly of: 'closure' | 'ref' | 'state' | 'storage';
}

type Answer =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'unknown' };

interface Run {
  readonly fetcher: Origin & { readonly kind: 'function' };
  readonly loader: ModuleLoader;
  /** The calls of the fetcher's own code that ask for a token, or may. */
  readonly asking: readonly Node[];
  readonly answers: Answer[];
  /** Something asked already, or there is a statement that can't be followed. */
  isLost: boolean;
}

/**
 * The snapshot that a signed-in fetcher answers with when Convex forces a refresh. Undefined when it asks for a token first, and
 * when any answer on the way is unknown.
 */
export function staleAnswer(
  fetcher: Origin & { readonly kind: 'function' },
  calls: readonly ReachedCall[],
  loader: ModuleLoader,
): Snapshot | undefined {
  const asking = calls
    .filter(({ what }) => what.kind === 'ask' || what.kind === 'forced')
    .flatMap(({ sites: [first] }) => (first ? [first.node] : []));
  const run: Run = { fetcher, loader, asking, answers: [], isLost: false };
  const { body } = fetcher.at.node;
  if (body.type === 'BlockStatement') execute(body.body, run);
  else answer(body, run);
  if (run.isLost || run.answers.some(({ kind }) => kind === 'unknown')) return undefined;
  for (const one of run.answers) if (one.kind === 'snapshot') return one.snapshot;
  return undefined;
}

const MAX_DEPTH = 100;

/** Runs statements as Convex's forced request does; answers whether the end is reached. */
function execute(statements: readonly TSESTree.Statement[], run: Run, depth = 0): boolean {
  return statements.every((statement) => !run.isLost && executeOne(statement, run, depth));
}

function executeOne(statement: TSESTree.Statement, run: Run, depth: number): boolean {
  if (depth > MAX_DEPTH) run.isLost = true;
  if (run.isLost) return false;
  switch (statement.type) {
    case 'BlockStatement':
      return execute(statement.body, run, depth + 1);
    case 'IfStatement': {
      const truth = ownTruth(statement.test, run);
      const { consequent, alternate } = statement;
      asks(statement.test, run);
      const then = truth === false ? false : executeOne(consequent, run, depth + 1);
      const otherwise = truth === true ? false : alternate ? executeOne(alternate, run, depth + 1) : true;
      return then || otherwise;
    }
    case 'TryStatement': {
      const isReached = execute(statement.block.body, run, depth + 1);
      return (statement.finalizer ? execute(statement.finalizer.body, run, depth + 1) : true) && isReached;
    }
    case 'ReturnStatement':
      answer(statement.argument, run);
      return false;
    case 'ThrowStatement':
      return false;
    case 'VariableDeclaration':
    case 'ExpressionStatement':
      asks(statement, run);
      return true;
    case 'FunctionDeclaration':
    case 'EmptyStatement':
      return true;
    default:
      run.isLost = true;
      return false;
  }
}

function asks(node: Node, run: Run): void {
  run.isLost ||= run.asking.some((call) => contains(node, call)) || awaits(node);
}

function awaits(node: Node): boolean {
  const inner =
    node.type === 'VariableDeclaration'
      ? node.declarations.map(({ init }) => init)
      : [node.type === 'ExpressionStatement' ? node.expression : node];
  return inner.some((one) => one?.type === 'AwaitExpression');
}

function truthOf(test: Ref, run: Run): boolean | undefined {
  const condition = conditionOf({ ...test, path: [] }, test.file, run.loader);
  return truthIn(condition, forcedWorld(condition, run.loader));
}

/** A test in the fetcher's own code. */
const ownTruth = (test: Node, run: Run): boolean | undefined => truthOf({ ...run.fetcher.at, node: test }, run);

/** A signed-in page whose snapshots hold a token, at a forced request. */
function forcedWorld(condition: Condition, loader: ModuleLoader): World {
  const world = new Map(AT_REST).set('flag', true);
  for (const { key, state, value } of atomsOf(condition)) {
    if (state && ((value === 'ref' && isTokenRef(state, loader)) || (value === 'state' && isTokenState(state, loader))))
      world.set(key, true);
  }
  return world;
}

function answer(returned: Node | null, run: Run): void {
  const argument = returned && decided(returned, run);
  if (argument) asks(argument, run);
  run.answers.push(
    ...(argument ? answersOf({ ...run.fetcher.at, node: argument }, run, 0) : [{ kind: 'nothing' } as const]),
  );
}

/** What is left of `token ?? (await getAccessToken())`, `token ? token : await …` where a token is at hand: the copy. */
function decided(node: Node, run: Run): Node {
  const inner = unwrap(node);
  if (inner.type === 'ConditionalExpression') {
    const truth = ownTruth(inner.test, run);
    return truth === undefined ? node : decided(truth ? inner.consequent : inner.alternate, run);
  }
  if (inner.type !== 'LogicalExpression' || inner.operator === '&&') return node;
  const left = decided(inner.left, run);
  return answersOf({ ...run.fetcher.at, node: left }, run, 0).every(({ kind }) => kind === 'snapshot') ? left : node;
}

function answersOf(ref: Ref, run: Run, depth: number): Answer[] {
  const node = unwrap(ref.node);
  const of = (child: Node) => answersOf({ ...ref, node: child }, run, depth + 1);
  if (depth > 20) return [{ kind: 'unknown' }];
  if (ref.path.length === 0) {
    if (node.type === 'Literal') return [{ kind: node.value ? 'unknown' : 'nothing' }];
    if (node.type === 'Identifier' && node.name === 'undefined') return [{ kind: 'nothing' }];
    if (node.type === 'AwaitExpression') return of(node.argument);
    if (node.type === 'CallExpression' && isPromiseResolve(node))
      return node.arguments[0] ? of(node.arguments[0]) : [{ kind: 'nothing' }];
    if (node.type === 'LogicalExpression' || node.type === 'ConditionalExpression') return chosen(node, ref, of, run);
  }
  return originsOf({ ...ref, node }, run.loader).flatMap((origin): Answer[] => {
    const of: Snapshot['of'] | undefined =
      origin.kind === 'workos' && origin.role.kind === 'value' && origin.role.name === 'token.value'
        ? 'closure'
        : origin.kind === 'ref' && isTokenRef(origin.at, run.loader)
          ? 'ref'
          : origin.kind === 'state' && isTokenState(origin.at, run.loader)
            ? 'state'
            : origin.kind === 'unknown' && isTokenStorage({ ...ref, node }, run.loader)
              ? 'storage'
              : undefined;
    if (of) return [{ kind: 'snapshot', snapshot: { file: ref.file, node, of } }];
    if (origin.kind !== 'expression' || (origin.at.node === node && origin.at.path.length === ref.path.length))
      return [{ kind: 'unknown' }];
    return answersOf(origin.at, run, depth + 1);
  });
}

function chosen(
  node: TSESTree.ConditionalExpression | TSESTree.LogicalExpression,
  ref: Ref,
  of: (child: Node) => Answer[],
  run: Run,
): Answer[] {
  const truth = truthOf({ ...ref, node: node.type === 'LogicalExpression' ? node.left : node.test }, run);
  if (node.type === 'ConditionalExpression') {
    return [...(truth === false ? [] : of(node.consequent)), ...(truth === true ? [] : of(node.alternate))];
  }
  if (node.operator === '&&')
    return [...(truth === false ? [] : of(node.right)), ...(truth === true ? [] : [{ kind: 'nothing' } as const])];
  const left = of(node.left);
  if (left.every(({ kind }) => kind === 'snapshot')) return left;
  return [...left.filter(({ kind }) => kind !== 'nothing'), ...of(node.right)];
}

function isPromiseResolve({ callee }: TSESTree.CallExpression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Promise' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'resolve'
  );
}

/** Whether a ref holds what a WorkOS hook returned or answered. */
function isTokenRef(ref: Ref, loader: ModuleLoader): boolean {
  return refValues(ref).some((value) => isToken(value, loader));
}

/** `localStorage.getItem('token')` in a file that puts the token there. */
function isTokenStorage({ file, node }: Ref, loader: ModuleLoader): boolean {
  const key = node.type === 'CallExpression' && storageCall(node, 'getItem') ? node.arguments[0] : undefined;
  if (!key || !file.text.includes('setItem')) return false;
  let found = false;
  walk(file.ast, (child) => {
    if (child.type !== 'CallExpression' || !storageCall(child, 'setItem')) return !found;
    const [name, value] = child.arguments;
    const isSame = name !== undefined && file.text.slice(...name.range) === file.text.slice(...key.range);
    found ||= isSame && value !== undefined && isToken({ file, node: value, path: [] }, loader);
    return !found;
  });
  return found;
}

function storageCall({ callee }: TSESTree.CallExpression, method: string): boolean {
  return (
    callee.type === 'MemberExpression' &&
    propertyName(callee) === method &&
    /(?:^|\.)(?:local|session)Storage\.\w+$/u.test(nameOf(callee))
  );
}

/** Whether a state is set to a token in its file: by calls, and by promises (`getAccessToken().then(setToken)`). */
export function isTokenState(state: Ref, loader: ModuleLoader): boolean {
  const { path } = state;
  const setters = setterCalls(state);
  // What is set again and again is no copy of one token.
  if (setters.some((call) => isInTimer(call, 'setInterval'))) return false;
  const given = setters.flatMap((node): Ref[] => {
    const update = updateBy(state, { ...state, node, path: [] }, loader);
    if (update?.kind === 'result')
      return returnedExpressions(update.of.node).map((returned) => ({ ...update.of, node: returned, path }));
    return update?.kind === 'value' ? [{ ...update.ref, path }] : [];
  });
  const awaited = path.length === 0 ? setterPromises(state) : [];
  return (
    given.some((value) => isToken(value, loader)) ||
    awaited.some((promise) => originsOf(promise, loader).some(isTokenOrigin))
  );
}

/** Whether a name stands for a copy of the token: a closure's value, a ref, a state. */
export function isSnapshot(ref: Ref, loader: ModuleLoader): boolean {
  return originsOf(ref, loader).some(
    (origin) =>
      (origin.kind === 'workos' && origin.role.kind === 'value' && origin.role.name === 'token.value') ||
      (origin.kind === 'ref' && isTokenRef(origin.at, loader)) ||
      (origin.kind === 'state' && isTokenState(origin.at, loader)),
  );
}

function isToken(ref: Ref, loader: ModuleLoader): boolean {
  return alternativeOrigins(ref, loader).some(isTokenOrigin);
}

function isTokenOrigin(origin: Origin): boolean {
  return (
    origin.kind === 'answer' ||
    (origin.kind === 'workos' && origin.role.kind === 'value' && origin.role.name === 'token.value')
  );
}
