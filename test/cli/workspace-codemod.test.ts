/** What the command promises of a codemod that changes several files together. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProjectFixture } from '../helpers/project-fixture.ts';
import { cli, cliWithoutRights, gitProject } from './cli.ts';

const NAME = 'no-get-sign-out';
const FILES = {
  'package.json': '{ "dependencies": { "next": "16.0.0", "@workos-inc/authkit-nextjs": "4.3.2" } }\n',
  'app/sign-out/route.ts':
    "import { signOut } from '@workos-inc/authkit-nextjs';\n\nexport async function GET() {\n  await signOut();\n}\n",
  'app/a.tsx': 'export const A = () => <a href="/sign-out">Sign out</a>;\n',
  'app/b.tsx': 'export const B = () => <a href="/sign-out">Sign out</a>;\n',
} as const;

const git = (project: ProjectFixture, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: project.root, encoding: 'utf8' });

function committed(files: Readonly<Record<string, string>> = FILES): ProjectFixture {
  const project = gitProject(files);
  git(project, 'add', '-A');
  git(project, 'commit', '-qm', 'x');
  return project;
}

/** All files of a project, with what they hold. */
function contents(project: ProjectFixture): Record<string, string> {
  const names = readdirSync(join(project.root, 'app'), { recursive: true, encoding: 'utf8' }).map(
    (name) => `app/${name}`,
  );
  const files = names.filter((name) => /\.\w+$/u.test(name)).sort();
  return Object.fromEntries(files.map((name) => [name, readFileSync(project.path(name), 'utf8')]));
}

const done = (() => {
  let files: Record<string, string> | undefined;
  return () => {
    if (!files) {
      const project = committed();
      cli(project.root, ['codemod', NAME]);
      files = contents(project);
    }
    return files;
  };
})();

describe('a codemod over several files', () => {
  it('writes them, and says what became of each', () => {
    const project = committed();
    const { status, stdout } = cli(project.root, ['codemod', NAME]);
    expect(stdout).toBe(`app/a.tsx
  changed  1 place (line 1)

app/b.tsx
  changed  1 place (line 1)

app/sign-out/route.ts
  renamed  to app/sign-out/actions.ts
  changed  1 place (line 3)

3 places in 3 files changed.
Next: git diff, then npx eslint-plugin-authkit check
`);
    expect(status).toBe(0);
    expect(Object.keys(contents(project))).toEqual(['app/a.tsx', 'app/b.tsx', 'app/sign-out/actions.ts']);
    expect(cli(project.root, ['codemod', NAME, '--check']).status).toBe(0);
  });

  it('prints a diff that git applies, renaming included', () => {
    const project = committed();
    const { stdout } = cli(project.root, ['codemod', NAME, '--diff']);
    expect(contents(project)).not.toEqual(done());
    writeFileSync(join(project.root, 'x.patch'), stdout);
    git(project, 'apply', 'x.patch');
    expect(contents(project)).toEqual(done());
  });

  it('reports what becomes of the files as JSON, and fails with --check', () => {
    const project = committed();
    const { status, stdout } = cli(project.root, ['codemod', NAME, '--json', '--check']);
    const report = JSON.parse(stdout) as { files: Record<string, unknown>[]; summary: unknown };
    expect(report.files.at(-1)).toMatchObject({
      path: project.path('app/sign-out/route.ts'),
      changed: true,
      fate: 'renamed',
      renamedTo: project.path('app/sign-out/actions.ts'),
    });
    expect(report.summary).toMatchObject({ changedFiles: 3, changes: 3, left: 0, problems: 0 });
    expect(status).toBe(1);
    expect(contents(project)).not.toEqual(done());
  });

  it('is left out with --safe, and the route with it', () => {
    const project = committed();
    const { status } = cli(project.root, ['codemod', NAME, '--safe']);
    expect(status).toBe(1);
    expect(git(project, 'status', '--porcelain')).toBe('');
  });

  it('changes none of them where one has changes that git does not have', () => {
    const project = committed();
    project.write('app/b.tsx', `${FILES['app/b.tsx']}// mine\n`);
    const before = contents(project);
    const { status, stderr } = cli(project.root, ['codemod', NAME]);
    expect(stderr).toBe(
      'error: app/b.tsx was not changed: git has it neither committed nor staged as it is now. Commit it, or pass --force (no-get-sign-out changes 3 files together, or none).\n',
    );
    expect(status).toBe(2);
    expect(contents(project)).toEqual(before);
    expect(cli(project.root, ['codemod', NAME, '--force']).status).toBe(0);
    expect(contents(project)['app/b.tsx']).toContain('// mine');
  });

  it('changes none of them where one is read-only', () => {
    const project = committed();
    for (const path of ['app', 'app/sign-out', 'app/a.tsx', 'app/sign-out/route.ts', '.'])
      chmodSync(project.path(path), 0o777);
    chmodSync(project.path('app/b.tsx'), 0o444);
    const result = cliWithoutRights(project.root, ['codemod', NAME, '--force']);
    if (!result) return;
    expect(result.stderr).toMatch(/app\/b\.tsx could not be written: permission denied/u);
    expect(contents(project)).toEqual({
      'app/a.tsx': FILES['app/a.tsx'],
      'app/b.tsx': FILES['app/b.tsx'],
      'app/sign-out/route.ts': FILES['app/sign-out/route.ts'],
    });
  });

  it('keeps the route where a file that it does not look at leads there', () => {
    const project = committed();
    const { status, stdout } = cli(project.root, ['codemod', NAME, 'app/sign-out', 'app/a.tsx']);
    expect(stdout).toContain("manual  1:32  '/sign-out' is still used here: it is not among the files of this run");
    expect(status).toBe(1);
    expect(contents(project)['app/b.tsx']).toBe(FILES['app/b.tsx']);
    expect(contents(project)['app/sign-out/route.ts']).toContain("import { signOutAction } from './actions';");
  });
});

