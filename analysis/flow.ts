/**
 * Statements, as far as values hang on them: what a function returns, what a variable holds that is assigned in several
 * places, whether a place is reached at all under the assumed environment.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, enclosingFunction, isFunction, propertyName, unwrap, wrapped } from './ast.ts';
import type { Located } from './bindings.ts';
import type { Evaluator } from './evaluate.ts';
import { without } from './expressions.ts';
import type { SourceFile } from './source-file.ts';
import { type Variable, readsOf } from './scopes.ts';
import { withHost, withPath } from './urls.ts';
import {
  type Frame,
  type ItemValue,
  type ObjectValue,
  type PropertyValue,
  type UrlValue,
  type Value,
  alternativesOf,
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
function conditionsOf(evaluator: Evaluator, file: SourceFile, frame: Frame | undefined): Pick<Run, 'equals' | 'test'> {
  const evaluate = (node: Node): Value => evaluator.evaluate({ file, node }, frame);
  return { test: (node) => truthOf(evaluate(node)), equals: (a, b) => areEqual(evaluate(a), evaluate(b)) };
}

interface Run {
  /** The truth of a condition. */
  test(node: Node): boolean | undefined;
  /** Whether two expressions are equal: what a `switch` asks. */
  equals(a: Node, b: Node): boolean | undefined;
  /** Called for each statement that is reached, before what is inside it. */
  visit(statement: TSESTree.Statement): void;
  /** Ends the run (once a place is reached). */
  readonly isDone?: () => boolean;
  /** Around what may or may not run: a branch that the test does not decide. */
  branch?(runs: readonly (() => boolean)[]): readonly boolean[];
}

/** Runs through the statements of a node; answers whether the end of it is reached. */
function runBlock(node: Node, run: Run): boolean {
  if (run.isDone?.() === true) return false;
  const branches = (...runs: (() => boolean)[]): boolean =>
    (run.branch ? run.branch(runs) : runs.map((one) => one())).some(Boolean);
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
      return node.body.every((statement) => runBlock(statement, run));
    case 'ExportNamedDeclaration':
      return node.declaration ? runBlock(node.declaration, run) : true;
    case 'IfStatement': {
      run.visit(node);
      const { consequent, alternate } = node;
      const test = run.test(node.test);
      const otherwise = (): boolean => (alternate ? runBlock(alternate, run) : true);
      if (test === true) return runBlock(consequent, run);
      if (test === false) return otherwise();
      return branches(() => runBlock(consequent, run), otherwise);
    }
    case 'TryStatement': {
      const { handler, finalizer } = node;
      const isAfter = handler
        ? branches(
            () => runBlock(node.block, run),
            () => runBlock(handler.body, run),
          )
        : runBlock(node.block, run);
      return (finalizer ? runBlock(finalizer, run) : true) && isAfter;
    }
    case 'SwitchStatement': {
      run.visit(node);
      return branches(...switchRuns(node, run));
    }
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      run.visit(node);
      return branches(
        () => runBlock(node.body, run),
        () => true,
      );
    case 'ReturnStatement':
    case 'ThrowStatement':
      run.visit(node);
      return false;
    default:
      run.visit(node as TSESTree.Statement);
      return true;
  }
}

/** The ways through a `switch` that its cases leave open: one when a case is known to match. */
function switchRuns({ cases, discriminant }: TSESTree.SwitchStatement, run: Run): (() => boolean)[] {
  const from = (index: number) => (): boolean => runCases(cases.slice(index), run);
  const open: number[] = [];
  for (const [index, { test }] of cases.entries()) {
    const answer = test ? run.equals(discriminant, test) : false;
    if (answer !== false) open.push(index);
    if (answer === true) return open.map(from);
  }
  const otherwise = cases.findIndex(({ test }) => !test);
  return [...open.map(from), otherwise === -1 ? (): boolean => true : from(otherwise)];
}

