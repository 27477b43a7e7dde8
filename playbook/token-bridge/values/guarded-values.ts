/** What an expression comes to, and under which conditions: conditionals, `let x; if (…) x = …;`, functions with several returns, `switch`. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  isFunction,
  unwrap,
  walkOwnCode,
} from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings.ts';
import { declarationOf, writesOf } from '../../../analysis/syntax/declarations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import { variableOf } from '../../../analysis/syntax/scopes.ts';
import type { Condition } from './conditions.ts';
import { type Ref, argumentOf, contextOfCall } from './call-contexts.ts';
import { contextValues, hookOf } from './hooks.ts';
import { isObject } from './members.ts';
import { calleesOf, memberOf } from './trace.ts';

export type GuardedValue =
  | { readonly kind: 'value'; readonly ref: Ref; readonly at: Node }
  /** The end of a function without `return`; a `let` without a value. */
  | { readonly kind: 'nothing' }
  /** Something of which only the truth is known. */
  | { readonly kind: 'truth'; readonly of: Condition }
  | { readonly kind: 'if'; readonly test: Condition; readonly then: GuardedValue; readonly otherwise: GuardedValue };

/** What taking decisions apart asks of those who understand conditions. */
export interface Judge {
  readonly loader: ModuleLoader;
  truth(test: Ref, at: Node): Condition;
  truthOf(decision: GuardedValue): Condition;
  equality(left: Ref, right: Ref, at: Node): Condition;
  /** The place in the bridge's file that stands for a node. */
  placeOf(ref: Ref, at: Node): Node;
  /** Takes one step; whether there was one left. */
  mayGoOn(): boolean;
}

const MAX_FRAMES = 12;
const NOTHING: GuardedValue = { kind: 'nothing' };

/** What an expression comes to: one value where it can't be taken apart. */
export function decide(ref: Ref, place: Node, judge: Judge): GuardedValue {
  const node = unwrap(ref.node);
  const at = judge.placeOf({ ...ref, node }, place);
  const value: GuardedValue = { kind: 'value', ref: { ...ref, node }, at };
  if (!judge.mayGoOn()) return value;
  const next = (child: Ref | undefined): GuardedValue => (child ? decide(child, at, judge) : value);
  if (node.type === 'ConditionalExpression') {
    return choose(
      judge.truth({ ...ref, node: node.test, path: [] }, at),
      () => next({ ...ref, node: node.consequent }),
      () => next({ ...ref, node: node.alternate }),
    );
  }
  if (isObject(node)) return ref.path.length > 0 ? next(memberOf({ ...ref, node }, ref.path, judge.loader)) : value;
  if (node.type === 'CallExpression') return ofCall({ ...ref, node }, at, judge) ?? value;
  if (node.type === 'Identifier' && ref.path.length === 0) {
    const assigned = ofAssigned({ ...ref, node }, at, judge);
    if (assigned) return assigned;
  }
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return value;
  return next(argumentOf(ref, judge.loader) ?? valueOfName({ ...ref, node }, judge.loader));
}

function valueOfName(ref: Ref, loader: ModuleLoader): Ref | undefined {
  const definition = definitionOf({ file: ref.file, node: ref.node }, loader);
  if (definition.kind !== 'value' || definition.node === ref.node) return undefined;
  return { ...ref, file: definition.file, node: definition.node, path: [...definition.path, ...ref.path] };
}

function choose(test: Condition, then: () => GuardedValue, otherwise: () => GuardedValue): GuardedValue {
  if (test.kind === 'known') return test.value ? then() : otherwise();
  return { kind: 'if', test, then: then(), otherwise: otherwise() };
}

