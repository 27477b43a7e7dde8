/** The order in which statements run: which of them are reached, and which ways lead past them. */
import type { TSESTree } from '@typescript-eslint/types';
import type { Node } from '../syntax/ast.ts';
import type { Value } from '../values/values.ts';

export interface Run {
  /** The truth of a condition. */
  test(node: Node): boolean | undefined;
  /** Whether two expressions are equal: what a `switch` asks. */
  equals(a: Node, b: Node): boolean | undefined;
  /** Whether a block of `try` throws. Undefined when it may. */
  throws(block: TSESTree.BlockStatement): boolean | undefined;
  /** Whether the expression of a statement never gives control back. */
  ends?(expression: Node): boolean;
  /** A run for each item that a loop goes through; undefined where they are not known. */
  rounds?(loop: TSESTree.ForOfStatement): readonly Run[] | undefined;
  /** Statements that are nested deeper than anybody writes them are not run through. */
  giveUp(): void;
  /** Called for each statement that is reached, before what is inside it. */
  visit(statement: TSESTree.Statement): void;
  /** Ends the run (once a place is reached). */
  readonly isDone?: () => boolean;
  /** Around what may or may not run: a branch that the test does not decide. */
  branch?(runs: readonly (() => boolean)[]): readonly boolean[];
  /** What is followed through the run, at this moment: kept at a `break`, and joined where the jump leads to. */
  readonly state?: { now(): Value; join(values: readonly Value[]): void };
}

/** A statement that `break` or `continue` leaves, and what was known at each of those. */
interface Target {
  readonly kind: 'label' | 'loop' | 'switch';
  readonly label: string | undefined;
  readonly left: (Value | undefined)[];
}

/** Runs through the statements of a node; answers whether the end of it is reached. */
export function runBlock(node: Node, run: Run): boolean {
  return runStatement(node, run, [], 0);
}

/** Whether a statement never comes to its end, whichever way it takes: `try { return a() } catch { return null }`. */
export function leaves(node: Node): boolean {
  return !runBlock(node, EVERY_WAY);
}

const EVERY_WAY: Run = {
  equals: () => undefined,
  giveUp: () => undefined,
  test: () => undefined,
  throws: () => undefined,
  visit: () => undefined,
};

const MAX_NESTING = 250;

function runStatement(node: Node, run: Run, targets: readonly Target[], depth: number): boolean {
  if (run.isDone?.() === true) return false;
  if (depth > MAX_NESTING) {
    run.giveUp();
    return true;
  }
  const into = (inner: Node) => runStatement(inner, run, targets, depth + 1);
  const branches = (...runs: (() => boolean)[]): boolean =>
    (run.branch ? run.branch(runs) : runs.map((one) => one())).some(Boolean);
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
      return node.body.every(into);
    case 'ExportNamedDeclaration':
      return node.declaration ? into(node.declaration) : true;
    case 'IfStatement': {
      run.visit(node);
      const { consequent, alternate } = node;
      const test = run.test(node.test);
      const otherwise = (): boolean => (alternate ? into(alternate) : true);
      if (test === true) return into(consequent);
      if (test === false) return otherwise();
      return branches(() => into(consequent), otherwise);
    }
    case 'TryStatement': {
      const isAfter = runTry(node, run, into, branches);
      return (node.finalizer ? into(node.finalizer) : true) && isAfter;
    }
    case 'SwitchStatement':
      run.visit(node);
      return leaving(run, targets, 'switch', labelOf(node), (inner) => runSwitch(node, run, inner, depth));
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      run.visit(node);
      if (node.type === 'ForOfStatement') {
        const rounds = run.rounds?.(node);
        if (rounds) return rounds.every((round) => runStatement(node.body, round, targets, depth + 1));
      }
      return branches(
        () => leaving(run, targets, 'loop', labelOf(node), (inner) => runStatement(node.body, run, inner, depth + 1)),
        () => true,
      );
    case 'LabeledStatement':
      run.visit(node);
      return leaving(run, targets, 'label', node.label.name, (inner) => runStatement(node.body, run, inner, depth + 1));
    case 'BreakStatement':
    case 'ContinueStatement':
      run.visit(node);
      jump(node, run, targets);
      return false;
    case 'ReturnStatement':
    case 'ThrowStatement':
      run.visit(node);
      return false;
    case 'ExpressionStatement':
      run.visit(node);
      return run.ends?.(node.expression) !== true;
    default:
      run.visit(node as TSESTree.Statement);
      return true;
  }
}

