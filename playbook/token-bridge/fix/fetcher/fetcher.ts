/** The fetcher of a rewrite: it gets the playbook's body, and loses what forces a refresh. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  type Range,
  contains,
  walk,
  nodesOf,
  rootOf,
} from '../../../../analysis/syntax/ast.ts';
import { indentAt, styleOf } from '../../../../analysis/edits/edits.ts';
import { type Variable, variableOf } from '../../../../analysis/syntax/bindings/scopes.ts';
import type { ModuleLoader } from '../../../../analysis/syntax/bindings/modules.ts';
import { isLoop } from '../../../../analysis/flow/paths.ts';
import { throwsIn, throwsItself } from '../../../../analysis/flow/exceptions/rejections.ts';
import { type ReachedCall, asksForToken, callsIn, hasForced } from '../../detect/calls.ts';
import type { Snapshot } from '../../detect/tokens/snapshot-token.ts';
import { conditionOf } from '../../values/read-condition.ts';
import { type EditBuilder, isRemoved, put, slice } from '../edit-builder.ts';
import type { Atom } from '../../values/conditions.ts';
import { atomsOf } from '../../../../analysis/flow/conditions.ts';
import type { Ref } from '../../../../analysis/flow/calls/call-contexts.ts';
import { isNullishLiteral } from '../../../../analysis/syntax/objects.ts';
import { takerOf } from './losses.ts';

export interface FetcherContext {
  readonly builder: EditBuilder;
  readonly loader: ModuleLoader;
  readonly node: FunctionNode;
  readonly calls: readonly ReachedCall[];
  /** Asks for `getAccessToken` and returns its local name; undefined when there can be none. */
  readonly ask: () => string | undefined;
  /** Whether `getAccessToken()` returns undefined where there is no token, so that `?? null` is needed. */
  readonly mayBeUndefined: boolean;
  /** The stored token that the fetcher returns. */
  readonly stale: Snapshot | undefined;
  /** Whether more than single expressions are wrong: a stored token, a retry. */
  readonly isHopeless: boolean;
  /** Whether forced refreshes stay: the app switches organizations. */
  readonly keepsForced: boolean;
  /** Whether a failure leaves the fetcher. */
  readonly mayThrow: boolean;
  /** What a guard at the start must not ask, if anything: it would have to be a dependency. */
  readonly isBadGuard: ((atom: Atom) => boolean) | undefined;
  /** Whether a state must not be set, for a flag or a dependency reads it. */
  readonly isBadState: (state: Ref) => boolean;
}

/** Replaces a fetcher's body; returns a reason when it does more than ask for a token. */
export function rewriteFetcher(context: FetcherContext): string | undefined {
  const problem = writeAnew(context);
  if (problem !== undefined) return problem;
  dropUnusedParameters(context);
  return undefined;
}

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
function foreignName({ sites, what }: ReachedCall, builder: EditBuilder): string | undefined {
  const node = sites.at(-1)?.node;
  const own = sites[0]?.node;
  if (!node || !own) return undefined;
  const found = slice(builder.file, own.type === 'CallExpression' ? own.callee : own);
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
  const { calls, builder, node, stale } = context;
  const { file } = builder;
  const style = styleOf(file);
  // `localStorage.getItem('token')`, `useTokens.getState()`: to read the stored token is what goes.
  const others = calls.filter(({ sites: [own] }) => !stale || !own || !contains(stale.node, own.node));
  const foreign = others.map((call) => foreignName(call, builder)).find((found) => found !== undefined);
  if (foreign !== undefined) return `fetchAccessToken also calls ${foreign}()`;
  const taker = others.filter(asksForToken).flatMap(({ sites: [own] }) => (own ? (takerOf(own.node) ?? []) : []))[0];
  if (taker !== undefined) return `fetchAccessToken gives the request to ${taker}()`;
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
    const lines = [`{`, ...inTry(answer, end, indent + style.indentUnit, style.indentUnit), `${indent}}`];
    put(builder, bodyRange(file.text, body, node), ` ${lines.join(style.eol)}`);
    return undefined;
  }
  return replaceStatements(body, answer, context);
}

/** Writes the playbook's `try` in place of what follows the guard clauses; returns a reason when something in it would be lost. */
function replaceStatements(body: TSESTree.BlockStatement, answer: string, context: FetcherContext): string | undefined {
  const { builder, node } = context;
  const { file } = builder;
  const style = styleOf(file);
  const end = style.semicolons ? ';' : '';
  const core = body.body.slice(guardsOf(body, context));
  const [first] = core;
  const last = core.at(-1);
  if (!first || !last) return 'fetchAccessToken has no body';
  const only = core.length === 1 && first.type === 'TryStatement' && !first.finalizer ? first : undefined;
  if (only?.handler && mayStay(only.handler, context) && only.block.body[0]) {
    put(builder, [only.block.body[0].range[0], only.block.body.at(-1)?.range[1] ?? 0], answer);
    return undefined;
  }
  const indent = indentAt(file.text, first.range[0]) || indentAt(file.text, node.range[0]) + style.indentUnit;
  const tries = core.find((statement) => statement.type === 'TryStatement');
  const handler = tries?.handler && mayStay(tries.handler, context) ? tries.handler : undefined;
  if (hasLogs(core, handler, context))
    return 'fetchAccessToken logs what it does: move the log to an effect, then run this again';
  const lines = inTry(answer, end, indent, style.indentUnit);
  const text = handler
    ? [...lines.slice(0, 2), `${indent}} ${slice(file, handler)}`].join(style.eol)
    : lines.join(style.eol);
  put(builder, [first.range[0], last.range[1]], text.slice(indent.length));
  return undefined;
}

