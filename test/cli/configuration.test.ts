/** One project with an `authkit.json`, and every program that looks at its code: what is said once counts for all of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT, runNode } from '../helpers/commands.ts';
import { installedProject } from '../helpers/installed.ts';
import { cli, NAV, ROUTE } from './cli.ts';

const RULES = ['no-sign-out-prefetch', 'no-hardcoded-redirect-host', 'valid-auth-config', 'no-get-sign-out'];
const on = Object.fromEntries(RULES.map((name) => [`authkit/${name}`, 'error']));

const FILES = {
  'package.json': JSON.stringify({ type: 'module', dependencies: { next: '16.0.0', convex: '1.48.0' } }),
  'vercel.json': '{}',
  'app/sign-out/route.ts': ROUTE,
  'components/nav.tsx': NAV,
  'components/bye.tsx': `import { NavLink } from '@acme/ui';\n\nexport const Bye = () => <NavLink to="/bye" />;\n`,
  'proxy.ts': `import { authkitProxy } from '@workos-inc/authkit-nextjs';

export const proxy = (request: { nextUrl: { origin: string } }) =>
  authkitProxy({ redirectUri: \`\${request.nextUrl.origin}/callback\` });
`,
  'convex/schema.ts': 'export default {};\n',
  'convex/auth.config.ts': `const clientId = process.env.WORKOS_CLIENT_ID;
export default {
  providers: [
    {
      type: 'customJwt',
      issuer: 'https://api.workos.com/',
      algorithm: 'RS256',
      applicationID: clientId,
      jwks: \`https://api.workos.com/sso/jwks/\${clientId}\`,
    },
    {
      type: 'customJwt',
      issuer: \`https://api.workos.com/user_management/\${clientId}\`,
      algorithm: 'RS256',
      applicationID: clientId,
      jwks: \`https://api.workos.com/sso/jwks/\${clientId}\`,
    },
  ],
};
`,
  'eslint.config.js': `import authkit from 'eslint-plugin-authkit';
import { parser } from 'typescript-eslint';

export default [{ files: ['**/*.{ts,tsx}'], plugins: { authkit }, languageOptions: { parser }, rules: ${JSON.stringify(on)} }];
`,
  '.oxlintrc.json': JSON.stringify({
    jsPlugins: ['eslint-plugin-authkit'],
    categories: { correctness: 'off' },
    rules: on,
    // Outside of a repository Oxlint lints all that is installed.
    ignorePatterns: ['node_modules'],
  }),
} as const;

const project = installedProject('eslint', FILES);
// What the configs import, the plugin left out.
const links = join(project.root, 'node_modules', 'typescript-eslint');
process.getBuiltinModule('node:fs').symlinkSync(join(ROOT, 'node_modules/typescript-eslint'), links);

type Found = readonly string[];
const sorted = (found: Found): Found => [...new Set(found)].sort();
const relative = (path: string) => path.replace(`${project.root}/`, '');

/** What each program reports, as `rule file`; of the four rules above. */
const PROGRAMS: Readonly<Record<string, () => Found>> = {
  ESLint() {
    const { stdout } = runNode(join(ROOT, 'node_modules/eslint/bin/eslint.js'), ['-f', 'json', '.'], project.root);
    return fromResults(stdout);
  },
  Oxlint() {
    const { stdout } = runNode(join(ROOT, 'node_modules/oxlint/bin/oxlint'), ['-f', 'json', '.'], project.root);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
    return diagnostics.map(
      ({ code, filename }) => `${code.replace(/^authkit\((?<name>.*)\)$/u, '$<name>')} ${filename}`,
    );
  },
  check: () => fromResults(cli(project.root, ['check', '--json']).stdout),
  codemod() {
    // The one of the preset `strict` would rewrite the links together with their route.
    const names = RULES.filter((name) => name !== 'no-get-sign-out');
    const { stdout } = cli(project.root, ['codemod', ...names, '--dry-run', '--json']);
    const { files } = JSON.parse(stdout) as {
      files: { path: string; changes: { codemod: string }[]; left: { codemod: string }[] }[];
    };
    return files.flatMap(({ changes, left, path }) =>
      [...changes, ...left].map(({ codemod }) => `${codemod} ${relative(path)}`),
    );
  },
};

function fromResults(stdout: string): Found {
  const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[];
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId }) => `${ruleId.replace('authkit/', '')} ${relative(filePath)}`),
  );
}

const LINK = 'no-sign-out-prefetch components/nav.tsx';
const BYE = 'no-sign-out-prefetch components/bye.tsx';
const PROXY = 'no-hardcoded-redirect-host proxy.ts';
const PROVIDERS = 'valid-auth-config convex/auth.config.ts';
const ROUTE_GET = 'no-get-sign-out app/sign-out/route.ts';

const CASES: readonly { readonly name: string; readonly configuration: object; readonly found: Found }[] = [
  { name: 'nothing', configuration: {}, found: [LINK, PROXY, PROVIDERS] },
  {
    name: 'a rule that is off',
    configuration: { rules: { 'no-sign-out-prefetch': 'off' } },
    found: [PROXY, PROVIDERS],
  },
  {
    name: 'a rule that is off, by its name in ESLint and with a number',
    configuration: { rules: { 'authkit/no-hardcoded-redirect-host': 0 } },
    found: [LINK, PROVIDERS],
  },
  {
    name: 'an option',
    configuration: { rules: { 'valid-auth-config': ['error', { allowAudience: true }] } },
    found: [LINK, PROXY],
  },
  { name: 'the hosting', configuration: { settings: { hosting: 'fixed' } }, found: [LINK, PROVIDERS] },
  {
    name: 'sign-out paths and link components',
    configuration: {
      settings: { signOutPaths: ['/bye'], linkComponents: [{ name: 'NavLink', linkAttribute: 'to' }] },
    },
    found: [LINK, BYE, PROXY, PROVIDERS],
  },
  { name: 'what to ignore', configuration: { ignore: ['components'] }, found: [PROXY, PROVIDERS] },
];

describe.each(CASES)('with $name in authkit.json', ({ configuration, found }) => {
  it.each(Object.keys(PROGRAMS))('%s reports what the others do', (program) => {
    project.write('authkit.json', JSON.stringify(configuration));
    // Of the rules that all programs run: `check` runs more, and not the one of the preset `strict`.
    const all = (PROGRAMS[program]?.() ?? []).filter((each) => RULES.some((name) => each.startsWith(`${name} `)));
    expect(sorted(all.filter((each) => each !== ROUTE_GET))).toEqual(sorted(found));
  });
});

it('a codemod that is named although its rule is off says so', () => {
  project.write('authkit.json', JSON.stringify({ rules: { 'no-sign-out-prefetch': 'off' } }));
  const { stderr, stdout } = cli(project.root, ['codemod', 'no-sign-out-prefetch', '--dry-run']);
  expect(stderr).toBe('note: no-sign-out-prefetch is off in authkit.json.\n');
  expect(stdout).toContain('nothing to change');
  expect(cli(project.root, ['codemod', 'all', '--dry-run']).stderr).toBe('');
});

describe('strict rules', () => {
  it.each([{ settings: { strict: true } }, { rules: { 'no-get-sign-out': 'warn' } }])(
    'run in check and in codemod all with %j',
    (configuration) => {
      project.write('authkit.json', JSON.stringify(configuration));
      expect(fromResults(cli(project.root, ['check', '--json']).stdout)).toContain(ROUTE_GET);
      expect(cli(project.root, ['codemod', 'all', '--dry-run']).stdout).toContain('no-get-sign-out');
    },
  );

  it('do not run without', () => {
    project.write('authkit.json', '{}');
    expect(fromResults(cli(project.root, ['check', '--json']).stdout)).not.toContain(ROUTE_GET);
    expect(cli(project.root, ['codemod', 'all', '--dry-run']).stdout).not.toContain('no-get-sign-out');
  });
});

describe('triage', () => {
  const folder = mkdtempSync(join(project.root, 'other-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('knows the deployment from the settings', () => {
    const token = `${encode({ alg: 'RS256', kid: 'k' })}.${encode({ iss: 'https://api.workos.com/user_management/client_X', iat: 1, exp: 301 })}.${'A'.repeat(342)}`;
    project.write('authkit.json', JSON.stringify({ settings: { env: { WORKOS_CLIENT_ID: 'client_X' } } }));
    expect(cli(project.root, ['triage', '--token', token]).stdout).toContain('client_X');
  });

  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
});

describe('a mistake in authkit.json', () => {
  const MISTAKE = `{
  // the key is misspelt
  "settings": { "hostng": "vercel" }
}
`;

  it.each([['check'], ['codemod', 'all', '--dry-run'], ['triage', '--token', 'x']])(
    'stops %s with its place and the nearest key',
    (...args) => {
      project.write('authkit.json', MISTAKE);
      const { status, stderr } = cli(project.root, args);
      expect(stderr).toContain("authkit.json:3:17 Unknown key 'hostng' in settings. Did you mean 'hosting'?");
      expect(status).toBe(2);
    },
  );

  it('is one report a file in ESLint, whatever else is found', () => {
    project.write('authkit.json', MISTAKE);
    const { all, stdout } = runNode(join(ROOT, 'node_modules/eslint/bin/eslint.js'), ['.'], project.root);
    expect(stdout.match(/hostng/gu), all).toHaveLength(4);
    expect(stdout).toContain('no-sign-out-prefetch');
  });

  it('is one report a file in ESLint where the settings of its config have it', () => {
    project.write('authkit.json', '{}');
    project.write(
      'eslint.config.js',
      FILES['eslint.config.js'].replace('rules:', "settings: { authkit: { hosting: 'versel' } }, rules:"),
    );
    const { all, stdout } = runNode(join(ROOT, 'node_modules/eslint/bin/eslint.js'), ['components'], project.root);
    expect(stdout, all).toContain("Unknown value 'versel' of settings.authkit.hosting. Did you mean 'vercel'?");
    project.write('eslint.config.js', FILES['eslint.config.js']);
  });
});

describe('eslint-suppressions.json', () => {
  const suppress = (count: number) => {
    project.write('authkit.json', '{}');
    project.write(
      'eslint-suppressions.json',
      JSON.stringify({ 'components/nav.tsx': { 'authkit/no-sign-out-prefetch': { count } } }),
    );
  };

  afterAll(() => {
    project.write('eslint-suppressions.json', '{}');
  });

  it.each(['ESLint', 'check', 'codemod'])('is respected by %s', (program) => {
    suppress(1);
    expect(PROGRAMS[program]?.()).not.toContain(LINK);
  });

  it.each(['ESLint', 'check', 'codemod'])('hides nothing from %s where there is more than it knows of', (program) => {
    suppress(1);
    project.write('components/nav.tsx', NAV.replace('{name}', '<Link href="/sign-out" />'));
    expect(PROGRAMS[program]?.()).toContain(LINK);
    project.write('components/nav.tsx', NAV);
  });
});
