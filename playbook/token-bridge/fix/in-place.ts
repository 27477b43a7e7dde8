/** The least that a fetcher has to change: its forced refreshes, its tests of the token and the states that it sets are removed; the rest stays. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, type Range, hasNode, isFunction, unwrap, walkOwnCode } from '../../../analysis/syntax/ast.ts';
import { indentAt, styleOf } from '../../../analysis/edits/edits.ts';
import { linesWithComments } from '../../../analysis/edits/removals.ts';
import { leaves } from '../../../analysis/flow/reachability.ts';
import { variableOf } from '../../../analysis/syntax/scopes.ts';
import { type ReachedCall, asksForToken, callsIn } from '../detect/calls.ts';
import { conditionOf } from '../values/read-condition.ts';
import { truthIn } from '../../../analysis/flow/conditions.ts';
import { handlersAround } from '../../../analysis/flow/rejections.ts';
import { type EditBuilder, isRemoved, put, slice } from './edit-builder.ts';
import { type FetcherContext, returnsNull } from './fetcher.ts';
import { without } from './flags.ts';

/** Edits a fetcher in place. False where one of its refreshes is part of something larger. */
export function editInPlace(context: FetcherContext): boolean {
  if (context.isHopeless) return false;
  if (!context.keepsForced) {
    dropForcedBranches(context);
    if (!context.calls.every((call) => dropForced(call, context))) return false;
  }
  dropTokenGuards(context);
  dropStateWrites(context);
  if (!context.mayThrow) return true;
  return returnNullInHandlers(context) || wrapInTry(context);
}

/** `if (forceRefreshToken) return refresh();` and `forceRefreshToken ? refresh() : getAccessToken()`. */
function dropForcedBranches(context: FetcherContext): void {
  const { builder, calls, node } = context;
  const { file } = builder;
  const forces = (code: Node): boolean => callsIn(code, calls).some(({ what }) => what.kind === 'forced');
  walkOwnCode(node, (child) => {
    if (child.type === 'BlockStatement') dropForcedRest(child, forces, context);
    if (isRemoved(builder, child)) return false;
    if (child.type === 'IfStatement' && forces(child.consequent) && isUnforcedFalse(child.test, context)) {
      if (child.alternate) put(builder, child.range, bodyOf(child.alternate, builder));
      else put(builder, linesWithComments(file, child), '');
      return false;
    }
    if (child.type === 'ConditionalExpression' && forces(child.consequent) && isUnforcedFalse(child.test, context)) {
      const [start, end] = conditionalRange(file.text, child);
      put(builder, [start, child.alternate.range[0]], '');
      if (child.alternate.range[1] < end) put(builder, [child.alternate.range[1], end], '');
      return false;
    }
    return true;
  });
}

/** `if (!forceRefreshToken) return getAccessToken();` with the refresh behind it. */
function dropForcedRest(
  { body }: TSESTree.BlockStatement,
  forces: (code: Node) => boolean,
  context: FetcherContext,
): void {
  const { builder } = context;
  const index = body.findIndex(
    (statement) =>
      statement.type === 'IfStatement' && leaves(statement.consequent) && unforced(statement.test, context) === true,
  );
  const [guard, next] = body.slice(index);
  const last = body.at(-1);
  if (index === -1 || guard?.type !== 'IfStatement' || guard.alternate || !next || !last) return;
  if (forces(guard.consequent) || !body.slice(index + 1).every((one) => forces(one) || isQuiet(one))) return;
  put(builder, guard.range, bodyOf(guard.consequent, builder));
  const start = linesWithComments(builder.file, next)[0];
  put(builder, [start, linesWithComments(builder.file, last)[1]], '');
}

/** `setRefreshing(true);`, a declaration, a `return null;`: nothing that is missed without the refresh. */
const isQuiet = (statement: Node): boolean =>
  statement.type !== 'ExpressionStatement' ||
  (statement.expression.type === 'CallExpression' && statement.expression.callee.type === 'Identifier');

