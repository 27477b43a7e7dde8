/** Whether an app has the variable that AuthKit reads by itself, so that an option can go. */
import { basename } from 'node:path';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { App, Project } from '../../../project/project.ts';
import { isTestFile, sourceFilesBelow } from '../../../project/source-files.ts';

/** authkit-nextjs `src/env-variables.ts`. */
export const REDIRECT_VARIABLE = 'NEXT_PUBLIC_WORKOS_REDIRECT_URI';

const MAX_FILES = 1_000;

/** Whether an env file, an example of one, or an env schema of the app names the variable. */
export function knowsRedirectVariable({ path }: SourceFile, project: Project): boolean {
  const apps = project.appsFor(path);
  return apps.length > 0 && apps.every((app) => hasVariable(app, project));
}

function hasVariable({ root }: App, project: Project): boolean {
  if (project.envFilesIn(root).some(({ variables }) => variables.has(REDIRECT_VARIABLE))) return true;
  const { facts } = project;
  return facts.memo(`names-redirect-variable:${root}`, () => {
    let left = MAX_FILES;
    const isOwn = (folder: string) => facts.kind(`${folder}/package.json`) === undefined;
    for (const path of sourceFilesBelow(root, facts, isOwn)) {
      if (left === 0) return false;
      left -= 1;
      if (isTestFile(path) || !/env|config/iu.test(basename(path))) continue;
      if ((facts.text(path) ?? '').includes(REDIRECT_VARIABLE)) return true;
    }
    return false;
  });
}