const inTry = (answer: string, end: string, indent: string, unit: string): string[] => [
  `${indent}try {`,
  `${indent}${unit}${answer}`,
  `${indent}} catch {`,
  `${indent}${unit}return null${end}`,
  `${indent}}`,
];

// The body of an arrow may be in parentheses, or on a line of its own: everything behind the arrow.
function bodyRange(text: string, body: Node, owner: Node): Range {
  const arrow = text.lastIndexOf('=>', body.range[0]);
  return [arrow + 2, owner.range[1]];
}

/** How many statements at the start return null for signed-out users. */
function guardsOf(body: TSESTree.BlockStatement, { calls, builder, loader }: FetcherContext): number {
  const count = body.body.findIndex((statement) => {
    if (statement.type !== 'IfStatement' || statement.alternate || !returnsNull(statement.consequent)) return true;
    const condition = conditionOf({ file: builder.file, node: statement.test, path: [] }, loader);
    const isOther = atomsOf(condition).some(({ value }) => !['user', 'auth.loading', 'opaque'].includes(value));
    return isOther || callsIn(statement, calls).length > 0;
  });
  return count === -1 ? 0 : count;
}

export function returnsNull(statement: TSESTree.Statement): boolean {
  const only = statement.type === 'BlockStatement' && statement.body.length === 1 ? statement.body[0] : statement;
  if (only?.type !== 'ReturnStatement') return false;
  return !only.argument || isNullishLiteral(only.argument);
}

/** Whether a handler ends the failure without asking again: `console.error(error); return last.current ?? null;`. */
function mayStay({ body }: TSESTree.CatchClause, { builder, calls, isBadState, loader }: FetcherContext): boolean {
  if (body.body.at(-1)?.type !== 'ReturnStatement') return false;
  const isAgain = (call: ReachedCall): boolean =>
    asksForToken(call) || (call.what.kind === 'setState' && isBadState(call.what.state));
  return !callsIn(body, calls).some(isAgain) && !throwsItself(body, throwsIn(builder.file, loader));
}

/**
 * Whether what would go logs something, or explains how it fails. What logs the attempts of a loop goes with the loop, what a forced refresh logs with the
 * refresh, and what is said of a stored token with the token.
 */
function hasLogs(
  statements: readonly Node[],
  kept: Node | undefined,
  { builder, calls, isHopeless }: FetcherContext,
): boolean {
  let found = false;
  const comments = builder.file.ast.comments ?? [];
  const loops: Node[] = [];
  const visit = (node: Node, isAsked: boolean): void => {
    walk(node, (child) => {
      if (found || child === kept || (child.type === 'IfStatement' && hasForced(child.consequent, calls))) return false;
      if (isLoop(child)) {
        loops.push(child);
        return false;
      }
      if (child.type !== 'CatchClause' || child === node) {
        found = isAsked && isLog(child);
        return !found;
      }
      visit(child, true);
      found ||= comments.some((comment) => contains(child, comment) && !loops.some((loop) => contains(loop, comment)));
      return false;
    });
  };
  for (const statement of statements) visit(statement, !isHopeless);
  return found;
}

const isLog = (node: Node): boolean =>
  node.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  node.callee.object.type === 'Identifier' &&
  node.callee.object.name === 'console';

/** The name of a variable outside of the hook that the fetcher writes: a cache that others may read. One of its own goes with the stored token. */
function foreignWrite({ builder, node, stale }: FetcherContext): string | undefined {
  return nodesOf(node, 'AssignmentExpression', 'UpdateExpression')
    .flatMap((write) => rootOf(write.type === 'UpdateExpression' ? write.argument : write.left) ?? [])
    .findLast((target) => {
      const variable = variableOf(builder.file, target);
      const declared = variable?.defs[0]?.node as Node | undefined;
      if (!variable || !declared) return true;
      return !contains(builder.home, declared) && !(stale?.of === 'variable' && isOnlyIn(node, variable, declared));
    })?.name;
}

/** Whether nothing else reads or writes a variable of the module, and no other file can. */
const isOnlyIn = (code: Node, { references }: Variable, declared: Node): boolean =>
  declared.parent?.parent?.type !== 'ExportNamedDeclaration' &&
  references.every(({ identifier, init }) => init === true || contains(code, identifier));

/** A parameter that nothing reads any more goes. */
export function dropUnusedParameters({ builder, node }: FetcherContext): void {
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
