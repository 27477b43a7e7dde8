/** The edits of one provider: property by property, so that comments and everything else stay as they are. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, unwrap, enclosingFunction } from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { type Edit, indentAt, insertAfter, insertBefore, replace, styleOf } from '../../../analysis/edits/edits.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Change } from '../provider/changes.ts';
import type { Texts, Writable } from './provider-texts.ts';
import { withoutItems } from '../../../analysis/edits/removals.ts';

/** The object literal of a provider, where an edit of it means this provider alone. */
export function editableProvider(from: Located, file: SourceFile): TSESTree.ObjectExpression | undefined {
  const { node } = from;
  // In a function it may be made several times.
  return from.file === file && node.type === 'ObjectExpression' && !enclosingFunction(node) ? node : undefined;
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
    ...withoutItems(file, object.properties, [...removed]),
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

function separator(file: SourceFile, object: Node, neighbour: Node): string {
  return isMultiLine(file, object) ? `,${styleOf(file).eol}${indentAt(file.text, neighbour.range[0])}` : ', ';
}

export const isMultiLine = (file: SourceFile, object: Node): boolean =>
  /[\r\n]/u.test(file.text.slice(...object.range));
