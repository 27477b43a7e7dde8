/** Edits of JSON as prettier would leave them, in a file that it has formatted. Any other file is edited to the character. */
import type { Node as JsonNode } from 'jsonc-parser';
import { type Edit, withEdits } from '../analysis/edits/edits.ts';
import { type Doc, BLANK_LINE, HARDLINE, LINE, SOFTLINE, group, indent, layOut } from '../analysis/edits/layout/doc.ts';
import { trimmed } from '../analysis/edits/layout/lay-out.ts';
import type { Formatting } from './formatting.ts';
import { parseJson } from './json.ts';

/** Prettier's own. */
const DEFAULT_WIDTH = 80;

/** The edits, with lines broken where they would be too long. */
export function laidOutJson(
  edits: readonly Edit[],
  path: string,
  text: string,
  formatting: Formatting,
): readonly Edit[] {
  if (edits.length === 0 || printed(path, text, formatting) !== text) return edits;
  const after = withEdits(edits, text);
  const laid = after === undefined ? undefined : printed(path, after, formatting);
  return laid === undefined || laid === after ? edits : [trimmed({ range: [0, text.length], text: laid }, text)];
}

/** A whole file as prettier prints it, but for comments, which are left out. */
function printed(
  path: string,
  text: string,
  { indentUnit, printWidth = DEFAULT_WIDTH }: Formatting,
): string | undefined {
  const { isValid, tree } = parseJson(path, text);
  if (!tree || !isValid) return undefined;
  const eol = /\r?\n/u.exec(text)?.[0] ?? '\n';
  const unit = /^[\t ]+(?=\S)/mu.exec(text)?.[0] ?? indentUnit ?? '  ';
  const laid = layOut(docOf(tree, text), '', { eol, indentUnit: unit, width: printWidth });
  return laid === undefined ? undefined : laid + eol;
}

function docOf(node: JsonNode, text: string): Doc {
  const { children = [], length, offset, type } = node;
  if (type === 'property') {
    const [key, value] = children;
    return key && value ? [docOf(key, text), ': ', docOf(value, text)] : '';
  }
  if (type !== 'object' && type !== 'array') return text.slice(offset, offset + length);
  const [open, close] = type === 'object' ? ['{', '}'] : ['[', ']'];
  const [first] = children;
  if (!first) return open + close;
  // An object keeps the line break in front of its first key; a list of lists or objects has one for each.
  const isBroken = type === 'object' ? text.slice(offset, first.offset).includes('\n') : isTable(children);
  const edge = type === 'object' ? LINE : SOFTLINE;
  const items = children.flatMap((child, index): Doc[] => {
    const before = children[index - 1];
    if (!before) return [docOf(child, text)];
    const between = text.slice(before.offset + before.length, child.offset);
    return [',', /\n[\t\r ]*\n/u.test(between) ? BLANK_LINE : LINE, docOf(child, text)];
  });
  return group(open, indent(isBroken ? HARDLINE : edge, ...items), edge, close);
}

const isTable = (items: readonly JsonNode[]): boolean =>
  items.length > 1 &&
  ['array', 'object'].some((type) => items.every((one) => one.type === type && (one.children ?? []).length > 1));
