/** Whether the code of an app reads an environment variable. */
import type { App, Project } from '../../project/project.ts';

const SOURCES = /\.(?:[cm]?[jt]s|[jt]sx)$/u;
const SKIPPED = /^(?:\..*|node_modules|dist|build|out|coverage|public|_generated)$/u;
/** Beyond this many files it counts as read: no report rests on half a look. */
const MAX_FILES = 5_000;

/** Whether a source file of the app has the variable's name, by itself. Bounded; true where it can't be told. */
export function readsVariable(app: App, name: string, { facts }: Project): boolean {
  return facts.memo(`reads-variable:${name}:${app.root}`, () => {
    const isNamed = new RegExp(`(?<![\\w])${name}(?![\\w])`, 'u');
    let left = MAX_FILES;
    const queue = [app.root];
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
      for (const entry of facts.entries(folder) ?? []) {
        if (entry.kind === 'directory') {
          if (!SKIPPED.test(entry.name)) queue.push(entry.path);
        } else if (SOURCES.test(entry.name)) {
          left -= 1;
          if (left < 0 || isNamed.test(facts.text(entry.path) ?? '')) return true;
        }
      }
    }
    return false;
  });
}
