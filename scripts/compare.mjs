/**
 * Runs other tools over a copy of examples/, next to `check --strict`, and writes what each reported into docs/comparison.md. It installs the
 * tools, so it is run by hand: `node scripts/compare.mjs`. The tools run with the flags that keep them from their own servers.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { at, table, writePage } from './page.mjs';

const PACKAGES = {
  workos: '0.14.0',
  'react-doctor': '0.9.23',
  '@next/eslint-plugin-next': '16.4.6',
  '@convex-dev/eslint-plugin': '5.0.0',
  'typescript-eslint': '8.73.0',
  typescript: '6.0.3',
  eslint: '10.15.0',
};

const folder = mkdtempSync(join(tmpdir(), 'authkit-compare-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const app = join(folder, 'app');

run('npm', ['init', '--yes'], folder);
const specs = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
if (run('npm', ['install', '--no-audit', '--no-fund', ...specs], folder).status !== 0)
  throw new Error('npm install failed');
cpSync(at('examples'), app, { recursive: true });
// As an app on a developer's machine has it, so that no tool reports what only the example lacks.
for (const path of ['', 'apps/web']) writeFileSync(join(app, path, '.gitignore'), '.env.local\n');
writeFileSync(
  join(app, 'apps/web/.env.local'),
  'WORKOS_CLIENT_ID=client_01EXAMPLE0000000000000000\nWORKOS_API_KEY=sk_test_example\nWORKOS_COOKIE_PASSWORD="a password of at least 32 characters"\nNEXT_PUBLIC_WORKOS_REDIRECT_URI=http://localhost:3000/callback\nNEXT_PUBLIC_CONVEX_URL=https://happy-animal-123.convex.cloud\n',
);
writeFileSync(
  join(app, 'eslint.config.mjs'),
  `import convex from '@convex-dev/eslint-plugin';
import next from '@next/eslint-plugin-next';
import { parser } from 'typescript-eslint';

const files = ['**/*.{ts,tsx}'];
export default [
  { files, languageOptions: { parser } },
  { ...next.configs['core-web-vitals'], files, settings: { next: { rootDir: 'apps/web' } } },
  ...convex.configs.recommended,
];
`,
);
// What the example lacks, and some of these tools report.
const MORE = {
  'apps/web/app/nav.tsx': `import Link from 'next/link';

export const Nav = () => <Link href="/sign-out">Sign out</Link>;
`,
  'apps/web/app/logout/route.ts': `import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';

export async function GET() {
  (await cookies()).delete('wos-session');
  redirect('/');
}
`,
  'apps/web/app/account/page.tsx': `import { withAuth } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

export default async function AccountPage() {
  try {
    const { user } = await withAuth();
    if (!user) redirect('/sign-in');
    return <p>{user.email}</p>;
  } catch {
    return <p>failed</p>;
  }
}
`,
};
for (const [path, text] of Object.entries(MORE)) {
  mkdirSync(dirname(join(app, path)), { recursive: true });
  writeFileSync(join(app, path), text);
}
run('git', ['init', '--quiet'], app);
run('git', ['add', '--all'], app);

const results = { ...ours(), ...workos(), ...reactDoctor(), ...eslint() };

await writePage(
  'docs/comparison.md',
  readFileSync(at('docs/comparison.md'), 'utf8').replace(
    /(?<=<!-- begin comparison -->\n)[\s\S]*?(?=\n<!-- end comparison -->)/u,
    () => `\n${page()}\n`,
  ),
);

function page() {
  const day = new Date().toISOString().slice(0, 10);
  const sections = Object.entries(results).map(([tool, { command, findings }]) =>
    [
      `### ${tool}`,
      `\`${command}\`: ${findings.length === 0 ? 'nothing reported.' : `${String(findings.length)} reported.`}`,
      ...(findings.length > 0
        ? [
            table(
              ['where', 'what'],
              findings.map(({ id, place }) => [`\`${place}\``, `\`${id}\``]),
            ),
          ]
        : []),
    ].join('\n\n'),
  );
  return [`Run on ${day} with Node.js ${process.version.slice(1)}.`, ...sections].join('\n\n');
}

function ours() {
  const { stdout } = run(process.execPath, [at('dist/cli/main.cjs'), 'check', '--strict', '--json'], app);
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  return {
    [`eslint-plugin-authkit ${version}`]: {
      command: 'npx eslint-plugin-authkit check --strict',
      findings: ofESLint(stdout),
    },
  };
}

function workos() {
  const { stdout } = tool('workos', ['doctor', '--skip-api', '--skip-ai', '--json'], join(app, 'apps/web'));
  const { authPatterns, issues } = JSON.parse(stdout);
  const patterns = [...(authPatterns?.findings ?? [])];
  const findings = issues.map(({ code }) => {
    // An issue has no path; those of one code are in the order of the patterns.
    const index = patterns.findIndex((each) => each.code === code);
    const [{ filePath } = {}] = index === -1 ? [] : patterns.splice(index, 1);
    return { id: code, place: filePath === undefined ? 'apps/web' : `apps/web/${filePath}` };
  });
  return { [`workos doctor ${PACKAGES.workos}`]: { command: 'npx workos doctor --skip-api --skip-ai', findings } };
}

function reactDoctor() {
  const { stdout } = tool(
    'react-doctor',
    ['.', '--yes', '--no-telemetry', '--no-supply-chain', '--json'],
    join(app, 'apps/web'),
  );
  const findings = JSON.parse(stdout).diagnostics.map(({ filePath, line, rule }) => ({
    id: rule,
    place: `apps/web/${filePath}:${String(line)}`,
  }));
  return {
    [`react-doctor ${PACKAGES['react-doctor']}`]: {
      command: 'npx react-doctor . --no-telemetry --no-supply-chain',
      findings,
    },
  };
}

function eslint() {
  const { stdout } = tool('eslint', ['.', '--format', 'json'], app);
  const all = ofESLint(stdout);
  const of = (prefix) => all.filter(({ id }) => id.startsWith(prefix));
  return {
    [`@next/eslint-plugin-next ${PACKAGES['@next/eslint-plugin-next']}`]: {
      command: 'eslint . (core-web-vitals)',
      findings: of('@next/'),
    },
    [`@convex-dev/eslint-plugin ${PACKAGES['@convex-dev/eslint-plugin']}`]: {
      command: 'eslint . (recommended)',
      findings: of('@convex-dev/'),
    },
  };
}

function inApp(path) {
  return path.startsWith('/') ? relative(app, path) : path;
}

function ofESLint(json) {
  return JSON.parse(json).flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId }) => ({ id: String(ruleId), place: `${inApp(filePath)}:${String(line)}` })),
  );
}

function tool(name, args, cwd) {
  return run(join(folder, 'node_modules/.bin', name), args, cwd);
}

function run(command, args, cwd) {
  return spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, CI: 'true', NO_COLOR: '1' } });
}
