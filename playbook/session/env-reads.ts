/** Whether the code of an app reads an environment variable. */
import type { App, Project } from '../../project/project.ts';
import { sourceFilesBelow } from '../../project/modules/source-files.ts';

/** Beyond this many files it counts as read: no report depends on half a look. */
const MAX_FILES = 5_000;

/** Whether a source file of the app has the variable's name, by itself. Bounded; true where it is not known. */
export function readsVariable(app: App, name: string, { facts }: Project): boolean {
  return facts.memo(`reads-variable:${name}:${app.root}`, () => {
    const isNamed = new RegExp(`(?<![\\w])${name}(?![\\w])`, 'u');
    let left = MAX_FILES;
    for (const path of sourceFilesBelow(app.root, facts)) {
      left -= 1;
      if (left < 0 || isNamed.test(facts.text(path) ?? '')) return true;
    }
    return false;
  });
}
