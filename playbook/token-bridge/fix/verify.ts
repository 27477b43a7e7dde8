/**
 * The last word on a rewrite: the file as the edits leave it is read and judged like any other. What does not parse, what leaves the bridge at fault,
 * and what leaves something behind that nobody uses is not written.
 */
import { type Node, isFunction } from '../../../analysis/syntax/ast.ts';
import { type Edit, mergeEdits } from '../../../analysis/edits/edits.ts';
import { type SourceFile, parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { asksForToken } from '../detect/calls.ts';
import { type Diagnosis, diagnosesOf } from '../detect/diagnosis.ts';

/** Why edits may not be made; undefined when they may. */
export function objectionTo(
  edits: readonly Edit[],
  diagnosis: Diagnosis,
  keepsForced: boolean,
  project: Project,
): string | undefined {
  const { file } = diagnosis.bridge;
  const edited = editedFile(edits, file);
  if (typeof edited === 'string') return edited;
  return objectionOfNames(edited, file) ?? faultIn(edited, diagnosis, keepsForced, project);
}

/** Why edits may not be made as far as the language goes. */
export function languageObjection(edits: readonly Edit[], file: SourceFile): string | undefined {
  const edited = editedFile(edits, file);
  return typeof edited === 'string' ? edited : objectionOfNames(edited, file);
}

function editedFile(edits: readonly Edit[], file: SourceFile): SourceFile | string {
  const whole = mergeEdits(edits, file.text);
  if (!whole) return 'its parts overlap each other';
  const text = file.text.slice(0, whole.range[0]) + whole.text + file.text.slice(whole.range[1]);
  const result = parseSourceFile(file.path, text);
  return result.ok ? result.file : 'the code around it is written in a way that can not be edited';
}

function objectionOfNames(after: SourceFile, file: SourceFile): string | undefined {
  // ESLint's own scopes know the globals that its config declares; both sides have to be read alike.
  const own = parseSourceFile(file.path, file.text);
  const before = own.ok ? own.file : file;
  const [unused] = newNames(unusedNames(after), unusedNames(before));
  if (unused !== undefined) return `'${unused}' would no longer be used`;
  const [unknown] = newNames(globalNames(after), globalNames(before));
  return unknown === undefined ? undefined : `'${unknown}' is not in scope`;
}

/** What is still wrong with the bridge that stands in the place of one. */
function faultIn(after: SourceFile, before: Diagnosis, keepsForced: boolean, project: Project): string | undefined {
  const all = diagnosesOf(after, project);
  const { bridge } = before;
  const index = diagnosesOf(bridge.file, project).indexOf(before);
  const diagnosis = all[index];
  // A bridge that only its mistake told from others is none any more.
  if (!diagnosis) return undefined;
  const { calls, flagFaults, loops, mayForce, snapshot, thrown } = diagnosis;
  // `await refresh(); return ref.current;` without its first half returns a stored token.
  if (!calls.some(asksForToken) && before.calls.some(asksForToken))
    return 'fetchAccessToken would no longer ask for a token';
  const [loop] = loops;
  if (loop) return 'what makes Convex ask again would be left';
  if (snapshot) return 'fetchAccessToken would still return a stored token';
  if (thrown) return 'fetchAccessToken could still throw';
  if (mayForce && !keepsForced) return 'the forced refresh would be left';
  if (!mayForce && keepsForced && before.mayForce)
    return 'this app switches organizations, and the refresh brings the new one';
  return flagFaults.length > 0
    ? 'isLoading and isAuthenticated depend on the token in a way that can not be edited'
    : undefined;
}

const newNames = (after: readonly string[], before: readonly string[]): string[] => {
  const known = new Map<string, number>();
  for (const name of before) known.set(name, (known.get(name) ?? 0) + 1);
  return after.filter((name) => {
    const count = known.get(name) ?? 0;
    known.set(name, count - 1);
    return count <= 0;
  });
};

/** The names of a file that are declared and never used. */
function unusedNames({ scopes }: SourceFile): string[] {
  return scopes.scopes.flatMap(({ type, variables }) =>
    (type as string) === 'global'
      ? []
      : variables.flatMap(({ defs, name, references }) => {
          const [definition] = defs;
          if (!definition) return [];
          const kind = definition.type as string;
          const isExported = isExportedAt(definition.node);
          const uses = references.filter(
            (reference) => reference.init !== true && isUse(reference.identifier as Node, definition.node as Node),
          );
          return uses.length > 0 ||
            isExported ||
            kind === 'CatchClause' ||
            (kind === 'FunctionName' && !isDeclaration(definition.node))
            ? []
            : [name];
        }),
  );
}

const isDeclaration = ({ type }: Node): boolean => type === 'FunctionDeclaration';

function isExportedAt(node: Node): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (current.type.startsWith('Export')) return true;
    if (isFunction(current) && current !== node) return false;
  }
  return false;
}

/** Whether a reference uses a name: neither a mere assignment, nor the recursion of a function that nobody else calls. */
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
