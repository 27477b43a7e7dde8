/** First, do no harm: what other presets report, and how ESLint exits, is the same with us as without us. */
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runNode } from '../../helpers/commands.ts';
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

type Setup = 'files' | 'recommended first' | 'recommended' | 'without';

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

describe.each(['9', '10'])('under ESLint %s', (major) => {
  const { root } = projectFixture();
  createProject(root, major, 'js');
  createProject(root, major, 'ts');
  const { all, stdout } = runNode(join(HERE, 'matrix.mjs'), [major, root], root);
  if (!stdout.startsWith('{')) throw new Error(all);
  const results = JSON.parse(stdout) as Record<string, Record<Setup, Run>>;

  const isOurs = ({ rule }: Report) => rule?.startsWith('authkit/') === true;
  const foreign = ({ reports }: Run) => reports.filter((report) => !isOurs(report));

  describe.each(Object.entries(results))('%s', (_name, runs) => {
    it('runs without us, so that there is something to compare with', () => {
      expect(runs.without).toMatchObject({ exitCode: expect.toBeOneOf([0, 1]) as number });
    });

    it.each(['recommended', 'recommended first', 'files'] as const)('reports and ends as before with %s', (setup) => {
      expect(runs[setup].error).toBeUndefined();
      expect(foreign(runs[setup])).toEqual(foreign(runs.without));
    });

    it('has our findings beside its own', () => {
      const found = (setup: Setup) => runs[setup].reports.filter(isOurs).map(({ rule }) => rule);
      expect(found('recommended')).toEqual(['authkit/no-sign-out-prefetch']);
      expect(found('files').sort()).toEqual([
        'authkit/no-sign-out-prefetch',
        'authkit/valid-env',
        'authkit/valid-redirect-uri',
      ]);
    });
  });
});
