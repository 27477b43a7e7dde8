/**
 * Statements, as far as values hang on them: what a function returns, what a variable holds that is assigned in several
 * places, whether a place is reached at all under the assumed environment.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, enclosingFunction, unwrap } from './ast.ts';
import type { Located } from './bindings.ts';
import type { Evaluator } from './evaluate.ts';
import type { SourceFile } from './source-file.ts';
import type { Variable } from './scopes.ts';
import { type Run, isCaseReached, runBlock } from './statements.ts';
import { throwsIn } from './throws.ts';
import {
  type Frame,
  type Value,
  addedText,
  areEqual,
  isNullish,
  literal,
  oneOf,
  truthOf,
  unknown,
} from './values.ts';

/** What a function's block returns: every `return` that is reached under the assumed environment. */
export function returnedValue(evaluator: Evaluator, block: Located, frame: Frame): Value {
  const values: Value[] = [];
  const completes = runBlock(block.node, {
    ...conditionsOf(evaluator, block.file, frame),
    giveUp: () => {
      values.push(unknown(block));
    },
    visit: (statement) => {
      if (statement.type !== 'ReturnStatement') return;
      const from = { file: block.file, node: statement };
      values.push(statement.argument ? evaluator.evaluate({ ...from, node: statement.argument }, frame) : literal(undefined, from));
    },
  });
  if (completes) values.push(literal(undefined, block));
  return oneOf(values, block);
}

/** How conditions of a file come out in a frame. */
function conditionsOf(evaluator: Evaluator, file: SourceFile, frame: Frame | undefined): Pick<Run, 'equals' | 'test' | 'throws'> {
  const evaluate = (node: Node): Value => evaluator.evaluate({ file, node }, frame);
  return {
    test: (node) => truthOf(evaluate(node)),
    equals: (a, b) => areEqual(evaluate(a), evaluate(b)),
    throws: (block) => throwsIn(block, evaluate),
  };
}

/** Whether a place is reached under the evaluator's environment: false only where a test says so. */
export function isReachable(evaluator: Evaluator, { file, node }: Located, frame?: Frame): boolean {
  const run: Run = { ...conditionsOf(evaluator, file, frame), giveUp: () => undefined, visit: () => undefined };
  for (let current: Node = node; current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === 'ConditionalExpression' && current !== parent.test) {
      if (run.test(parent.test) === (current === parent.alternate)) return false;
    } else if (parent.type === 'LogicalExpression' && current === parent.right) {
      const left = evaluator.evaluate({ file, node: parent.left }, frame);
      const goesOn = parent.operator === '??' ? isNullish(left) : truthOf(left);
      if (goesOn === (parent.operator === '||')) return false;
    } else if (parent.type === 'BlockStatement' || parent.type === 'Program') {
      if (!isStatementReached(current, parent.body, run)) return false;
    } else if (parent.type === 'TryStatement' && current === parent.handler) {
      if (run.throws(parent.block) === false) return false;
    } else if (parent.type === 'IfStatement' && current !== parent.test) {
      if (run.test(parent.test) === (current === parent.alternate)) return false;
    } else if (parent.type === 'SwitchCase' && current !== parent.test) {
      if (!isCaseReached(parent, run) || !isStatementReached(current, parent.consequent, run)) return false;
    }
  }
  return true;
}

/** Whether the statements before one run to their end. A function that is declared is there from the start. */
function isStatementReached(statement: Node, list: readonly TSESTree.Statement[], run: Run): boolean {
  if (statement.type === 'FunctionDeclaration') return true;
  for (const one of list) {
    if (one === statement) return true;
    if (!runBlock(one, run)) return false;
  }
  return true;
}

