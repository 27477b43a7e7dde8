/**
 * Statements, as far as values hang on them: what a function returns, what a variable holds that is assigned in several
 * places, whether a place is reached at all under the assumed environment.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, enclosingFunction, propertyName, unwrap } from './ast.ts';
import type { Located } from './bindings.ts';
import type { Evaluator } from './evaluate.ts';
import type { SourceFile } from './source-file.ts';
import { type Variable, readsOf } from './scopes.ts';
import { type Run, fallsThrough, runBlock } from './statements.ts';
import { throwsIn } from './throws.ts';
import { withHost, withPath } from './urls.ts';
import {
  type Frame,
  type ItemValue,
  type PropertyValue,
  type UrlValue,
  type Value,
  added,
  alternativesOf,
  areEqual,
  isNullish,
  listOf,
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
  const conditions = conditionsOf(evaluator, file, frame);
  const { test } = conditions;
  for (let current: Node = node; current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === 'ConditionalExpression' && current !== parent.test) {
      if (test(parent.test) === (current === parent.alternate)) return false;
    } else if (parent.type === 'LogicalExpression' && current === parent.right) {
      const left = evaluator.evaluate({ file, node: parent.left }, frame);
      const goesOn = parent.operator === '??' ? isNullish(left) : truthOf(left);
      if (goesOn === (parent.operator === '||')) return false;
    } else if (parent.type === 'BlockStatement' || parent.type === 'Program') {
      if (!isStatementReached(current, parent.body, conditions)) return false;
    } else if (parent.type === 'TryStatement' && current === parent.handler) {
      if (conditions.throws(parent.block) === false) return false;
    } else if (parent.type === 'IfStatement' && current !== parent.test) {
      if (test(parent.test) === (current === parent.alternate)) return false;
    } else if (parent.type === 'SwitchCase' && current !== parent.test) {
      if (!isCaseReached(parent, conditions) || !isStatementReached(current, parent.consequent, conditions)) return false;
    }
  }
  return true;
}

/** Whether the statements before one run to their end. A function that is declared is there from the start. */
function isStatementReached(statement: Node, list: readonly TSESTree.Statement[], conditions: Pick<Run, 'equals' | 'test' | 'throws'>): boolean {
  if (statement.type === 'FunctionDeclaration') return true;
  const run: Run = { ...conditions, giveUp: () => undefined, visit: () => undefined };
  for (const one of list) {
    if (one === statement) return true;
    if (!runBlock(one, run)) return false;
  }
  return true;
}