function runTry(
  { block, handler }: TSESTree.TryStatement,
  run: Run,
  into: (node: Node) => boolean,
  branches: (...runs: (() => boolean)[]) => boolean,
): boolean {
  if (!handler) return into(block);
  const throws = run.throws(block);
  if (throws === true) return into(handler.body);
  if (throws === false) return into(block);
  return branches(
    () => into(block),
    () => into(handler.body),
  );
}

/** Runs what `break` can leave: its end is reached by falling out of it, and by each jump. */
function leaving(
  run: Run,
  targets: readonly Target[],
  kind: Target['kind'],
  label: string | undefined,
  inside: (targets: readonly Target[]) => boolean,
): boolean {
  const target: Target = { kind, label, left: [] };
  const completes = inside([...targets, target]);
  if (target.left.length === 0 || run.isDone?.() === true) return completes;
  const known = target.left.filter((value) => value !== undefined);
  if (run.state) run.state.join(completes ? [...known, run.state.now()] : known);
  return true;
}

function jump(node: TSESTree.BreakStatement | TSESTree.ContinueStatement, run: Run, targets: readonly Target[]): void {
  const target = targets.findLast(({ kind, label }) => {
    if (node.label) return label === node.label.name;
    return kind === 'loop' || (kind === 'switch' && node.type === 'BreakStatement');
  });
  target?.left.push(run.state?.now());
}

const labelOf = ({ parent }: Node): string | undefined =>
  parent?.type === 'LabeledStatement' ? parent.label.name : undefined;

/** Runs through the cases in order: each is entered from the head where it may match, and from the case before that falls into it. */
function runSwitch(
  { cases, discriminant }: TSESTree.SwitchStatement,
  run: Run,
  targets: readonly Target[],
  depth: number,
): boolean {
  const { isKnown, open } = openCases(cases, discriminant, run);
  const head = run.state?.now();
  const enter = (falls: boolean): void => {
    if (run.state && head) run.state.join(falls ? [run.state.now(), head] : [head]);
  };
  let falls = false;
  for (const [index, { consequent }] of cases.entries()) {
    if (open.has(index)) enter(falls);
    else if (!falls) continue;
    falls = consequent.every((statement) => runStatement(statement, run, targets, depth + 1));
    if (run.isDone?.() === true) return false;
  }
  // Past all cases: where none need match.
  if (isKnown || cases.some(({ test }) => !test)) return falls;
  enter(falls);
  return true;
}

/** The cases that may be entered from the head; `isKnown` where one of them certainly is. */
function openCases(
  cases: readonly TSESTree.SwitchCase[],
  discriminant: Node,
  run: Run,
): { isKnown: boolean; open: ReadonlySet<number> } {
  const open = new Set<number>();
  for (const [index, { test }] of cases.entries()) {
    const answer = test ? run.equals(discriminant, test) : false;
    if (answer !== false) open.add(index);
    if (answer === true) return { isKnown: true, open };
  }
  const otherwise = cases.findIndex(({ test }) => !test);
  if (otherwise !== -1) open.add(otherwise);
  return { isKnown: false, open };
}

/** Whether a case is run: it may match, or the one before it falls into it. */
export function isCaseReached(node: TSESTree.SwitchCase, run: Run): boolean {
  const { cases, discriminant } = node.parent;
  const { open } = openCases(cases, discriminant, run);
  let falls = false;
  for (const [index, one] of cases.entries()) {
    const isEntered: boolean = falls || open.has(index);
    if (one === node) return isEntered;
    falls = isEntered && one.consequent.every((statement) => runStatement(statement, run, [], 0));
  }
  return false;
}
