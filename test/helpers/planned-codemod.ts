/** Runs a codemod over several files on a fixture, as the command does in a dry run. */
import { relative } from 'node:path';
import { runPlans } from '../../cli/codemod/plans.ts';
import { doesText } from '../../cli/codemod/run.ts';
import { discover } from '../../cli/files/discover.ts';
import { projectOfRun } from '../../cli/files/project.ts';
import { codemodNamed } from '../../codemods/index.ts';
import { projectFixture } from './project-fixture.ts';

export interface PlannedRun {
  /** The texts that files would hold, by their names; undefined for files that would be gone. What stays as it is is not there. */
  readonly texts: Readonly<Record<string, string | undefined>>;
  /** `file:line reason`, in order. */
  readonly left: readonly string[];
  /** What could not be done. */
  readonly problems: readonly string[];
}

export async function runPlanned(
  name: string,
  files: Readonly<Record<string, string>>,
  paths: readonly string[] = [],
): Promise<PlannedRun> {
  const { root } = projectFixture(files);
  const entry = codemodNamed(name);
  if (!entry) throw new Error(`no codemod ${name}`);
  const codemod = await entry.load();
  const found = discover({ cwd: root, paths, isText: (base) => doesText(codemod, base) });
  const planned = await runPlans([{ name, codemod }], found.files, {
    cwd: root,
    project: projectOfRun(found, root),
    safe: false,
    write: undefined,
  });
  const outcomes = planned.together([]);
  const shown = (path: string) => relative(root, path).split('\\').join('/');
  return {
    texts: Object.fromEntries([...planned.texts].map(([path, text]) => [shown(path), text])),
    left: outcomes.flatMap(({ left, path }) =>
      left.map(({ line, reason }) => `${shown(path)}:${String(line)} ${reason}`),
    ),
    problems: outcomes.flatMap(({ path, problems }) => problems.map(({ message }) => `${shown(path)} ${message}`)),
  };
}
