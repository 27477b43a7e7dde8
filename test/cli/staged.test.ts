/** `codemod --staged` under real git, by hand and from a real pre-commit hook. */
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../helpers/commands.ts';
import type { ProjectFixture } from '../helpers/project-fixture.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { APP, CALL, cli, cliWithoutRights, gitProject, MAIN, NAV, NAV_FIXED } from './cli.ts';

const NAV_PATH = 'components/nav.tsx';
const ALL = ['codemod', 'all', '--staged'] as const;
// What is here when someone commits a part of what they wrote.
const UNSTAGED = "\nexport const Footer = () => <Link href='/sign-out'>out</Link>;\n";
const UNSTAGED_FIXED = UNSTAGED.replace(
  "<Link href='/sign-out'>out</Link>",
  "(\n  <Link href='/sign-out' prefetch={false}>\n    out\n  </Link>\n)",
);

const IDENTITY = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
const git = ({ root }: ProjectFixture, ...args: string[]) => runCommand('git', [...IDENTITY, ...args], root);
const inIndex = (project: ProjectFixture, name = NAV_PATH) => git(project, 'show', `:${name}`).stdout;
const inCommit = (project: ProjectFixture, name = NAV_PATH) => git(project, 'show', `HEAD:${name}`).stdout;
const onDisk = ({ path }: ProjectFixture, name = NAV_PATH) => readFileSync(path(name), 'utf8');

function stagedProject(files: Readonly<Record<string, string>> = APP): ProjectFixture {
  const project = gitProject(files);
  git(project, 'add', '-A');
  return project;
}

