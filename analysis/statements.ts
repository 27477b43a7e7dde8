/** The order in which statements run: which of them are reached, and which ways lead past them. */
import type { TSESTree } from '@typescript-eslint/types';
import type { Node } from './ast.ts';
import type { Value } from './values.ts';

export interface Run {
  /** The truth of a condition. */
  test(node: Node): boolean | undefined;
  /** Whether two expressions are equal: what a `switch` asks. */
  equals(a: Node, b: Node): boolean | undefined;
  /** Whether a block of `try` throws. Undefined when it may. */
  throws(block: TSESTree.BlockStatement): boolean | undefined;
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
  return runStatement(node, run, []);
}

function runStatement(node: Node, run: Run, targets: readonly Target[]): boolean {
  if (run.isDone?.() === true) return false;
  const into = (inner: Node) => runStatement(inner, run, targets);
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
      return leaving(run, targets, 'switch', labelOf(node), (inner) => branches(...switchRuns(node, run, inner)));
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      run.visit(node);
      return branches(
        () => leaving(run, targets, 'loop', labelOf(node), (inner) => runStatement(node.body, run, inner)),
        () => true,
      );
    case 'LabeledStatement':
      run.visit(node);
      return leaving(run, targets, 'label', node.label.name, (inner) => runStatement(node.body, run, inner));
    case 'BreakStatement':
    case 'ContinueStatement':
      run.visit(node);
      jump(node, run, targets);
      return false;
    case 'ReturnStatement':
    case 'ThrowStatement':
      run.visit(node);
      return false;
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

const labelOf = ({ parent }: Node): string | undefined => (parent?.type === 'LabeledStatement' ? parent.label.name : undefined);

/** The ways through a `switch` that its cases leave open: one when a case is known to match. */
function switchRuns({ cases, discriminant }: TSESTree.SwitchStatement, run: Run, targets: readonly Target[]): (() => boolean)[] {
  const from = (index: number) => (): boolean =>
    cases.slice(index).every(({ consequent }) => consequent.every((statement) => runStatement(statement, run, targets)));
  const open: number[] = [];
  for (const [index, { test }] of cases.entries()) {
    const answer = test ? run.equals(discriminant, test) : false;
    if (answer !== false) open.push(index);
    if (answer === true) return open.map(from);
  }
  const otherwise = cases.findIndex(({ test }) => !test);
  return [...open.map(from), otherwise === -1 ? (): boolean => true : from(otherwise)];
}

/** Whether a case runs on into the next one: nothing at its end leaves it. */
export function fallsThrough(node: TSESTree.SwitchCase): boolean {
  let last: Node | undefined = node.consequent.at(-1);
  while (last?.type === 'BlockStatement') last = last.body.at(-1);
  return !/^(?:Break|Return|Throw|Continue)/u.test(last?.type ?? '');
}
