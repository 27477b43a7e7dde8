/**
 * Verifies a rewrite: the file as the edits leave it is parsed and diagnosed like any other. What does not parse, what leaves the bridge at fault,
 * and what leaves something unused is not offered.
 */
import { editedFile, newNameFault } from '../../../analysis/edits/edited-file.ts';
import type { Edit } from '../../../analysis/edits/edits.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
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
  const edited = readable(edits, file);
  if (typeof edited === 'string') return edited;
  return objectionOfNames(edited, file) ?? faultIn(edited, diagnosis, keepsForced, project);
}

/** Why edits may not be made as far as the language goes. */
export function languageObjection(edits: readonly Edit[], file: SourceFile): string | undefined {
  const edited = readable(edits, file);
  return typeof edited === 'string' ? edited : objectionOfNames(edited, file);
}

function readable(edits: readonly Edit[], file: SourceFile): SourceFile | string {
  const edited = editedFile(edits, file);
  if (typeof edited !== 'string') return edited;
  return edited === 'overlap'
    ? 'its parts overlap each other'
    : 'the code around it is written in a way that can not be edited';
}

function objectionOfNames(after: SourceFile, file: SourceFile): string | undefined {
  const fault = newNameFault(after, file);
  return (
    fault && (fault.kind === 'unused' ? `'${fault.name}' would no longer be used` : `'${fault.name}' is not in scope`)
  );
}

/** What is still wrong with a bridge after the edits. */
function faultIn(after: SourceFile, before: Diagnosis, keepsForced: boolean, project: Project): string | undefined {
  const all = diagnosesOf(after, project);
  const { bridge } = before;
  const index = diagnosesOf(bridge.file, project).indexOf(before);
  const diagnosis = all[index];
  // Without its mistake, it may no longer be a bridge of WorkOS.
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
