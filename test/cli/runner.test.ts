/** What `codemod` and `check` promise of a run as a whole. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ESLint } from 'eslint';
import { type ProjectFixture, projectFixture } from '../helpers/project-fixture.ts';
import { APP, CALL, cli, cliWithoutRights, gitProject, MAIN, NAV, NAV_FIXED, ROUTE } from './cli.ts';

const NAME = 'no-sign-out-prefetch';
const git = (project: ProjectFixture, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: project.root, encoding: 'utf8' });
const nav = (project: ProjectFixture) => readFileSync(project.path('components/nav.tsx'), 'utf8');

function committed(files: Readonly<Record<string, string>> = APP): ProjectFixture {
  const project = gitProject(files);
  git(project, 'add', '-A');
  git(project, 'commit', '-qm', 'x');
  return project;
}

describe('files that git does not have', () => {
  const REFUSED =
    'error: components/nav.tsx was not changed: git has it neither committed nor staged as it is now. Commit it, or pass --force.\n';

  it('are not changed', () => {
    const project = committed();
    project.write('components/nav.tsx', `${NAV}// mine\n`);
    const { status, stderr, stdout } = cli(project.root, ['codemod', NAME]);
    expect(stderr).toBe(REFUSED);
    expect(stdout).toContain('Nothing changed: 1 file could not be done.');
    expect(status).toBe(2);
    expect(nav(project)).toBe(`${NAV}// mine\n`);
  });

  it('are not changed when git does not know them at all', () => {
    const project = gitProject(APP);
    expect(cli(project.root, ['codemod', NAME]).stderr).toBe(REFUSED);
  });

  it('are changed with --force', () => {
    const project = gitProject(APP);
    expect(cli(project.root, ['codemod', NAME, '--force']).status).toBe(0);
    expect(nav(project)).toBe(NAV_FIXED);
  });

  it.each([['--dry-run'], ['--diff'], ['--check']])('are looked at with %s', (flag) => {
    expect(cli(gitProject(APP).root, ['codemod', NAME, flag]).stderr).not.toContain('error:');
  });

  it('are none when their text is staged, or committed', () => {
    const staged = gitProject(APP);
    git(staged, 'add', '-A');
    for (const project of [staged, committed()]) {
      expect(cli(project.root, ['codemod', NAME]).status).toBe(0);
      expect(nav(project)).toBe(NAV_FIXED);
    }
  });
});

describe('--safe', () => {
  it('makes the edits that eslint --fix makes, and lists the others', () => {
    const project = projectFixture({
      ...APP,
      'components/warm.tsx': CALL.replace('const warmed = ', '').replace('warmed', '1'),
    });
    const { status, stdout } = cli(project.root, ['codemod', 'all', '--safe']);
    expect(nav(project)).toBe(NAV_FIXED);
    expect(stdout).toContain('its edit needs a review: run the codemod without --safe');
    expect(stdout).toMatch(
      /\n1 place in 1 file changed\. 1 edit needs a review\.\nNext: .*\nReview: npx eslint-plugin-authkit codemod all --diff\n$/u,
    );
    expect(status).toBe(1);
    expect(cli(projectFixture(APP).root, ['codemod', 'all', '--safe', '--check']).stdout).toMatch(
      /\nFix: npx eslint-plugin-authkit codemod all --safe\n$/u,
    );
  });
});

describe('a second codemod --check', () => {
  it('finds nothing where one edit has made room for another', () => {
    const project = projectFixture({
      'vercel.json': '{}',
      'proxy.ts': `import { authkitProxy } from '@workos-inc/authkit-nextjs';

const redirectUri = \`\${process.env.APP_URL}/callback\` ?? 'https://app.example.com/callback';
export default authkitProxy({ redirectUri });
`,
    });
    cli(project.root, ['codemod', 'all']);
    const { status, stdout } = cli(project.root, ['codemod', 'all', '--check']);
    expect(stdout).not.toContain('would change');
    expect(status).not.toBe(2);
  });
});

describe('temporary files', () => {
  it('of a run that was killed are removed by the next one, and no others', () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid.toString(36);
    const time = Date.now().toString(36);
    const kept = [`.nav.tsx.${process.pid.toString(36)}-${time}.tmp`, `.other.tsx.${dead}-${time}.tmp`, '.nav.tsx.tmp'];
    const project = projectFixture({
      ...APP,
      ...Object.fromEntries(kept.map((name) => [`components/${name}`, ''])),
      [`components/.nav.tsx.${dead}-${time}.tmp`]: '',
    });
    cli(project.root, ['codemod', NAME]);
    expect(readdirSync(project.path('components')).sort()).toEqual([...kept, 'nav.tsx'].sort());
  });
});

describe.skipIf(process.platform === 'win32')('an interrupt', () => {
  /** Comes as soon as the first file has been put in its place, however busy the machine is. */
  const INTERRUPT = `const fs = require('node:fs'); const { renameSync } = fs; let came = false;
fs.renameSync = (...args) => { renameSync(...args); if (!came) process.kill(process.pid, 'SIGINT'); came = true; };`;

  it('ends the run between two files, and says what was changed', () => {
    const files = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`components/n${String(index)}.tsx`, NAV]),
    );
    const project = projectFixture({ 'app/sign-out/route.ts': ROUTE, ...files, 'interrupt.cjs': INTERRUPT });
    const { output, signal } = spawnSync(
      process.execPath,
      ['--require', project.path('interrupt.cjs'), MAIN, 'codemod', NAME],
      { cwd: project.root, encoding: 'utf8' },
    );
    const printed = output.join('\n');
    expect(signal).toBe('SIGINT');
    expect(printed).toMatch(/\d+ places? in \d+ files? changed/u);
    expect(printed).toContain('SIGINT: the files that are not listed were not looked at.');
    const texts = Object.keys(files).map((name) => readFileSync(project.path(name), 'utf8'));
    expect([...new Set(texts)].sort()).toEqual([NAV, NAV_FIXED].sort());
    expect(readdirSync(project.path('components')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('names in capitals', () => {
  it('are looked at by check and codemod alike', () => {
    const project = projectFixture({ 'app/sign-out/route.ts': ROUTE, 'components/NAV.TSX': NAV });
    expect(cli(project.root, ['check']).stdout).toContain('components/NAV.TSX\n');
    cli(project.root, ['codemod', NAME]);
    expect(readFileSync(project.path('components/NAV.TSX'), 'utf8')).toBe(NAV_FIXED);
    expect(cli(project.root, ['check']).status).toBe(0);
  });
});

describe('the files of a branch', () => {
  const found = (stdout: string) =>
    (JSON.parse(stdout) as ESLint.LintResult[]).map(({ filePath }) => filePath.replace(/^.*components\//u, ''));

  it('are those that differ from where it began, with what is not committed', () => {
    const project = committed({ ...APP, 'components/old.tsx': NAV });
    git(project, 'branch', 'start');
    project.write('components/committed.tsx', NAV);
    git(project, 'add', '-A');
    git(project, 'commit', '-qm', 'y');
    project.write('components/nav.tsx', `${NAV}//\n`);
    project.write('components/new.tsx', NAV);
    expect(found(cli(project.root, ['check', '--since', 'start', '--json']).stdout)).toEqual([
      'committed.tsx',
      'nav.tsx',
      'new.tsx',
    ]);
    expect(found(cli(project.path('components'), ['check', '--since', 'start', '--json', 'new.tsx']).stdout)).toEqual([
      'new.tsx',
    ]);
  });

  it('may be none', () => {
    expect(cli(committed().root, ['check', '--since', 'HEAD']).stdout).toBe(
      '✔ No file that check looks at differs from HEAD.\n',
    );
  });

  it('are with --changed those that differ from the last commit, on a detached head as well', () => {
    const project = committed({ ...APP, 'components/old.tsx': NAV });
    git(project, 'checkout', '-q', '--detach');
    project.write('components/new.tsx', NAV);
    expect(found(cli(project.root, ['check', '--changed', '--json']).stdout)).toEqual(['new.tsx']);
    expect(found(cli(project.root, ['check', '--since', 'HEAD~0', '--json']).stdout)).toEqual(['new.tsx']);
  });

  it('can not be told in a shallow clone that lacks where the branch began', () => {
    const project = committed();
    git(project, 'branch', 'start');
    git(project, 'commit', '-q', '--allow-empty', '-m', 'y');
    const clone = projectFixture().path('clone');
    git(project, 'clone', '-q', '--depth', '1', `file://${project.root}`, clone);
    const { status, stderr } = cli(clone, ['check', '--since', 'origin/start']);
    expect(stderr).toBe(
      "error: git can't compare with 'origin/start': this shallow clone does not have it. Fetch it first (git fetch origin start), or name another one.\n",
    );
    expect(status).toBe(2);
    git({ ...project, root: clone }, 'fetch', '-q', '--depth', '1', 'origin', 'start:refs/remotes/origin/start');
    git({ ...project, root: clone }, 'checkout', '-q', '--orphan', 'other');
    git({ ...project, root: clone }, 'commit', '-qm', 'z');
    expect(cli(clone, ['check', '--since', 'origin/start']).stderr).toContain(
      'have no commit in common in this shallow clone. Fetch more: git fetch --unshallow',
    );
  });

  it('are none of a folder without git, nor before the first commit', () => {
    expect(cli(projectFixture(APP).root, ['check', '--changed']).stderr).toMatch(
      /^error: --changed compares with a commit of git, and there is no git repository here\.$/mu,
    );
    expect(cli(gitProject(APP).root, ['check', '--since', 'main']).stderr).toContain('There is no commit yet');
  });

  it.each([
    ['nowhere', "git can't compare with 'nowhere': there is no such branch or commit here."],
    ['--all', 'lacks its value'],
  ])('can not be told from %s', (ref, message) => {
    const { status, stderr } = cli(committed().root, ['check', '--since', ref]);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});

describe('check --staged', () => {
  it('looks at what is staged, as it is staged', () => {
    const project = committed({ ...APP, 'components/nav.tsx': NAV_FIXED });
    project.write('components/nav.tsx', NAV);
    git(project, 'add', '-A');
    project.write('components/nav.tsx', NAV_FIXED);
    const { status, stdout } = cli(project.root, ['check', '--staged']);
    expect(stdout).toContain('components/nav.tsx');
    expect(status).toBe(1);
  });
});

describe('levels on the command line', () => {
  it.each([
    [['--rule', `${NAME}:off`], 0, 0],
    [['--rule', `authkit/${NAME}:warn`], 0, 1],
    [['--rule', `${NAME}:warn`, '--max-warnings', '0'], 1, 1],
    [['--rule', 'no-get-sign-out:warn', '--rule', `${NAME}:off`], 0, 1],
    [['--strict', '--rule', `${NAME}:off`], 1, 1],
  ])('%j', (args, status, number) => {
    const outcome = cli(projectFixture(APP).root, ['check', '--json', ...args]);
    const messages = (JSON.parse(outcome.stdout) as ESLint.LintResult[]).flatMap((result) => result.messages);
    expect([outcome.status, messages.length]).toEqual([status, number]);
  });

  it.each([
    [['--rule', 'no-signout-prefetch'], "There is no rule 'no-signout-prefetch'. Did you mean 'no-sign-out-prefetch'?"],
    [['--rule', 'sign-out'], "There is no rule 'sign-out'. Did you mean 'no-get-sign-out' or 'no-sign-out-prefetch'?"],
    [['--rule', `${NAME}:warning`], 'takes a level of off, warn, error'],
    [['--rule', `${NAME}:off:x`], "not 'off:x'"],
    [['--staged', '--fix'], '--staged and --fix exclude each other'],
    [['--staged', '--since', 'x'], '--staged and --since exclude each other'],
    [['--format', 'sariff'], "There is no format 'sariff'. Did you mean 'sarif'?"],
  ])('are refused: %j', (args, message) => {
    const { status, stderr } = cli(projectFixture(APP).root, ['check', ...args]);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });

  it('do not turn on what authkit.json turns off', () => {
    const { root } = projectFixture({ ...APP, 'authkit.json': `{ "rules": { "${NAME}": "off" } }` });
    const { status, stderr } = cli(root, ['check', '--rule', NAME]);
    expect(stderr).toContain(`--rule ${NAME} contradicts authkit.json, where the rule is off.`);
    expect(status).toBe(2);
  });
});

describe('formats in the box', () => {
  const print = (format: string, files: Readonly<Record<string, string>> = APP) =>
    cli(projectFixture(files).root, ['check', '--format', format]).stdout;

  it('github annotates the line', () => {
    expect(print('github')).toMatch(
      /^::error file=components\/nav\.tsx,line=3,endLine=3,col=\d+,endColumn=\d+,title=authkit\/no-sign-out-prefetch::This link prefetches '\/sign-out' in production, .*\n$/u,
    );
  });

  it('gitlab gives each problem a fingerprint', () => {
    const issues = JSON.parse(
      print('gitlab', { ...APP, 'components/nav.tsx': NAV.replace('{name}', '<Link href="/sign-out" />') }),
    ) as {
      fingerprint: string;
      location: unknown;
    }[];
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(issues[0]?.location).toEqual({ path: 'components/nav.tsx', lines: { begin: 3 } });
  });

  it('sarif names rule, place and page', () => {
    const { runs } = JSON.parse(print('sarif')) as {
      runs: { results: object[]; tool: { driver: { rules: object[] } }; invocations: object[] }[];
    };
    expect(runs[0]?.results).toMatchObject([
      {
        ruleId: 'authkit/no-sign-out-prefetch',
        level: 'error',
        locations: [
          { physicalLocation: { artifactLocation: { uri: 'components/nav.tsx' }, region: { startLine: 3 } } },
        ],
      },
    ]);
    expect(runs[0]?.tool.driver.rules).toMatchObject([
      { helpUri: expect.stringContaining('no-sign-out-prefetch') as string },
    ]);
    expect(runs[0]?.invocations).toMatchObject([{ executionSuccessful: true }]);
  });

  it('sarif tells what could not be checked apart from results', () => {
    const { runs } = JSON.parse(print('sarif', { ...APP, 'components/nav.tsx': `${NAV}(` })) as { runs: object[] };
    expect(runs).toMatchObject([{ results: [], invocations: [{ executionSuccessful: false }] }]);
  });

  it('junit has a suite for each file', () => {
    const xml = print('junit');
    expect(xml).toContain('<testsuite name="app/sign-out/route.ts" tests="1" failures="0"');
    expect(xml).toContain('<testsuite name="components/nav.tsx" tests="1" failures="1"');
    expect(xml).not.toMatch(/<failure[^>]*message="[^"]*</u);
  });
});

describe.skipIf(process.platform === 'win32')('a fix that can not be written', () => {
  it('is an error, and nothing is said of no findings', () => {
    const project = projectFixture(APP);
    chmodSync(project.root, 0o755);
    chmodSync(project.path('components/nav.tsx'), 0o444);
    const outcome = cliWithoutRights(project.root, ['check', '--fix']);
    expect(outcome?.stderr).toMatch(/^error: components\/nav\.tsx could not be written: permission denied/u);
    expect(outcome?.stdout).toBe('');
    expect(outcome?.status).toBe(2);
  });
});