// From one `case` on until a `break`, as the language falls through.
function runCases(cases: readonly TSESTree.SwitchCase[], run: Run): boolean {
  for (const { consequent } of cases) {
    for (const statement of consequent) {
      if (statement.type === 'BreakStatement') return true;
      if (!runBlock(statement, run)) return false;
    }
  }
  return true;
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
    } else if (isFunction(parent) || parent.type === 'Program') {
      const block = parent.type === 'Program' ? parent : parent.body;
      if (block.type !== 'Program' && block.type !== 'BlockStatement') continue;
      let reached = false as boolean;
      runBlock(block, {
        ...conditions,
        visit: (statement) => {
          reached ||= contains(statement, node);
        },
        isDone: () => reached,
      });
      // An `if` counts as reached with its test; its branches are looked at on the way up, below.
      if (!reached) return false;
    } else if (parent.type === 'IfStatement' && current !== parent.test) {
      if (test(parent.test) === (current === parent.alternate)) return false;
    } else if (parent.type === 'SwitchCase' && current !== parent.test) {
      if (!isCaseReached(parent, conditions)) return false;
    }
  }
  return true;
}

// A case is run when it matches, or when the one before it falls through.
function isCaseReached(node: TSESTree.SwitchCase, { equals }: Pick<Run, 'equals'>): boolean {
  const { cases, discriminant } = node.parent;
  const { test } = node;
  if (!test) return !cases.some((other) => other.test && equals(discriminant, other.test) === true);
  const before = cases[cases.indexOf(node) - 1]?.consequent.at(-1);
  const fallsInto = cases.indexOf(node) > 0 && !/^(?:Break|Return|Throw|Block|Continue)/u.test(before?.type ?? '');
  return fallsInto || equals(discriminant, test) !== false;
}

