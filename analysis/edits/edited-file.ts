/** The file that edits make of another one, and the names in it that are at fault then. */
import { type Node, isFunction } from '../syntax/ast.ts';
import { type SourceFile, parseSourceFile } from '../syntax/source-file.ts';
import { type Edit, withEdits } from './edits.ts';

interface NameFault {
  /** `unused`: declared, and never read. `undeclared`: read, and declared nowhere. */
  readonly kind: 'undeclared' | 'unused';
  readonly name: string;
}

/** The file as edits leave it; a reason where they overlap each other, or leave one that does not parse. */
export function editedFile(edits: readonly Edit[], file: SourceFile): SourceFile | 'overlap' | 'syntax' {
  const text = withEdits(edits, file.text);
  if (text === undefined) return 'overlap';
  const result = parseSourceFile(file.path, text);
  return result.ok ? result.file : 'syntax';
}

/** The first name that is at fault in an edited file and was not before. */
export function newNameFault(after: SourceFile, file: SourceFile): NameFault | undefined {
  // ESLint's own scopes know the globals that its config declares; both sides have to be read alike.
  const own = parseSourceFile(file.path, file.text);
  const before = own.ok ? own.file : file;
  const [unused] = newNames(unusedNames(after), unusedNames(before));
  if (unused !== undefined) return { kind: 'unused', name: unused };
  const [undeclared] = newNames(globalNames(after), globalNames(before));
  return undeclared === undefined ? undefined : { kind: 'undeclared', name: undeclared };
}

/** The names that one list has more often than another. */
function newNames(after: readonly string[], before: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of before) counts.set(name, (counts.get(name) ?? 0) + 1);
  return after.filter((name) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count - 1);
    return count <= 0;
  });
}

/** The names of a file that are declared and never used. */
const unusedNames = ({ scopes }: SourceFile): string[] =>
  scopes.scopes.flatMap(({ type, variables }) =>
    (type as string) === 'global'
      ? []
      : variables.flatMap(({ defs: [definition], name, references }) => {
          if (!definition) return [];
          const kind = definition.type as string;
          const node = definition.node as Node;
          const isUsed = references.some(({ identifier, init }) => init !== true && isUse(identifier, node));
          const isOfExpression = kind === 'FunctionName' && node.type !== 'FunctionDeclaration';
          return isUsed || isExportedAt(node) || kind === 'CatchClause' || isOfExpression ? [] : [name];
        }),
  );

function isExportedAt(node: Node): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (current.type.startsWith('Export')) return true;
    if (isFunction(current) && current !== node) return false;
  }
  return false;
}

/** Whether a reference uses a name: neither a mere assignment, nor the recursion of a function that is not called elsewhere. */
function isUse(identifier: Node, declared: Node): boolean {
  const { parent } = identifier;
  if (
    parent?.type === 'AssignmentExpression' &&
    parent.left === identifier &&
    parent.parent.type === 'ExpressionStatement'
  )
    return false;
  const owner = isFunction(declared) ? declared : declared.type === 'VariableDeclarator' ? declared.init : null;
  for (let current: Node | undefined = identifier; current && owner; current = current.parent)
    if (current === owner) return false;
  return true;
}

/** The names that a file reads and no code declares. */
const globalNames = ({ scopes }: SourceFile): string[] => [
  ...new Set((scopes.globalScope?.through ?? []).map(({ identifier }) => identifier.name)),
];
