/** An env file with all that its findings depend on. */
import type { Expansion } from '../../project/env/env-expansion.ts';
import type { EnvFile, EnvVariable } from '../../project/env/env-files.ts';
import { perProject } from '../../project/memos/per-project.ts';
import type { App, Project } from '../../project/project.ts';
import { sourceFilesBelow } from '../../project/modules/source-files.ts';

export const REDIRECT_URI = 'NEXT_PUBLIC_WORKOS_REDIRECT_URI';
export const COOKIE_PASSWORD = 'WORKOS_COOKIE_PASSWORD';

export interface EnvSubject {
  readonly project: Project;
  readonly file: EnvFile;
  /** The file, saved or not. */
  readonly text: string;
  /** Absolute. */
  readonly folder: string;
  /** Whether someone signs in with its values. */
  readonly hasValues: boolean;
  readonly apps: readonly App[];
  /** The value of a variable as Next.js expands it. */
  readonly expanded: (variable: EnvVariable) => Expansion | undefined;
}

export type EnvMessageId =
  | 'deploymentHost'
  | 'ignoredVariable'
  | 'missingVariables'
  | 'misnamedVariable'
  | 'noUrl'
  | 'publicSecret'
  | 'publicSecretValue'
  | 'shortPassword'
  | 'unreadFile'
  | 'wildcardHost';

/** Beyond this many files it counts as read: no report depends on half a look. */
const MAX_FILES = 5_000;

/** Whether a source file of the app has the variable's name, by itself. Bounded; true where it is not known. */
export const readsVariable = perProject('reads variable', ({ facts }, app: App, name: string): boolean => {
  const isNamed = new RegExp(`(?<![\\w])${name}(?![\\w])`, 'u');
  let left = MAX_FILES;
  for (const path of sourceFilesBelow(app.root, facts)) {
    left -= 1;
    if (left < 0 || isNamed.test(facts.text(path) ?? '')) return true;
  }
  return false;
});
