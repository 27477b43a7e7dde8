/** Whether an app has the variable that AuthKit reads by itself, so that an option can go. */
import { basename } from 'node:path';
import { perProject } from '../../../project/memos/per-project.ts';
import { runningFilesBelow } from '../../../project/modules/source-files.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';

/** authkit-nextjs `src/env-variables.ts`. */
export const REDIRECT_VARIABLE = 'NEXT_PUBLIC_WORKOS_REDIRECT_URI';

const MAX_FILES = 1_000;

/** Whether an env file, an example of one, or an env schema of the app names the variable. */
export function knowsRedirectVariable({ file, project }: SinkUse): boolean {
  const apps = project.appsFor(file.path);
  return apps.length > 0 && apps.every(({ root }) => hasVariable(project, root));
}

const hasVariable = perProject('names redirect variable', (project, root: string): boolean => {
  const { facts } = project;
  if (project.envFilesIn(root).some(({ variables }) => variables.has(REDIRECT_VARIABLE))) return true;
  for (const path of runningFilesBelow(root, facts, MAX_FILES, 'own')) {
    if (/env|config/iu.test(basename(path)) && (facts.text(path) ?? '').includes(REDIRECT_VARIABLE)) return true;
  }
  return false;
});
