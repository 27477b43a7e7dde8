/**
 * Statements, as far as values hang on them: what a function returns, what a variable holds that is assigned in several
 * places, whether a place is reached at all under the assumed environment.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, enclosingFunction, hasNode, unwrap } from '../syntax/ast.ts';
import type { Located } from '../syntax/bindings.ts';
import type { Evaluator } from '../values/evaluate.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import type { Variable } from '../syntax/scopes.ts';
import { chosen } from '../values/expressions.ts';
import { type Run, isCaseReached, runBlock } from './statements.ts';
import { throwsIn } from './exceptions.ts';
import {
  type Frame,
  type Value,
  addedText,
  alternativesOf,
  areEqual,
  isNullish,
  literal,
  oneOf,
  truthOf,
  unknown,
} from '../values/values.ts';

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
      values.push(
        statement.argument
          ? evaluator.evaluate({ ...from, node: statement.argument }, frame)
          : literal(undefined, from),
      );
    },
  });
  if (completes) values.push(literal(undefined, block));
  return oneOf(values, block);
}

/** How conditions of a file come out in a frame. */
function conditionsOf(
  evaluator: Evaluator,
  file: SourceFile,
  frame: Frame | undefined,
): Pick<Run, 'ends' | 'equals' | 'test' | 'throws'> {
  const evaluate = (node: Node): Value => evaluator.evaluate({ file, node }, frame);
  return {
    test: (node) => truthOf(evaluate(node)),
    equals: (a, b) => areEqual(evaluate(a), evaluate(b)),
    throws: (block) => throwsIn(block, evaluate),
    ends: (expression) => neverGoesOn(evaluator, { file, node: expression }, frame),
  };
}

interface Endings {
  /** False for a call that is being asked about: a function that calls itself has no other answer. */
  readonly known: WeakMap<Node, boolean>;
  asked: number;
}
const endings = new WeakMap<Evaluator, Endings>();
/** So many functions are run through. Functions that call each other twice would take for ever. */
const MAX_ASKED = 200;

/** Whether a call is the last thing that happens: of a package's function that throws, or of a function of the project that only can. */
function neverGoesOn(evaluator: Evaluator, { file, node }: Located, frame: Frame | undefined): boolean {
  const { isEnding } = evaluator.options;
  const isAwaited = node.type === 'AwaitExpression';
  const call = unwrap(isAwaited ? node.argument : node);
  if (!isEnding || call.type !== 'CallExpression') return false;
  let state = endings.get(evaluator);
  if (!state) endings.set(evaluator, (state = { known: new WeakMap(), asked: 0 }));
  const { known } = state;
  let answer = known.get(call);
  if (answer === undefined) {
    known.set(call, false);
    state.asked += 1;
    answer =
      isEnding({ file, node: call.callee }) ||
      (state.asked < MAX_ASKED && onlyThrows(evaluator, { file, node: call }, isAwaited, frame));
    // What a call does may hang on the frame; without one it is always the same.
    if (frame) known.delete(call);
    else known.set(call, answer);
  }
  return answer;
}

function onlyThrows(
  evaluator: Evaluator,
  { file, node: call }: Located<TSESTree.CallExpression>,
  isAwaited: boolean,
  frame: Frame | undefined,
): boolean {
  const callee = evaluator.evaluate({ file, node: call.callee }, frame);
  if (callee.type !== 'function' || callee.node.body.type !== 'BlockStatement') return false;
  const { from, frame: upper, node: code } = callee;
  if (
    (code.async && !isAwaited) ||
    !hasNode(code.body, ({ type }) => type === 'ThrowStatement' || type === 'CallExpression')
  )
    return false;
  let goesOn = false;
  const args = call.arguments.map((argument) => evaluator.evaluate({ file, node: argument }, frame));
  const completes = runBlock(code.body, {
    ...conditionsOf(evaluator, from.file, { code, args, upper }),
    giveUp: () => {
      goesOn = true;
    },
    visit: ({ type }) => {
      goesOn ||= type === 'ReturnStatement';
    },
  });
  return !completes && !goesOn;
}

/** More rounds than this nobody writes to ask for headers. */
const MAX_ROUNDS = 20;

/** What a loop runs for whose rounds may end all and leave by no other way, where its items are known. */
function roundsOf(evaluator: Evaluator, file: SourceFile, frame: Frame | undefined): NonNullable<Run['rounds']> {
  return (loop) => {
    const mayEnd = hasNode(loop.body, ({ type }) => type === 'ReturnStatement' || type === 'ThrowStatement');
    if (!mayEnd || hasNode(loop.body, ({ type }) => /^(?:Break|Continue|ForOf)Statement$/u.test(type)))
      return undefined;
    const [items, other] = alternativesOf(evaluator.evaluate({ file, node: loop.right }, frame));
    if (
      items?.type !== 'array' ||
      other ||
      items.open ||
      items.items.length > MAX_ROUNDS ||
      !items.items.every(({ certain }) => certain)
    )
      return undefined;
    return items.items.map(({ value }) => reachingRun(evaluator, file, { code: loop, args: [value], upper: frame }));
  };
}

/** A run that only asks whether it comes to its end. */
const reachingRun = (evaluator: Evaluator, file: SourceFile, frame: Frame | undefined): Run => ({
  ...conditionsOf(evaluator, file, frame),
  rounds: roundsOf(evaluator, file, frame),
  giveUp: () => undefined,
  visit: () => undefined,
});

/** Whether a place is reached under the evaluator's environment: false only where a test says so. */
export function isReachable(evaluator: Evaluator, { file, node }: Located, frame?: Frame): boolean {
  const run = reachingRun(evaluator, file, frame);
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
    case '&&=':
    case '??=':
      return chosen(
        node.operator === '||=' ? '||' : node.operator === '&&=' ? '&&' : '??',
        before,
        () => evaluate(node.right),
        from,
      );
    case '+=':
      return addedText([before, evaluate(node.right)], from) ?? unknown(from);
    default:
      return unknown(from);
  }
}

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
