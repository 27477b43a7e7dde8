import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { runCommand } from '../helpers/commands.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { APP, CALL, cli, cliWithoutRights, gitProject, NAV, NAV_FIXED } from './cli.ts';

const NAME = 'no-sign-out-prefetch';
const NAV_PATH = 'components/nav.tsx';

interface JsonReport {
  readonly written: boolean;
  readonly files: readonly {
    readonly path: string;
    readonly written: boolean;
    readonly changes: readonly { readonly codemod: string; readonly line: number }[];
    readonly left: readonly { readonly line: number; readonly reason: string }[];
    readonly problems: readonly { readonly message: string; readonly line?: number }[];
    readonly diff?: string;
  }[];
  readonly problems: readonly { readonly path: string }[];
  readonly summary: Readonly<Record<'changedFiles' | 'changes' | 'files' | 'left' | 'problems', number>>;
}

const json = (text: string) => JSON.parse(text) as JsonReport;
const read = ({ path }: { path: (name: string) => string }, name = NAV_PATH) => readFileSync(path(name), 'utf8');

describe('what has no codemod', () => {
  const CAUGHT = {
    ...APP,
    'package.json': '{ "dependencies": { "next": "16.4.0", "@workos-inc/authkit-nextjs": "4.3.2" } }',
    'app/callback/route.ts':
      "import { handleAuth } from '@workos-inc/authkit-nextjs';\n\nexport const GET = handleAuth();\n",
    'app/api/me/route.ts':
      "import { withAuth } from '@workos-inc/authkit-nextjs';\n\nexport async function GET() {\n  try {\n    const { user } = await withAuth({ ensureSignedIn: true });\n    return Response.json(user);\n  } catch (error) {\n    return Response.json({ error: String(error) }, { status: 400 });\n  }\n}\n",
    '.env.local': 'NEXT_PUBLIC_WORKOS_API_KEY=sk_test_a2V5X2RvX25vdF9zaG93\n',
  };

  it('is listed with all codemods, where it is and which rule says why', () => {
    const { stdout } = cli(projectFixture(CAUGHT).root, ['codemod', 'all']);
    expect(stdout).toMatch(/app\/api\/me\/route\.ts\n {2}manual {2}5:\d+ {2}.+ {2}no-caught-redirect\n/u);
    expect(stdout).toMatch(/\.env\.local\n {2}manual {2}1:1 {2}.+ {2}valid-env\n/u);
    expect(stdout).toContain('See: npx eslint-plugin-authkit explain no-caught-redirect\n');
    expect(stdout).not.toContain('sk_test');
  });

  it('is no codemod of its own', () => {
    const { codemods: names } = JSON.parse(
      cli(projectFixture(CAUGHT).root, ['codemod', 'all', '--json', '--dry-run']).stdout,
    ) as { codemods: readonly string[] };
    expect(names).not.toContain('no-caught-redirect');
  });

  it('is not listed with one of them', () => {
    expect(cli(projectFixture(CAUGHT).root, ['codemod', NAME]).stdout).not.toContain('manual');
  });
});

