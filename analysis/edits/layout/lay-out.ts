/**
 * Edits as prettier would leave them. Nothing in a file is laid out again but the statements, properties and elements that an
 * edit touches, and of these only such as stood laid out in this way before: where a file is not formatted by prettier, or a
 * construct is not known here, an edit stays as it was made.
 */
import { type Node, type Range, childrenOf, walk } from '../../syntax/ast.ts';
import { beginsLine } from '../../syntax/blanks.ts';
import { isSameSyntax } from '../../syntax/same-syntax.ts';
import { parseSourceFile, type SourceFile } from '../../syntax/source-file.ts';
import { type Edit, styleOf, withEdits } from '../edits.ts';
import { UNKNOWN, layOut } from './doc.ts';
import { EXPRESSIONS } from './expressions.ts';
import { JSX } from './jsx.ts';
import { type Printers, type Source, verbatim } from './source.ts';
import { STATEMENTS } from './statements.ts';
import { type Formatting, type Style, stylesOf } from './styles.ts';

export type { Formatting } from './styles.ts';

const PRINTERS: Printers = { ...EXPRESSIONS, ...JSX, ...STATEMENTS };

/** An edit has few places; each takes a parse. */
const MAX_PASSES = 12;
/** Code that is nested deeper than anyone writes it is not laid out. */
const MAX_NESTING = 200;
/** A file that no one formats with prettier. */
const MAX_LENGTH = 200_000;

/** Prettier ends a file with one line end, and no line with white space. */
const mayBeFormatted = ({ text }: SourceFile): boolean =>
  text.length <= MAX_LENGTH && /\S\r?\n$/u.test(text) && !/[\t ]\r?\n/u.test(text);

const known = new WeakMap<SourceFile, { readonly formatting: Formatting; readonly styles: readonly Style[] }>();

/** The styles in which a file may be formatted, none for one that is not: asked for each edit of each finding. */
function stylesIn(file: SourceFile, formatting: Formatting): readonly Style[] {
  let found = known.get(file);
  if (found?.formatting !== formatting) {
    const isLaidOut = (node: Node, style: Style) => layout(node, file, style) === file.text.slice(...node.range);
    found = { formatting, styles: mayBeFormatted(file) ? stylesOf(file, formatting, isLaidOut) : [] };
    known.set(file, found);
  }
  return found.styles;
}

/** The edits, with whitespace, parentheses and commas as prettier has them where the code around is prettier's. */
export function laidOut(edits: readonly Edit[], file: SourceFile, formatting: Formatting = {}): readonly Edit[] {
  const styles = edits.length === 0 ? [] : stylesIn(file, formatting);
  const first = styles.length === 0 ? undefined : sorted(edits);
  if (!first) return edits;
  const done = new Set<string>();
  let made: SourceFile | undefined;
  let [kept, next]: [readonly Edit[], readonly Edit[] | undefined] = [edits, first];
  for (let pass = 0; next && pass < MAX_PASSES; pass += 1) {
    const edited = parseSourceFile(file.path, withEdits(next, file.text) ?? file.text);
    // Whatever is laid out wrongly, the program is the one that the edits make.
    if (!edited.ok || (made && !isSameSyntax(made.ast, edited.file.ast))) break;
    made ??= edited.file;
    if (next !== first) kept = next;
    next = improve({ edits: next, before: file, after: edited.file, styles, done });
  }
  return kept;
}

interface State {
  readonly edits: readonly Edit[];
  readonly before: SourceFile;
  readonly after: SourceFile;
  readonly styles: readonly Style[];
  /** Texts of units that have been looked at. */
  readonly done: Set<string>;
}

/** The edits with the layout of one more place; undefined where nothing is left to do. */
function improve(state: State): readonly Edit[] | undefined {
  const { after, before, done, edits } = state;
  const regions = regionsOf(edits);
  const units = regions.flatMap((region) => unitsOf(region, after)).sort((a, b) => lengthOf(a) - lengthOf(b));
  for (const unit of units) {
    const key = after.text.slice(...unit.range);
    if (done.has(key)) continue;
    done.add(key);
    const text = relaid(unit, state);
    if (text === undefined || text === key) continue;
    done.add(text);
    return replaced(edits, unit.range, text, before.text, after.text);
  }
  return undefined;
}

const lengthOf = ({ range }: Node): number => range[1] - range[0];

/** A unit in prettier's layout; undefined where that is not to be known, or not prettier's in the first place. */
function relaid(unit: Node, { after, before, edits, styles }: State): string | undefined {
  const old = counterpart(unit, edits, before);
  const style = old ? styles.find((one) => layout(old, before, one) === before.text.slice(...old.range)) : styles[0];
  const text = style && layout(unit, after, style);

  return text !== undefined && isSameCode(text, after.text.slice(...unit.range)) ? text : undefined;
}

function layout(node: Node, file: SourceFile, { indentUnit, width, ...style }: Style): string | undefined {
  const { text } = file;
  let depth = 0;
  const { eol, quote } = styleOf(file);
  const source: Source = {
    ...style,
    text,
    quote,
    print: (one) => {
      const print = PRINTERS[one.type] as ((node: Node, source: Source) => ReturnType<typeof verbatim>) | undefined;
      if (!print) return verbatim(source, one.range);
      if (depth >= MAX_NESTING) return UNKNOWN;
      depth += 1;
      const doc = print(one, source);
      depth -= 1;
      return doc;
    },
  };
  const start = text.lastIndexOf('\n', node.range[0] - 1) + 1;
  const rest = /^[,;]?/u.exec(text.slice(node.range[1]))?.[0] ?? '';
  const doc = [source.print(node), rest];
  const laid = layOut(doc, text.slice(start, node.range[0]), { width, indentUnit, eol });
  return laid?.slice(0, laid.length - rest.length);
}