function ofCall(
  ref: Ref & { readonly node: TSESTree.CallExpression },
  at: Node,
  judge: Judge,
): GuardedValue | undefined {
  const { file, node } = ref;
  const [first] = node.arguments;
  const hook = hookOf(ref, judge.loader);
  if (hook === 'useMemo') {
    const callback = first && unwrap(first);
    return callback && isFunction(callback) ? ofFunction({ ...ref, node: callback }, at, judge) : undefined;
  }
  if (hook === 'useContext' || hook === 'use') {
    const [value, second] = first ? contextValues({ ...ref, node: first, path: [] }, judge.loader) : [];
    return value && !second ? decide({ ...value, path: ref.path }, at, judge) : undefined;
  }
  if (hook === 'useDeferredValue') return first && decide({ ...ref, node: first }, at, judge);
  if (hook !== undefined) return undefined;
  const [callee, second] = calleesOf({ file, node: node.callee, path: [], frame: ref.frame }, judge.loader);
  if (callee?.kind !== 'function' || second) return undefined;
  const frame = contextOfCall(callee.at, ref);
  return frame.depth > MAX_FRAMES ? undefined : ofFunction({ ...callee.at, path: ref.path, frame }, at, judge);
}

/** What a function returns; `path` is what is taken of that. Undefined where it has a way that can't be followed. */
export function ofFunction(
  ref: Ref & { readonly node: FunctionNode },
  at: Node,
  judge: Judge,
): GuardedValue | undefined {
  const { async: isAsync, body, generator: isGenerator } = ref.node;
  if (isAsync || isGenerator) return undefined;
  if (body.type !== 'BlockStatement') return decide({ ...ref, node: body }, at, judge);
  return run(body.body, NOTHING, {
    ref,
    at,
    judge,
    written: () => undefined,
    returned: (argument) => (argument ? decide({ ...ref, node: argument }, at, judge) : NOTHING),
    ended: () => NOTHING,
  });
}

/** What a variable holds that is assigned in several places of the block that declares it. */
function ofAssigned(
  ref: Ref & { readonly node: TSESTree.Identifier },
  at: Node,
  judge: Judge,
): GuardedValue | undefined {
  const variable = variableOf(ref.file, ref.node);
  const writes = variable ? writesOf(variable) : [];
  const declaration = variable && declarationOf(variable);
  const declarator = variable?.defs[0]?.node as Node | undefined;
  if (
    writes.length === 0 ||
    declarator?.type !== 'VariableDeclarator' ||
    (declaration?.kind !== 'value' && declaration?.kind !== 'empty')
  )
    return undefined;
  const block = declarator.parent.parent;
  if (block.type !== 'BlockStatement' && block.type !== 'Program') return undefined;
  const first =
    declaration.kind === 'empty'
      ? NOTHING
      : decide({ ...ref, node: declaration.node, path: declaration.path }, at, judge);
  return run(block.body.slice(block.body.findIndex((statement) => statement === declarator.parent) + 1), first, {
    ref,
    at,
    judge,
    written(statement, before) {
      if (!writes.some((write) => contains(statement, write))) return undefined;
      const assignment = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
      if (assignment?.type !== 'AssignmentExpression' || !writes.some((write) => write === assignment.left))
        return 'unknown';
      const given = decide({ ...ref, node: assignment.right, path: [] }, at, judge);
      if (assignment.operator === '=') return given;
      if (assignment.operator !== '||=' && assignment.operator !== '&&=') return 'unknown';
      const [then, otherwise] = assignment.operator === '||=' ? [before, given] : [given, before];
      return choose(
        judge.truthOf(before),
        () => then,
        () => otherwise,
      );
    },
    returned: (_argument, value) => value,
    ended: (value) => value,
  });
}

/** What statements do to a value. */
export interface Effects {
  readonly ref: Ref;
  readonly at: Node;
  readonly judge: Judge;
  /** The value after a statement without branches; undefined where it is the one before. */
  written(statement: TSESTree.Statement, before: GuardedValue): GuardedValue | 'unknown' | undefined;
  returned(argument: TSESTree.Expression | null, value: GuardedValue): GuardedValue;
  ended(value: GuardedValue): GuardedValue;
}