describe('applying', () => {
  it('writes the fix, says where, and exits with 0', () => {
    const project = projectFixture(APP);
    const { status, stdout } = cli(project.root, ['codemod', NAME]);
    expect(read(project)).toBe(NAV_FIXED);
    expect(stdout).toBe(
      `components/nav.tsx\n  changed  1 place (line 3)\n\n1 place in 1 file changed.\nNext: npx eslint-plugin-authkit check\n`,
    );
    expect(status).toBe(0);
  });

  it('changes nothing in a second run', () => {
    const project = projectFixture(APP);
    cli(project.root, ['codemod', NAME]);
    expect(cli(project.root, ['codemod', NAME]).stdout).toBe('2 files checked, nothing to change.\n');
  });

  it('leaves what check calls fixable nowhere', () => {
    const project = projectFixture(APP);
    cli(project.root, ['codemod', 'all']);
    expect(cli(project.root, ['check']).status).toBe(0);
  });

  it('keeps to the paths that are given', () => {
    const project = projectFixture({ ...APP, 'other/nav.tsx': NAV });
    cli(project.root, ['codemod', NAME, 'other']);
    expect([read(project), read(project, 'other/nav.tsx')]).toEqual([NAV, NAV_FIXED]);
  });

  it('finds in all files what it finds in one: a path that a package hands on under its own name', () => {
    const files = {
      ...APP,
      'package.json': '{ "name": "web", "dependencies": { "next": "16", "@acme/ui": "*" }, "workspaces": ["ui"] }',
      'ui/package.json': '{ "name": "@acme/ui", "main": "links.ts" }',
      'ui/links.ts': "export const out = '/sign-out';\n",
      'components/nav.tsx': NAV.replace('"/sign-out"', '{out}').replace(
        '\n\n',
        "\nimport { out } from '@acme/ui';\n\n",
      ),
    };
    for (const paths of [[], [NAV_PATH]]) {
      const project = projectFixture(files);
      expect(cli(project.root, ['codemod', NAME, ...paths]).stdout).toContain('1 place in 1 file changed.');
      expect(read(project)).toContain('<Link href={out} prefetch={false}>');
    }
  });

  it.each([
    ['git', gitProject],
    ['a .gitignore file without git', projectFixture],
  ])('finds in all files what it finds in one: a path that is in generated code which is ignored by %s', (_, make) => {
    const files = {
      ...APP,
      '.gitignore': 'generated\nnode_modules\n',
      'generated/links.ts': "export const out = '/sign-out';\n",
      'components/nav.tsx': NAV.replace('"/sign-out"', '{out}').replace(
        '\n\n',
        "\nimport { out } from '../generated/links';\n\n",
      ),
    };
    for (const paths of [[], [NAV_PATH]]) {
      const project = make(files);
      cli(project.root, ['codemod', NAME, '--force', ...paths]);
      expect(read(project)).toContain('<Link href={out} prefetch={false}>');
    }
  });

  it('takes paths with spaces', () => {
    const project = projectFixture({ ...APP, 'my parts/nav bar.tsx': NAV });
    cli(project.root, ['codemod', NAME, 'my parts/nav bar.tsx']);
    expect(read(project, 'my parts/nav bar.tsx')).toBe(NAV_FIXED);
  });

  it('lists what it leaves with line and reason, and exits with 1', () => {
    const { root } = projectFixture({ ...APP, 'components/warm.tsx': CALL });
    const { status, stdout } = cli(root, ['codemod', NAME]);
    expect(stdout).toMatch(/components\/warm\.tsx\n {2}manual {2}6:\d+ {2}the call is part of a larger expression\n/u);
    expect(stdout).toContain('1 place in 1 file changed. 1 finding needs a manual change.');
    expect(status).toBe(1);
  });

  it('leaves out of all what belongs to the strict preset alone', () => {
    const project = projectFixture(APP);
    const route = read(project, 'app/sign-out/route.ts');
    cli(project.root, ['codemod', 'all']);
    expect([read(project), read(project, 'app/sign-out/route.ts')]).toEqual([NAV_FIXED, route]);
    expect(cli(project.root, ['codemod', 'no-get-sign-out']).status).toBe(0);
    expect(existsSync(project.path('app/sign-out/route.ts'))).toBe(false);
    expect(read(project)).toContain('<form action={signOutAction}');
  });

  it('says which codemod did what when there are several', () => {
    expect(cli(projectFixture(APP).root, ['codemod', 'all']).stdout).toContain(`changed  1 place (line 3)  ${NAME}`);
  });
});

