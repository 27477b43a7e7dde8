import type { Edit } from '../../analysis/edits.ts';
import type { Project } from '../../project/project.ts';
import type { Diagnosis } from './diagnosis.ts';
export type Rewrite = { readonly ok: true; readonly edits: readonly Edit[] } | { readonly ok: false; readonly reason: string };
export function rewriteOf(_diagnosis: Diagnosis, _project: Project): Rewrite {
  return { ok: false, reason: 'it is not written yet' };
}
