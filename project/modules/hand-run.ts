/** Scripts that someone runs by hand, on a machine of their own: no deployment runs them. */
import { basename, dirname, relative, sep } from 'node:path';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { recordOf } from '../settings.ts';
import { perProject } from '../per-project.ts';
import type { Project } from '../project.ts';
import { nearestPackage, packageAt } from './packages.ts';
import { runningFilesBelow } from './source-files.ts';

const FOLDER = /^(?:scripts?|tools?)$/u;
const MODULE = /\b(?:from|import|require)\s*\(?\s*['"](?<module>[^'"\n]{1,300})['"]/gu;
/** A package that has more files is not asked who imports a script. */
const MAX_FILES = 3_000;

/** Whether a file is in the `scripts` of its package, and neither the app nor the command that starts it loads it. */
export function isRunByHand({ path }: SourceFile, project: Project): boolean {
  const root = nearestPackage(project.facts, path)?.root;
  if (root === undefined) return false;
  const [folder = '', ...below] = relative(root, path).split(sep);
  return FOLDER.test(folder) && below.length > 0 && !isLoaded(project, root, path);
}

const isLoaded = perProject('scripts: loaded', (project, root: string, path: string): boolean => {
  const { facts } = project;
  const commands = Object.entries(recordOf(packageAt(facts, root)?.json['scripts']));
  if (commands.some(([name, command]) => /^(?:start|serve)/u.test(name) && String(command).includes(basename(path))))
    return true;
  const stem = basename(path).replace(/\.\w+$/u, '');
  const name = stem === 'index' ? basename(dirname(path)) : stem;
  return [...runningFilesBelow(root, facts, MAX_FILES)].some((importer) => {
    const text = dirname(importer) === dirname(path) ? '' : (facts.text(importer) ?? '');
    if (!text.includes(name)) return false;
    return [...text.matchAll(MODULE)].some(
      ({ groups: { module = '' } = {} }) => project.resolve(module, importer) === path,
    );
  });
});
