/** What `convex.json` registers at WorkOS for previews (convex `src/cli/lib/workos/workos.ts`). */
import type { SourceFile } from '../../analysis/source-file.ts';
import type { Project } from '../../project/project.ts';

/** The variable that a preview's host comes from. */
export function previewHostVariable(_file: SourceFile, project: Project): 'VERCEL_BRANCH_URL' | 'VERCEL_URL' {
  const { previewHost = 'auto' } = project.settings.authkit;
  return previewHost === 'auto' ? 'VERCEL_URL' : previewHost;
}