/** Whether two texts differ in what a formatter decides alone. */
const isSameCode = (a: string, b: string): boolean => bare(a) === bare(b);
const bare = (text: string): string => text.replace(/\{(?<quote>["']) \k<quote>\}|[\s(),]/gu, '');

/** The node of the text before whose place a node has; undefined for one that the edits wrote. */
function counterpart(node: Node, edits: readonly Edit[], before: SourceFile): Node | undefined {
  const start = oldOffset(node.range[0], edits);
  const end = oldOffset(node.range[1], edits);
  if (start === undefined || end === undefined) return undefined;
  let found: Node | undefined = before.ast;
  while (found && !(found.range[0] === start && found.range[1] === end && found.type === node.type))
    found = childrenOf(found).find(({ range }) => range[0] <= start && end <= range[1]);
  return found;
}

/** The nodes to lay out for a changed region: the smallest around it that has lines of its own, and what is new in it. */
function unitsOf([start, end]: Range, { ast, text }: SourceFile): Node[] {
  const units: Node[] = [];
  let around: Node | undefined;
  let current: Node | undefined = ast;
  while (current) {
    if (isUnit(current, text)) around = current;
    else if (isAloneInParentheses(current, text)) units.push(current);
    const children: Node[] = childrenOf(current);
    const inside: Node | undefined = children.find(({ range }) => range[0] <= start && end <= range[1]);
    if (!inside) units.push(...newIn(current, start, end, text));
    current = inside;
  }
  return around ? [...units, around] : units;
}

/** The nodes to lay out that begin in a region. */
function newIn(root: Node, start: number, end: number, text: string): Node[] {
  const found: Node[] = [];
  walk(root, (node) => {
    const { range } = node;
    if (range[0] >= start && range[0] < end && isUnit(node, text)) found.push(node);
    return range[0] < end && start < range[1];
  });
  return found;
}

const isStatement = (type: string): boolean => /Statement$|Declaration$/u.test(type) && type !== 'BlockStatement';

/** Whether a node begins a line, ends one, and can be laid out without what is around it. */
function isUnit({ parent, range, type }: Node, text: string): boolean {
  const isItem =
    (type === 'ObjectExpression' && parent.type === 'ArrayExpression') ||
    (type === 'Property' && parent.type === 'ObjectExpression') ||
    (type === 'JSXElement' && parent.type === 'JSXExpressionContainer') ||
    ((type === 'JSXElement' || type === 'JSXExpressionContainer') &&
      (parent.type === 'JSXElement' || parent.type === 'JSXFragment'));
  if (!isStatement(type) && !isItem) return false;
  return beginsLine(text, range[0]) && /^[\t ]*[,;]?[\t ]*(?:\r?\n|$)/u.test(text.slice(range[1]));
}

/**
 * Whether an element is between parentheses on lines of their own: `user ? (`, `<Link … />`, `) : null`. It is laid out as if nothing else were
 * there, also where nothing is known of the layout of what is around it.
 */
const isAloneInParentheses = ({ range: [start, end], type }: Node, text: string): boolean =>
  type === 'JSXElement' &&
  /\([\t ]*\r?\n[\t ]*$/u.test(text.slice(Math.max(0, start - MAX_INDENT), start)) &&
  /^[\t ]*\r?\n[\t ]*\)/u.test(text.slice(end, end + MAX_INDENT));

/** More than anyone indents. */
const MAX_INDENT = 400;

function sorted(edits: readonly Edit[]): readonly Edit[] | undefined {
  const all = [...edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  return all.every(({ range }, index) => index === 0 || (all[index - 1]?.range[1] ?? 0) <= range[0]) ? all : undefined;
}

/** Where the text of each edit is afterwards. */
function regionsOf(edits: readonly Edit[]): Range[] {
  let shift = 0;
  return edits.map(({ range, text }) => {
    const start = range[0] + shift;
    shift += text.length - (range[1] - range[0]);
    return [start, start + text.length];
  });
}

/** Where an offset stood before; undefined within what was written. */
function oldOffset(offset: number, edits: readonly Edit[]): number | undefined {
  let shift = 0;
  for (const [index, [start, end]] of regionsOf(edits).entries()) {
    if (offset < start) break;
    const edit = edits[index];
    if (!edit) break;
    if (offset <= end) return offset === start ? edit.range[0] : offset === end ? edit.range[1] : undefined;
    shift = end - edit.range[1];
  }
  return offset - shift;
}

/** The edits, after which a range of the new text has another text. */
function replaced(
  edits: readonly Edit[],
  [start, end]: Range,
  text: string,
  before: string,
  after: string,
): readonly Edit[] {
  const regions = regionsOf(edits);
  const touched = regions.filter(([from, to]) => to >= start && from <= end);
  const low = Math.min(start, ...touched.map(([from]) => from));
  const high = Math.max(end, ...touched.map(([, to]) => to));
  const [oldLow, oldHigh] = [oldOffset(low, edits), oldOffset(high, edits)];
  const kept = edits.filter((_, index) => !touched.includes(regions[index] ?? [0, 0]));
  if (oldLow === undefined || oldHigh === undefined) return edits;
  const written = after.slice(low, start) + text + after.slice(end, high);
  return sorted([...kept, trimmed({ range: [oldLow, oldHigh], text: written }, before)]) ?? edits;
}

/** An edit without what it leaves as it is at its ends. */
export function trimmed({ range: [start, end], text }: Edit, before: string): Edit {
  const old = before.slice(start, end);
  const room = Math.min(old.length, text.length);
  let head = 0;
  while (head < room && old[head] === text[head]) head += 1;
  let tail = 0;
  while (tail < room - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  return { range: [start + head, end - tail], text: text.slice(head, text.length - tail) };
}