// A case is run when it matches, or when the one before it falls through.
function isCaseReached(node: TSESTree.SwitchCase, { equals }: Pick<Run, 'equals'>): boolean {
  const { cases, discriminant } = node.parent;
  const { test } = node;
  if (!test) return !cases.some((other) => other.test && equals(discriminant, other.test) === true);
  const before = cases[cases.indexOf(node) - 1];
  return (before !== undefined && fallsThrough(before)) || equals(discriminant, test) !== false;
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

function assigned(
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
      return added(before, evaluate(node.right), from);
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

/**
 * A value with what is done to its variable afterwards: `options.redirectUri = …`, `providers.push(…)`,
 * `url.pathname = …`. A change under a condition that is not decided is an alternative.
 */
export function withMutations(
  evaluator: Evaluator,
  variable: Variable,
  value: Value,
  from: Located,
  frame: Frame | undefined,
): Value {
  if (value.type !== 'object' && value.type !== 'array' && value.type !== 'url') return value;
  const reads = readsOf(variable);
  const home = enclosingFunction(variable.defs[0]?.node ?? from.node);
  let current: Value = value.type === 'array' && value.isMap === true && reads.some(takesFromMap) ? { ...value, open: true } : value;
  for (const read of reads) {
    const change = mutationAt(read);
    if (!change || contains(change.node, from.node)) continue;
    const certain = enclosingFunction(read) === home && isUnconditional(change.node, home, from.node);
    if (!certain && !isReachable(evaluator, { file: from.file, node: change.node }, frame)) continue;
    const next = applied(evaluator, current, change, from, frame, certain || isDecided(evaluator, change.node, from, frame));
    current = next;
  }
  return current;
}

function takesFromMap({ parent: member }: Node): boolean {
  return member?.type === 'MemberExpression' && ['clear', 'delete'].includes(propertyName(member) ?? '');
}

type Mutation =
  | { readonly kind: 'assign'; readonly node: TSESTree.AssignmentExpression; readonly name: string | undefined }
  /** `list.push(…)`, `set.add(…)`, `map.set(key, value)`. */
  | { readonly kind: 'push'; readonly node: TSESTree.CallExpression; readonly method: string };

const ADDING = new Set(['add', 'push', 'set', 'unshift']);

function mutationAt(read: Node): Mutation | undefined {
  const member = read.parent;
  if (member?.type !== 'MemberExpression' || member.object !== read) return undefined;
  const { parent } = member;
  if (parent.type === 'AssignmentExpression' && parent.left === member) {
    return { kind: 'assign', node: parent, name: propertyName(member) };
  }
  const method = propertyName(member) ?? '';
  return parent.type === 'CallExpression' && parent.callee === member && ADDING.has(method) ? { kind: 'push', node: parent, method } : undefined;
}

function applied(
  evaluator: Evaluator,
  value: Value,
  change: Mutation,
  from: Located,
  frame: Frame | undefined,
  certain: boolean,
): Value {
  const { file } = from;
  if (change.kind === 'push') {
    if (value.type !== 'array' || (change.method === 'set') !== (value.isMap === true)) return value;
    if (change.method === 'set') {
      const entry = listOf(change.node.arguments.map((argument) => evaluator.evaluate({ file, node: argument }, frame)), from);
      return { ...value, items: [...value.items, { value: entry, certain }] };
    }
    const more = change.node.arguments.flatMap((argument): ItemValue[] => {
      if (argument.type !== 'SpreadElement') return [{ value: evaluator.evaluate({ file, node: argument }, frame), certain }];
      const items = evaluator.evaluate({ file, node: argument.argument }, frame);
      return items.type === 'array' ? items.items.map((item) => ({ ...item, certain: item.certain && certain })) : [];
    });
    return { ...value, items: [...value.items, ...more] };
  }
  const next = evaluator.evaluate({ file, node: change.node.right }, frame);
  if (value.type === 'url') {
    const urls = alternativesOf(next).map((part): Value => changedUrl(value, change.name, part, from));
    return oneOf(certain ? urls : [value, ...urls], from);
  }
  if (value.type !== 'object') return value;
  if (change.name === undefined) return { ...value, open: true };
  const properties = new Map<string, PropertyValue>(value.properties);
  const before = properties.get(change.name)?.value ?? literal(undefined, from);
  properties.set(change.name, {
    value: certain ? next : oneOf([before, next], from),
    node: { file, node: change.node },
    certain: true,
  });
  return { ...value, properties };
}

function changedUrl(value: UrlValue, name: string | undefined, part: Value, from: Located): Value {
  switch (name) {
    case 'hash':
    case 'search':
      return value;
    case 'host':
    case 'hostname':
      return withHost(value, part);
    case 'pathname':
      return part.type === 'text' ? withPath(value, part) : unknown(from);
    default:
      return unknown(from);
  }
}

function isUnconditional(node: Node, home: Node | undefined, reader: Node): boolean {
  for (let current = node.parent; current && current !== home; current = current.parent) {
    // Who reads on in the same block of `try` has come past it.
    if (current.type === 'TryStatement' && contains(current.block, node) && contains(current.block, reader)) continue;
    if (!['BlockStatement', 'ExpressionStatement', 'Program'].includes(current.type)) return false;
  }
  return true;
}

// `if (test) items.push(…)` whose test is known to be true.
function isDecided(evaluator: Evaluator, node: Node, { file }: Located, frame: Frame | undefined): boolean {
  const statement = node.parent;
  const block = statement?.parent;
  const branch = block?.type === 'BlockStatement' ? block : statement;
  const test = branch?.parent?.type === 'IfStatement' && branch.parent.consequent === branch ? branch.parent : undefined;
  return test !== undefined && truthOf(evaluator.evaluate({ file, node: test.test }, frame)) === true;
}
