/**
 * The way to a place in the code: under which condition it is reached, under which a statement comes to its end, and by which exits a function
 * is left. The atoms of these conditions are the tests in the code; how they come out depends on who asks (`reachability.ts`).
 */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../once.ts';
import { type FunctionNode, type Node, isFunction, unwrapAwait, ownNodesOf } from '../syntax/ast.ts';
import {
  type Condition,
  all,
  any,
  atom,
  atomsOf,
  choose,
  grouped,
  isAlways,
  isNever,
  known,
  not,
  replaceAtoms,
} from './conditions.ts';

/**
 * - `true`: the expression is true
 * - `nullish`: the expression is null or undefined
 * - `equals`: the value of a `switch` is that of the case (`node` is the case)
 * - `throws`: something in the `try` throws (`node` is the statement)
 * - `ends`: the call never gives control back
 * - `repeats`: the loop has a round that comes this far
 * - `passes`: the loop is left by its end, or by a jump behind it
 */
export type TestKind = 'ends' | 'equals' | 'nullish' | 'passes' | 'repeats' | 'throws' | 'true';

/** A test in the code. */
export interface Test {
  readonly kind: TestKind;
  readonly node: Node;
  readonly key: Node;
}

export type Path = Condition<Test>;

const test = (kind: TestKind, node: Node): Path => atom({ kind, node, key: node });

/** Statements that are nested deeper than anyone writes them are not analysed, nor are the cases of a longer `switch`. */
const MAX_NESTING = 250;
const MAX_CASES = 50;

/** The condition under which a place is reached, once `within` (by default: the file) runs. */
export const pathTo = (node: Node, within?: Node): Path => all(stepsTo(node, within).map(({ when }) => when));

/** A step on the way to a place: into a branch, a round of a loop or a handler; or past a statement that may not come to its end. */
export interface Step {
  readonly kind: 'into' | 'past';
  readonly when: Path;
}

/** The steps on the way to a place, the last one first. */
export function stepsTo(node: Node, within?: Node): Step[] {
  const steps: Step[] = [];
  for (let current = node; current.parent && current !== within; current = current.parent)
    steps.push(...stepsInto(current, current.parent));
  return steps;
}

/** The tests that decide whether a place is reached, where every call gives control back and nothing throws. */
export function testsBefore(node: Node, within: Node): Test[] {
  const tests = stepsTo(node, within).flatMap(({ when }) => atomsOf(undisturbed(when)));
  return tests.filter(({ kind }) => kind === 'true' || kind === 'nullish');
}

const undisturbed = onceFor(
  (path: Path): Path =>
    replaceAtoms<Test, Test>(path, (one) =>
      one.kind === 'ends' || one.kind === 'throws' ? known(false) : atom(one),
    ) ?? known(true),
);

/** What lets code come from the start of a node to a child of it. */
function stepsInto(child: Node, parent: Node): readonly Step[] {
  switch (parent.type) {
    case 'ConditionalExpression':
    case 'IfStatement':
      if (child === parent.test) return [];
      return [into(child === parent.consequent ? test('true', parent.test) : not(test('true', parent.test)))];
    case 'LogicalExpression':
      return child === parent.right ? [into(goesOn(parent.operator, parent.left))] : [];
    case 'AssignmentExpression': {
      const operator = parent.operator.slice(0, -1);
      return child === parent.right && isLogical(operator) ? [into(goesOn(operator, parent.left))] : [];
    }
    case 'BlockStatement':
    case 'Program':
    case 'StaticBlock':
      return before(child, parent, parent.body);
    case 'SwitchCase': {
      if (child === parent.test) return [];
      const entered = enteredCases(parent.parent)[parent.parent.cases.indexOf(parent)] ?? known(true);
      return [...before(child, parent, parent.consequent), into(entered)];
    }
    case 'TryStatement':
      if (child === parent.handler) return [into(test('throws', parent))];
      // How far a block comes that throws is not followed.
      return child === parent.block && parent.handler ? [into(not(test('throws', parent)))] : [];
    default:
      return isLoop(parent) && child === parent.body ? [into(test('repeats', parent))] : [];
  }
}

