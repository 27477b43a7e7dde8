/** How the conditionals that the playbook writes are laid out: on one line where the file's width lets them, else as Prettier breaks them. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Edit, indentAt, insertAfter, insertBefore, replace, styleOf } from '../../../analysis/edits/edits.ts';
import { lineWidthOf, widthOf } from '../../../analysis/edits/line-width.ts';
import type { Node } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';

/** `test ? value : ` */
export interface Arm {
  readonly test: string;
  readonly value: string;
}

/** `a ? b : c ? d : e` */
export interface Conditional {
  readonly arms: readonly Arm[];
  readonly last: string;
}

/** `process.env.VERCEL_ENV === 'preview' ? … : ` */
export const armFor = (environment: 'preview' | 'production', value: string, quote: string): Arm => ({
  test: `process.env.VERCEL_ENV === ${quote}${environment}${quote}`,
  value,
});

export const onOneLine = ({ arms, last }: Conditional): string =>
  `${arms.map(({ test, value }) => `${test} ? ${value} : `).join('')}${last}`;

/** A conditional as the value of `head`, which ends in a colon or an equals sign and is indented by `indent`. */
function valueText(head: string, value: Conditional, indent: string, suffix: string, file: SourceFile): string {
  const line = onOneLine(value);
  const width = lineWidthOf(file);
  if (line.includes('\n') || widthOf(`${indent}${head} ${line}${suffix}`) <= width) return ` ${line}`;
  const { eol, indentUnit } = styleOf(file);
  const inner = indent + indentUnit;
  if (widthOf(`${inner}${line}${suffix}`) <= width) return eol + inner + line;
  const [first, ...others] = value.arms;
  if (!first) return ` ${line}`;
  let text = `${eol}${inner}${first.test}`;
  let level = inner + indentUnit;
  let before = first.value;
  for (const { test, value: next } of others) {
    text += `${eol}${level}? ${before}${eol}${level}: ${test}`;
    level += indentUnit;
    before = next;
  }
  return `${text}${eol}${level}? ${before}${eol}${level}: ${value.last}`;
}

const propertyText = (name: string, value: Conditional, indent: string, file: SourceFile): string =>
  `${name}:${valueText(`${name}:`, value, indent, ',', file)}`;

/** Writes a conditional in the place of a property's value, or of what is assigned. `name` is that of a shorthand property. */
export function valueEdits(
  value: Node,
  conditional: Conditional,
  name: string | undefined,
  file: SourceFile,
): readonly Edit[] {
  const line = onOneLine(conditional);
  const key = name === undefined ? '' : `${name}: `;
  const around = lineAround(value, key, file);
  if (line.includes('\n') || widthOf(around.before + line + around.behind) <= lineWidthOf(file))
    return [replace(value, key + line)];
  const property = value.parent?.type === 'Property' ? value.parent : undefined;
  const object = property?.parent;
  if (property && object?.type === 'ObjectExpression' && isOneLine(object, file.text))
    return expanded(object, property, file.text.slice(...property.key.range), conditional, file);
  return around.before.trim() === ''
    ? [replace(value, ownLines(conditional, around, file))]
    : [brokenBehind(value, conditional, name, around, file)];
}

/** What is on the line of a value, before and behind it. */
interface LineAround {
  readonly before: string;
  readonly behind: string;
  readonly indent: string;
}

function lineAround({ range: [start, end] }: Node, key: string, { text }: SourceFile): LineAround {
  const lineEnd = end + (/[\n\r]|$/u.exec(text.slice(end))?.index ?? 0);
  return {
    before: text.slice(text.lastIndexOf('\n', start - 1) + 1, start) + key,
    behind: text.slice(end, lineEnd),
    indent: indentAt(text, start),
  };
}

/** A conditional in the place of a value that is on a line of its own already. */
function ownLines(conditional: Conditional, { behind, indent }: LineAround, file: SourceFile): string {
  const { eol, indentUnit } = styleOf(file);
  const text = valueText('', conditional, indent.slice(0, -indentUnit.length), behind, file);
  return text.startsWith(eol) ? text.slice(eol.length + indent.length) : text.trimStart();
}

