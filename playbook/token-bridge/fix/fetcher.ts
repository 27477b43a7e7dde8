/** The fetcher of a rewrite: what asks for a token stays or is written anew, what forces a refresh goes. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  type Range,
  contains,
  unwrap,
  walk,
  walkOwnCode,
} from '../../../analysis/syntax/ast.ts';
import { indentAt, styleOf } from '../../../analysis/edits/edits.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import type { ReachedCall } from '../detect/calls.ts';
import { conditionOf } from '../values/read-condition.ts';
import { type EditBuilder, isRemoved, put, slice, withLines } from './edit-builder.ts';
import { atomsOf } from '../values/conditions.ts';
import { isSnapshot } from '../detect/snapshot-token.ts';
import { escapes } from '../detect/throws.ts';

export interface FetcherContext {
  readonly builder: EditBuilder;
  readonly loader: ModuleLoader;
  readonly node: FunctionNode;
  readonly calls: readonly ReachedCall[];
  /** Asks for `getAccessToken` and answers its local name; undefined when there can be none. */
  readonly ask: () => string | undefined;
  /** Whether an answer is undefined where there is no token, so that `?? null` is needed. */
  readonly mayBeUndefined: boolean;
  /** Whether more than the forced branch is wrong: a snapshot, a retry. */
  readonly isHopeless: boolean;
}

/** Edits the fetcher; answers a reason when it does more than can be rewritten. A body written anew calls `ask()`. */
export function rewriteFetcher(context: FetcherContext): string | undefined {
  const { builder } = context;
  const mark = { edits: builder.edits.length, removed: builder.removed.length };
  if (!dropForcedBranches(context)) {
    builder.edits.length = mark.edits;
    builder.removed.length = mark.removed;
    const problem = writeAnew(context);
    if (problem !== undefined) return problem;
  }
  dropUnusedParameters(context);
  return undefined;
}

/** Takes `if (forceRefreshToken) …` and the like out. False when that does not leave a fetcher that only asks. */
function dropForcedBranches(context: FetcherContext): boolean {
  const { calls, builder, isHopeless, node } = context;
  const { file } = builder;
  if (isHopeless || node.body.type !== 'BlockStatement') return false;
  walkOwnCode(node.body, (child) => {
    if (child.type === 'IfStatement' && !child.alternate && isFlag(child.test, context)) {
      put(builder, withLines(file, child), '');
      return false;
    }
    if (child.type === 'ConditionalExpression' && isFlag(child.test, context)) {
      const [start, end] = conditionalRange(file.text, child);
      put(builder, [start, child.alternate.range[0]], '');
      if (child.alternate.range[1] < end) put(builder, [child.alternate.range[1], end], '');
      return false;
    }
    return true;
  });
  const forced = calls.filter(({ what }) => what.kind === 'forced');
  const remains = (call: ReachedCall): boolean =>
    call.sites[0] === undefined || !isRemoved(builder, call.sites[0].node);
  if (forced.some(remains) || builder.edits.length === 0) return false;
  if (calls.some((call) => escapes(call) && remains(call))) return false;
  if (!calls.some((call) => call.what.kind === 'ask' && remains(call))) return false;
  return !readsSnapshot(context) && removedForeignCall(context) === undefined;
}

/** Whether what stays may answer with a copy of the token. */
function readsSnapshot({ builder, loader, node }: FetcherContext): boolean {
  let found = false;
  walk(node.body, (child) => {
    if (found || isRemoved(builder, child) || (child.type !== 'Identifier' && child.type !== 'MemberExpression'))
      return !found;
    if (child.parent.type === 'Property' && child.parent.key === child && !child.parent.shorthand) return true;
    found = isSnapshot({ file: builder.file, node: child, path: [] }, loader);
    return child.type === 'Identifier' || !found;
  });
  return found;
}

/** `await (force ? a() : b())`: the parentheses go with the conditional. */
function conditionalRange(text: string, node: TSESTree.ConditionalExpression): Range {
  const [start, end] = node.range;
  const isCall = ['CallExpression', 'Identifier', 'MemberExpression'].includes(unwrap(node.alternate).type);
  return isCall && node.parent.type === 'AwaitExpression' && text[start - 1] === '(' && text[end] === ')'
    ? [start - 1, end + 1]
    : [start, end];
}