const into = (when: Path): Step => ({ kind: 'into', when });

const isLogical = (operator: string): operator is TSESTree.LogicalExpression['operator'] =>
  ['&&', '??', '||'].includes(operator);

/** Whether `left && right`, `||` and `??` go on to the right. */
function goesOn(operator: TSESTree.LogicalExpression['operator'], left: Node): Path {
  if (operator === '??') return test('nullish', left);
  return operator === '&&' ? test('true', left) : not(test('true', left));
}

type Statements = readonly Node[];

/** The statements before one come to their ends. A function that is declared is there from the start. */
function before(statement: Node, owner: Node, list: Statements): readonly Step[] {
  if (statement.type === 'FunctionDeclaration') return [];
  const { ends, first } = obstaclesIn(owner, list);
  const [start] = statement.range;
  let count = 0;
  for (let left = ends.length; count < left;) {
    const middle = (count + left) >> 1;
    if ((ends[middle] ?? start) > start) left = middle;
    else count = middle + 1;
  }
  return first(count).map((when) => ({ kind: 'past', when }));
}

interface Obstacles {
  /** Where each ends, in source order. */
  readonly ends: readonly number[];
  /** The paths of so many of them. */
  readonly first: (count: number) => Path[];
}

const obstacles = new WeakMap<Node, Obstacles>();

/** The statements of a list that may not come to their ends. */
function obstaclesIn(owner: Node, list: Statements): Obstacles {
  let found = obstacles.get(owner);
  if (!found) {
    const open = list.flatMap((statement) => {
      const path = completes(statement);
      return isAlways(path) ? [] : [{ end: statement.range[1], path }];
    });
    found = { ends: open.map(({ end }) => end), first: grouped(open.map(({ path }) => path)) };
    obstacles.set(owner, found);
  }
  return found;
}

const completions = new WeakMap<Node, Path>();

/** The condition under which a statement, once it runs, comes to its end. */
export function completes(statement: Node, depth = 0): Path {
  const seen = completions.get(statement);
  if (seen) return seen;
  if (depth > MAX_NESTING) return test('passes', statement);
  const path = completionOf(statement, (inner) => completes(inner, depth + 1));
  completions.set(statement, path);
  return path;
}

function completionOf(statement: Node, of: (inner: Node) => Path): Path {
  switch (statement.type) {
    case 'BlockStatement':
    case 'Program':
    case 'StaticBlock':
      return all(statement.body.map(of));
    case 'ExportNamedDeclaration':
      return statement.declaration ? of(statement.declaration) : known(true);
    case 'IfStatement': {
      const otherwise = statement.alternate ? of(statement.alternate) : known(true);
      return choose(test('true', statement.test), of(statement.consequent), otherwise);
    }
    case 'TryStatement': {
      const { block, finalizer, handler } = statement;
      const tried = handler ? choose(test('throws', statement), of(handler.body), of(block)) : of(block);
      return all([tried, finalizer ? of(finalizer) : known(true)]);
    }
    case 'SwitchStatement':
      return any([leavesSwitch(statement, of), ...jumpsOutOf(statement)]);
    case 'LabeledStatement':
      return any([of(statement.body), ...jumpsOutOf(statement)]);
    case 'DoWhileStatement':
      return any([of(statement.body), ...jumpsOutOf(statement)]);
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ReturnStatement':
    case 'ThrowStatement':
      return known(false);
    case 'ExpressionStatement':
      return givesControlBack(statement.expression);
    case 'VariableDeclaration':
      // `const { user } = await requireUser();`
      return all(
        statement.declarations.map(({ init }) =>
          init?.type === 'AwaitExpression' ? givesControlBack(init) : known(true),
        ),
      );
    default:
      return isLoop(statement) && !isAlways(of(statement.body)) ? test('passes', statement) : known(true);
  }
}

