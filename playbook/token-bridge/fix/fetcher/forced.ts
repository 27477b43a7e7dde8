/** Takes forced refreshes out of the code that stays, with what is said of them. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, type Range, hasNode, isFunction, unwrap, walkOwnCode } from '../../../../analysis/syntax/ast.ts';
import { variableOf } from '../../../../analysis/syntax/bindings/scopes.ts';
import { isNullishLiteral } from '../../../../analysis/syntax/objects.ts';
import { linesWithComments } from '../../../../analysis/edits/removals.ts';
import { truthIn } from '../../../../analysis/flow/conditions.ts';
import { leaves } from '../../../../analysis/flow/reachability.ts';
import { handlersAround } from '../../../../analysis/flow/exceptions/rejections.ts';
import { type ReachedCall, callsIn, hasForced } from '../../detect/calls.ts';
import { conditionOf } from '../../values/read-condition.ts';
import { type EditBuilder, isRemoved, put } from '../edit-builder.ts';
import type { FetcherContext } from './fetcher.ts';
import { bodyOf, declareConstants, dropAnswer, dropLogsOnRefresh, keepAlternate } from './second-answer.ts';

/** `if (forceRefreshToken) return refresh();` and `forceRefreshToken ? refresh() : getAccessToken()`. */
export function dropForcedBranches(context: FetcherContext): void {
  const { builder, calls, node } = context;
  const { file } = builder;
  const forces = (code: Node): boolean => hasForced(code, calls);
  walkOwnCode(node, (child) => {
    if (child.type === 'BlockStatement') dropForcedRest(child, forces, context);
    if (isRemoved(builder, child)) return false;
    if (child.type === 'IfStatement' && forces(child.consequent) && isUnforcedFalse(child.test, context)) {
      if (child.alternate) keepAlternate(child, child.alternate, builder);
      else put(builder, linesWithComments(file, child), '');
      declareConstants(child.consequent, builder, child.alternate);
      return false;
    }
    if (child.type === 'ConditionalExpression' && forces(child.consequent) && isUnforcedFalse(child.test, context)) {
      const [start, end] = conditionalRange(file.text, child);
      put(builder, [start, child.alternate.range[0]], '');
      dropCommentsOnRefresh(statementAround(child), builder);
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
  const start = linesWithComments(builder.file, next)[0];
  put(builder, [start, linesWithComments(builder.file, last)[1]], '');
  put(builder, guard.range, bodyOf(guard.consequent, builder));
}

/** `setRefreshing(true);`, a declaration, a `return null;`: nothing that is missed without the refresh. */
const isQuiet = (statement: Node): boolean =>
  statement.type !== 'ExpressionStatement' ||
  (statement.expression.type === 'CallExpression' && statement.expression.callee.type === 'Identifier');

/** What an operand in parentheses, as in `await (force ? a() : b())` and `(force ? a() : b()).catch(…)`, is of. */
const HAS_OPERAND = new Set(['AwaitExpression', 'LogicalExpression', 'MemberExpression']);

/** The parentheses go with the conditional. */
function conditionalRange(text: string, node: TSESTree.ConditionalExpression): Range {
  const [start, end] = node.range;
  const isCall = ['CallExpression', 'Identifier', 'MemberExpression'].includes(unwrap(node.alternate).type);
  const open = text.slice(0, start).trimEnd().length - 1;
  const close = text.length - text.slice(end).trimStart().length;
  return isCall && HAS_OPERAND.has(node.parent.type) && text[open] === '(' && text[close] === ')'
    ? [open, close + 1]
    : [start, end];
}

/** The truth of a test that depends on `forceRefreshToken`, where Convex does not set it. */
function unforced(test: Node, { builder, loader }: FetcherContext): boolean | undefined {
  const condition = conditionOf({ file: builder.file, node: test, path: [] }, loader);
  return condition.kind === 'known' ? undefined : truthIn(condition, new Map([['flag', false]]));
}

const isUnforcedFalse = (test: Node, context: FetcherContext): boolean => unforced(test, context) === false;

/** Removes a forced refresh from the code that stays. False where that is more than one expression. */
export function dropForced(call: ReachedCall, context: FetcherContext): boolean {
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
    return statement.type === 'ReturnStatement' && returnNull(statement, builder);
  }
  if (parent.type === 'ExpressionStatement') {
    put(builder, linesWithComments(builder.file, parent), '');
    return true;
  }
  const returning = isOrNothing(parent, whole) ? parent.parent : parent;
  if (returning.type === 'ReturnStatement' && isWithoutToken(returning, context)) {
    dropCommentsOnRefresh(returning, builder);
    return returnNull(returning, builder);
  }
  if (dropSecondAnswer(returning, context)) return true;
  return ['refresh', 'forceRefresh'].includes(call.what.by) && askInstead(node, context);
}

/** `if (force || !token) token = await refresh();` where `getAccessToken()` has been asked for the same variable. */
function dropSecondAnswer(node: Node, context: FetcherContext): boolean {
  const { builder } = context;
  if (node.type !== 'AssignmentExpression' || node.left.type !== 'Identifier') return false;
  const statement = node.parent;
  return (
    statement.type === 'ExpressionStatement' &&
    hasAskedBefore(statement, context, node.left) &&
    dropAnswer(statement, builder)
  );
}

function askInstead(refresh: Node, { ask, builder }: FetcherContext): boolean {
  const name = ask();
  if (name === undefined) return false;
  put(builder, refresh.range, `${name}()`);
  dropLogsOnRefresh(statementAround(refresh), builder);
  return true;
}

/** `(await refresh()) ?? null` */
const isOrNothing = (node: Node, left: Node): node is TSESTree.LogicalExpression =>
  node.type === 'LogicalExpression' && node.left === left && node.operator !== '&&' && isNullishLiteral(node.right);

/** Whether a statement is come to only where `getAccessToken()` has returned nothing: it returns nothing a second time. */
function isWithoutToken(statement: Node, context: FetcherContext): boolean {
  const isMissing = (name: Node | undefined): boolean =>
    name?.type === 'Identifier' && hasAskedBefore(statement, context, name);
  for (let current = statement; current.parent && current !== context.node; current = current.parent) {
    const { parent, range } = current;
    if (parent.type === 'IfStatement' && parent.consequent === current && isMissing(nameOfMissing(parent.test)))
      return true;
    const before = parent.type === 'BlockStatement' ? parent.body.filter((one) => one.range[1] <= range[0]) : [];
    if (before.some((one) => one.type === 'IfStatement' && leaves(one.consequent) && isMissing(unwrap(one.test))))
      return true;
  }
  return false;
}

/** `token` of `!token` and `token == null` */
function nameOfMissing(test: Node): Node | undefined {
  const node = unwrap(test);
  if (node.type === 'UnaryExpression' && node.operator === '!') return unwrap(node.argument);
  const isComparison = node.type === 'BinaryExpression' && ['==', '==='].includes(node.operator);
  return isComparison && isNullishLiteral(node.right) ? unwrap(node.left) : undefined;
}

/** Whether the fetcher has asked by the time it comes to a statement, for what a name holds. */
function hasAskedBefore(statement: Node, context: FetcherContext, name: TSESTree.Identifier): boolean {
  const { file } = context.builder;
  const variable = variableOf(file, name);
  const isSetOtherwise = variable?.references.some(
    (one) => one.isWrite() && one.init !== true && one.identifier !== name && !asksOrRefreshes(one.identifier, context),
  );
  if (isSetOtherwise === true) return false;
  const isOfName = (one: Node): boolean =>
    hasNode(one, (other) => other.type === 'Identifier' && other !== name && variableOf(file, other) === variable);
  for (let current: Node | undefined = statement; current && current !== context.node; current = current.parent) {
    const { parent, range } = current as Node & { readonly parent?: Node };
    const before = parent?.type === 'BlockStatement' ? parent.body.filter((one) => one.range[1] <= range[0]) : [];
    if (
      before.some(
        (one) =>
          /^(?:VariableDeclaration|ExpressionStatement)$/u.test(one.type) && asksAlways(one, context) && isOfName(one),
      )
    )
      return true;
  }
  return false;
}

/** Whether a name is set to what WorkOS gives. */
function asksOrRefreshes({ parent }: Node, { calls }: FetcherContext): boolean {
  return parent?.type === 'AssignmentExpression' && callsIn(parent.right, calls).length > 0;
}

function returnNull({ argument }: TSESTree.ReturnStatement, builder: EditBuilder): boolean {
  if (argument) put(builder, argument.range, 'null');
  return argument !== null;
}

/** What is said right above a statement of the refresh that it no longer makes. */
function dropCommentsOnRefresh(statement: Node, builder: EditBuilder): void {
  const { file } = builder;
  const [start] = linesWithComments(file, statement);
  const end = file.text.lastIndexOf('\n', statement.range[0]) + 1;
  const said = file.text.slice(start, end);
  if (start < end && /refresh|\bforc/iu.test(said) && !/eslint-|@ts-/u.test(said)) put(builder, [start, end], '');
}

/** `getAccessToken() ?? refresh()` */
const isFallback = (node: Node, parent: Node): parent is TSESTree.LogicalExpression =>
  parent.type === 'LogicalExpression' && parent.right === node && parent.operator !== '&&';

const asksIn = (node: Node, { calls }: FetcherContext): boolean =>
  callsIn(node, calls).some(({ what }) => what.kind === 'ask');

/** Whether a statement asks whenever it runs: `force ? null : await getAccessToken()` does not. */
const asksAlways = (statement: Node, { builder, calls }: FetcherContext): boolean =>
  callsIn(statement, calls).some(({ sites: [site], what }) => {
    if (what.kind !== 'ask' || !site) return false;
    for (let { node } = site; node !== statement && node.parent; node = node.parent) {
      const { parent } = node;
      const isArm = parent.type === 'ConditionalExpression' && parent.test !== node && !isRemoved(builder, parent.test);
      if (isArm || (parent.type === 'LogicalExpression' && parent.right === node)) return false;
    }
    return true;
  });

function statementAround(node: Node): Node {
  let current = node;
  while (current.parent && !/Statement$|Declaration$/u.test(current.type) && !isFunction(current))
    current = current.parent;
  return current;
}
