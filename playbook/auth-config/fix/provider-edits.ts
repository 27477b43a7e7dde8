/** The edits of one provider: property by property, so that comments and everything else stay as they are. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, unwrap } from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings.ts';
import { type Edit, indentAt, insertAfter, insertBefore, replace, styleOf } from '../../../analysis/edits/edits.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Change } from '../provider/changes.ts';
import type { Texts, Writable } from './provider-texts.ts';

/** The object literal of a provider, where an edit of it means this provider alone. */
export function editableProvider(from: Located, file: SourceFile): TSESTree.ObjectExpression | undefined {
  const { node } = from;
  if (from.file !== file || node.type !== 'ObjectExpression') return undefined;
  // In a function it may be made several times.
  for (let current: Node | undefined = node.parent; current; current = current.parent) {
    if (current.type.includes('Function')) return undefined;
  }
  return node;
}

/** What becomes of one property that the object has. */
interface PropertyChange {
  readonly property: TSESTree.Property;
  readonly name?: string;
  readonly value?: string;
}

/**
 * The edits for net changes of one provider. Undefined where one of them can't be written: what has to go comes by a spread,
 * or an accessor or a method has no value to replace.
 */
export function changeEdits(
  file: SourceFile,
  object: TSESTree.ObjectExpression,
  changes: readonly Change[],
  texts: Texts,
): readonly Edit[] | undefined {
  const removed = new Set<Node>();
  const changed = new Map<TSESTree.Property, PropertyChange>();
  const added: Writable[] = [];
  for (const change of changes) {
    const formerly = changes.find((one) => one.kind === 'rename' && one.to === change.property)?.property;
    const named = propertiesNamed(object, change.kind === 'set' ? (formerly ?? change.property) : change.property);
    const property = named.at(-1);
    if (named.some((one) => one.kind !== 'init' || one.method)) return undefined;
    if (change.kind === 'set') {
      if (property) changed.set(property, { ...changed.get(property), property, value: texts(change.property) });
      else added.push(change.property);
    } else if (!property || (isSpreadInto(object) && comesBySpread(object, property))) {
      if (isSpreadInto(object)) return undefined;
    } else if (change.kind === 'rename') {
      changed.set(property, { ...changed.get(property), property, name: change.to });
    } else for (const one of named) removed.add(one);
  }
  const kept = object.properties.filter((property) => !removed.has(property));
  const first = kept[0];
  const last = kept.at(-1);
  if (!first || !last) return [replace(object, `{ ${added.map((name) => `${name}: ${texts(name)}`).join(', ')} }`)];
  // `type` is first, where people look for it; behind a spread it has the last word.
  const isLeading = added.includes('type') && !isSpreadInto(object);
  const trailing = inOrder(added.filter((name) => !isLeading || name !== 'type'));
  return [
    ...[...changed.values()].flatMap((change) => propertyEdits(file, change)),
    ...removals(file.text, object, removed),
    ...(isLeading ? [insertBefore(first, `type: ${texts('type')}${separator(file, object, first)}`)] : []),
    ...(trailing.length > 0
      ? [insertAfter(last, trailing.map((name) => `${separator(file, object, last)}${name}: ${texts(name)}`).join(''))]
      : []),
  ];
}

const ORDER: readonly string[] = ['type', 'issuer', 'algorithm', 'jwks', 'applicationID'];

const inOrder = (names: readonly Writable[]): Writable[] =>
  [...names].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));

function propertiesNamed(object: TSESTree.ObjectExpression, name: string): readonly TSESTree.Property[] {
  return object.properties.filter(
    (property): property is TSESTree.Property => property.type === 'Property' && propertyName(property) === name,
  );
}

const isSpreadInto = (object: TSESTree.ObjectExpression): boolean =>
  object.properties.some(({ type }) => type === 'SpreadElement');

/** Whether a spread behind a property may bring in another one of its name. */
const comesBySpread = (object: TSESTree.ObjectExpression, property: Node): boolean =>
  object.properties
    .slice(object.properties.findIndex((one) => one === property))
    .some(({ type }) => type === 'SpreadElement');

