/** The edits of a rewrite while they are collected: what is taken out, what the new text uses, what nobody uses any more. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  type Range,
  contains,
  propertyName,
  unwrap,
} from '../../../analysis/syntax/ast.ts';
import { type Edit, indentAt, styleOf } from '../../../analysis/edits/edits.ts';
import { type Variable, readsOf, variableOf } from '../../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';

export interface EditBuilder {
  readonly file: SourceFile;
  /** The hook that is rewritten. */
  readonly home: FunctionNode;
  edits: Edit[];
  /** What is no longer there. */
  readonly removed: Range[];
  /** Variables that the new text uses. */
  readonly used: Set<Variable>;
  /** Members that the new text needs of a hook's result: of its pattern, the names. */
  readonly wanted: Map<TSESTree.ObjectPattern, Set<string>>;
}

export const slice = ({ text }: SourceFile, node: Node): string => text.slice(node.range[0], node.range[1]);

export function put(builder: EditBuilder, range: Range, text: string): void {
  builder.edits.push({ range, text });
  builder.removed.push(range);
}

export const isRemoved = ({ removed }: EditBuilder, node: Node): boolean =>
  removed.some(([start, end]) => start <= node.range[0] && node.range[1] <= end);

/** A statement with its line and the comments right above it. */
export function withLines({ text }: SourceFile, node: Node): Range {
  let start = lineStart(text, node.range[0]);
  if (text.slice(start, node.range[0]).trim() !== '') return [node.range[0], node.range[1]];
  for (;;) {
    const before = lineStart(text, start - 1);
    const line = text.slice(before, start).trim();
    if (start === 0 || !line.startsWith('//')) break;
    start = before;
  }
  const block = /(?:^|\n)(?<comment>[^\S\n]*\/\*(?:[^*]|\*(?!\/))*\*\/[^\S\n]*\r?\n)$/u.exec(
    text.slice(Math.max(0, start - 2_000), start),
  );
  if (block?.groups?.['comment']) start -= block.groups['comment'].length;
  const rest = /^[\t ]*;?[\t ]*(?:\/\/[^\r\n]*)?(?:\r\n|\n|$)/u.exec(text.slice(node.range[1]));
  if (!rest) return [node.range[0], node.range[1]];
  const end = node.range[1] + rest[0].length;
  return [start, end];
}

/** Removed lines that meet become one edit, which takes one of two blank lines that would meet with it. */
export function joinRemovals({ edits, file: { text } }: EditBuilder): void {
  const removals = edits.filter((edit) => edit.text === '').sort((a, b) => a.range[0] - b.range[0]);
  const others = edits.filter((edit) => edit.text !== '');
  const joined: Edit[] = [];
  for (const edit of removals) {
    const last = joined.at(-1);
    if (last && edit.range[0] <= last.range[1])
      joined[joined.length - 1] = { range: [last.range[0], Math.max(last.range[1], edit.range[1])], text: '' };
    else joined.push(edit);
  }
  edits.length = 0;
  edits.push(...others, ...joined.map((edit) => ({ ...edit, range: withoutBlank(text, edit.range) })));
}

function withoutBlank(text: string, [start, end]: Range): Range {
  if (start !== lineStart(text, start) || start === end) return [start, end];
  const before = text.slice(lineStart(text, start - 1), start).trim();
  const blank = /^[\t ]*(?:\r\n|\n)/u.exec(text.slice(end));
  return blank && (before === '' || before.endsWith('{')) ? [start, end + blank[0].length] : [start, end];
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** The local name of a member in the pattern that takes a hook's result apart. */
function nameInPattern(pattern: TSESTree.ObjectPattern, member: string): string | undefined {
  for (const property of pattern.properties) {
    if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') continue;
    const value = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (property.key.name === member && value.type === 'Identifier') return value.name;
  }
  return undefined;
}

/** The local name of a member, asked for in the pattern where it is not there yet. Undefined when the name is taken, or somebody reads it of the pattern's rest. */
export function want(builder: EditBuilder, pattern: TSESTree.ObjectPattern, member: string): string | undefined {
  const name = nameInPattern(pattern, member);
  if (name !== undefined) {
    const variable = variableNamed(builder, name);
    if (variable) builder.used.add(variable);
    return name;
  }
  if (variableNamed(builder, member) || mayReadOfRest(builder, pattern, member)) return undefined;
  const members = builder.wanted.get(pattern) ?? new Set();
  builder.wanted.set(pattern, members.add(member));
  return member;
}

/** Whether the rest of a pattern (`{ refresh, ...rest }`) is used as a whole, or for this member: what is taken out by name is no longer in it. */
function mayReadOfRest({ file }: EditBuilder, { properties }: TSESTree.ObjectPattern, member: string): boolean {
  const rest = properties.at(-1);
  if (rest?.type !== 'RestElement') return false;
  const variable = rest.argument.type === 'Identifier' ? variableOf(file, rest.argument) : undefined;
  return (
    !variable ||
    readsOf(variable).some(
      (read) =>
        read.parent?.type !== 'MemberExpression' ||
        read.parent.object !== read ||
        [member, undefined].includes(propertyName(read.parent)),
    )
  );
}

/** A variable that a name means at the top of the hook. */
export function variableNamed({ file, home }: EditBuilder, name: string): Variable | undefined {
  const scope = file.scopes.acquire(home.body) ?? file.scopes.acquire(home, true);
  for (let current = scope; current; current = current.upper) {
    const variable = current.set.get(name);
    if (variable && variable.defs.length > 0) return variable;
  }
  return undefined;
}

/** Rewrites a list in braces (a pattern, import specifiers): some entries out, some in, the rest as they stand. */
export function editList(
  builder: EditBuilder,
  list: Range,
  entries: readonly Node[],
  isKept: (entry: Node) => boolean,
  added: readonly string[],
): void {
  const { file } = builder;
  const kept = entries.filter(isKept);
  if (kept.length === entries.length && added.length === 0) return;
  const rest = kept.filter(({ type }) => type === 'RestElement');
  const texts = [
    ...kept.filter((entry) => !rest.includes(entry)).map((entry) => slice(file, entry)),
    ...added,
    ...rest.map((entry) => slice(file, entry)),
  ];
  const whole = file.text.slice(list[0], list[1]);
  const style = styleOf(file);
  if (!/[\r\n]/u.test(whole)) {
    const space = /^\{\s/u.test(whole) ? ' ' : '';
    put(builder, list, texts.length === 0 ? '{}' : `{${space}${texts.join(', ')}${space}}`);
    return;
  }
  const indent = indentAt(file.text, list[0]);
  const lines = texts.map((text) => `${indent}${style.indentUnit}${text},`);
  if (!/,\s*\}$/u.test(whole) || rest.length > 0) lines.push((lines.pop() ?? '').replace(/,$/u, ''));
  put(builder, list, ['{', ...lines, `${indent}}`].join(style.eol));
}

/** The initial value of the constant that an identifier names, where the hook declares it. */
export function constantInit({ file, home }: EditBuilder, node: Node): Node | undefined {
  const name = unwrap(node);
  if (name.type !== 'Identifier') return undefined;
  const variable = variableOf(file, name);
  const declarator = variable?.defs[0]?.node as Node | undefined;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier' || !declarator.init)
    return undefined;
  return declarator.parent.kind === 'const' && contains(home, declarator) ? declarator.init : undefined;
}
