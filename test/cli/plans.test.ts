/** Codemods over several files, and what is done file by file after them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { type Planned, runPlans } from '../../cli/codemod/plans.ts';
import { unsavedGuard } from '../../cli/codemod/unsaved-guard.ts';
import { discover } from '../../cli/files/discover.ts';
import { projectOfRun } from '../../cli/files/project.ts';
import { createPlannedCodemod } from '../../codemods/workspace/plan-only.ts';
import type { FileChange, Plan, PlanInput } from '../../codemods/workspace/plan.ts';
import { type ProjectFixture, projectFixture } from '../helpers/project-fixture.ts';
import { gitProject } from './cli.ts';

const FILES = { 'package.json': '{}', 'a.ts': 'export const a = 1;\n', 'b.ts': 'export const b = 1;\n' } as const;
const NOTHING: Plan = { transactions: [], left: [] };

/** Runs one planner. */
async function run(
  { root }: ProjectFixture,
  plan: (input: PlanInput) => Plan,
  { write, paths = [] }: { write?: (path: string) => string | undefined; paths?: string[] } = {},
): Promise<Planned> {
  const found = discover({ cwd: root, paths });
  return runPlans([{ name: 'planned', codemod: createPlannedCodemod('planned', plan) }], found.files, {
    cwd: root,
    project: projectOfRun(found, root),
    safe: false,
    write,
  });
}

/** A plan that is made once: when a file does not hold its text yet. */
const once =
  (changes: readonly FileChange[], isDone: (input: PlanInput) => boolean) =>
  (input: PlanInput): Plan =>
    isDone(input) ? NOTHING : { transactions: [{ changes, places: [] }], left: [] };

const textAt = ({ projectFor }: PlanInput, path: string) => projectFor(path).facts.text(path);

