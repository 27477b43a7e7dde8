/** What nobody uses any more once code is taken out: the imports, and the constants that hold nothing but a value. */
import type { Definition } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, type Range, hasNode } from '../syntax/ast.ts';
import { type Edit, remove, replace } from './edits.ts';
import { blanksBefore } from '../syntax/blanks.ts';
import type { Variable } from '../syntax/scopes.ts';
import type { SourceFile } from '../syntax/source-file.ts';

/** Whether what a constant is given can go with it: a call may do something. */
export type IsDisposable = (initial: Node) => boolean;

/**
 * The edits that remove what is left without a use. What only `others` (edits that are made as well) leave without one stays; its name is
 * then written again as it is, so that these edits and the others count as overlapping: the last of them, in a later pass, removes it.
 * `leftByAll` is what all edits together leave without a use (`unusedWithout`).
 */
export function unusedEdits(
  file: SourceFile,
  own: readonly Range[],
  leftByAll: ReadonlySet<Variable>,
  isDisposable: IsDisposable,
): Edit[] {
  const unused = unusedWithout(file, own, isDisposable);
  const shared = [...usedIn(file, own)].filter((variable) => leftByAll.has(variable) && !unused.has(variable));
  const kept = shared.flatMap(({ identifiers: [name] }) =>
    name ? [replace(name, file.text.slice(...name.range))] : [],
  );
  return [...removals(file, unused), ...kept];
}

/** Whether a node is within one of some ranges, which are in source order and do not overlap. */
function isWithinSorted(ranges: readonly Range[], node: Node): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0) < node.range[1]) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range[0] <= node.range[0];
}

