/** A fetcher that no longer throws: its handlers return null, or all that it does gets one. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode, walkOwnCode } from '../../../../analysis/syntax/ast.ts';
import { variableOf } from '../../../../analysis/syntax/bindings/scopes.ts';
import { indentAt, styleOf } from '../../../../analysis/edits/edits.ts';
import { type EditBuilder, isRemoved, put } from '../edit-builder.ts';
import type { FetcherContext } from './fetcher.ts';

/**
 * `catch (error) { console.error(error); throw error; }` returns null instead, and a `try` without a handler gets one. False where there is neither: the
 * function throws elsewhere.
 */
export function returnNullInHandlers({ builder, node }: FetcherContext): boolean {
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
export function wrapInTry({ builder, node }: FetcherContext): boolean {
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
