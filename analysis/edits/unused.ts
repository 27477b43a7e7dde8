/** What is no longer used once code is removed: imports, variables, functions and types, and the statements that only give them a value. */
import type { Definition } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../once.ts';
import { type Node, type Range, contains, hasNode } from '../syntax/ast.ts';
import { type Edit, remove, replace } from './edits.ts';
import { changeItems, withoutItems, withoutStatement } from './removals.ts';
import type { Variable } from '../syntax/bindings/scopes.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { declaredName } from '../syntax/objects.ts';
import { firstWhere } from '../search.ts';

/** Whether what a variable is given can go with it: a call may do something. */
export type IsDisposable = (initial: Node) => boolean;

/** What is known of a file beyond its own text. */
interface RemovalOptions {
  readonly isDisposable: IsDisposable;
  /** The statement around a use that does nothing but give the names another value: it goes with them. */
  readonly feederOf?: (use: Node, names: readonly Variable[]) => Node | undefined;
  /** Whether new text uses a variable. */
  readonly isKept?: (variable: Variable) => boolean;
  /** The names that imports and patterns get. */
  readonly added?: Added;
}

type Added = ReadonlyMap<Node, ReadonlySet<string>>;
const NOTHING_ADDED: Added = new Map();

interface Unused {
  readonly variables: ReadonlySet<Variable>;
  /** The statements that only gave them a value. */
  readonly feeders: ReadonlySet<Node>;
}

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
  return [...removalEdits(file, unused), ...kept];
}

/** The edits that remove what declares variables. */
export function removalEdits(file: SourceFile, variables: ReadonlySet<Variable>): Edit[] {
  const { items, statements } = removedWith(variables);
  return [...statements.map((one) => withoutStatement(file, one)), ...itemEdits(file, items)];
}

/** The variables that have a use in some ranges and none elsewhere, and those that this leaves without one. */
export const unusedWithout = (
  file: SourceFile,
  ranges: readonly Range[],
  isDisposable: IsDisposable,
): ReadonlySet<Variable> => findUnused(file, ranges, { isDisposable }).variables;

/** Like `unusedWithout`, with the statements that only give these variables a value. */
export function findUnused(file: SourceFile, ranges: readonly Range[], options: RemovalOptions): Unused {
  let gone = sorted(ranges);
  const variables = new Set<Variable>();
  const feeders = new Set<Node>();
  const { byVariable } = usesOf(file);
  // One use that stays decides: a file may have as many places to remove as a variable has uses.
  const feedersOf = ({ names, node }: Declared): Node[] | undefined => {
    const found: Node[] = [];
    for (const name of names) {
      if (options.isKept?.(name) === true) return undefined;
      for (const use of byVariable.get(name) ?? []) {
        if (isWithinSorted(gone, use) || (node && contains(node, use))) continue;
        const feeder = options.feederOf?.(use, names);
        if (!feeder) return undefined;
        found.push(feeder);
      }
    }
    return found;
  };
  for (let before = -1; before < variables.size;) {
    before = variables.size;
    for (const variable of usedIn(file, gone)) {
      const [name] = variable.identifiers;
      if (!name || variables.has(variable) || isWithinSorted(gone, name)) continue;
      const declared = declaredBy(variable, variables, file, options);
      const found = declared && feedersOf(declared);
      if (!found) continue;
      for (const one of declared.names) variables.add(one);
      for (const feeder of found) feeders.add(feeder);
      const whole = declared.statement ? [declared.statement] : [];
      gone = sorted([...gone, ...[...found, ...whole].map(({ range }) => range)]);
    }
  }
  return { variables, feeders };
}

/** What goes with unused variables: whole statements, and items of imports and patterns. */
export function removedWith(
  unused: ReadonlySet<Variable>,
  added = NOTHING_ADDED,
): { readonly statements: readonly Node[]; readonly items: ReadonlyMap<Node, readonly Node[]> } {
  const names = new Set([...unused].flatMap(({ identifiers }) => identifiers as readonly Node[]));
  const statements: Node[] = [];
  const items = new Map<Node, readonly Node[]>();
  for (const statement of new Set([...unused].flatMap(({ defs: [one] }) => (one ? [statementOf(one)] : [])))) {
    const list = statement.type === 'VariableDeclaration' ? statement.declarations[0].id : statement;
    const gone = itemsOf(list).filter((item) => names.has(declaredName(item) ?? item));
    if (gone.length === itemsOf(list).length && !added.has(list)) statements.push(statement);
    else items.set(list, gone);
  }
  return { statements, items };
}

/** The edits that remove items of imports and patterns, and add names to them. */
export function itemEdits(file: SourceFile, items: ReadonlyMap<Node, readonly Node[]>, added = NOTHING_ADDED): Edit[] {
  return [...new Set([...items.keys(), ...added.keys()])].flatMap((list) => {
    const gone = items.get(list) ?? [];
    const names = [...(added.get(list) ?? [])];
    return list.type === 'ImportDeclaration' && names.length === 0
      ? withoutSpecifiers(file, list, gone)
      : changeItems(file, itemsOf(list).filter(isInBraces), gone, names);
  });
}

const isInBraces = ({ type }: Node): boolean =>
  type !== 'ImportDefaultSpecifier' && type !== 'ImportNamespaceSpecifier';

const itemsOf = (list: Node): readonly Node[] =>
  list.type === 'ImportDeclaration' ? list.specifiers : list.type === 'ObjectPattern' ? list.properties : [];

const statementOf = ({ node, parent }: Definition): Node => parent ?? node;

