/** Runs the built command (`npm test` builds it first) as users do, in projects of its own. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Outcome, ROOT, runCommand, runNode } from '../helpers/commands.ts';
import { type ProjectFixture, projectFixture } from '../helpers/project-fixture.ts';

export const MAIN = join(ROOT, 'dist/cli/main.cjs');

// What the machine that runs the tests sets must not decide them.
const NEUTRAL = { CI: '', FORCE_COLOR: '', NO_COLOR: '', TERM: 'xterm', LC_ALL: 'C.UTF-8' };

export function cli(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Outcome {
  return runNode(MAIN, args, cwd, { ...NEUTRAL, ...env }, input);
}

/** As `cli`, by a user whom file permissions bind. Undefined where tests can't become one (root is needed to). */
export function cliWithoutRights(cwd: string, args: readonly string[]): Outcome | undefined {
  const isRoot = process.getuid?.() === 0;
  if (process.platform === 'win32') return undefined;
  const { status, stderr, stdout } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...NEUTRAL, HOME: cwd, AUTHKIT_RETHROW: '' },
    ...(isRoot && { uid: 65_534, gid: 65_534 }),
  });
  return { status, stdout, stderr, all: `${stdout}\n${stderr}` };
}

/** A folder that is a git repository. */
export function gitProject(files: Readonly<Record<string, string>>): ProjectFixture {
  const project = projectFixture(files);
  const { status, all } = runCommand('git', ['init', '-q'], project.root);
  if (status !== 0) throw new Error(all);
  return project;
}

export const ROUTE =
  "import { signOut } from '@workos-inc/authkit-nextjs';\n\nexport async function GET() {\n  await signOut();\n}\n";

/** A file with one link that signs people out by being seen. */
export const NAV = `import Link from 'next/link';

export const Nav = ({ name }: { name: string }) => <Link href="/sign-out">{name}</Link>;
`;
export const NAV_FIXED = NAV.replace(
  '<Link href="/sign-out">{name}</Link>',
  `(
  <Link href="/sign-out" prefetch={false}>
    {name}
  </Link>
)`,
);

/** A file with a call that is left: what it returns is used, so it can't just be taken out. */
export const CALL = `'use client';
import { useRouter } from 'next/navigation';

export function Warm() {
  const router = useRouter();
  const warmed = router.prefetch('/sign-out');
  return String(warmed);
}
`;

/** An app with that one link. */
export const APP = { 'app/sign-out/route.ts': ROUTE, 'components/nav.tsx': NAV } as const;