/** Ranges in source order, those that overlap or touch made one. */
function sorted(ranges: readonly Range[]): Range[] {
  const merged: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

interface Use {
  readonly node: Node;
  readonly variable: Variable;
}

interface Uses {
  readonly inOrder: readonly Use[];
  readonly byVariable: ReadonlyMap<Variable, readonly Node[]>;
}

const known = new WeakMap<SourceFile, Uses>();

/** The uses of all variables of a file, collected once: a file may have thousands of findings, and a variable as many uses. */
function usesOf(file: SourceFile): Uses {
  let uses = known.get(file);
  if (!uses) {
    const byVariable = new Map(
      file.scopes.scopes
        .flatMap(({ variables }) => variables)
        .map((variable) => [
          variable,
          variable.references.filter(({ init }) => init !== true).map(({ identifier }): Node => identifier),
        ]),
    );
    const inOrder = [...byVariable]
      .flatMap(([variable, nodes]) => nodes.map((node): Use => ({ node, variable })))
      .sort((a, b) => a.node.range[0] - b.node.range[0]);
    known.set(file, (uses = { inOrder, byVariable }));
  }
  return uses;
}

/** The variables that have a use in some ranges. */
function usedIn(file: SourceFile, ranges: readonly Range[]): Set<Variable> {
  const { inOrder } = usesOf(file);
  const found = new Set<Variable>();
  for (const [start, end] of ranges) {
    for (let index = firstFrom(inOrder, start); ; index += 1) {
      const use = inOrder[index];
      if (!use || use.node.range[1] > end) break;
      found.add(use.variable);
    }
  }
  return found;
}

/** The index of the first use at an offset or behind it. */
function firstFrom(uses: readonly Use[], offset: number): number {
  let [low, high] = [0, uses.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((uses[middle]?.node.range[0] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The variables that have a use in some ranges and none elsewhere, and those that this leaves without one. */
export function unusedWithout(
  file: SourceFile,
  ranges: readonly Range[],
  isDisposable: IsDisposable,
): ReadonlySet<Variable> {
  let gone = sorted(ranges);
  const unused = new Set<Variable>();
  const { byVariable } = usesOf(file);
  for (let before = -1; before < unused.size;) {
    before = unused.size;
    for (const variable of usedIn(file, gone)) {
      const uses = unused.has(variable) ? [] : (byVariable.get(variable) ?? []);
      const statement =
        uses.length > 0 && uses.every((use) => isWithinSorted(gone, use))
          ? disposableOf(variable, unused, isDisposable)
          : undefined;
      if (!statement) continue;
      unused.add(variable);
      if (statement !== 'part') gone = sorted([...gone, statement.range]);
    }
  }
  return unused;
}

/** What declares a variable: a statement that may go as a whole, or a part of one. Undefined where it has to stay. */
function disposableOf(
  variable: Variable,
  unused: ReadonlySet<Variable>,
  isDisposable: IsDisposable,
): Node | 'part' | undefined {
  const [definition, other] = variable.defs;
  if (!definition || other) return undefined;
  // JSX may ask for React without a name, and what else is written there may be a namespace for types.
  if ((definition.type as string) === 'ImportBinding') return isReact(definition) ? undefined : 'part';
  const { node } = definition as { node: Node };
  if (
    node.type !== 'VariableDeclarator' ||
    node.parent.declarations.length > 1 ||
    node.parent.kind !== 'const' ||
    !node.init
  )
    return undefined;
  if (!/^(?:BlockStatement|Program)$/u.test(node.parent.parent.type) || !isDisposable(node.init)) return undefined;
  if (node.id.type === 'Identifier') return node.parent;
  const items = patternItems(node.id);
  if (!items?.includes(definition.name)) return undefined;
  const names = new Set([...unused, variable].flatMap(({ identifiers }) => identifiers as readonly Node[]));
  return items.every((name) => names.has(name)) ? node.parent : 'part';
}

function isReact({ node, parent }: Definition): boolean {
  return parent?.type === 'ImportDeclaration' && parent.source.value === 'react' && node.type !== 'ImportSpecifier';
}

/** The names of `{ push, prefetch: warm }`; undefined for a pattern that holds more than names. */
function patternItems(pattern: Node): Node[] | undefined {
  if (pattern.type !== 'ObjectPattern') return undefined;
  const names = pattern.properties.map((property) =>
    property.type === 'Property' && property.value.type === 'Identifier' ? property.value : undefined,
  );
  return names.every((name) => name !== undefined) ? names : undefined;
}

function removals(file: SourceFile, unused: ReadonlySet<Variable>): Edit[] {
  const names = new Set([...unused].flatMap(({ identifiers }) => identifiers as readonly Node[]));
  const statements = new Set(
    [...unused].flatMap(({ defs: [definition] }) => (definition ? [statementOf(definition)] : [])),
  );
  return [...statements].flatMap((statement) => {
    if (statement.type === 'ImportDeclaration') return withoutSpecifiers(file, statement, names);
    const pattern = statement.type === 'VariableDeclaration' ? statement.declarations[0].id : undefined;
    const items = pattern?.type === 'ObjectPattern' ? pattern.properties : [];
    const gone = items.filter((item) => item.type === 'Property' && names.has(item.value));
    return gone.length === items.length ? [withoutStatement(file, statement)] : withoutItems(items, gone);
  });
}

const statementOf = ({ node, parent }: Definition): Node => parent ?? node;

function withoutSpecifiers(file: SourceFile, statement: TSESTree.ImportDeclaration, names: ReadonlySet<Node>): Edit[] {
  const { specifiers } = statement;
  const isGone = (one: TSESTree.ImportClause): boolean => names.has(one.local);
  if (specifiers.every(isGone)) return [withoutStatement(file, statement)];
  const named = specifiers.filter((one) => one.type === 'ImportSpecifier');
  const [first, next] = specifiers;
  const last = named.at(-1);
  if (first?.type === 'ImportDefaultSpecifier') {
    if (isGone(first) && next) {
      const start = named.length > 0 ? file.text.indexOf('{', first.range[1]) : next.range[0];
      return [remove([first.range[0], start]), ...withoutItems(named, named.filter(isGone))];
    }
    if (last && named.every(isGone)) return [remove([first.range[1], file.text.indexOf('}', last.range[1]) + 1])];
  }
  return withoutItems(named, named.filter(isGone));
}

/** Takes items out of a list that keeps some, each with the comma and the space that part it from the next. */
function withoutItems(items: readonly Node[], gone: readonly Node[]): Edit[] {
  const lastKept = items.findLastIndex((item) => !gone.includes(item));
  const edits = gone.flatMap((item): Edit[] => {
    const index = items.indexOf(item);
    const next = items[index + 1];
    return index < lastKept && next ? [remove([item.range[0], next.range[0]])] : [];
  });
  const [kept, last] = [items[lastKept], items.at(-1)];
  return kept && last && kept !== last ? [...edits, remove([kept.range[1], last.range[1]])] : edits;
}

/** How far back the end of what is before a statement is looked for. */
const MAX_BEFORE = 1_000;

/**
 * Takes a statement out: with its line where nothing else stands on it but a comment behind it, and with a blank line beside it where
 * it would be one too many. A block in its place where the lines around it would run into one without it.
 */
export function withoutStatement({ text }: SourceFile, { range }: Node): Edit {
  const start = blanksBefore(text, range[0]);
  // A semicolon on a line of its own belongs to the next one, in a style that has no others.
  let end = range[0] + text.slice(...range).replace(/\s*[\n\r]\s*;$/u, '').length;
  const lineEnd = /^[\t ]*(?:\/\/[^\n\r]*)?(?:\r\n|\n|\r|$)/u.exec(text.slice(end))?.[0];
  const isAlone = (start === 0 || /[\n\r]/u.test(text.charAt(start - 1))) && lineEnd !== undefined;
  if (!isAlone) return remove([range[0], end + (/^[\t ]*/u.exec(text.slice(end))?.[0].length ?? 0)]);
  end += lineEnd.length;
  // A file with thousands of such statements would be searched to its start for each of them.
  const before = text.slice(Math.max(0, start - MAX_BEFORE), start);
  if (runsOn(before, text.slice(end))) return replace([range[0], range[1]], '{}');
  const after = text.slice(end);
  const blankBefore = /(?:\n|\r(?!\n))(?<blank>[\t ]*(?:\r?\n|\r))$/u.exec(before)?.groups?.['blank'];
  if (blankBefore !== undefined && /^[\t ]*\}/u.test(after)) return remove([start - blankBefore.length, end]);
  const isFirst = start === 0 || blankBefore !== undefined || /\{\s*$/u.test(before);
  const blankAfter = isFirst ? /^[\t ]*(?:\r\n|\n|\r)/u.exec(after)?.[0].length : undefined;
  return remove([start, end + (blankAfter ?? 0)]);
}

// foo()⏎(bar)()
const runsOn = (before: string, after: string): boolean =>
  /^\s*[(+\-/[`]/u.test(after) && !/^\s*\/[*/]/u.test(after) && !/(?:[;{}]|^)\s*$/u.test(before);

const DOES_SOMETHING = /^(?:Assignment|Await|Call|Import|JSX\w+|New|TaggedTemplate|Update|Yield)(?:Expression)?$/u;

/** Whether an expression is a value and no more: nothing happens when it is not evaluated. */
export function isPlainValue(expression: Node): boolean {
  return !hasNode(
    expression,
    (node) => DOES_SOMETHING.test(node.type) || (node.type === 'UnaryExpression' && node.operator === 'delete'),
  );
}
