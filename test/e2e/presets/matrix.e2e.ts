/** First, do no harm: what other presets report, and how ESLint exits, is the same with us as without us. */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../helpers/commands.ts';
import { installPlugin } from '../../helpers/installed.ts';
import { type ProjectFixture, projectFixture } from '../../helpers/project-fixture.ts';

interface Report {
  readonly place: string;
  readonly rule: string | null;
  readonly severity: number;
  readonly message: string;
}

interface Run {
  readonly exitCode: number;
  readonly reports: readonly Report[];
  readonly error?: string;
}

type Setup = 'files' | 'recommended' | 'without';

const HERE = join(ROOT, 'test/e2e/presets');

const FILES = {
  'package.json': JSON.stringify({
    name: 'app',
    version: '1.0.0',
    private: true,
    type: 'module',
    dependencies: { next: '16.0.0', react: '19.0.0' },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      jsx: 'preserve',
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'es2022',
      noEmit: true,
    },
    include: ['**/*.ts', '**/*.tsx'],
  }),
  '.env.local':
    '# TODO: ask for the real one\nWORKOS_COOKIE_PASSWORD=short\nNEXT_PUBLIC_NAME="a\tb"   \n# eslint-disable-foo\n\n\n\nEMPTY=',
  '.env.example': 'WORKOS_API_KEY=\nWORKOS_CLIENT_ID=\n',
  'convex.json':
    '{\n  // development\n  "authKit": { "preview": { "configure": { "redirectUris": ["https://${VERCEL_URL}/callback"] } } },\n}\n',
};

const route = `import { signOut } from '@workos-inc/authkit-nextjs';

export async function GET() {
  await signOut();
}
`;

const nav = `import Link from 'next/link';

export const Nav = () => <Link href="/sign-out">Sign out</Link>;
`;

/** A project whose packages are those of one major of ESLint, with ours among them. */
function createProject(root: string, major: string, extension: 'js' | 'ts'): ProjectFixture {
  const project = projectFixture(
    { ...FILES, [`app/sign-out/route.${extension}`]: route, [`components/nav.${extension}x`]: nav },
    join(root, extension),
  );
  const packages = join(HERE, `eslint-${major}`, 'node_modules');
  mkdirSync(project.path('node_modules'));
  for (const name of readdirSync(packages)) {
    if (!name.startsWith('.')) symlinkSync(join(packages, name), project.path(`node_modules/${name}`));
  }
  installPlugin(project);
  return project;
}

/** What each preset reports in each setup, under one major. */
async function runMatrix(major: string): Promise<Record<string, Record<Setup, Run>>> {
  const { root } = projectFixture();
  createProject(root, major, 'js');
  createProject(root, major, 'ts');
  const args = [join(HERE, 'matrix.mjs'), major, root];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Record<string, Record<Setup, Run>>;
}

const results = Object.entries({ 9: runMatrix('9'), 10: runMatrix('10') }).map(async ([major, run]) => ({
  major,
  presets: await run,
}));

const isOurs = ({ rule }: Report) => rule?.startsWith('authkit/') === true;
const foreign = ({ reports }: Run) => reports.filter((report) => !isOurs(report));

describe.each(await Promise.all(results))('under ESLint $major', ({ presets }) => {
  describe.each(Object.entries(presets))('%s', (_name, runs) => {
    it('runs without us, so that there is something to compare with', () => {
      expect(runs.without).toMatchObject({ exitCode: expect.toBeOneOf([0, 1]) as number });
    });

    it.each(['recommended', 'files'] as const)('reports and ends as before with %s', (setup) => {
      expect(runs[setup].error).toBeUndefined();
      expect(foreign(runs[setup])).toEqual(foreign(runs.without));
    });

    it('has our findings next to its own', () => {
      const found = (setup: Setup) => runs[setup].reports.filter(isOurs).map(({ rule }) => rule);
      const inScripts = ['authkit/no-sign-out-prefetch'];
      expect(found('recommended')).toEqual(expect.arrayContaining(inScripts));
      expect(found('recommended')).not.toContain('authkit/valid-env');
      const everywhere = [...inScripts, 'authkit/valid-env', 'authkit/valid-redirect-uri'];
      expect(found('files')).toEqual(expect.arrayContaining(everywhere));
    });
  });
});