describe('what is staged', () => {
  it('is fixed, in the index and in the working copy', () => {
    const project = stagedProject();
    const { status, stdout } = cli(project.root, ALL);
    expect([inIndex(project), onDisk(project)]).toEqual([NAV_FIXED, NAV_FIXED]);
    expect(stdout).toBe(
      'components/nav.tsx\n  changed  1 place (line 3)  no-sign-out-prefetch\n\n1 place in 1 file changed and staged.\n',
    );
    expect(status).toBe(0);
  });

  it('alone is staged: the rest of a file that is staged in part stays unstaged', () => {
    const project = stagedProject();
    project.write(NAV_PATH, NAV + UNSTAGED);
    expect(cli(project.root, ALL).status).toBe(0);
    expect([inIndex(project), onDisk(project)]).toEqual([NAV_FIXED, NAV_FIXED + UNSTAGED_FIXED]);
  });

  it('leaves files that are not staged as they are', () => {
    const project = stagedProject();
    project.write('components/other.tsx', NAV);
    cli(project.root, ALL);
    expect([
      onDisk(project, 'components/other.tsx'),
      git(project, 'status', '--short', 'components/other.tsx').stdout,
    ]).toEqual([NAV, '?? components/other.tsx\n']);
  });

  it('is fixed where the working copy is gone', () => {
    const project = stagedProject();
    rmSync(project.path(NAV_PATH));
    expect(cli(project.root, ALL).status).toBe(0);
    expect(inIndex(project)).toBe(NAV_FIXED);
    expect(git(project, 'status', '--short', NAV_PATH).stdout).toBe(`AD ${NAV_PATH}\n`);
  });

  it('is not fixed where the working copy has a syntax error, for then the next commit would undo it', () => {
    const project = stagedProject();
    project.write(NAV_PATH, `${NAV}\nconst = ;\n`);
    const { status, stderr } = cli(project.root, ALL);
    expect([status, inIndex(project)]).toEqual([2, NAV]);
    expect(stderr).toMatch(/nav\.tsx is fixed neither as it is staged nor in its working copy, which has at line 5: /u);
  });

  it('keeps its line ends, whatever git makes of them on disk', () => {
    const project = gitProject(APP);
    git(project, 'config', 'core.autocrlf', 'true');
    project.write(NAV_PATH, NAV.replaceAll('\n', '\r\n'));
    git(project, 'add', '-A');
    expect(inIndex(project)).toBe(NAV);
    cli(project.root, ALL);
    expect([inIndex(project), onDisk(project)]).toEqual([NAV_FIXED, NAV_FIXED.replaceAll('\n', '\r\n')]);
    expect(git(project, 'diff', '--name-only').stdout).toBe('');
  });

  it.skipIf(process.platform === 'win32')('keeps its mode, and any name', () => {
    const name = 'components/[a b]\n"ü".tsx';
    const project = gitProject({ 'app/sign-out/route.ts': APP['app/sign-out/route.ts'], [name]: NAV });
    chmodSync(project.path(name), 0o755);
    git(project, 'add', '-A');
    cli(project.root, ALL);
    expect(git(project, 'ls-files', '-s', '-z', 'components').stdout).toMatch(/^100755 /u);
    expect([inIndex(project, name), onDisk(project, name)]).toEqual([NAV_FIXED, NAV_FIXED]);
  });

  it('keeps links, other repositories and what is no source out', () => {
    const project = gitProject({
      'app/sign-out/route.ts': APP['app/sign-out/route.ts'],
      'components/nav.test.tsx': NAV,
      'docs/nav.md': NAV,
    });
    symlinkSync('nav.test.tsx', project.path('components/nav.tsx'));
    git(project, 'add', '-A');
    expect(cli(project.root, ALL).stdout).toBe('1 staged file checked, nothing to change.\n');
  });

  it('keeps the marks that a sparse checkout or a person has put on it', () => {
    for (const [option, tag] of [
      ['--skip-worktree', 'S'],
      ['--assume-unchanged', 'h'],
    ] as const) {
      const project = stagedProject();
      git(project, 'update-index', option, NAV_PATH);
      cli(project.root, ALL);
      expect([inIndex(project), git(project, 'ls-files', '-v', NAV_PATH).stdout]).toEqual([
        NAV_FIXED,
        `${tag} ${NAV_PATH}\n`,
      ]);
    }
  });

  it('is no change to the working copy, for git commands that look at its times alone', () => {
    const project = stagedProject();
    cli(project.root, ALL);
    expect(git(project, 'diff-files').stdout).toBe('');
  });

  it('is a test or a story where the person names it', () => {
    const project = stagedProject({ ...APP, 'components/nav.test.tsx': NAV });
    expect(cli(project.root, [...ALL, 'components/nav.test.tsx']).stdout).toContain(
      '1 place in 1 file changed and staged.',
    );
    expect([inIndex(project), inIndex(project, 'components/nav.test.tsx')]).toEqual([NAV, NAV_FIXED]);
  });

  it.skipIf(process.platform === 'win32')('is found by a path that leads through a link', () => {
    const project = stagedProject();
    const link = `${project.root}-link`;
    symlinkSync(project.root, link);
    cli(project.root, [...ALL, `${link}/components`]);
    rmSync(link);
    expect(inIndex(project)).toBe(NAV_FIXED);
  });

  it('may be nothing', () => {
    const { all, status } = cli(gitProject(APP).root, ALL);
    expect([all, status]).toEqual(['0 staged files checked, nothing to change.\n\n', 0]);
  });

  it('is looked for in the whole work tree, from any folder; or in the paths that are given', () => {
    const project = stagedProject({ ...APP, 'other/nav.tsx': NAV });
    expect(cli(project.path('other'), [...ALL, '.']).stdout).toContain('1 place in 1 file changed and staged.');
    expect([inIndex(project), inIndex(project, 'other/nav.tsx')]).toEqual([NAV, NAV_FIXED]);
    expect(cli(project.path('other'), ALL).stdout).toContain('../components/nav.tsx');
    expect(inIndex(project)).toBe(NAV_FIXED);
  });

  it('is found whatever git is configured to print', () => {
    const project = stagedProject();
    for (const [name, value] of [
      ['diff.relative', 'true'],
      ['diff.renames', 'copies'],
      ['core.abbrev', '7'],
      ['diff.noprefix', 'true'],
      ['core.quotePath', 'true'],
    ] as const)
      git(project, 'config', name, value);
    expect(cli(project.path('app'), ALL).stdout).toContain('1 place in 1 file changed and staged.');
    expect(inIndex(project)).toBe(NAV_FIXED);
  });

  it('respects --ignore', () => {
    const project = stagedProject();
    expect(cli(project.root, [...ALL, '--ignore', 'components']).stdout).toBe(
      '1 staged file checked, nothing to change.\n',
    );
  });

  it('is written for no --check, --diff or --dry-run', () => {
    const project = stagedProject();
    project.write(NAV_PATH, NAV + UNSTAGED);
    expect(cli(project.root, [...ALL, '--check']).status).toBe(1);
    expect(cli(project.root, [...ALL, '--dry-run']).stdout).toContain(
      '1 place in 1 file would change. Nothing was written.',
    );
    const { stdout } = cli(project.root, [...ALL, '--diff']);
    expect([inIndex(project), onDisk(project)]).toEqual([NAV, NAV + UNSTAGED]);
    project.write('fix.patch', stdout);
    expect(git(project, 'apply', '--cached', 'fix.patch').status).toBe(0);
    expect(inIndex(project)).toBe(NAV_FIXED);
  });

  it('is shown as a diff with names from the top of the work tree, wherever it is asked for', () => {
    const project = stagedProject();
    project.write('fix.patch', cli(project.path('app'), [...ALL, '--diff']).stdout);
    expect(git(project, 'apply', '--cached', 'fix.patch').status).toBe(0);
    expect(inIndex(project)).toBe(NAV_FIXED);
  });

  it('can be told from what is not, by a program', () => {
    const project = stagedProject();
    expect(JSON.parse(cli(project.root, [...ALL, '--json']).stdout)).toMatchObject({
      written: true,
      staged: true,
      files: [{ written: true }],
    });
    expect(JSON.parse(cli(project.root, ['codemod', 'all', '--json']).stdout)).toMatchObject({ staged: false });
  });
});