describe('writing', () => {
  it('keeps the mode of a file', () => {
    const project = projectFixture(APP);
    chmodSync(project.path(NAV_PATH), 0o750);
    cli(project.root, ['codemod', NAME]);
    expect(statSync(project.path(NAV_PATH)).mode & 0o777).toBe(0o750);
  });

  it('writes through a symbolic link within the repository, which stays one', () => {
    const project = projectFixture({
      '.git/HEAD': '',
      'shared/nav.tsx': NAV,
      'web/package.json': '{ "dependencies": { "next": "16.0.0" } }',
      'web/app/sign-out/route.ts': APP['app/sign-out/route.ts'],
    });
    symlinkSync(project.path('shared/nav.tsx'), project.path('web/link.tsx'));
    cli(project.path('web'), ['codemod', NAME]);
    expect(lstatSync(project.path('web/link.tsx')).isSymbolicLink()).toBe(true);
    expect(read(project, 'shared/nav.tsx')).toBe(NAV_FIXED);
  });

  it('refuses to write through one that leads out of it', () => {
    const outside = projectFixture({ 'nav.tsx': NAV });
    const project = projectFixture({ 'app/sign-out/route.ts': APP['app/sign-out/route.ts'] });
    symlinkSync(outside.path('nav.tsx'), project.path('link.tsx'));
    const { status, stderr } = cli(project.root, ['codemod', NAME]);
    expect(stderr).toBe('error: link.tsx was not written: it is a link to a file outside of the repository.\n');
    expect(status).toBe(2);
    expect(read(outside, 'nav.tsx')).toBe(NAV);
  });

  it('leaves no temporary files behind', () => {
    const project = projectFixture(APP);
    cli(project.root, ['codemod', NAME]);
    expect(readdirSync(project.path('components'))).toEqual(['nav.tsx']);
  });

  it.skipIf(process.platform === 'win32').each([
    ['a file that is read-only', 'file'],
    ['a file in a folder that is read-only', 'folder'],
  ])('leaves %s as it was, says so, does the others, and exits with 2', (_name, what) => {
    const project = projectFixture({ ...APP, 'locked/nav.tsx': NAV });
    for (const name of ['', 'components', NAV_PATH]) chmodSync(project.path(name), 0o777);
    chmodSync(project.path('locked'), what === 'folder' ? 0o555 : 0o777);
    chmodSync(project.path('locked/nav.tsx'), what === 'file' ? 0o444 : 0o666);
    const outcome = cliWithoutRights(project.root, ['codemod', NAME]);
    expect(outcome?.stderr).toBe('error: locked/nav.tsx could not be written: permission denied.\n');
    expect(outcome?.status).toBe(2);
    expect([read(project), read(project, 'locked/nav.tsx')]).toEqual([NAV_FIXED, NAV]);
    expect(readdirSync(project.path('locked'))).toEqual(['nav.tsx']);
  });
});

describe('looking before writing', () => {
  it.each(['--dry-run', '--diff', '--check'])('%s writes nothing', (option) => {
    const project = projectFixture(APP);
    cli(project.root, ['codemod', NAME, option]);
    expect(read(project)).toBe(NAV);
  });

  it.each([
    ['--dry-run', 0],
    ['--diff', 0],
    ['--check', 1],
  ])('%s exits with %i when something would change', (option, code) => {
    expect(cli(projectFixture(APP).root, ['codemod', NAME, option]).status).toBe(code);
  });

  it('--check exits with 0 when nothing would change', () => {
    expect(cli(projectFixture({ ...APP, [NAV_PATH]: NAV_FIXED }).root, ['codemod', NAME, '--check']).status).toBe(0);
  });

  it.each([
    ['LF', (text: string) => text],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ])("--diff prints what 'git apply' takes, with %s line ends", (_name, rewrite) => {
    const project = gitProject({ ...APP, [NAV_PATH]: rewrite(NAV) });
    const { stdout } = cli(project.root, ['codemod', NAME, '--diff']);
    project.write('changes.patch', stdout);
    const { all, status } = runCommand('git', ['apply', 'changes.patch'], project.root);
    expect(status, all).toBe(0);
    expect(read(project)).toBe(rewrite(NAV_FIXED));
  });

  it('--diff is coloured on demand', () => {
    const { stdout } = cli(projectFixture(APP).root, ['codemod', NAME, '--diff'], { FORCE_COLOR: '1' });
    expect(stdout).toContain('\u001B[32m+');
    expect(stdout).toContain('\u001B[31m-');
  });
});

