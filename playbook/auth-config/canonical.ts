/** The edits that bring providers back to the playbook: property by property, and the provider that is missing beside them. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, isFunction, propertyName, unwrap, walk, wrapped } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings.ts';
import { type Edit, indentAt, insertAfter, insertBefore, replace, styleOf } from '../../analysis/edits/edits.ts';
import { type Evaluator } from '../../analysis/values/evaluate.ts';
import { namesIn } from '../../analysis/syntax/exports.ts';
import { readsOf, variableOf } from '../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Value } from '../../analysis/values/values.ts';
import type { Property } from './acceptance/types.ts';
import type { Change } from './judge.ts';
import { CLIENT_ID_VARIABLE, concreteOf, variableNamed } from './placeholders.ts';

type Writable = Exclude<Property, 'domain'>;

/** How the properties of a provider are written. */
export type Texts = (property: Writable) => string;

export interface ProviderTexts {
  readonly client: Texts;
  readonly shared: Texts;
}

/** A client id as code: an expression (`clientId`, `process.env.WORKOS_CLIENT_ID`), or the id itself. */
export type ClientIdCode = { readonly expression: string } | { readonly literal: string };

/** The playbook's properties as text. A file that writes `'customJwt' as const` gets its literals so. */
export function providerTexts(
  file: SourceFile,
  clientId: ClientIdCode,
  host = 'https://api.workos.com',
): ProviderTexts {
  const { quote } = styleOf(file);
  const asConst = /['"]customJwt['"]\s+as\s+const|['"]RS256['"]\s+as\s+const/u.test(file.text) ? ' as const' : '';
  const quoted = (text: string): string => quote + text + quote;
  const ending = (path: string): string =>
    'literal' in clientId ? quoted(path + clientId.literal) : `\`${path}\${${clientId.expression}}\``;
  const texts =
    (issuer: string): Texts =>
    (property) => {
      switch (property) {
        case 'type':
          return quoted('customJwt') + asConst;
        case 'algorithm':
          return quoted('RS256') + asConst;
        case 'issuer':
          return issuer;
        case 'jwks':
          return ending('https://api.workos.com/sso/jwks/');
        case 'applicationID':
          return 'literal' in clientId ? quoted(clientId.literal) : clientId.expression;
      }
    };
  return { client: texts(ending(`${host}/user_management/`)), shared: texts(quoted(`${host}/`)) };
}

/** How the file itself writes a client id: a constant at its top, a member of one (`env.WORKOS_CLIENT_ID`), or the read of the variable. */
export function clientIdCode(file: SourceFile, value: string, evaluator: Evaluator): ClientIdCode {
  const expression = constantFor(file, value, evaluator, false) ?? memberFor(file, value, evaluator);
  return { expression: expression ?? `process.env.${variableNamed(value) ?? CLIENT_ID_VARIABLE}` };
}

/** The same for an id that stands in the text. */
export function literalIdCode(file: SourceFile, id: string, evaluator: Evaluator): ClientIdCode {
  const constant = constantFor(file, id, evaluator, true);
  return constant === undefined ? { literal: id } : { expression: constant };
}

function constantFor(file: SourceFile, value: string, evaluator: Evaluator, literals: boolean): string | undefined {
  const found: { readonly name: TSESTree.Identifier; readonly init: Node }[] = [];
  for (const statement of file.ast.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue;
    for (const { id, init } of declaration.declarations) {
      if (!init || (unwrap(init).type === 'Literal') !== literals) continue;
      const name = namesIn(id).find(
        (one) => idIn(evaluator.evaluate({ file, node: id.type === 'Identifier' ? init : one })) === value,
      );
      if (name) found.push({ name, init });
    }
  }
  // `const raw = process.env.X?.trim(); const clientId = raw || undefined;`: the one that was made of the other.
  const isSource = (name: TSESTree.Identifier): boolean => {
    const variable = variableOf(file, name);
    return variable !== undefined && readsOf(variable).some((read) => found.some(({ init }) => contains(init, read)));
  };
  return (found.find(({ name }) => !isSource(name)) ?? found[0])?.name.name;
}

/** A value that may be an id; a variable that nobody knows is what stands for it. */
const idIn = (value: Value): unknown => (value.type === 'text' ? concreteOf(value, false).json : undefined);

/** More members than these are not asked for. */
const MAX_MEMBERS = 60;

/** `env.WORKOS_CLIENT_ID`, where the file has it outside of functions. */
function memberFor(file: SourceFile, value: string, evaluator: Evaluator): string | undefined {
  let left = MAX_MEMBERS;
  let found: string | undefined;
  walk(file.ast, (node) => {
    if (found !== undefined || left === 0 || isFunction(node)) return false;
    if (node.type !== 'MemberExpression') return true;
    left -= 1;
    const isPlain = node.object.type === 'Identifier' && !node.computed && variableOf(file, node.object) !== undefined;
    if (isPlain && idIn(evaluator.evaluate({ file, node })) === value) found = file.text.slice(...node.range);
    return true;
  });
  return found;
}

/** The object literal of a provider, where an edit of it means this provider alone. */
export function editableProvider(from: Located, file: SourceFile): TSESTree.ObjectExpression | undefined {
  const { node } = from;
  if (from.file !== file || node.type !== 'ObjectExpression') return undefined;
  // In a function it may be made several times; by name it may stand in other places.
  for (let current: Node | undefined = node.parent; current; current = current.parent) {
    if (current.type.includes('Function')) return undefined;
  }
  return node;
}

/** The edits for changes of one provider. Undefined where one of them can't be made: what has to go comes by a spread. */
export function changeEdits(
  file: SourceFile,
  object: TSESTree.ObjectExpression,
  changes: readonly Change[],
  texts: Texts,
): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  const added: string[] = [];
  const removed = new Set<Node>();
  const renamed = new Map(
    changes.flatMap((change) => (change.kind === 'rename' ? [[change.to, change.property] as const] : [])),
  );
  for (const change of inOrder(changes)) {
    const property = propertyNamed(object, change.property);
    if (change.kind === 'set') {
      const own = property ?? propertyNamed(object, renamed.get(change.property) ?? '');
      const text = texts(change.property);
      if (own) edits.push(...valueEdits(file, own, text));
      // Behind a spread it has the last word.
      else if (change.property === 'type' && !isSpreadInto(object)) edits.push(leading(file, object, `type: ${text}`));
      else added.push(`${change.property}: ${text}`);
    } else if (!property) {
      if (isSpreadInto(object)) return undefined;
    } else if (change.kind === 'remove') {
      removed.add(property);
    } else edits.push(property.shorthand ? insertBefore(property, `${change.to}: `) : replace(property.key, change.to));
  }
  edits.push(...removals(file.text, object, removed));
  if (added.length > 0) edits.push(addition(file, object, added, removed));
  return edits;
}

