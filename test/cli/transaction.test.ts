/** Several files written as one. */
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTransaction } from '../../cli/write/transaction.ts';
import type { FileChange } from '../../codemods/workspace/plan.ts';
import { type ProjectFixture, projectFixture } from '../helpers/project-fixture.ts';

const FILES = { 'app/a.ts': 'a\n', 'app/b.ts': 'b\n', 'app/old/c.ts': 'c\n' } as const;

const read = (project: ProjectFixture, name: string) => readFileSync(project.path(name), 'utf8');
const write = (project: ProjectFixture, changes: readonly FileChange[]) =>
  writeTransaction(changes, () => project.root);

function changesOf(project: ProjectFixture): FileChange[] {
  return [
    { kind: 'delete', path: project.path('app/b.ts'), before: 'b\n' },
    { kind: 'edit', path: project.path('app/a.ts'), before: 'a\n', after: 'A\n' },
    {
      kind: 'rename',
      path: project.path('app/old/c.ts'),
      to: project.path('app/new/deep/c.ts'),
      before: 'c\n',
      after: 'C\n',
    },
    { kind: 'create', path: project.path('app/d.ts'), after: 'D\n' },
  ];
}

/** All files, with what they hold. */
function contents(project: ProjectFixture): Record<string, string> {
  const names = readdirSync(project.root, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names
      .filter((name) => name !== 'package.json' && statSync(project.path(name)).isFile())
      .map((name) => [name, read(project, name)]),
  );
}

describe('a transaction', () => {
  it('makes all of its changes, and leaves no temporary file and no empty folder', () => {
    const project = projectFixture(FILES);
    chmodSync(project.path('app/old/c.ts'), 0o755);
    expect(write(project, changesOf(project)).ok).toBe(true);
    expect(contents(project)).toEqual({ 'app/a.ts': 'A\n', 'app/d.ts': 'D\n', 'app/new/deep/c.ts': 'C\n' });
    expect(existsSync(project.path('app/old'))).toBe(false);
    expect(statSync(project.path('app/new/deep/c.ts')).mode & 0o777).toBe(0o755);
  });

  it('can be undone', () => {
    const project = projectFixture(FILES);
    const result = write(project, changesOf(project));
    expect(result.ok && result.undo()).toEqual([]);
    expect(contents(project)).toEqual(FILES);
  });

  it.each<[string, (project: ProjectFixture) => void, string, RegExp]>([
    [
      'a file that it edits has changed',
      (p) => {
        p.write('app/a.ts', 'mine\n');
      },
      'app/a.ts',
      /changed by someone else/u,
    ],
    [
      'a file that it deletes has changed',
      (p) => {
        p.write('app/b.ts', 'mine\n');
      },
      'app/b.ts',
      /changed by someone else/u,
    ],
    [
      'a file that it renames is gone',
      (p) => {
        rmSync(p.path('app/old/c.ts'));
      },
      'app/new/deep/c.ts',
      /it does not exist/u,
    ],
    [
      'a file that it creates is there',
      (p) => {
        p.write('app/d.ts', 'mine\n');
      },
      'app/d.ts',
      /is there already/u,
    ],
    [
      'a file that it renames to is there',
      (p) => {
        p.write('app/new/deep/c.ts', 'mine\n');
      },
      'app/new/deep/c.ts',
      /is there already/u,
    ],
    [
      'a folder that it needs is a file',
      (p) => {
        p.write('app/new', 'mine\n');
      },
      'app/new/deep/c.ts',
      /could not be written/u,
    ],
  ])('changes nothing where %s', (_, spoil, path, message) => {
    const project = projectFixture(FILES);
    spoil(project);
    const before = contents(project);
    const result = write(project, changesOf(project));
    expect(result).toMatchObject({
      ok: false,
      path: project.path(path),
      message: expect.stringMatching(message) as string,
    });
    expect(contents(project)).toEqual(before);
    expect(existsSync(project.path('app/new/deep'))).toBe(before['app/new/deep/c.ts'] !== undefined);
  });

  it('does not delete through a symbolic link', () => {
    const project = projectFixture({ 'real.ts': 'r\n', 'app/a.ts': 'a\n' });
    symlinkSync('../real.ts', project.path('app/link.ts'));
    const result = write(project, [
      { kind: 'edit', path: project.path('app/a.ts'), before: 'a\n', after: 'A\n' },
      { kind: 'delete', path: project.path('app/link.ts'), before: 'r\n' },
    ]);
    expect(result).toMatchObject({ ok: false, message: 'was not deleted: it is a symbolic link' });
    expect(read(project, 'app/a.ts')).toBe('a\n');
  });

  it('writes no file into a folder that is a link out of the repository', () => {
    const outside = projectFixture({ 'x.ts': 'x\n' });
    const project = projectFixture(FILES);
    symlinkSync(outside.root, project.path('app/out'));
    const result = write(project, [{ kind: 'create', path: project.path('app/out/d.ts'), after: 'D\n' }]);
    expect(result).toMatchObject({ ok: false, message: 'was not written: its folder is a link out of the repository' });
    expect(readdirSync(outside.root)).toEqual(['package.json', 'x.ts']);
  });

  it('removes what a run that was killed has left, also of a file that was to be new', () => {
    const project = projectFixture(FILES);
    const dead = `${(2 ** 22 + 1).toString(36)}-${Date.now().toString(36)}`;
    const leftovers = [`.a.ts.${dead}.tmp`, `.new.ts.authkit-${dead}.tmp`];
    const others = [`.gone.ts.${dead}.tmp`, `.a.ts.${process.pid.toString(36)}-${Date.now().toString(36)}.tmp`];
    for (const name of [...leftovers, ...others]) writeFileSync(join(project.path('app'), name), 'x');
    expect(write(project, changesOf(project)).ok).toBe(true);
    const names = readdirSync(project.path('app')).map((name) => basename(name));
    expect(names.filter((name) => name.endsWith('.tmp')).sort()).toEqual(others.sort());
  });
});
