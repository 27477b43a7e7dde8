/** A user's project with this package installed from its tarball, as npm would lay it out. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT, runCommand } from './commands.ts';
import { type ProjectFixture, projectFixture } from './project-fixture.ts';

interface PackageJson {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

export const packageJson = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as PackageJson;

let tarball: string | undefined;

/**
 * Packs dist/ as it stands (`npm test` builds first) and unpacks it into a new project. Only declared dependencies are
 * there, so that an import of anything else fails as it would for users.
 */
export function installedProject(
  eslint: 'eslint' | 'eslint9',
  files: Readonly<Record<string, string>> = {},
): ProjectFixture {
  const project = projectFixture(files);
  installPlugin(project);
  link(project, 'eslint', eslint);
  return project;
}

/** Puts this package into a project that has packages of its own. */
export function installPlugin(project: ProjectFixture): void {
  const folder = 'node_modules/eslint-plugin-authkit';
  mkdirSync(project.path(folder), { recursive: true });
  run('tar', ['xzf', packedPackage(), '-C', project.path(folder), '--strip-components=1']);
  for (const name of Object.keys(packageJson.dependencies))
    link(project, `eslint-plugin-authkit/node_modules/${name}`, name);
}

/** Puts the command where npx finds it, as npm does when it installs the package. */
export function linkCommand(project: ProjectFixture): void {
  chmodSync(project.path('node_modules/eslint-plugin-authkit/dist/cli/main.cjs'), 0o755);
  mkdirSync(project.path('node_modules/.bin'), { recursive: true });
  symlinkSync('../eslint-plugin-authkit/dist/cli/main.cjs', project.path('node_modules/.bin/eslint-plugin-authkit'));
}

function link(project: ProjectFixture, name: string, source: string): void {
  const path = project.path(`node_modules/${name}`);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', source), path);
}

/** The path of the tarball. */
export function packedPackage(): string {
  if (tarball === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'authkit-pack-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    tarball = run(process.execPath, ['scripts/pack.mjs', folder]).trim();
  }
  return tarball;
}

function run(command: string, args: readonly string[]): string {
  const { all, status, stdout } = runCommand(command, args, ROOT);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${all}`);
  return stdout;
}

/** An app in which one link signs users out, and the edit that fixes it. */
export const signOutApp = {
  'app/sign-out/route.ts':
    "import { signOut } from '@workos-inc/authkit-nextjs';\n\nexport async function GET() {\n  await signOut();\n}\n",
  'components/nav.jsx':
    'import Link from \'next/link\';\n\nexport const Nav = () => <Link href="/sign-out">Sign out</Link>;\n',
} as const;

export const signOutAppFixed = `import Link from 'next/link';

export const Nav = () => (
  <Link href="/sign-out" prefetch={false}>
    Sign out
  </Link>
);
`;
