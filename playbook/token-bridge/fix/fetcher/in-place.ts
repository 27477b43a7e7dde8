/** The least that a fetcher has to change: its forced refreshes, its tests of the token and the states that it sets are removed; the rest stays. */
import { type Node, unwrap, hasNode, walkOwnCode } from '../../../../analysis/syntax/ast.ts';
import { linesWithComments } from '../../../../analysis/edits/removals.ts';
import { asksForToken, callsIn } from '../../detect/calls.ts';
import { type EditBuilder, isRemoved, put, slice } from '../edit-builder.ts';
import { type FetcherContext, returnsNull } from './fetcher.ts';
import { without } from '../flags.ts';
import { dropForced, dropForcedBranches } from './forced.ts';
import type { TSESTree } from '@typescript-eslint/types';
import { variableOf } from '../../../../analysis/syntax/bindings/scopes.ts';
import { indentAt, styleOf } from '../../../../analysis/edits/edits.ts';

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
