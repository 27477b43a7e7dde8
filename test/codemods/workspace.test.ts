/**
 * Codemods over several files. A fixture is a folder `workspace/<codemod>/<case>/` with the files `before` and `after`, and in `left.json` what is left:
 * `path:line reason`.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { runPlans } from '../../cli/codemod/plans.ts';
import { type FileOutcome, runCodemods } from '../../cli/codemod/run.ts';
import { discover } from '../../cli/files/discover.ts';
import { projectOfRun } from '../../cli/files/project.ts';
import { codemodNamed } from '../../codemods/index.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

const FOLDER = fileURLToPath(new URL('workspace', import.meta.url));

type Files = Readonly<Record<string, string>>;

function filesIn(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile()).sort();
  return Object.fromEntries(files.map((name) => [name.split(sep).join('/'), readFileSync(join(folder, name), 'utf8')]));
}

/** What a run of one codemod makes of a project: nothing is written. */
async function run(name: string, files: Files): Promise<{ files: Files; left: string[]; problems: string[] }> {
  const { root } = projectFixture(files);
  const entry = codemodNamed(name);
  if (!entry) throw new Error(`there is no codemod ${name}`);
  const named = [{ name, codemod: await entry.load() }];
  const found = discover({ cwd: root, paths: [] });
  const planned = await runPlans(named, found.files, {
    cwd: root,
    project: projectOfRun(found, root),
    safe: false,
    write: undefined,
  });
  const outcomes = planned.together(
    await runCodemods(named, planned.files, {
      ...planned.project,
      safe: false,
      write: undefined,
      tick: () => undefined,
    }),
  );
  const nameOf = (path: string) => relative(root, path).split(sep).join('/');
  return {
    files: after(files, outcomes, nameOf),
    left: outcomes.flatMap(({ left, path }) =>
      left.map(({ line, reason }) => `${nameOf(path)}:${String(line)} ${reason}`),
    ),
    problems: outcomes.flatMap(({ problems }) => problems.map(({ message }) => message)),
  };
}

function after(files: Files, outcomes: readonly FileOutcome[], nameOf: (path: string) => string): Files {
  const all = new Map(Object.entries(files));
  for (const { after: text, before, fate, path } of outcomes) {
    if (text === before && !fate) continue;
    if (fate?.kind === 'deleted' || fate?.kind === 'renamed') all.delete(nameOf(path));
    if (fate?.kind !== 'deleted') all.set(nameOf(fate?.kind === 'renamed' ? fate.to : path), text);
  }
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const cases = readdirSync(FOLDER).flatMap((codemod) =>
  readdirSync(join(FOLDER, codemod)).map((name) => ({ codemod, name, folder: join(FOLDER, codemod, name) })),
);

describe.each(cases)('$codemod: $name', ({ codemod, folder }) => {
  const before = filesIn(join(folder, 'before'));
  const expected = filesIn(join(folder, 'after'));
  const leftPath = join(folder, 'left.json');
  const left = existsSync(leftPath) ? (JSON.parse(readFileSync(leftPath, 'utf8')) as string[]) : [];

  it('becomes the expected files, and lists what is left', async () => {
    const result = await run(codemod, before);
    expect(result.problems).toEqual([]);
    expect(result.files).toEqual(expected);
    expect(result.left).toEqual(left);
  });

  it('changes nothing in a second run', async () => {
    const result = await run(codemod, expected);
    expect(result.problems).toEqual([]);
    expect(result.files).toEqual(expected);
  });

  it('leaves files that prettier has formatted as prettier formats them', async () => {
    const options = { ...(await resolveConfig(join(FOLDER, 'x.ts'))), printWidth: 80, endOfLine: 'auto' } as const;
    const formatted = (name: string, text: string) =>
      format(text, { ...options, singleQuote: !text.includes('"use'), filepath: name });
    for (const [name, text] of Object.entries(expected)) {
      const old = before[name] ?? before[name.replace('actions', 'route')];
      if (!/\.[jt]sx?$/u.test(name) || old === undefined || old === text || (await formatted(name, old)) !== old)
        continue;
      expect(await formatted(name, text)).toBe(text);
    }
  });
});

describe.each(['no-get-sign-out'])('the page of %s', (codemod) => {
  const page = readFileSync(fileURLToPath(new URL(`../../docs/rules/${codemod}.md`, import.meta.url)), 'utf8');
  const blocks = [...page.matchAll(/^```\w+ (?<when>before|after)=(?<name>\S+)\n(?<text>.*?)^```$/gmsu)];
  const filesOf = (when: string): Files =>
    Object.fromEntries(
      blocks.flatMap(({ groups }) => (groups?.['when'] === when ? [[groups['name'] ?? '', groups['text'] ?? '']] : [])),
    );

  it('shows what the codemod does', async () => {
    const result = await run(codemod, filesOf('before'));
    expect(Object.keys(filesOf('before')).length).toBeGreaterThan(1);
    expect(result.files).toEqual(filesOf('after'));
    expect(result.left).toEqual([]);
  });
});