/** What a variable holds at a place, when it is assigned in more places than its declaration. */
export function valueAt(evaluator: Evaluator, variable: Variable, at: Located, frame: Frame | undefined): Value {
  const { file } = at;
  const from: Located = at;
  const writes = variable.references
    .filter((reference) => reference.isWrite())
    .map(({ identifier }) => identifier as Node)
    .sort((a, b) => a.range[0] - b.range[0]);
  const declarator = variable.defs[0]?.node as Node | undefined;
  if (!declarator) return unknown(from);
  const home = enclosingFunction(declarator);
  // Written from another function (a callback, an effect): nobody can tell when.
  if (writes.some((write) => enclosingFunction(write) !== home)) return unknown(from);
  const block = home ? home.body : file.ast;
  let value: Value = home && declarator === home ? unknown(from) : literal(undefined, from);
  let isDone = false;
  const isInside = enclosingFunction(at.node) === home;
  const evaluate = (node: Node) => evaluator.evaluate({ file, node }, frame);

  const assign = (statement: Node): void => {
    for (const write of writesIn(writes, statement)) {
      const parent = write.parent;
      if (parent?.type === 'VariableDeclarator' && parent.id === write) {
        if (parent.init) value = evaluate(parent.init);
      } else if (
        parent?.type === 'AssignmentExpression' &&
        parent.left === write &&
        unwrap(statement.type === 'ExpressionStatement' ? statement.expression : statement) === parent
      ) {
        value = assigned(parent, value, evaluate, from);
      } else value = unknown(from);
    }
  };

  runBlock(block, {
    ...conditionsOf(evaluator, file, frame),
    giveUp: () => {
      value = unknown(from);
    },
    visit: (statement) => {
      if (isCompound(statement)) {
        if (isInside && headContains(statement, at.node)) isDone = true;
        return;
      }
      if (isInside && contains(statement, at.node)) {
        isDone = true;
        return;
      }
      assign(statement);
    },
    isDone: () => isDone,
    state: {
      now: () => value,
      join: (values) => {
        value = oneOf(values, from);
      },
    },
    branch: (runs) => {
      const before = value;
      const outcomes: Value[] = [];
      const ends: boolean[] = [];
      for (const run of runs) {
        value = before;
        const completes = run();
        ends.push(completes);
        if (isDone) return [false];
        if (completes) outcomes.push(value);
      }
      value = outcomes.length > 0 ? oneOf(outcomes, from) : before;
      return ends;
    },
  });
  return value;
}

/** The writes inside a statement, of writes in source order. */
function writesIn(writes: readonly Node[], statement: Node): readonly Node[] {
  const [start, end] = statement.range;
  const before = (position: number): number => {
    let [low, high] = [0, writes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((writes[middle]?.range[0] ?? position) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return writes.slice(before(start), before(end));
}

/** What an assignment makes of what was there before it. */
export function assigned(
  node: TSESTree.AssignmentExpression,
  before: Value,
  evaluate: (node: Node) => Value,
  from: Located,
): Value {
  switch (node.operator) {
    case '=':
      return evaluate(node.right);
    case '||=':
    case '??=': {
      const goesOn = node.operator === '??=' ? isNullish(before) : negate(truthOf(before));
      if (goesOn === false) return before;
      return goesOn === true ? evaluate(node.right) : oneOf([before, evaluate(node.right)], from);
    }
    case '+=':
      return addedText([before, evaluate(node.right)], from) ?? unknown(from);
    default:
      return unknown(from);
  }
}

const negate = (truth: boolean | undefined): boolean | undefined => (truth === undefined ? undefined : !truth);

function isCompound(node: Node): boolean {
  return /^(?:If|Switch|For|ForOf|ForIn|While|DoWhile|Labeled)Statement$/u.test(node.type);
}

function headContains(statement: Node, node: Node): boolean {
  const heads =
    statement.type === 'IfStatement' || statement.type === 'WhileStatement' || statement.type === 'DoWhileStatement'
      ? [statement.test]
      : statement.type === 'SwitchStatement'
        ? [statement.discriminant]
        : [];
  return heads.some((head) => contains(head, node));
}