/** Runs statements with a value; answers what it is where they end or return. Undefined where a loop or a `try` may change it. */
export function run(
  statements: readonly TSESTree.Statement[],
  value: GuardedValue,
  effects: Effects,
): GuardedValue | undefined {
  const [statement, ...rest] = statements;
  if (!effects.judge.mayGoOn()) return undefined;
  if (!statement) return effects.ended(value);
  const { at, judge, ref } = effects;
  switch (statement.type) {
    case 'ReturnStatement':
      return effects.returned(statement.argument, value);
    case 'BlockStatement':
      return run([...statement.body, ...rest], value, effects);
    case 'IfStatement': {
      const { alternate, consequent, test } = statement;
      return branch(statement, rest, value, effects, (after) =>
        chosen(judge.truth({ ...ref, node: test, path: [] }, at), [consequent], alternate ? [alternate] : [], after),
      );
    }
    case 'SwitchStatement': {
      const cases = bodiesOf(statement);
      return (
        cases &&
        branch(statement, rest, value, effects, (after) => ofCases(statement.discriminant, cases, after, effects))
      );
    }
    default: {
      if (returns(statement)) return undefined;
      const written = effects.written(statement, value);
      return written === 'unknown' ? undefined : run(rest, written ?? value, effects);
    }
  }
}

type Go = (statements: readonly TSESTree.Statement[]) => GuardedValue | undefined;

// Branches that do not return meet again behind the statement; of those that do, each goes its own way to the end.
function branch(
  statement: Node,
  rest: readonly TSESTree.Statement[],
  value: GuardedValue,
  effects: Effects,
  through: (go: Go) => GuardedValue | undefined,
): GuardedValue | undefined {
  if (returns(statement)) return through((statements) => run([...statements, ...rest], value, effects));
  const after = through((statements) => run(statements, value, { ...effects, ended: (one) => one }));
  return after && run(rest, after, effects);
}

function chosen(
  test: Condition,
  then: readonly TSESTree.Statement[],
  otherwise: readonly TSESTree.Statement[],
  go: Go,
): GuardedValue | undefined {
  if (test.kind === 'known') return go(test.value ? then : otherwise);
  const [one, other] = [go(then), go(otherwise)];
  return one && other && { kind: 'if', test, then: one, otherwise: other };
}

interface Case {
  readonly test: Node | null;
  readonly body: readonly TSESTree.Statement[];
}

/** The statements that run from each case on; undefined for a `break` that is not the last word of its case. */
function bodiesOf({ cases }: TSESTree.SwitchStatement): Case[] | undefined {
  const flat = cases.map(({ consequent }) =>
    consequent.flatMap((statement) => (statement.type === 'BlockStatement' ? statement.body : [statement])),
  );
  const bodies = cases.map(({ test }, index): Case => {
    const all = flat.slice(index).flat();
    const end = all.findIndex(({ type }) => type === 'BreakStatement');
    return { test, body: end === -1 ? all : all.slice(0, end) };
  });
  return bodies.some(({ body }) => body.some(breaks)) ? undefined : bodies;
}

function ofCases(
  discriminant: Node,
  cases: readonly Case[],
  go: Go,
  { at, judge, ref }: Effects,
): GuardedValue | undefined {
  const fallback = cases.find(({ test }) => test === null);
  return cases.reduceRight<GuardedValue | undefined>(
    (otherwise, { body, test }) => {
      if (!test || !otherwise) return otherwise;
      const equality = judge.equality({ ...ref, node: discriminant, path: [] }, { ...ref, node: test, path: [] }, at);
      if (equality.kind === 'known') return equality.value ? go(body) : otherwise;
      const then = go(body);
      return then && { kind: 'if', test: equality, then, otherwise };
    },
    go(fallback?.body ?? []),
  );
}

const returns = (statement: Node): boolean => has(statement, 'ReturnStatement');
const breaks = (statement: Node): boolean => has(statement, 'BreakStatement');

function has(root: Node, type: 'BreakStatement' | 'ReturnStatement'): boolean {
  let found = false;
  walkOwnCode(root, (node) => {
    found ||= node.type === type;
    return !found;
  });
  return found;
}