/** Whether an expression is Convex's `forceRefreshToken`. */
function isFlag(test: Node, { builder, loader }: FetcherContext): boolean {
  const condition = conditionOf({ file: builder.file, node: test, path: [] }, builder.file, loader);
  return condition.kind === 'atom' && condition.atom.value === 'flag';
}

/** A call in what is removed that does something else, and is not made in what stays. */
function removedForeignCall({ calls, builder }: FetcherContext): string | undefined {
  const foreign = calls.flatMap((call) => foreignName(call, builder) ?? []);
  const [first] = foreign.filter(
    ({ node }) =>
      isRemoved(builder, node) &&
      !foreign.some((other) => other.name === nameIn(builder, node) && !isRemoved(builder, other.node)),
  );
  return first?.name;
}

const nameIn = (builder: EditBuilder, node: Node): string =>
  node.type === 'CallExpression' ? slice(builder.file, node.callee) : slice(builder.file, node);

const HARMLESS_GLOBALS = new Set([
  'Array',
  'Boolean',
  'Date',
  'Error',
  'Math',
  'Number',
  'Object',
  'Promise',
  'String',
  'clearInterval',
  'clearTimeout',
  'console',
  'performance',
  'setInterval',
  'setTimeout',
]);

/** The name of what a call calls, when it is neither WorkOS's nor part of waiting for it. */
function foreignName({ sites, what }: ReachedCall, builder: EditBuilder): { name: string; node: Node } | undefined {
  const node = sites.at(-1)?.node;
  const own = sites[0]?.node;
  if (!node || !own) return undefined;
  const found = { name: nameIn(builder, own), node: own };
  switch (what.kind) {
    case 'package':
    case 'unknown':
      return isPartOfPromise(node) ? undefined : found;
    case 'global':
      return HARMLESS_GLOBALS.has(what.name) ? undefined : found;
    default:
      return undefined;
  }
}

// `.then(…)`, and the `resolve` of `new Promise((resolve) => …)`.
function isPartOfPromise(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  if (callee.type === 'MemberExpression') {
    return callee.property.type === 'Identifier' && ['then', 'catch', 'finally'].includes(callee.property.name);
  }
  if (callee.type !== 'Identifier') return false;
  for (let current = node.parent as Node | undefined; current; current = current.parent) {
    const isExecutor = current.type === 'ArrowFunctionExpression' && current.parent.type === 'NewExpression';
    if (isExecutor && current.type === 'ArrowFunctionExpression') {
      return current.params.some((parameter) => parameter.type === 'Identifier' && parameter.name === callee.name);
    }
  }
  return false;
}

/** Writes the playbook's body; guard clauses about the user and a handler that only logs stay. */
function writeAnew(context: FetcherContext): string | undefined {
  const { calls, builder, node } = context;
  const { file } = builder;
  const style = styleOf(file);
  const foreign = calls.map((call) => foreignName(call, builder)).find((found) => found !== undefined);
  if (foreign) return `fetchAccessToken also calls ${foreign.name}()`;
  const kept = foreignWrite(context);
  if (kept !== undefined) return `fetchAccessToken keeps something of its own in ${kept}`;
  const { body } = node;
  const end = style.semicolons ? ';' : '';
  const ask = context.ask();
  if (ask === undefined) return "the name 'getAccessToken' is taken, or read of the rest of useAccessToken()";
  const answer = `return ${context.mayBeUndefined ? `(await ${ask}()) ?? null` : `await ${ask}()`}${end}`;
  if (!node.async) builder.edits.push({ range: [node.range[0], node.range[0]], text: 'async ' });
  if (body.type !== 'BlockStatement') {
    const indent = indentAt(file.text, node.range[0]);
    const lines = [
      `{`,
      ...inTry(answer, `catch {`, [`return null${end}`], indent + style.indentUnit, style.indentUnit),
      `${indent}}`,
    ];
    put(builder, bodyRange(file.text, body, node), ` ${lines.join(style.eol)}`);
    return undefined;
  }
  const guards = guardsOf(body, context);
  const core = body.body.slice(guards);
  const [first] = core;
  const last = core.at(-1);
  if (!first || !last) return 'fetchAccessToken has no body';
  const only = core.length === 1 && first.type === 'TryStatement' && !first.finalizer ? first : undefined;
  if (only?.handler && onlyLogs(only.handler.body) && only.block.body[0]) {
    put(builder, [only.block.body[0].range[0], only.block.body.at(-1)?.range[1] ?? 0], answer);
    return undefined;
  }
  const indent = indentAt(file.text, first.range[0]) || indentAt(file.text, node.range[0]) + style.indentUnit;
  const tries = core.find((statement) => statement.type === 'TryStatement');
  const handler = tries?.handler && onlyLogs(tries.handler.body) ? tries.handler : undefined;
  const lines = inTry(answer, 'catch {', [`return null${end}`], indent, style.indentUnit);
  const text = handler
    ? [...lines.slice(0, 2), `${indent}} ${slice(file, handler)}`].join(style.eol)
    : lines.join(style.eol);
  put(builder, [first.range[0], last.range[1]], text.slice(indent.length));
  return undefined;
}

