/** The edits of a rewrite while they are collected: what is removed, what the new text uses, which members it needs. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  type Range,
  contains,
  propertyName,
  unwrap,
} from '../../../analysis/syntax/ast.ts';
import type { Edit } from '../../../analysis/edits/edits.ts';
import { type Variable, readsOf, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { declaredName, propertyNamed } from '../../../analysis/syntax/objects.ts';

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
  /** Whether React's `useCallback` has to be imported. */
  needsCallback: boolean;
}

/** Edits of a hook, none so far. */
export const createBuilder = (file: SourceFile, home: FunctionNode): EditBuilder => ({
  file,
  home,
  edits: [],
  removed: [],
  used: new Set(),
  wanted: new Map(),
  needsCallback: false,
});

export const slice = ({ text }: SourceFile, node: Node): string => text.slice(node.range[0], node.range[1]);

export function put(builder: EditBuilder, range: Range, text: string): void {
  builder.edits.push({ range, text });
  builder.removed.push(range);
}

export const isRemoved = ({ removed }: EditBuilder, node: Node): boolean =>
  removed.some((range) => contains({ range }, node));

/** The local name of a member, asked for in the pattern where it is not there yet. Undefined when the name is taken, or it is read from the pattern's rest. */
export function want(builder: EditBuilder, pattern: TSESTree.ObjectPattern, member: string): string | undefined {
  const name = declaredName(propertyNamed(pattern, member))?.name;
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

/** Whether the rest of a pattern (`{ refresh, ...rest }`) is used as a whole, or for this member: what is named in the pattern is not in it. */
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

/** The variables that the names in a text mean there. */
export const variablesIn = (text: string, builder: EditBuilder): Variable[] =>
  [...text.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)].flatMap(([name]) => variableNamed(builder, name) ?? []);

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