/** The statements of an `else`, at the level of the `if`. */
function bodyOf(branch: TSESTree.Statement, builder: EditBuilder): string {
  const { text } = builder.file;
  if (branch.type !== 'BlockStatement') return slice(builder.file, branch);
  const [first] = branch.body;
  const last = branch.body.at(-1);
  if (!first || !last) return '';
  const { indentUnit } = styleOf(builder.file);
  return text
    .slice(first.range[0], last.range[1])
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(indentUnit) ? line.slice(indentUnit.length) : line))
    .join('\n');
}

/** `await (force ? a() : b())`: the parentheses go with the conditional. */
function conditionalRange(text: string, node: TSESTree.ConditionalExpression): Range {
  const [start, end] = node.range;
  const isCall = ['CallExpression', 'Identifier', 'MemberExpression'].includes(unwrap(node.alternate).type);
  return isCall && node.parent.type === 'AwaitExpression' && text[start - 1] === '(' && text[end] === ')'
    ? [start - 1, end + 1]
    : [start, end];
}

/** The truth of a test that depends on `forceRefreshToken`, where Convex does not set it. */
function unforced(test: Node, { builder, loader }: FetcherContext): boolean | undefined {
  const condition = conditionOf({ file: builder.file, node: test, path: [] }, loader);
  return condition.kind === 'known' ? undefined : truthIn(condition, new Map([['flag', false]]));
}

const isUnforcedFalse = (test: Node, context: FetcherContext): boolean => unforced(test, context) === false;

/** Removes a forced refresh from the code that stays. False where that is more than one expression. */
function dropForced(call: ReachedCall, context: FetcherContext): boolean {
  const { builder } = context;
  const [site, inner] = call.sites;
  if (call.what.kind !== 'forced' || !site || isRemoved(builder, site.node)) return true;
  if (inner || site.file !== builder.file || site.node.type !== 'CallExpression') return false;
  const { node } = site;
  const whole = node.parent.type === 'AwaitExpression' ? node.parent : node;
  const { parent } = whole;
  if (isFallback(whole, parent) && asksIn(parent.left, context)) {
    const closing = /^(?:\s*\))*/u.exec(builder.file.text.slice(parent.left.range[1]))?.[0] ?? '';
    put(builder, [parent.left.range[1] + closing.length, parent.range[1]], '');
    return true;
  }
  const isOfHandler = handlersAround(site).length > 0;
  if (isOfHandler) {
    const statement = statementAround(node);
    if (statement.type !== 'ReturnStatement' || !statement.argument) return false;
    put(builder, statement.argument.range, 'null');
    return true;
  }
  if (parent.type === 'ExpressionStatement') {
    put(builder, linesWithComments(builder.file, parent), '');
    return true;
  }
  if (call.what.by !== 'refresh' && call.what.by !== 'forceRefresh') return false;
  const name = context.ask();
  if (name === undefined) return false;
  put(builder, node.range, `${name}()`);
  return true;
}

/** `getAccessToken() ?? refresh()` */
const isFallback = (node: Node, parent: Node): parent is TSESTree.LogicalExpression =>
  parent.type === 'LogicalExpression' && parent.right === node && parent.operator !== '&&';

const asksIn = (node: Node, { calls }: FetcherContext): boolean =>
  callsIn(node, calls).some(({ what }) => what.kind === 'ask');

function statementAround(node: Node): Node {
  let current = node;
  while (current.parent && !/Statement$|Declaration$/u.test(current.type) && !isFunction(current))
    current = current.parent;
  return current;
}

/** `if (!accessToken) return null;`: `getAccessToken()` returns nothing where there is none. */
function dropTokenGuards(context: FetcherContext): void {
  const { builder, loader, node } = context;
  if (node.body.type !== 'BlockStatement' || !context.isBadGuard) return;
  for (const statement of node.body.body) {
    if (statement.type !== 'IfStatement' || statement.alternate || !returnsNull(statement.consequent)) continue;
    const rest = without(statement.test, { builder, loader, isBad: context.isBadGuard, flag: 'isLoading' });
    if (rest === 'foreign' || rest?.text === slice(builder.file, unwrap(statement.test))) continue;
    if (rest) put(builder, statement.test.range, rest.text);
    else put(builder, linesWithComments(builder.file, statement), '');
  }
}