/** What a variable holds at a place, when it is assigned in more places than its declaration. */
export function valueAt(evaluator: Evaluator, variable: Variable, at: Located, frame: Frame | undefined): Value {
  const { file } = at;
  const from: Located = at;
  const writes = variable.references.filter((reference) => reference.isWrite()).map(({ identifier }) => identifier as Node);
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
    for (const write of writes.filter((one) => contains(statement, one))) {
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
  const home = enclosingFunction(variable.defs[0]?.node ?? from.node);
  let current: Value = value;
  for (const read of readsOf(variable)) {
    const change = mutationAt(read);
    if (!change || contains(change.node, from.node)) continue;
    const certain = enclosingFunction(read) === home && isUnconditional(change.node, home);
    if (!certain && !isReachable(evaluator, { file: from.file, node: change.node }, frame)) continue;
    const isCertain = certain || isDecided(evaluator, change.node, from, frame);
    current = changedAt(current, change.path, (value) => applied(evaluator, value, change, from, frame, isCertain));
  }
  return current;
}

type Mutation = {
  /** The members from the variable to what is changed: `['providers']` of `config.providers.push(…)`. */
  readonly path: readonly string[];
} & (
  | { readonly kind: 'assign'; readonly node: TSESTree.AssignmentExpression; readonly name: string | undefined }
  | { readonly kind: 'delete'; readonly node: TSESTree.UnaryExpression; readonly name: string }
  /** `Object.assign` with the variable in the first place. */
  | { readonly kind: 'merge'; readonly node: TSESTree.CallExpression }
  | { readonly kind: 'push'; readonly node: TSESTree.CallExpression }
);

function mutationAt(read: Node): Mutation | undefined {
  const path: string[] = [];
  const call = wrapped(read).parent;
  if (call?.type === 'CallExpression' && call.arguments[0] === wrapped(read) && isObjectAssign(call.callee)) return { kind: 'merge', node: call, path };
  for (let object = wrapped(read), member = object.parent; member?.type === 'MemberExpression' && member.object === object; object = wrapped(member), member = object.parent) {
    const { parent } = wrapped(member);
    const name = propertyName(member);
    if (parent?.type === 'AssignmentExpression' && parent.left === member) return { kind: 'assign', node: parent, name, path };
    if (parent?.type === 'UnaryExpression' && parent.operator === 'delete' && name !== undefined) return { kind: 'delete', node: parent, name, path };
    const isAdding = name === 'push' || name === 'unshift';
    if (parent?.type === 'CallExpression' && parent.callee === member && isAdding) return { kind: 'push', node: parent, path };
    if (name === undefined) return undefined;
    path.push(name);
  }
  return undefined;
}

function isObjectAssign(callee: Node): boolean {
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'Object' && propertyName(callee) === 'assign';
}

/** A value in which the one at a path is another; as it is where nothing stands there. */
function changedAt(value: Value, [step, ...rest]: readonly string[], change: (value: Value) => Value): Value {
  if (step === undefined) return change(value);
  if (value.type === 'object') {
    const property = value.properties.get(step);
    return property ? { ...value, properties: new Map(value.properties).set(step, { ...property, value: changedAt(property.value, rest, change) }) } : value;
  }
  const index = value.type === 'array' && /^\d+$/u.test(step) ? Number(step) : -1;
  if (value.type !== 'array' || index === -1) return value;
  return { ...value, items: value.items.map((item, at) => (at === index ? { ...item, value: changedAt(item.value, rest, change) } : item)) };
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
    if (value.type !== 'array') return value;
    const added = change.node.arguments.flatMap((argument): ItemValue[] => {
      if (argument.type !== 'SpreadElement') return [{ value: evaluator.evaluate({ file, node: argument }, frame), certain }];
      const items = evaluator.evaluate({ file, node: argument.argument }, frame);
      return items.type === 'array' ? items.items.map((item) => ({ ...item, certain: item.certain && certain })) : [];
    });
    return { ...value, items: [...value.items, ...added] };
  }
  if (change.kind === 'merge') {
    if (value.type !== 'object') return value;
    const given = change.node.arguments.slice(1).map((argument) => (argument.type === 'SpreadElement' ? unknown(from) : evaluator.evaluate({ file, node: argument }, frame)));
    return given.reduce<ObjectValue>((merged, one) => mergedWith(merged, one, certain, from), value);
  }
  if (change.kind === 'delete') {
    if (value.type !== 'object') return value;
    if (certain) return without(value, [change.name], from);
    const property = value.properties.get(change.name);
    return property ? { ...value, properties: new Map(value.properties).set(change.name, { ...property, certain: false }) } : value;
  }
  const next = evaluator.evaluate({ file, node: change.node.right }, frame);
  if (value.type === 'url') {
    const urls = alternativesOf(next).map((part): Value => changedUrl(value, change.name, part, from));
    return oneOf(certain ? urls : [value, ...urls], from);
  }
  if (value.type === 'array' && certain && change.name !== undefined && Number(change.name) < value.items.length) {
    const place = Number(change.name);
    return { ...value, items: value.items.map((item, index) => (index === place ? { value: next, certain: true } : item)) };
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

/** What `Object.assign` leaves of an object that it is given another one for. */
function mergedWith(object: ObjectValue, other: Value, certain: boolean, from: Located): ObjectValue {
  if (other.type !== 'object') return { ...object, open: true, properties: new Map([...object.properties].map(([name, property]) => [name, { ...property, certain: false }])) };
  const properties = new Map<string, PropertyValue>(object.properties);
  for (const [name, property] of other.properties) {
    const before = properties.get(name)?.value ?? literal(undefined, from);
    properties.set(name, certain && property.certain ? property : { ...property, value: oneOf([before, property.value], from) });
  }
  return { ...object, open: object.open || other.open, properties };
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

function isUnconditional(node: Node, home: Node | undefined): boolean {
  for (let current = node.parent; current && current !== home; current = current.parent) {
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