describe('--staged', () => {
  it('stages all of it, with the files that are new and without those that are gone', () => {
    const project = gitProject(FILES);
    git(project, 'add', '-A');
    expect(cli(project.root, ['codemod', NAME, '--staged']).status).toBe(0);
    expect(contents(project)).toEqual(done());
    expect(git(project, 'ls-files')).toBe('app/a.tsx\napp/b.tsx\napp/sign-out/actions.ts\npackage.json\n');
    expect(git(project, 'diff', '--name-only')).toBe('');
  });

  it('writes nothing with --check', () => {
    const project = gitProject(FILES);
    git(project, 'add', '-A');
    expect(cli(project.root, ['codemod', NAME, '--staged', '--check']).status).toBe(1);
    expect(contents(project)['app/a.tsx']).toBe(FILES['app/a.tsx']);
  });

  it('leaves a file that is staged in part, and keeps the route for it', () => {
    const project = gitProject(FILES);
    git(project, 'add', '-A');
    project.write('app/b.tsx', `${FILES['app/b.tsx']}// not staged\n`);
    const { status, stdout } = cli(project.root, ['codemod', NAME, '--staged']);
    expect(stdout).toContain('it is not among the files of this run');
    expect(status).toBe(1);
    expect(git(project, 'show', ':app/b.tsx')).toBe(FILES['app/b.tsx']);
    expect(git(project, 'show', ':app/sign-out/route.ts')).toContain('status: 204');
  });
});

describe('a run that is killed half-way', () => {
  /** Kills the process at the n-th call that puts a file in its place, or takes one away. */
  const KILLER = `const fs = require('node:fs'); let left = Number(process.env.KILL_AT);
for (const name of ['linkSync', 'renameSync', 'unlinkSync']) { const real = fs[name]; fs[name] = (...args) => { if (--left < 0) process.kill(process.pid, 'SIGKILL'); return real(...args); }; }`;

  it.each([0, 1, 2, 3])('leaves every file whole, at step %i, and the next run does the rest', (step) => {
    const project = committed();
    writeFileSync(project.path('kill.cjs'), KILLER);
    const env = { NODE_OPTIONS: `--require=${project.path('kill.cjs')}`, KILL_AT: String(step) };
    expect(cli(project.root, ['codemod', NAME], env).status).not.toBe(0);
    const all = { ...FILES, ...done() };
    for (const [name, text] of Object.entries(contents(project))) {
      if (name.endsWith('.tmp')) continue;
      expect([FILES[name as keyof typeof FILES], all[name as keyof typeof all], done()[name]]).toContain(text);
    }
    // What imports the action is never there without it.
    const isImported = (contents(project)['app/a.tsx'] ?? '').includes('signOutAction');
    expect(isImported && !existsSync(project.path('app/sign-out/actions.ts'))).toBe(false);
    expect(cli(project.root, ['codemod', NAME, '--force']).status).toBe(0);
    const { 'app/sign-out/route.ts': route, ...rest } = contents(project);
    expect(rest).toEqual(done());
    // Where nothing but its deletion was missing, nothing shows by then that it is not asked for from elsewhere.
    if (step === 3) expect(route).toContain('status: 204');
    else expect(route).toBeUndefined();
  });
});
