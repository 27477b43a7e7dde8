/** What is mutated: the files of the codemods' fixtures, of the rules' pages and of the example, each in its own project. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isScript } from '../../../cli/files/skip.ts';
import { codemods } from '../../../codemods/index.ts';
import { openProject, type Project } from '../../../project/project.ts';
import { isTextRule } from '../../../rules/on-text.ts';
import { rules } from '../../../rules/index.ts';
import { readFixtures } from '../../helpers/codemod-fixtures.ts';
import { ROOT } from '../../helpers/commands.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { readRulePage } from '../../helpers/rule-page.ts';

/** A file, and the project that it is in. */
export interface Seed {
  readonly name: string;
  /** Relative to the project. */
  readonly as: string;
  /** Absolute. */
  readonly path: string;
  readonly root: string;
  readonly text: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly project: Project;
}

export function readSeeds(): Seed[] {
  const fixtures = codemods
    .filter(({ isOnDemand }) => isOnDemand !== true)
    .flatMap(({ name }) =>
      readFixtures(join(ROOT, 'test/codemods', name)).flatMap(({ as, files, input, name: one, settings = {} }) =>
        seedsOf(`${name}/${one}`, { ...files, [as]: input }, settings),
      ),
    );
  const pages = Object.keys(rules).flatMap((name) =>
    readRulePage(readFileSync(join(ROOT, 'docs/rules', `${name}.md`), 'utf8')).examples.flatMap(
      ({ code, filename, files, line, settings }) =>
        // The other files of a page are there with each of its examples.
        seedsOf(`page of ${name}, line ${String(line)}`, { ...files, [filename]: code }, settings).filter(
          ({ as }) => as === filename,
        ),
    ),
  );
  return [...fixtures, ...pages, ...seedsOf('examples', exampleFiles(), {})];
}

/** A script as if it were in another place of its project. */
export function movedTo(as: string, seed: Seed): Seed {
  if (!isScript(seed.as)) return seed;
  const { root, settings } = seed;
  const path = join(root, as);
  return { ...seed, as, path, project: openProject({ cwd: root, settings, path }) };
}

/** What is committed of the example: it may be installed and built as well. */
function exampleFiles(): Record<string, string> {
  const names = execFileSync('git', ['ls-files', '-z', 'examples'], { cwd: ROOT, encoding: 'utf8' }).split('\0');
  const files = names.filter((name) => name !== '');
  return Object.fromEntries(
    files.map((name) => [name.slice('examples/'.length), readFileSync(join(ROOT, name), 'utf8')]),
  );
}

const isText = (name: string): boolean =>
  Object.values(rules).some((rule) => isTextRule(rule) && rule.textSide.isFile(basename(name)));

function seedsOf(name: string, files: Readonly<Record<string, string>>, settings: Seed['settings']): Seed[] {
  const { path, root } = projectFixture(files);
  return Object.entries(files)
    .filter(([as]) => isScript(as) || isText(as))
    .map(([as, text]) => ({
      name: `${name} ${as}`,
      as,
      path: path(as),
      root,
      text,
      settings,
      project: openProject({ cwd: root, settings, path: path(as) }),
    }));
}