describe('what cannot be staged', () => {
  it('is told where git has no repository', () => {
    const { all, status } = cli(projectFixture(APP).root, ALL);
    expect([status, all]).toEqual([
      2,
      expect.stringContaining('--staged looks at what git has staged, and there is no git repository here.'),
    ]);
  });

  it('is told while another git holds the index', () => {
    const project = stagedProject();
    writeFileSync(project.path('.git/index.lock'), '');
    const { status, stderr } = cli(project.root, ALL);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('components/nav.tsx could not be staged, and is as it was: Unable to create'),
    ]);
    expect([inIndex(project), onDisk(project)]).toEqual([NAV, NAV]);
  });

  it.skipIf(process.platform === 'win32')('is what someone else has staged again meanwhile', () => {
    const project = stagedProject();
    const { stdout: real } = runCommand('sh', ['-c', 'command -v git'], project.root);
    // A git that stages another text while it is asked to keep ours.
    const busy = `#!/bin/sh\ncase "$*" in *hash-object*) true ;; *) false ;; esac && [ ! -e .git/late ] && : > .git/late && echo '// later' | ${real.trim()} hash-object -w --stdin --no-filters | sed 's,.*,100644 &\t${NAV_PATH},' | ${real.trim()} update-index --index-info\nexec ${real.trim()} "$@"\n`;
    mkdirSync(project.path('.git/bin'));
    writeFileSync(project.path('.git/bin/git'), busy, { mode: 0o755 });
    const { status, stderr } = cli(project.root, ALL, {
      PATH: `${project.path('.git/bin')}:${process.env['PATH'] ?? ''}`,
    });
    expect([status, stderr]).toEqual([2, expect.stringContaining('has been staged again by someone else meanwhile')]);
    expect([inIndex(project), onDisk(project)]).toEqual(['// later\n', NAV]);
  });

  it.skipIf(process.platform === 'win32')(
    'is a file whose place on disk a link has taken, or whose folder one: what the link leads to is not touched',
    () => {
      for (const [name, links] of [
        ['components', 'is behind a symbolic link'],
        [NAV_PATH, 'is a symbolic link'],
      ] as const) {
        const elsewhere = projectFixture({ 'components/nav.tsx': NAV });
        const project = stagedProject();
        rmSync(project.path(name), { recursive: true });
        symlinkSync(elsewhere.path(name), project.path(name));
        const { status, stderr } = cli(project.root, ALL);
        expect([status, stderr]).toEqual([
          2,
          `error: ${NAV_PATH} is fixed neither as it is staged nor in its working copy, which ${links}.\n`,
        ]);
        expect([inIndex(project), onDisk(elsewhere)]).toEqual([NAV, NAV]);
      }
    },
  );

  it.runIf(process.platform === 'linux')(
    'is a file whose name is not UTF-8: it is reported, and no other file is staged in its place',
    () => {
      const project = stagedProject({ 'app/sign-out/route.ts': APP['app/sign-out/route.ts'] });
      writeFileSync(Buffer.concat([Buffer.from(`${project.root}/na`), Buffer.from([0xff]), Buffer.from('v.tsx')]), NAV);
      git(project, 'add', '-A');
      const before = git(project, 'status', '--short').stdout;
      const { status, stderr } = cli(project.root, ALL);
      expect([status, stderr]).toEqual([
        2,
        expect.stringContaining('has a name that is not UTF-8; leave it out with --ignore.'),
      ]);
      expect(git(project, 'status', '--short').stdout).toBe(before);
      expect(cli(project.root, [...ALL, '--ignore', 'na*']).status).toBe(0);
    },
  );

  it('is a file that git writes to disk in UTF-16', () => {
    const project = gitProject({ ...APP, '.gitattributes': '*.tsx working-tree-encoding=UTF-16LE' });
    writeFileSync(project.path(NAV_PATH), NAV, 'utf16le');
    git(project, 'add', '-A');
    const { status, stderr } = cli(project.root, ALL);
    expect([status, stderr]).toEqual([2, expect.stringContaining('nor in its working copy, which is not UTF-8 text.')]);
    expect(inIndex(project)).toBe(NAV);
  });

  it('is told for a path outside of the repository', () => {
    const { status, stderr } = cli(stagedProject().root, [...ALL, projectFixture({}).root]);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^error: '.+' is not in the work tree .+\.\n$/u)]);
  });

  it('is told for a path that is not there, before anything is changed', () => {
    const project = stagedProject();
    const { all, status } = cli(project.root, [...ALL, 'componets']);
    expect([status, all, inIndex(project)]).toEqual([
      2,
      expect.stringContaining("There is no file or folder 'componets'."),
      NAV,
    ]);
  });

  it('is a file that no one may write', () => {
    const project = stagedProject();
    chmodSync(project.path(NAV_PATH), 0o444);
    for (const open of ['', '.git', 'components']) chmodSync(project.path(open), 0o777);
    runCommand('chmod', ['-R', 'a+rwX', '.git'], project.root);
    const outcome = cliWithoutRights(project.root, ['codemod', 'all', '--staged']);
    if (!outcome) return;
    expect(outcome.status).toBe(2);
    expect(inIndex(project)).toBe(NAV);
  });
});