/** A conditional on lines of its own, behind the colon or equals sign before the value; on one line where something else is there. */
function brokenBehind(
  value: Node,
  conditional: Conditional,
  name: string | undefined,
  { before, behind, indent }: LineAround,
  file: SourceFile,
): Edit {
  const head = /^[\t ]*(?<head>\S.*[:=])[\t ]*$/u.exec(before.trimEnd())?.groups?.['head'];
  const key = name === undefined ? '' : `${name}:`;
  if (head === undefined || /[(,{]/u.test(head))
    return replace(value, (name === undefined ? '' : `${name}: `) + onOneLine(conditional));
  const space = name === undefined ? before.length - before.trimEnd().length : 0;
  return replace([value.range[0] - space, value.range[1]], key + valueText(head, conditional, indent, behind, file));
}

const isOneLine = ({ range }: Node, text: string): boolean => !/[\n\r]/u.test(text.slice(...range));

/** An object on one line, on several: with another value of one property, or with a new one at its start. */
function expanded(
  object: TSESTree.ObjectExpression,
  changed: TSESTree.Property | undefined,
  name: string,
  value: Conditional,
  file: SourceFile,
): readonly Edit[] {
  const { eol, indentUnit } = styleOf(file);
  const line = indentAt(file.text, object.range[0]);
  // `redirect(await getSignInUrl({ … }))`: what is awaited gets a line of its own.
  const awaited = awaitedArgument(object, file.text);
  const indent = awaited ? line + indentUnit : line;
  const written = propertyText(name, value, indent + indentUnit, file);
  const others = object.properties.map((one) => (one === changed ? written : file.text.slice(...one.range)));
  const edit = replace(object, objectText(changed ? others : [written, ...others], indent, file));
  if (!awaited) return [edit];
  return [insertBefore(awaited, eol + indent), edit, insertAfter(awaited, `,${eol}${line}`)];
}

/** The `await` around the call of an object, where it is the one argument of another call. */
function awaitedArgument(object: Node, text: string): Node | undefined {
  const awaited = object.parent?.type === 'CallExpression' ? object.parent.parent : undefined;
  if (awaited?.type !== 'AwaitExpression' || awaited.parent.type !== 'CallExpression') return undefined;
  const isAlone = awaited.parent.arguments.length === 1 && awaited.parent.arguments[0] === awaited;
  return isAlone && isOneLine(awaited.parent, text) ? awaited : undefined;
}

function objectText(properties: readonly string[], indent: string, file: SourceFile): string {
  const { eol, indentUnit } = styleOf(file);
  const lines = properties.map((property) => `${indent}${indentUnit}${property},${eol}`);
  return `{${eol}${lines.join('')}${indent}}`;
}

/** A new object with one property, as the last argument of a call that ends at `end`; `before` is what parts it from the others. */
export function newObject(name: string, value: Conditional, before: string, end: number, file: SourceFile): string {
  const { text } = file;
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const rest = /^[^\n\r]*/u.exec(text.slice(end))?.[0] ?? '';
  const line = `{ ${name}: ${onOneLine(value)} }`;
  if (widthOf(text.slice(start, end) + before + line + rest) <= lineWidthOf(file)) return before + line;
  const indent = indentAt(text, end);
  const inner = indent + styleOf(file).indentUnit;
  return before + objectText([propertyText(name, value, inner, file)], indent, file);
}

/** Puts a property with a conditional at the start of an object. */
export function newProperty(
  object: TSESTree.ObjectExpression,
  name: string,
  value: Conditional,
  file: SourceFile,
): readonly Edit[] {
  const { text } = file;
  const [first] = object.properties;
  if (first && /[\n\r]/u.test(text.slice(object.range[0], first.range[0]))) {
    const indent = indentAt(text, first.range[0]);
    return [insertBefore(first, `${propertyText(name, value, indent, file)},${styleOf(file).eol}${indent}`)];
  }
  const line = `${name}: ${onOneLine(value)}`;
  const start = text.lastIndexOf('\n', object.range[0] - 1) + 1;
  const end = object.range[1] + (/^[^\n\r]*/u.exec(text.slice(object.range[1]))?.[0].length ?? 0);
  const fits = widthOf(text.slice(start, end) + line) + 2 <= lineWidthOf(file);
  if (!fits && isOneLine(object, text) && !text.slice(...object.range).includes('/*'))
    return expanded(object, undefined, name, value, file);
  return [first ? insertBefore(first, `${line}, `) : replace(object, `{ ${line} }`)];
}

/** The arms of a conditional, and its last value; the whole as the last value where its pieces have lines or parentheses of their own. */
export function conditionalOf(node: Node, file: SourceFile): Conditional {
  const text = (one: Node) => file.text.slice(...one.range);
  // Prettier puts this in parentheses as the arm of a conditional.
  const isNullish = node.type === 'LogicalExpression' && node.operator === '??';
  const whole = { arms: [], last: isNullish ? `(${text(node)})` : text(node) };
  if (node.type !== 'ConditionalExpression') return whole;
  const { alternate, consequent, test } = node;
  const isPlain =
    test.range[0] === node.range[0] &&
    /^\s*\?\s*$/u.test(file.text.slice(test.range[1], consequent.range[0])) &&
    /^\s*:\s*$/u.test(file.text.slice(consequent.range[1], alternate.range[0])) &&
    alternate.range[1] === node.range[1];
  if (!isPlain || [test, consequent].some((one) => !isOneLine(one, file.text))) return whole;
  const rest = conditionalOf(alternate, file);
  return { arms: [{ test: text(test), value: text(consequent) }, ...rest.arms], last: rest.last };
}