function inTry(answer: string, handler: string, handled: readonly string[], indent: string, unit: string): string[] {
  return [
    `${indent}try {`,
    `${indent}${unit}${answer}`,
    `${indent}} ${handler}`,
    ...handled.map((line) => `${indent}${unit}${line}`),
    `${indent}}`,
  ];
}

// The body of an arrow may stand in parentheses, or on a line of its own: everything behind the arrow.
function bodyRange(text: string, body: Node, owner: Node): Range {
  const arrow = text.lastIndexOf('=>', body.range[0]);
  return [arrow + 2, owner.range[1]];
}

/** How many statements at the start return null for who is not signed in. */
function guardsOf(body: TSESTree.BlockStatement, { calls, builder, loader }: FetcherContext): number {
  const count = body.body.findIndex((statement) => {
    if (statement.type !== 'IfStatement' || statement.alternate || !returnsNull(statement.consequent)) return true;
    const condition = conditionOf({ file: builder.file, node: statement.test, path: [] }, builder.file, loader);
    const isOther = atomsOf(condition).some(({ value }) => !['user', 'auth.loading', 'opaque'].includes(value));
    return isOther || calls.some(({ sites }) => sites[0] !== undefined && contains(statement, sites[0].node));
  });
  return count === -1 ? 0 : count;
}

function returnsNull(statement: TSESTree.Statement): boolean {
  const only = statement.type === 'BlockStatement' && statement.body.length === 1 ? statement.body[0] : statement;
  return only?.type === 'ReturnStatement' && only.argument?.type === 'Literal' && only.argument.value === null;
}

/** `console.error(…); return null;` */
function onlyLogs(handler: TSESTree.BlockStatement): boolean {
  const last = handler.body.at(-1);
  if (!last || !returnsNull(last)) return false;
  return handler.body.slice(0, -1).every((statement) => {
    const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
    const object =
      call?.type === 'CallExpression' && call.callee.type === 'MemberExpression' ? call.callee.object : undefined;
    return object?.type === 'Identifier' && object.name === 'console';
  });
}

/** The name of a variable outside of the hook that the fetcher writes: a cache that others may read. */
function foreignWrite({ builder, node }: FetcherContext): string | undefined {
  let found: string | undefined;
  walk(node, (child) => {
    if (child.type !== 'AssignmentExpression' && child.type !== 'UpdateExpression') return;
    let target: Node = child.type === 'UpdateExpression' ? child.argument : child.left;
    while (target.type === 'MemberExpression') target = target.object;
    if (target.type !== 'Identifier') return;
    const { name } = target;
    const scope = builder.file.scopes.acquire(node);
    const isOuter =
      scope?.through.some(({ identifier }) => identifier.type === 'Identifier' && identifier.name === name) === true;
    const declared = isOuter
      ? scope.through.find(({ identifier }) => identifier.name === name)?.resolved?.defs[0]?.node
      : undefined;
    if (isOuter && !(declared && contains(builder.home, declared))) found = name;
  });
  return found;
}

/** A parameter that nothing reads any more goes. */
function dropUnusedParameters({ builder, node }: FetcherContext): void {
  const [first] = node.params;
  const last = node.params.at(-1);
  if (!first || !last) return;
  const variables = builder.file.scopes
    .getDeclaredVariables(node)
    .filter(({ defs }) => defs.some(({ type }) => (type as string) === 'Parameter'));
  const isRead = variables.some(({ references }) =>
    references.some(({ identifier, init }) => init !== true && !isRemoved(builder, identifier)),
  );
  if (isRead) return;
  const { text } = builder.file;
  const open = text.lastIndexOf('(', first.range[0]);
  if (text[open] !== '(' || open < node.range[0]) {
    put(builder, first.range, '()');
    return;
  }
  const close = text.indexOf(')', last.range[1]);
  put(builder, [open + 1, close], '');
}