describe('a pre-commit hook', () => {
  function hooked(
    files: Readonly<Record<string, string>> = APP,
    line = `"${process.execPath}" "${MAIN}" codemod all --staged`,
  ): ProjectFixture {
    const project = gitProject(files);
    mkdirSync(project.path('.git/hooks'), { recursive: true });
    writeFileSync(project.path('.git/hooks/pre-commit'), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    return project;
  }
  const commit = (project: ProjectFixture, ...args: string[]) => git(project, 'commit', '-q', '-m', 'change', ...args);

  it('commits what the codemods made, in the first commit and in later ones', () => {
    const project = hooked();
    git(project, 'add', '-A');
    expect(commit(project).status).toBe(0);
    expect(inCommit(project)).toBe(NAV_FIXED);
    project.write(NAV_PATH, NAV_FIXED + UNSTAGED);
    expect(commit(project, '-a').status).toBe(0);
    expect([inCommit(project), onDisk(project)]).toEqual([NAV_FIXED + UNSTAGED_FIXED, NAV_FIXED + UNSTAGED_FIXED]);
    expect(git(project, 'status', '--short').stdout).toBe('');
  });

  it('commits what the codemods made of the files that are named', () => {
    const project = hooked();
    git(project, 'add', 'app', 'package.json');
    commit(project);
    git(project, 'add', '-N', NAV_PATH);
    project.write('later.ts', '');
    git(project, 'add', 'later.ts');
    expect(commit(project, '--', NAV_PATH).status).toBe(0);
    expect([inCommit(project), onDisk(project)]).toEqual([NAV_FIXED, NAV_FIXED]);
    // What is staged for the commit after that does not take them back.
    expect(git(project, 'status', '--short').stdout).toBe('A  later.ts\n');
  });

  it('works from a folder of the repository', () => {
    const project = hooked(
      { ...APP, 'web/x.ts': '' },
      `cd web && "${process.execPath}" "${MAIN}" codemod all --staged`,
    );
    git(project, 'add', '-A');
    expect(commit(project).status).toBe(0);
    expect(inCommit(project)).toBe(NAV_FIXED);
  });

  it.each([
    ['its uppermost folder', ''],
    ['a folder of it', 'cd app && '],
  ])('works in a second work tree, from %s', (_, change) => {
    const project = hooked(APP, `${change}"${process.execPath}" "${MAIN}" codemod all --staged`);
    git(project, 'add', 'app');
    commit(project);
    git(project, 'worktree', 'add', '-q', 'second');
    project.write(`second/${NAV_PATH}`, NAV);
    const second = { ...project, root: project.path('second'), path: (name: string) => project.path(`second/${name}`) };
    git(second, 'add', '-A');
    expect(commit(second).status).toBe(0);
    expect([inCommit(second), onDisk(second)]).toEqual([NAV_FIXED, NAV_FIXED]);
    expect(git(second, 'status', '--short').stdout).toBe('');
  });

  it('ends the commit while something is left to decide', () => {
    const project = hooked({ ...APP, [NAV_PATH]: CALL });
    git(project, 'add', '-A');
    const { status, stderr, stdout } = commit(project);
    expect(status).toBe(1);
    expect(stdout + stderr).toMatch(/needs a manual change/u);
    expect(git(project, 'rev-parse', '-q', '--verify', 'HEAD').status).not.toBe(0);
  });
});

it.skipIf(process.platform === 'win32')('a folder that was deleted under the command is reported in one line', () => {
  const project = projectFixture({ 'gone/a.ts': '' });
  const { status, stderr } = runCommand(
    'sh',
    ['-c', `cd gone && rm -r ../gone && "${process.execPath}" "${MAIN}" codemod all --staged`],
    project.root,
  );
  expect([status, stderr]).toEqual([2, "error: The folder it runs in can't be found: it does not exist.\n"]);
});

describe('a text from standard input', () => {
  const stdin = (input: string, ...args: string[]) =>
    cli(
      projectFixture({ 'app/sign-out/route.ts': APP['app/sign-out/route.ts'] }).root,
      ['codemod', 'all', '--stdin-filename', ...args],
      {},
      input,
    );

  it('is printed as it should be, whether the file is there or not', () => {
    expect(stdin(NAV, NAV_PATH)).toMatchObject({ stdout: NAV_FIXED, stderr: '', status: 0 });
  });

  it('is printed to the byte where nothing is to be changed', () => {
    for (const text of ['', '\uFEFFconst a = 1\r\n\t', 'é\u2028'])
      expect(stdin(text, NAV_PATH)).toMatchObject({ stdout: text, status: 0 });
  });

  it('is not printed when it could not be done, so that an editor keeps what it has', () => {
    expect(stdin(`${NAV}const = ;`, NAV_PATH)).toMatchObject({
      stdout: '',
      status: 2,
      stderr: expect.stringContaining('components/nav.tsx:4:') as string,
    });
  });

  it('is taken to its end, and not done, where no source file is that long', () => {
    expect(stdin('// '.padEnd(30_000_000, '.'), NAV_PATH)).toMatchObject({
      stdout: '',
      status: 2,
      stderr: expect.stringContaining('is larger than 2 MB') as string,
    });
  });

  it('is printed as it came where --ignore leaves its file out', () => {
    expect(stdin(NAV, NAV_PATH, '--ignore', 'components')).toMatchObject({ stdout: NAV, stderr: '', status: 0 });
    const long = '// '.padEnd(3_000_000, '.');
    expect(stdin(long, NAV_PATH, '--ignore', 'components')).toMatchObject({
      stdout: '',
      status: 2,
      stderr: expect.stringContaining('is larger than 2 MB') as string,
    });
  });

  it.runIf(process.platform === 'linux')('is reported in one line when what it becomes can not be written', () => {
    const project = projectFixture(APP);
    const { status, stderr } = runCommand(
      'sh',
      ['-c', `"${process.execPath}" "${MAIN}" codemod all --stdin-filename ${NAV_PATH} > /dev/full`],
      project.root,
      {},
      NAV,
    );
    expect([status, stderr]).toEqual([2, 'error: The output could not be written: no space is left on the disk.\n']);
  });

  it('is not mixed with what is left to decide', () => {
    expect(stdin(CALL, NAV_PATH)).toMatchObject({
      stdout: CALL,
      status: 1,
      stderr: expect.stringContaining('manual  6:18') as string,
    });
  });

  it.each([
    [['--check'], 1, '1 place in 1 file would change.'],
    [['--dry-run'], 0, '1 place in 1 file would change.'],
    [['--diff'], 0, '+++ b/components/nav.tsx'],
    [['--json'], 0, '"changes": 1,'],
  ])('is reported on with %s', (flags, status, text) => {
    expect(stdin(NAV, NAV_PATH, ...flags)).toMatchObject({ status, stdout: expect.stringContaining(text) as string });
  });

  it.each([
    [['-nav.tsx'], '--stdin-filename lacks its value. One that starts with a dash is written --stdin-filename=-….'],
    [['nav.css'], "'nav.css' is not the name of a JavaScript or TypeScript file."],
    [[NAV_PATH, 'app'], 'leave out the paths and --staged'],
    [[NAV_PATH, '--staged'], 'leave out the paths and --staged'],
  ])('is not taken for %s', (args, message) => {
    const { status, stderr } = stdin(NAV, ...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