function propertyEdits(file: SourceFile, { name, property, value }: PropertyChange): readonly Edit[] {
  if (property.shorthand) {
    const key = file.text.slice(...property.key.range);
    return [replace(property, `${name ?? key}: ${value ?? key}`)];
  }
  const key = property.computed ? ([property.range[0], property.value.range[0]] as const) : property.key.range;
  const edits = name === undefined ? [] : [replace(key, property.computed ? `${name}: ` : name)];
  return value === undefined ? edits : [...edits, ...valueEdits(file, property, value)];
}

function valueEdits(file: SourceFile, { value }: TSESTree.Property, text: string): readonly Edit[] {
  // `'RS384' as const` keeps what is around it.
  const inner = unwrap(value);
  const isWrappedLiteral = inner !== value && inner.type === 'Literal';
  const target = isWrappedLiteral ? inner : value;
  const next = isWrappedLiteral ? text.replace(/ as const$/u, '') : text;
  return file.text.slice(...target.range) === next ? [] : [replace(target, next)];
}

function removals(text: string, object: TSESTree.ObjectExpression, removed: ReadonlySet<Node>): Edit[] {
  const end = object.properties.length - object.properties.findLastIndex((property) => !removed.has(property)) - 1;
  const tail = end > 1 ? object.properties.slice(-end) : [];
  const [lastKept, last] = [object.properties.at(-end - 1), tail.at(-1)];
  const others = object.properties.filter((property) => removed.has(property));
  // Several at the end of a line go at once, with the comma before them.
  if (
    lastKept &&
    last &&
    isOneLine(text.slice(lastKept.range[1], last.range[1])) &&
    commaAfter(text, last.range[1]) === undefined
  ) {
    return [
      ...others.filter((property) => !tail.includes(property)).flatMap((property) => removal(text, object, property)),
      replace([lastKept.range[1], last.range[1]], ''),
    ];
  }
  return others.flatMap((property) => removal(text, object, property));
}

const isOneLine = (text: string): boolean => !/[\r\n]/u.test(text);

const SPACES = /[ \t]*/uy;

/** The offset behind spaces and tabs. */
function pastSpaces(text: string, from: number): number {
  SPACES.lastIndex = from;
  SPACES.test(text);
  return SPACES.lastIndex;
}

const SPACE_AND_COMMENTS = /(?:\s|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\/[^\n\r\u2028\u2029]*)*/uy;

/** The offset of the comma that ends an element, on a later line too. */
function commaAfter(text: string, from: number): number | undefined {
  SPACE_AND_COMMENTS.lastIndex = from;
  SPACE_AND_COMMENTS.test(text);
  return text[SPACE_AND_COMMENTS.lastIndex] === ',' ? SPACE_AND_COMMENTS.lastIndex : undefined;
}

/** Where the line of an offset begins, if nothing but space is before the offset. */
function ownLineStart(text: string, offset: number): number | undefined {
  let start = offset;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start -= 1;
  return start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r' ? start : undefined;
}

/** Removes a property and its comma, with its line where nothing else is on it. Comments stay. */
function removal(text: string, object: TSESTree.ObjectExpression, property: TSESTree.ObjectLiteralElement): Edit[] {
  let [start, end] = property.range;
  const comma = commaAfter(text, end);
  const isApart = comma !== undefined && text.slice(end, comma).trim() !== '';
  const ofComma = isApart ? [replace([comma, comma + 1], '')] : [];
  if (comma !== undefined && !isApart) end = comma + 1;
  const lineStart = ownLineStart(text, start);
  const lineEnd = pastSpaces(text, end);
  if (lineStart !== undefined && (text[lineEnd] === '\n' || text[lineEnd] === '\r'))
    return [replace([lineStart, lineEnd + (text.startsWith('\r\n', lineEnd) ? 2 : 1)], ''), ...ofComma];
  const previous = object.properties[object.properties.indexOf(property) - 1];
  if (comma === undefined && previous && /^\s*,\s*$/u.test(text.slice(previous.range[1], start)))
    [, start] = previous.range;
  else if (comma !== undefined) end = lineEnd;
  return [replace([start, end], ''), ...ofComma];
}

function separator(file: SourceFile, object: Node, beside: Node): string {
  return isMultiLine(file, object) ? `,${styleOf(file).eol}${indentAt(file.text, beside.range[0])}` : ', ';
}

export const isMultiLine = (file: SourceFile, object: Node): boolean => !isOneLine(file.text.slice(...object.range));