const ORDER: readonly string[] = ['type', 'issuer', 'algorithm', 'jwks', 'applicationID'];

/** New properties are written in the order in which the playbook has them. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((a, b) => ORDER.indexOf(a.property) - ORDER.indexOf(b.property));
}

function propertyNamed(object: TSESTree.ObjectExpression, name: string): TSESTree.Property | undefined {
  return object.properties.findLast(
    (property): property is TSESTree.Property => property.type === 'Property' && propertyName(property) === name,
  );
}

const isSpreadInto = (object: TSESTree.ObjectExpression): boolean =>
  object.properties.some(({ type }) => type === 'SpreadElement');

function valueEdits(file: SourceFile, property: TSESTree.Property, text: string): readonly Edit[] {
  if (property.shorthand) return [insertAfter(property, `: ${text}`)];
  const { value } = property;
  // `'RS384' as const` keeps what is around it.
  const inner = unwrap(value);
  const bare = text.replace(/ as const$/u, '');
  const isWrappedLiteral = inner !== value && inner.type === 'Literal';
  const target = isWrappedLiteral ? inner : value;
  const next = isWrappedLiteral ? bare : text;
  return file.text.slice(...target.range) === next ? [] : [replace(target, next)];
}

function removals(text: string, object: TSESTree.ObjectExpression, removed: ReadonlySet<Node>): Edit[] {
  const end = object.properties.length - object.properties.findLastIndex((property) => !removed.has(property)) - 1;
  const tail = end > 1 ? object.properties.slice(-end) : [];
  const [lastKept, last] = [object.properties.at(-end - 1), tail.at(-1)];
  // Several at the end of a line go at once, with the comma before them.
  if (
    lastKept &&
    last &&
    /^[^\r\n]*$/u.test(text.slice(lastKept.range[1], last.range[1])) &&
    !/^[ \t]*,/u.test(text.slice(last.range[1]))
  ) {
    const others = object.properties.filter((property) => removed.has(property) && !tail.includes(property));
    return [
      ...others.map((property) => removal(text, object, property)),
      replace([lastKept.range[1], last.range[1]], ''),
    ];
  }
  return object.properties
    .filter((property) => removed.has(property))
    .map((property) => removal(text, object, property));
}

/** Takes a property out, with its line where nothing else stands on it. Comments stay. */
function removal(text: string, object: TSESTree.ObjectExpression, property: TSESTree.ObjectLiteralElement): Edit {
  let [start, end] = property.range;
  const comma = /^[ \t]*,/u.exec(text.slice(end))?.[0];
  if (comma !== undefined) end += comma.length;
  const before = /(?:^|\n|\r)(?<indent>[ \t]*)$/u.exec(text.slice(0, start))?.groups?.['indent'];
  const after = /^[ \t]*(?:\r\n|\n|\r)/u.exec(text.slice(end))?.[0];
  if (before !== undefined && after !== undefined) return replace([start - before.length, end + after.length], '');
  const index = object.properties.indexOf(property);
  const previous = object.properties[index - 1];
  if (comma === undefined && previous && /^\s*,\s*$/u.test(text.slice(previous.range[1], start)))
    [, start] = previous.range;
  else if (comma !== undefined) end += /^[ \t]*/u.exec(text.slice(end))?.[0].length ?? 0;
  return replace([start, end], '');
}