function withoutSpecifiers(
  file: SourceFile,
  { specifiers }: TSESTree.ImportDeclaration,
  gone: readonly Node[],
): Edit[] {
  const named = specifiers.filter((one) => one.type === 'ImportSpecifier');
  const goneNamed = named.filter((one) => gone.includes(one));
  const [first, next] = specifiers;
  const last = named.at(-1);
  if (first?.type === 'ImportDefaultSpecifier') {
    if (gone.includes(first) && next) {
      const start = named.length > 0 ? file.text.indexOf('{', first.range[1]) : next.range[0];
      return [remove([first.range[0], start]), ...withoutItems(file, named, goneNamed)];
    }
    if (last && goneNamed.length === named.length)
      return [remove([first.range[1], file.text.indexOf('}', last.range[1]) + 1])];
  }
  return withoutItems(file, named, goneNamed);
}

/** What declares a variable, and what goes with it. */
interface Declared {
  /** The names that are used or unused together. */
  readonly names: readonly Variable[];
  /** Code of its own, in which it may use itself. */
  readonly node?: Node;
  /** The statement that goes as a whole; undefined where it is a part of one. */
  readonly statement?: Node;
}

/** Undefined for what has to stay. */
function declaredBy(
  variable: Variable,
  unused: ReadonlySet<Variable>,
  file: SourceFile,
  options: RemovalOptions,
): Declared | undefined {
  const [definition, other] = variable.defs;
  if (!definition || other) return undefined;
  const { node } = definition as { node: Node };
  // JSX may ask for React without a name, and what else is written there may be a namespace for types.
  if ((definition.type as string) === 'ImportBinding') return isReact(definition) ? undefined : { names: [variable] };
  if (node.type !== 'VariableDeclarator') {
    const isOwn = OWN_DECLARATIONS.has(node.type) && definition.type !== 'Parameter';
    return isOwn && node.parent && isBlock(node.parent) ? { names: [variable], node, statement: node } : undefined;
  }
  const { id, init, parent: statement } = node;
  if (statement.declarations.length > 1 || !isBlock(statement.parent)) return undefined;
  if (id.type === 'ObjectPattern') return takenBy(id, variable, unused, options);
  if (init && !options.isDisposable(init)) return undefined;
  return { names: file.scopes.getDeclaredVariables(node), node, statement };
}

/** `const { a, b } = …`: a name goes alone, and the last of them with the statement. */
function takenBy(
  id: TSESTree.ObjectPattern,
  variable: Variable,
  unused: ReadonlySet<Variable>,
  { added, isDisposable }: RemovalOptions,
): Declared | undefined {
  const item = id.properties.find((one) => declaredName(one) === variable.defs[0]?.name);
  // A rest has what is not taken by name: it would have one member more.
  const rest = id.properties.find(({ type }) => type === 'RestElement');
  const isGone = (one: Node): boolean =>
    one === item || [...unused].some(({ identifiers }) => identifiers.some((name) => name === declaredName(one)));
  if (!item || (rest && !isGone(rest))) return undefined;
  if (added?.has(id) === true || !id.properties.every(isGone)) return { names: [variable] };
  const { parent } = id;
  if (parent.type !== 'VariableDeclarator' || (parent.init && !isDisposable(parent.init))) return undefined;
  return { names: [variable], statement: parent.parent };
}

const OWN_DECLARATIONS = new Set([
  'FunctionDeclaration',
  'TSEnumDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
]);

const isBlock = ({ type }: Node): boolean => type === 'BlockStatement' || type === 'Program';

function isReact({ node, parent }: Definition): boolean {
  return parent?.type === 'ImportDeclaration' && parent.source.value === 'react' && node.type !== 'ImportSpecifier';
}

interface Use {
  readonly node: Node;
  readonly variable: Variable;
}

interface Uses {
  readonly inOrder: readonly Use[];
  readonly byVariable: ReadonlyMap<Variable, readonly Node[]>;
}

/** The uses of all variables of a file, collected once: a file may have thousands of findings, and a variable as many uses. */
const usesOf = onceFor(({ scopes }: SourceFile): Uses => {
  const byVariable = new Map(
    scopes.scopes
      .flatMap(({ variables }) => variables)
      .map((variable) => [
        variable,
        variable.references.filter(({ init }) => init !== true).map(({ identifier }): Node => identifier),
      ]),
  );
  const inOrder = [...byVariable]
    .flatMap(([variable, nodes]) => nodes.map((node): Use => ({ node, variable })))
    .sort((a, b) => a.node.range[0] - b.node.range[0]);
  return { inOrder, byVariable };
});

/** The variables that have a use in some ranges. */
function usedIn(file: SourceFile, ranges: readonly Range[]): Set<Variable> {
  const { inOrder } = usesOf(file);
  const found = new Set<Variable>();
  for (const [start, end] of ranges) {
    let index = firstWhere(inOrder.length, (at) => (inOrder[at]?.node.range[0] ?? 0) >= start);
    for (let use = inOrder[index]; use && use.node.range[1] <= end; use = inOrder[(index += 1)])
      found.add(use.variable);
  }
  return found;
}

/** Whether a node is within one of some ranges, which are in source order and do not overlap. */
function isWithinSorted(ranges: readonly Range[], node: Node): boolean {
  const range = ranges[firstWhere(ranges.length, (at) => (ranges[at]?.[1] ?? 0) >= node.range[1])];
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

const DOES_SOMETHING = /^(?:Assignment|Await|Call|Import|JSX\w+|New|TaggedTemplate|Update|Yield)(?:Expression)?$/u;

/** Whether an expression is a value and no more: nothing happens when it is not evaluated. */
export function isPlainValue(expression: Node): boolean {
  return !hasNode(
    expression,
    (node) => DOES_SOMETHING.test(node.type) || (node.type === 'UnaryExpression' && node.operator === 'delete'),
  );
}