/** `setBusy(true);` of a state that no flag may depend on, with the `finally` that then is empty. */
function dropStateWrites({ builder, calls, isBadState }: FetcherContext): void {
  const statements = calls.flatMap(({ sites: [site, inner], what }) => {
    const statement = site?.node.parent;
    return what.kind === 'setState' &&
      isBadState(what.state) &&
      !inner &&
      statement?.type === 'ExpressionStatement' &&
      !callsIn(statement, calls).some(asksForToken)
      ? [statement]
      : [];
  });
  for (const statement of statements) {
    const block = statement.parent;
    const tried = block.parent;
    if (
      block.type === 'BlockStatement' &&
      tried?.type === 'TryStatement' &&
      tried.finalizer === block &&
      tried.handler &&
      block.body.every((one) => statements.some((other) => other === one))
    )
      put(builder, [tried.handler.range[1], tried.range[1]], '');
    else if (!isRemoved(builder, statement)) put(builder, linesWithComments(builder.file, statement), '');
  }
}

/**
 * `catch (error) { console.error(error); throw error; }` returns null instead, and a `try` without a handler gets one. False where there is neither: the
 * function throws elsewhere.
 */
function returnNullInHandlers({ builder, node }: FetcherContext): boolean {
  const { file } = builder;
  const { eol, indentUnit, semicolons } = styleOf(file);
  const answer = `return null${semicolons ? ';' : ''}`;
  let isFound = false;
  walkOwnCode(node, (child) => {
    if (child.type === 'TryStatement' && !child.handler) {
      const indent = indentAt(file.text, child.range[0]);
      const end = child.block.range[1];
      const isOneLine = !file.text.slice(...child.range).includes('\n');
      const body = isOneLine ? ` ${answer} ` : `${eol}${indent}${indentUnit}${answer}${eol}${indent}`;
      builder.edits.push({ range: [end, end], text: ` catch {${body}}` });
      isFound = true;
    }
    if (child.type === 'CatchClause' && child.body.body.at(-1)?.type === 'ThrowStatement') {
      const last = child.body.body.at(-1);
      if (last) put(builder, last.range, answer);
      dropUnusedParameter(child, builder);
      isFound = true;
    }
  });
  return isFound;
}

/** `catch (error)` where nothing reads the error any more. */
function dropUnusedParameter({ body, param }: TSESTree.CatchClause, builder: EditBuilder): void {
  if (param?.type !== 'Identifier') return;
  const variable = variableOf(builder.file, param);
  if (!variable || variable.references.some(({ identifier }) => !isRemoved(builder, identifier))) return;
  const { text } = builder.file;
  const open = text.lastIndexOf('(', param.range[0]);
  put(builder, [open, body.range[0]], '');
}

/** A `try` around all that an asynchronous function does. */
function wrapInTry({ builder, node }: FetcherContext): boolean {
  const { file } = builder;
  const { body } = node;
  if (!node.async || body.type !== 'BlockStatement') return false;
  const [first] = body.body;
  const last = body.body.at(-1);
  const from = first && indentAt(file.text, first.range[0]);
  if (!first || !last || from === undefined || indentAt(file.text, body.range[0]) === from) return false;
  const { eol, indentUnit, semicolons } = styleOf(file);
  if (hasLongText(body)) return false;
  const start = first.range[0];
  builder.edits.push({ range: [start, start], text: `try {${eol}${from}${indentUnit}` });
  const inner = file.text.slice(start, last.range[1]);
  for (const { index } of inner.matchAll(/\n(?=[^\S\n]*[^\s])/gu)) {
    const at = start + index + 1;
    if (!builder.removed.some(([from, to]) => from <= at && at < to))
      builder.edits.push({ range: [at, at], text: indentUnit });
  }
  const end = last.range[1];
  const handler = [`${from}} catch {`, `${from}${indentUnit}return null${semicolons ? ';' : ''}`, `${from}}`];
  builder.edits.push({ range: [end, end], text: `${eol}${handler.join(eol)}` });
  return true;
}

/** A template that goes over several lines can not be indented. */
const hasLongText = (code: Node): boolean =>
  hasNode(code, (node) => node.type === 'TemplateElement' && node.value.raw.includes('\n'));