function givesControlBack(expression: Node): Path {
  return unwrapAwait(expression).type === 'CallExpression' ? not(test('ends', expression)) : known(true);
}

/** The ways to the jumps that lead behind a statement. */
function jumpsOutOf(
  statement: TSESTree.DoWhileStatement | TSESTree.LabeledStatement | TSESTree.SwitchStatement,
): Path[] {
  const jumps = ownNodesOf(statement, 'BreakStatement', 'ContinueStatement');
  return jumps.filter((jump) => jumpTarget(jump) === statement).map((jump) => pathTo(jump, statement));
}

/** The statement that a jump leaves, or whose round it ends. */
export function jumpTarget(jump: TSESTree.BreakStatement | TSESTree.ContinueStatement): Node | undefined {
  for (let current: Node | undefined = jump.parent; current && !isFunction(current); current = current.parent) {
    if (jump.label) {
      if (current.type === 'LabeledStatement' && current.label.name === jump.label.name) return current;
    } else if (isLoop(current) || (current.type === 'SwitchStatement' && jump.type === 'BreakStatement'))
      return current;
  }
  return undefined;
}

export type Loop =
  | TSESTree.DoWhileStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement;

export const isLoop = (node: Node): node is Loop => /^(?:DoWhile|For(?:In|Of)?|While)Statement$/u.test(node.type);

/** The condition under which each case is entered: from the head, or from the case before that falls into it. */
const enteredCases = onceFor(({ cases }: TSESTree.SwitchStatement): readonly Path[] => {
  if (cases.length > MAX_CASES) return cases.map((one) => test('repeats', one));
  const none = all(cases.flatMap((one) => (one.test ? [not(test('equals', one))] : [])));
  let [noneBefore, falls] = [known(true) as Path, known(false) as Path];
  return cases.map((one) => {
    const isCase = test('equals', one);
    const matches = one.test ? all([noneBefore, isCase]) : none;
    if (one.test) noneBefore = all([noneBefore, not(isCase)]);
    const entered = any([matches, falls]);
    falls = all([entered, ...one.consequent.map((inner) => completes(inner))]);
    return entered;
  });
});

/** The end of the last case is reached, or none is entered. */
function leavesSwitch(statement: TSESTree.SwitchStatement, of: (inner: Node) => Path): Path {
  const { cases } = statement;
  const last = cases.at(-1);
  if (!last) return known(true);
  const falls = all([enteredCases(statement).at(-1) ?? known(true), ...last.consequent.map(of)]);
  const isNone = cases.every((one) => one.test) ? all(cases.map((one) => not(test('equals', one)))) : known(false);
  return any([isNone, falls]);
}

/** A way out of a function: a `return`, a `throw`, or its end. */
export interface Exit {
  readonly kind: 'end' | 'return' | 'throw';
  /** The statement; for an arrow's expression, that; for the end, the body. */
  readonly node: Node;
  /** What is returned or thrown. */
  readonly argument: Node | undefined;
  readonly when: Path;
}

/** The ways out of a function, in source order, each with its condition. */
export const exitsOf = onceFor((owner: FunctionNode): readonly Exit[] => {
  const { body } = owner;
  if (body.type !== 'BlockStatement') return [{ kind: 'return', node: body, argument: body, when: known(true) }];
  const exits = ownNodesOf(body, 'ReturnStatement', 'ThrowStatement').map((node): Exit => ({
    kind: node.type === 'ReturnStatement' ? 'return' : 'throw',
    node,
    argument: node.argument ?? undefined,
    when: pathTo(node, body),
  }));
  const end = completes(body);
  return isNever(end) ? exits : [...exits, { kind: 'end', node: body, argument: undefined, when: end }];
});

/** The expressions that a function returns, in source order, under whatever condition. */
export const returnedExpressions = (owner: FunctionNode): Node[] =>
  exitsOf(owner).flatMap(({ argument, kind }) => (kind === 'return' && argument ? [argument] : []));