describe('--json', () => {
  it('tells changes, what is left and problems, and prints nothing else', () => {
    const { root } = projectFixture({ ...APP, 'components/warm.tsx': CALL, 'components/broken.tsx': `${NAV}<` });
    const { status, stdout } = cli(root, ['codemod', NAME, '--json']);
    const report = json(stdout);
    expect(report.summary).toEqual({ files: 4, changedFiles: 1, changes: 1, left: 1, problems: 1 });
    expect(
      report.files.map(({ changes, left, problems }) => [problems[0]?.line, changes[0]?.line, left[0]?.line]),
    ).toEqual([
      [4, undefined, undefined],
      [undefined, 3, undefined],
      [undefined, undefined, 6],
    ]);
    expect(report.files[1]?.written).toBe(true);
    expect(status).toBe(2);
  });

  it('holds the diffs when --diff asks for them, and writes nothing', () => {
    const project = projectFixture(APP);
    const [file] = json(cli(project.root, ['codemod', NAME, '--json', '--diff']).stdout).files;
    expect(file?.diff).toContain('+export const Nav');
    expect(file?.written).toBe(false);
    expect(read(project)).toBe(NAV);
  });

  it('is an empty report when there is nothing to tell', () => {
    const report = json(cli(projectFixture({ 'a.ts': '' }).root, ['codemod', NAME, '--json']).stdout);
    expect(report.files).toEqual([]);
    expect(report.summary.files).toBe(1);
  });

  it('lists the codemods with --list, how careful to be with each, and which all leaves out', () => {
    const listed = JSON.parse(cli(projectFixture().root, ['codemod', '--list', '--json']).stdout) as {
      name: string;
      inAll: boolean;
      safety: string[];
    }[];
    expect(listed.map(({ name }) => name)).toEqual(codemods.map(({ name }) => name));
    expect(listed.find(({ name }) => name === NAME)).toMatchObject({ inAll: true, safety: ['safe', 'review'] });
    const { stdout } = cli(projectFixture().root, ['codemod', '--list']);
    expect(stdout).toMatch(/^ {2}no-sign-out-prefetch +safe, review {2}add prefetch/mu);
    expect(stdout).toMatch(/^ {2}no-get-sign-out +review .*\(not in all: name it\)$/mu);
    expect(stdout).toMatch(/^ {2}no-raw-authorization-url +review {8}call getSignInUrl/mu);
  });
});

describe('what it can not do', () => {
  it('names a file with a syntax error with line and message, does the others, and exits with 2', () => {
    const project = projectFixture({ ...APP, 'components/broken.tsx': `${NAV}const a = <Link href="/sign-out";\n` });
    const { status, stderr } = cli(project.root, ['codemod', NAME]);
    expect(stderr).toMatch(/^error: components\/broken\.tsx:4:\d+ .+\n$/u);
    expect(read(project)).toBe(NAV_FIXED);
    expect(status).toBe(2);
  });

  it('guesses which codemod was meant', () => {
    const { status, stderr } = cli(projectFixture(APP).root, ['codemod', 'no-sign-out-prefech']);
    expect(stderr).toContain("There is no codemod 'no-sign-out-prefech'. Did you mean 'no-sign-out-prefetch'?");
    expect(status).toBe(2);
  });

  it('guesses by a part of a name', () => {
    const { stderr } = cli(projectFixture(APP).root, ['codemod', 'callback']);
    expect(stderr).toContain("There is no codemod 'callback'. Did you mean 'valid-callback-route'?");
  });

  it('lists the codemods there are when nothing is like the name', () => {
    expect(cli(projectFixture(APP).root, ['codemod', 'xyzzy']).stderr).toContain(
      `There are: all, ${codemods.map(({ name }) => name).join(', ')}.`,
    );
  });

  it('takes a mistyped second name for what it is', () => {
    const project = projectFixture(APP);
    const { status, stderr } = cli(project.root, ['codemod', NAME, 'no-hardcoded-redirect-hots']);
    expect(stderr).toContain("Did you mean 'no-hardcoded-redirect-host'?");
    expect(status).toBe(2);
    expect(read(project)).toBe(NAV);
  });

  it('wants a name where it can not ask', () => {
    const { status, stderr } = cli(projectFixture(APP).root, ['codemod']);
    expect(stderr).toContain('Name the codemods to run');
    expect(status).toBe(2);
  });

  it('wants a name before the paths', () => {
    expect(cli(projectFixture(APP).root, ['codemod', 'components']).stderr).toContain(
      "before the paths ('components')",
    );
  });

  it('does nothing at all when one of the paths does not exist', () => {
    const project = projectFixture(APP);
    const { status, stderr } = cli(project.root, ['codemod', NAME, 'components', 'nowhere']);
    expect(stderr).toBe("error: There is no file or folder 'nowhere'.\n");
    expect(status).toBe(2);
    expect(read(project)).toBe(NAV);
  });
});