/** `type` stands first, where people look for it. */
function leading(file: SourceFile, object: TSESTree.ObjectExpression, text: string): Edit {
  const [first] = object.properties;
  return first ? insertBefore(first, text + separator(file, object, first)) : replace(object, `{ ${text} }`);
}

function addition(
  file: SourceFile,
  object: TSESTree.ObjectExpression,
  added: readonly string[],
  removed: ReadonlySet<Node>,
): Edit {
  const kept = object.properties.filter((property) => !removed.has(property));
  const last = kept.at(-1);
  if (!last) return replace(object, `{ ${added.join(', ')} }`);
  const between = separator(file, object, last);
  return insertAfter(last, added.map((text) => between + text).join(''));
}

function separator(file: SourceFile, object: Node, beside: Node): string {
  return isMultiLine(file, object) ? `,${styleOf(file).eol}${indentAt(file.text, beside.range[0])}` : ', ';
}

const isMultiLine = (file: SourceFile, object: Node): boolean => /[\r\n]/u.test(file.text.slice(...object.range));

/** A provider beside another one: after it for the client's own, before it for the shared one, written as that one is. */
export function siblingEdit(
  file: SourceFile,
  beside: TSESTree.ObjectExpression,
  which: keyof ProviderTexts,
  texts: ProviderTexts,
): Edit | undefined {
  const place = elementOf(file, beside);
  if (!place) return undefined;
  const names: readonly Writable[] = [
    'type',
    'issuer',
    'algorithm',
    'jwks',
    ...(which === 'shared' ? (['applicationID'] as const) : []),
  ];
  const lines = names.map((name) => `${name}: ${texts[which](name)}`);
  const { eol, indentUnit } = styleOf(file);
  const indent = indentAt(file.text, place.range[0]);
  const object = isMultiLine(file, beside)
    ? `{${eol}${lines.map((line) => `${indent}${indentUnit}${line},${eol}`).join('')}${indent}}`
    : `{ ${lines.join(', ')} }`;
  const isOwnLine =
    file.text.slice(0, place.range[0]).endsWith(indent) &&
    /(?:^|[\r\n])[ \t]*$/u.test(file.text.slice(0, place.range[0]));
  const between = isOwnLine ? `,${eol}${indent}` : ', ';
  return which === 'shared' ? insertBefore(place, object + between) : insertAfter(place, between + object);
}

/** The element of a list that an object is, with `as` and `satisfies` around it. */
function elementOf(file: SourceFile, object: Node): Node | undefined {
  const current = wrapped(object);
  const { parent } = current;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    // `const shared = { … }`, and the name in the list.
    const variable = variableOf(file, parent.id);
    const elements = variable
      ? readsOf(variable).flatMap((read) => (wrapped(read).parent?.type === 'ArrayExpression' ? [wrapped(read)] : []))
      : [];
    return elements.length === 1 ? elements[0] : undefined;
  }
  const isElement =
    parent?.type === 'ArrayExpression' ||
    (parent?.type === 'CallExpression' && parent.arguments.includes(current as TSESTree.Expression));
  return isElement ? current : undefined;
}