describe('a plan', () => {
  const changesOf = (project: ProjectFixture): FileChange[] => [
    { kind: 'create', path: project.path('lib/new/c.ts'), after: 'export const c = 2;\n' },
    { kind: 'edit', path: project.path('a.ts'), before: FILES['a.ts'], after: 'export const a = 2;\n' },
    {
      kind: 'rename',
      path: project.path('b.ts'),
      to: project.path('lib/d.ts'),
      before: FILES['b.ts'],
      after: 'export const d = 2;\n',
    },
  ];

  it('is made in memory alone in a dry run, and what comes after sees it', async () => {
    const project = projectFixture(FILES);
    const seen: (string | undefined)[] = [];
    const planned = await run(project, (input) => {
      const { facts } = input.projectFor(project.path('a.ts'));
      seen.push(
        textAt(input, project.path('lib/d.ts')),
        facts.kind(project.path('lib/new')),
        facts.kind(project.path('b.ts')),
      );
      seen.push(
        facts
          .entries(project.root)
          ?.map(({ name }) => name)
          .join(),
      );
      return once(changesOf(project), () => seen.length > 4)(input);
    });
    expect(seen).toEqual([
      ...[undefined, undefined, 'file', 'a.ts,b.ts,package.json'],
      ...['export const d = 2;\n', 'directory', undefined, 'a.ts,lib,package.json'],
    ]);
    expect(planned.files.map(({ path }) => path)).toEqual(
      ['a.ts', 'lib/d.ts', 'lib/new/c.ts'].map((name) => project.path(name)),
    );
    expect(planned.project.read({ path: project.path('a.ts'), named: false })).toEqual({
      ok: true,
      text: 'export const a = 2;\n',
    });
    expect(existsSync(project.path('lib'))).toBe(false);
    expect(planned.together([]).map(({ fate, path, written }) => [path, fate?.kind, written])).toEqual([
      [project.path('a.ts'), undefined, false],
      [project.path('b.ts'), 'renamed', false],
      [project.path('lib/new/c.ts'), 'created', false],
    ]);
  });

  it('is written', async () => {
    const project = projectFixture(FILES);
    const planned = await run(
      project,
      once(changesOf(project), (input) => textAt(input, project.path('b.ts')) === undefined),
      {
        write: () => undefined,
      },
    );
    expect(planned.together([]).every(({ written }) => written)).toBe(true);
    expect(readFileSync(project.path('lib/d.ts'), 'utf8')).toBe('export const d = 2;\n');
    expect(existsSync(project.path('b.ts'))).toBe(false);
  });

  it.each([
    ['does not parse after it', 'export const a = ;\n', /^would not parse after the edit, which is a bug/u],
    ['may not be written', 'export const a = 2;\n', /^is mine \(planned changes 3 files together, or none\)$/u],
  ])('is not made at all where one file %s', async (_, after, message) => {
    const project = projectFixture(FILES);
    const changes = changesOf(project).map((change) => (change.kind === 'edit' ? { ...change, after } : change));
    const planned = await run(project, () => ({ transactions: [{ changes, places: [] }], left: [] }), {
      write: (path) => (path.endsWith('a.ts') ? 'is mine' : undefined),
    });
    const outcomes = planned.together([]);
    expect(outcomes.map(({ path }) => path)).toEqual([project.path('a.ts')]);
    expect(outcomes[0]?.problems[0]?.message).toMatch(message);
    expect(existsSync(project.path('lib'))).toBe(false);
    expect(planned.isBlocked('planned', project.path('b.ts'))).toBe(true);
  });

  it('changes no file that the run does not look at', async () => {
    const project = projectFixture(FILES);
    const planned = await run(
      project,
      () => ({ transactions: [{ changes: changesOf(project), places: [] }], left: [] }),
      { paths: ['a.ts'] },
    );
    expect(planned.together([])[0]?.problems[0]?.message).toMatch(/^is not among the files of this run/u);
  });

  it('waits for the next round where it changes what another one has changed', async () => {
    const project = projectFixture(FILES);
    const edit = (before: string, after: string): FileChange => ({
      kind: 'edit',
      path: project.path('a.ts'),
      before,
      after,
    });
    const planned = await run(project, (input) => {
      const text = textAt(input, project.path('a.ts')) ?? '';
      const wanted = ['// 1\n', '// 2\n'].filter((line) => !text.includes(line));
      return { transactions: wanted.map((line) => ({ changes: [edit(text, text + line)], places: [] })), left: [] };
    });
    expect(planned.together([])[0]?.after).toBe(`${FILES['a.ts']}// 1\n// 2\n`);
  });

  it('that throws is told as a bug, and the run goes on', async () => {
    vi.stubEnv('AUTHKIT_RETHROW', '');
    const planned = await run(projectFixture(FILES), () => {
      throw new Error('oh');
    });
    expect(planned.together([])[0]?.problems[0]?.message).toBe('planned failed, which is a bug: Error: oh');
    vi.unstubAllEnvs();
  });

  it('is not asked for with --safe', async () => {
    const { root } = projectFixture(FILES);
    const found = discover({ cwd: root, paths: [] });
    const codemod = createPlannedCodemod('planned', () => ({
      transactions: [],
      left: [{ path: found.files[0]?.path ?? '', line: 1, column: 1, message: '', reason: '' }],
    }));
    const options = { cwd: root, project: projectOfRun(found, root), write: undefined };
    const outcomes = async (safe: boolean) =>
      (await runPlans([{ name: 'planned', codemod }], found.files, { ...options, safe })).together([]);
    expect(await outcomes(true)).toEqual([]);
    expect(await outcomes(false)).toHaveLength(1);
  });

  it('is one outcome of a file with what is done to it afterwards', async () => {
    const project = projectFixture(FILES);
    const planned = await run(
      project,
      once(changesOf(project), (input) => textAt(input, project.path('b.ts')) === undefined),
    );
    const place = { by: 'other', line: 1, column: 1, message: 'm', safety: 'review' } as const;
    const outcome = {
      before: 'export const d = 2;\n',
      after: 'export const d = 3;\n',
      written: false,
      changed: [place],
      left: [],
      problems: [],
    };
    const renamed = planned
      .together([{ ...outcome, path: project.path('lib/d.ts') }])
      .find(({ fate }) => fate?.kind === 'renamed');
    expect(renamed).toMatchObject({
      path: project.path('b.ts'),
      before: FILES['b.ts'],
      after: 'export const d = 3;\n',
    });
    expect(renamed?.changed.map(({ by }) => by)).toEqual(['planned', 'other']);
  });
});

describe('work that git does not have', () => {
  it('keeps all of a transaction from being made, and new files from counting as such work', async () => {
    const project = gitProject(FILES);
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: project.root });
    git('add', '-A');
    git('commit', '-qm', 'x');
    const guard = unsavedGuard();
    const create: FileChange = { kind: 'create', path: project.path('c.ts'), after: 'export {};\n' };
    await run(
      project,
      once([create], (input) => textAt(input, create.path) !== undefined),
      { write: guard },
    );
    expect(existsSync(create.path)).toBe(true);
    expect(guard(create.path)).toBeUndefined();
    project.write('a.ts', 'export const mine = 1;\n');
    const edits: FileChange[] = [
      { kind: 'edit', path: project.path('b.ts'), before: FILES['b.ts'], after: 'export {};\n' },
      { kind: 'edit', path: project.path('a.ts'), before: 'export const mine = 1;\n', after: 'export {};\n' },
    ];
    const planned = await run(project, () => ({ transactions: [{ changes: edits, places: [] }], left: [] }), {
      write: unsavedGuard(),
    });
    expect(planned.together([])[0]?.problems[0]?.message).toMatch(
      /^was not changed: git has it neither committed nor staged/u,
    );
    expect(readFileSync(project.path('b.ts'), 'utf8')).toBe(FILES['b.ts']);
  });
});

describe('a codemod without a rule', () => {
  it('tells jscodeshift what to run', () => {
    const codemod = createPlannedCodemod('planned', () => NOTHING);
    expect(() => codemod({ path: 'a.ts', source: '' })).toThrow('npx eslint-plugin-authkit codemod planned');
  });
});
