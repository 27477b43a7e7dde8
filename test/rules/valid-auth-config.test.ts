import { vi } from 'vitest';
import rule from '../../rules/valid-auth-config.ts';
import { type InvalidCase, type ValidCase, ruleTester } from '../helpers/rule-tester.ts';

const FILE = 'convex/auth.config.ts';
const SHARED =
  "{ type: 'customJwt', issuer: 'https://api.workos.com/', algorithm: 'RS256', jwks: `https://api.workos.com/sso/jwks/${clientId}`, applicationID: clientId }";
const CLIENT =
  "{ type: 'customJwt', issuer: `https://api.workos.com/user_management/${clientId}`, algorithm: 'RS256', jwks: `https://api.workos.com/sso/jwks/${clientId}` }";
const CLERK = "{ domain: process.env.CLERK_JWT_ISSUER_DOMAIN, applicationID: 'convex' }";

const READ = 'const clientId = process.env.WORKOS_CLIENT_ID;\n';
const list = (...providers: string[]): string => `${READ}export default { providers: [${providers.join(', ')}] };\n`;
const literal = (id: string, ...providers: string[]): string =>
  `const clientId = '${id}';\nexport default { providers: [${providers.join(', ')}] };\n`;
const client = (properties: string): string => CLIENT.replace(/ \}$/u, `, ${properties} }`);

const quiet = (name: string, code: string, extra: Partial<ValidCase> = {}): ValidCase => ({
  name,
  code,
  filename: FILE,
  ...extra,
});

/** Reports by their messageIds; `'wrongIssuer 2'` is one with two suggestions. */
function reported(
  name: string,
  code: string,
  reports: readonly string[],
  extra: Partial<InvalidCase> = {},
): InvalidCase {
  const errors = reports.map((report) => {
    const [messageId = '', count] = report.split(' ');
    return { messageId, ...(count !== undefined && { suggestions: Number(count) }) };
  });
  return { name, code, filename: FILE, errors, ...extra };
}

/** One report with all that is suggested, as `[messageId, output]`. */
function fixed(
  name: string,
  code: string,
  messageId: string,
  suggestions: readonly (readonly [string, string])[],
  extra: Partial<InvalidCase> = {},
): InvalidCase {
  return {
    name,
    code,
    filename: FILE,
    errors: [{ messageId, suggestions: suggestions.map(([id, output]) => ({ messageId: id, output })) }],
    ...extra,
  };
}

const packageJson = (dependencies: Record<string, string>) => JSON.stringify({ name: 'fixture', dependencies });
/** A file with an env module of its own. */
const withOwnEnv = (audience: string, more = ''): string => `import { env } from './env';

export default {
  providers: [
    {
      type: 'customJwt',
      issuer: 'https://api.workos.com/',
      algorithm: 'RS256',
      jwks: \`https://api.workos.com/sso/jwks/\${env.WORKOS_CLIENT_ID}\`,
      applicationID: ${audience},
    },
${more}  ],
};
`;
const CLIENT_OF_ENV = `    {
      type: 'customJwt',
      issuer: \`https://api.workos.com/user_management/\${env.WORKOS_CLIENT_ID}\`,
      algorithm: 'RS256',
      jwks: \`https://api.workos.com/sso/jwks/\${env.WORKOS_CLIENT_ID}\`,
    },
`;
const complete = (env: Record<string, string>) => ({ settings: { authkit: { env } } });

const withLine = (line: string): string => list(SHARED, CLIENT).replace('\n', `\n${line}\n`);
const SCHEMA = "import { z } from 'zod';\nconst env = z.object({ WORKOS_CLIENT_ID: z.string() }).parse(process.env);\n";

const PROVIDER =
  "import { ConvexProviderWithAuth } from 'convex/react';\nexport const Provider = () => <ConvexProviderWithAuth client={client} useAuth={useBridge} />;\n";

const MONOREPO = {
  filename: 'packages/backend/convex/auth.config.ts',
  files: {
    'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['apps/*', 'packages/*'] }),
    'apps/web/package.json': packageJson({ next: '16.0.0', backend: 'workspace:*' }),
    'apps/web/app/page.tsx': '',
    'packages/backend/package.json': JSON.stringify({ name: 'backend', dependencies: { convex: '1.48.0' } }),
    'packages/backend/convex/schema.ts': '',
  },
};

// Whoever runs the tests may have one.
vi.stubEnv('WORKOS_CLIENT_ID', undefined);

ruleTester.run(rule, {
  files: {
    'package.json': packageJson({ next: '16.0.0', convex: '1.48.0', '@workos-inc/authkit-nextjs': '4.3.0' }),
    'app/page.tsx': '',
  },
  valid: [
    quiet('the pair of the playbook', list(SHARED, CLIENT)),
    quiet(
      'the pair with satisfies',
      `import { AuthConfig } from 'convex/server';\n${list(SHARED, CLIENT).replace('};\n', '} satisfies AuthConfig;\n')}`,
    ),
    quiet('the user_management provider alone', list(CLIENT)),
    {
      ...quiet('a wrong auth.config.js next to an auth.config.ts, which has the report', list(SHARED)),
      filename: 'convex/auth.config.js',
      files: { 'convex/auth.config.ts': list(SHARED, CLIENT) },
    },
    quiet(
      "keys on a host of the app's own, whose answer is not known",
      list(SHARED, CLIENT.replace(/jwks: `[^`]*`/u, "jwks: 'https://keys.shop.example/jwks.json'")),
    ),
    quiet(
      'the pair on a schema that requires the issuer',
      "import { z } from 'zod';\nconst env = z.object({ ISSUER: z.string().url(), WORKOS_CLIENT_ID: z.string() }).parse(process.env);\nexport default { providers: [{ type: 'customJwt', issuer: env.ISSUER, algorithm: 'RS256', jwks: `https://api.workos.com/sso/jwks/${env.WORKOS_CLIENT_ID}` }] };\n",
    ),
    quiet(
      "another address on WorkOS's host, next to the client's own issuer",
      list(SHARED, CLIENT, CLIENT.replace('user_management', 'sso/oidc')),
    ),
    quiet(
      'a second variable that is trimmed and then demanded',
      withLine("const other = process.env.OTHER?.trim();\nif (!other) throw new Error('OTHER');"),
    ),
    quiet(
      'a second variable that a helper trims and demands',
      withLine(
        "function host(value: string | undefined) {\n  const given = value?.trim();\n  if (!given) throw new Error('OTHER');\n  return given;\n}\nconsole.log(host(process.env.OTHER));",
      ),
    ),
    quiet(
      'a second variable that is trimmed for a helper that demands it',
      withLine(
        "const demand = (value?: string) => {\n  if (!value) throw new Error('OTHER');\n  return value;\n};\nconsole.log(demand(process.env.OTHER?.trim().toLowerCase()));",
      ),
    ),
    quiet(
      'a second variable that a function trims for a check',
      withLine(
        "const read = () => process.env.OTHER?.trim();\nconst other = read();\nif (!other) throw new Error('OTHER');",
      ),
    ),
    quiet(
      'a second variable that is asserted',
      `import invariant from 'tiny-invariant';\n${withLine("const other = process.env.OTHER ?? '';\ninvariant(other, 'OTHER');")}`,
    ),
    quiet(
      'the pair on env of the generated module',
      `import { env } from './_generated/server';\n${list(SHARED, CLIENT).replace('process.env', 'env')}`,
    ),
    quiet(
      "an OpenID Connect provider of nobody knows which service, next to another service's package",
      "export default { providers: [{ domain: process.env.AUTH_DOMAIN, applicationID: 'convex' }] };\n",
      {
        files: {
          'package.json': packageJson({
            next: '16.0.0',
            convex: '1.48.0',
            '@workos-inc/authkit-nextjs': '4.3.0',
            'better-auth': '1.0.0',
          }),
          'app/provider.tsx': "import { ConvexProviderWithAuth } from 'convex/react';\n",
        },
      },
    ),
    quiet(
      'an OpenID Connect provider by a variable of no known name, in an app that hands no token to Convex',
      "export default { providers: [{ domain: process.env.AUTH_DOMAIN, applicationID: 'convex' }] };\n",
    ),
    quiet(
      "an OpenID Connect provider on another service's domain, in an app that hands the tokens of AuthKit to Convex",
      "export default { providers: [{ domain: 'https://shop.us.auth0.com', applicationID: 'convex' }] };\n",
      { files: { 'app/provider.tsx': PROVIDER } },
    ),
    quiet(
      'Convex Auth, whose tokens are those of the deployment',
      "export default { providers: [{ domain: process.env.CONVEX_SITE_URL, applicationID: 'convex' }] };\n",
      { files: { 'app/provider.tsx': "import { ConvexProviderWithAuth } from 'convex/react';\n" } },
    ),
    quiet(
      'an audience beside keys of the app, with which it may sign tokens of its own',
      "const id = process.env.WORKOS_CLIENT_ID;\nexport default { providers: [{ type: 'customJwt', issuer: `https://api.workos.com/user_management/${id}`, algorithm: 'RS256', jwks: process.env.CONVEX_SITE_URL + '/jwks', applicationID: 'app' }] };\n",
    ),
    quiet('a variable that no env file has, of a name of its own', withLine('console.log(process.env.OTHER);'), {
      files: { '.env.local': 'WORKOS_CLIENT_ID=client_A\n' },
    }),
    quiet(
      'a variable whose name goes on where another one ends',
      list(SHARED, CLIENT).replace('WORKOS_CLIENT_ID', 'WORKOS_CLIENT_ID_DEV'),
      { files: { '.env.local': 'WORKOS_CLIENT_ID=client_A\n' } },
    ),
    quiet('a provider of Convex next to an auth.config', PROVIDER, {
      filename: 'app/provider.tsx',
      files: { 'convex/auth.config.ts': list(SHARED, CLIENT), 'convex/tasks.ts': '' },
    }),
    quiet('a provider of Convex without functions', PROVIDER, { filename: 'app/provider.tsx' }),
    quiet('a provider of Convex whose functions are in another repository', PROVIDER, {
      filename: 'app/provider.tsx',
      files: { 'convex/helpers.md': '' },
    }),
    quiet('a provider of Convex of another service', PROVIDER, {
      filename: 'app/provider.tsx',
      files: {
        'package.json': packageJson({ next: '16.0.0', convex: '1.48.0', '@auth0/nextjs-auth0': '4.0.0' }),
        'convex/tasks.ts': '',
      },
    }),
    quiet('the second of two providers of Convex without an auth.config', PROVIDER, {
      filename: 'app/two/provider.tsx',
      files: { 'app/one/provider.tsx': PROVIDER, 'convex/tasks.ts': '' },
    }),
    quiet('the pair in a .js file', list(SHARED, CLIENT), { filename: 'convex/auth.config.js' }),
    quiet(
      'the pair by a constant',
      `${READ}const authConfig = { providers: [${SHARED}, ${CLIENT}] };\nexport default authConfig;\n`,
    ),
    quiet(
      'the pair in a constant of another file',
      "import { providers } from './providers';\nexport default { providers };\n",
      {
        files: { 'convex/providers.ts': `${READ}export const providers = [${SHARED}, ${CLIENT}];\n` },
      },
    ),
    quiet(
      'the pair by push',
      `${READ}const providers = [];\nif (clientId) providers.push(${SHARED}, ${CLIENT});\nexport default { providers };\n`,
    ),
    quiet(
      'the pair by a helper',
      `const pair = (clientId: string) => [${SHARED}, ${CLIENT}];\nexport default { providers: pair(process.env.WORKOS_CLIENT_ID!) };\n`,
    ),
    quiet(
      'the pair by a helper that reads the variable',
      `const required = (name: string) => { const value = process.env[name]; if (!value) throw new Error(name); return value; };\n${list(SHARED, CLIENT).replace('process.env.WORKOS_CLIENT_ID', "required('WORKOS_CLIENT_ID')")}`,
    ),
    quiet(
      'the pair by flatMap',
      `export default { providers: [process.env.WORKOS_CLIENT_ID].flatMap((clientId) => [${SHARED}, ${CLIENT}]) };\n`,
    ),
    quiet(
      'the pair by a getter of another file',
      list(SHARED, CLIENT).replace(READ, "import { env } from './env';\nconst clientId = env.WORKOS_CLIENT_ID;\n"),
      {
        files: {
          'convex/env.ts': 'export const env = { get WORKOS_CLIENT_ID() { return process.env.WORKOS_CLIENT_ID; } };\n',
        },
      },
    ),
    quiet(
      'the providers of the WorkOS component',
      "import { authKit } from './auth';\nexport default { providers: authKit.getAuthConfigProviders() };\n",
    ),
    quiet(
      'the providers of the WorkOS component on a custom domain',
      "import { AuthKit } from '@convex-dev/workos-authkit';\nconst authKit = new AuthKit(components.workOSAuthKit, { apiHostname: 'auth.example.com' });\nexport default { providers: authKit.getAuthConfigProviders() };\n",
    ),
    quiet(
      'the providers of the component in a spread',
      `import { authKit } from './auth';\n${list(SHARED, '...authKit.getAuthConfigProviders()')}`,
    ),
    quiet(
      'a fallback behind the client id',
      list(SHARED, CLIENT).replace('WORKOS_CLIENT_ID;', "WORKOS_CLIENT_ID ?? 'not-configured';"),
    ),
    quiet(
      'a throw behind the client id',
      list(SHARED, CLIENT).replace('\n', "\nif (!clientId) throw new Error('WORKOS_CLIENT_ID');\n"),
    ),
    quiet(
      'a throw behind a second variable',
      list(SHARED, CLIENT).replace('\n', "\nconst other = process.env.OTHER;\nif (!other) throw new Error('OTHER');\n"),
    ),
    quiet(
      'CONVEX_SITE_URL with a fallback, which is always set',
      list(SHARED, CLIENT, "{ domain: process.env.CONVEX_SITE_URL ?? '', applicationID: 'convex' }"),
    ),
    quiet('trailing slashes, which Convex trims', list(SHARED, CLIENT.replace('${clientId}`,', '${clientId}//`,'))),
    quiet(
      'a custom domain with keys on the API host',
      list(CLIENT.replace('api.workos.com/user', 'auth.example.com/user')),
    ),
    quiet(
      'applicationID on a custom domain with allowAudience',
      list(client('applicationID: clientId').replaceAll('api.workos.com', 'auth.example.com')),
      { options: [{ allowAudience: true }] },
    ),
    quiet('applicationID with allowAudience', list(SHARED, client('applicationID: clientId')), {
      options: [{ allowAudience: true }],
    }),
    quiet(
      'applicationID on user_management where the provider after it takes the session token',
      list(SHARED, client('applicationID: clientId'), CLIENT),
    ),
    quiet('Clerk', `export default { providers: [${CLERK}] };\n`),
    quiet('Clerk beside WorkOS', list(CLERK, SHARED, CLIENT)),
    quiet(
      'Better Auth',
      "import { getAuthConfigProvider } from '@convex-dev/better-auth/auth-config';\nexport default { providers: [getAuthConfigProvider()] };\n",
    ),
    quiet(
      'Apple with an optional variable of its own, without WorkOS',
      "export default { providers: [{ type: 'customJwt', issuer: 'https://appleid.apple.com', jwks: 'https://appleid.apple.com/auth/keys', algorithm: 'RS256', applicationID: process.env.APPLE_ID ?? '' }] };\n",
    ),
    quiet(
      'an issuer of an unknown variable',
      "const issuer = process.env.WORKOS_ISSUER;\nexport default { providers: [{ type: 'customJwt', issuer, jwks: process.env.WORKOS_JWKS, algorithm: 'RS256' }] };\n",
    ),
    quiet(
      'the shared issuer beside an issuer that nobody knows',
      list(SHARED, CLIENT.replace(/issuer: `[^`]*`/u, 'issuer: process.env.ISSUER')),
    ),
    quiet(
      'keys at an address whose start a variable holds',
      list(CLIENT.replace('https://api.workos.com/sso', '${process.env.KEYS}/sso')),
    ),
    quiet('keys whose path a variable may hold', list(CLIENT.replace('sso/jwks/${clientId}', '${process.env.KEYS}'))),
    quiet(
      'two variables, of which nobody knows that they differ',
      list(CLIENT.replace('jwks/${clientId}', 'jwks/${process.env.WORKOS_ID}')),
    ),
    quiet('a literal id where nothing is known of the environment', literal('client_A', SHARED, CLIENT)),
    quiet('a literal id that is that of the env file', literal('client_A', SHARED, CLIENT), {
      files: { '.env.local': 'export WORKOS_CLIENT_ID="client_A"' },
    }),
    quiet('a literal id that another mode has', literal('client_A', SHARED, CLIENT), {
      files: { '.env.local': 'WORKOS_CLIENT_ID=client_B\n', '.env.production': 'WORKOS_CLIENT_ID=client_A\n' },
    }),
    quiet('the id of an example file, which means nothing', literal('client_A', SHARED, CLIENT), {
      files: { '.env.example': 'WORKOS_CLIENT_ID=client_B\n' },
    }),
    quiet(
      'a second client beside the one of the env file',
      list(CLIENT, CLIENT.replaceAll('${clientId}', 'client_B')),
      { files: { '.env.local': 'WORKOS_CLIENT_ID=client_A\n' } },
    ),
    quiet(
      'a variable that settings show to be set',
      list(SHARED, CLIENT).replace('\n', '\nconst other = process.env.OTHER ?? 1;\n'),
      complete({ WORKOS_CLIENT_ID: 'client_A', OTHER: '1' }),
    ),
    quiet(
      'a read in a function that nobody calls',
      `${list(SHARED, CLIENT)}export const later = () => process.env.LATER ?? Date.now();\n`,
    ),
    quiet(
      'NODE_ENV, which the bundler writes in',
      list(SHARED, CLIENT).replace('\n', "\nconst isDev = process.env.NODE_ENV === 'development' || false;\n"),
      complete({ WORKOS_CLIENT_ID: 'client_A' }),
    ),
    quiet('a date that needs no clock', list(SHARED, CLIENT).replace('\n', '\nconst since = new Date(0);\n')),
    quiet('a Date of the file', `class Date { static now() { return 0; } }\n${list(SHARED, CLIENT)}Date.now();\n`),
    quiet("NextAuth's auth.config.ts", 'export default { providers: [] };\n', { filename: 'auth.config.ts' }),
    quiet('an auth.config beside the functions directory that convex.json names', list(SHARED), {
      files: { 'convex.json': '{ "functions": "backend/" }' },
    }),
    quiet('an empty file of another name', '', { filename: 'convex/auth.ts' }),
    quiet(
      'a data: key set',
      list(CLIENT.replace(/jwks: `[^`]*`/u, `jwks: 'data:application/json,${encodeURIComponent('{"keys":[]}')}'`)),
    ),
    quiet(
      'a switch that has to be on',
      list(SHARED, CLIENT).replace('\n', "\nif (process.env.SIGN_IN !== 'true') throw new Error('SIGN_IN');\n"),
    ),
    quiet(
      'a variable that is compared with the name of a place',
      list(SHARED, CLIENT).replace(
        '\n',
        "\nconst isOurs = process.env.PLACE === 'ours';\nif (isOurs) console.log('ours');\n",
      ),
    ),
    quiet(
      'a condition with one wrong arm, of which nobody knows which is taken',
      list(CLIENT.replace("'RS256'", "process.env.WORKOS_SIGNING === 'es' ? 'ES256' : 'RS256'")),
    ),
    quiet(
      'variables that are read only where nothing comes to',
      withLine(
        "const dev = process.env.NODE_ENV === 'development' ? process.env.DEV_ID : '';\nconst other = process.env.WORKOS_CLIENT_ID ?? process.env.OTHER;",
      ),
      complete({ WORKOS_CLIENT_ID: 'client_A' }),
    ),
    quiet(
      'an applicationID for the first of a list alone',
      `${READ}export default { providers: ['https://api.workos.com/', \`https://api.workos.com/user_management/\${clientId}\`].map((issuer, index) => ({ type: 'customJwt', issuer, algorithm: 'RS256', jwks: \`https://api.workos.com/sso/jwks/\${clientId}\`, ...(index === 0 ? { applicationID: clientId } : {}) })) };\n`,
    ),
    quiet(
      'an id for each deployment, and the variable for the others',
      list(CLIENT).replace(
        'process.env.WORKOS_CLIENT_ID',
        "process.env.CONVEX_CLOUD_URL === 'https://calm-otter-1.convex.cloud' ? 'client_LIVE' : process.env.WORKOS_CLIENT_ID",
      ),
      { files: { '.env.local': 'WORKOS_CLIENT_ID=client_DEV\n' } },
    ),
    quiet('an id of production beside one for development', list(SHARED, CLIENT), {
      ...MONOREPO,
      files: {
        ...MONOREPO.files,
        'apps/web/.env.production': 'WORKOS_CLIENT_ID=client_A\n',
        'packages/backend/.env.local': 'WORKOS_CLIENT_ID=client_B\n',
      },
    }),
    quiet(
      'a second variable with a helper that throws in its place',
      `function missing(name: string): never { throw new Error(name); }\n${withLine("const other = process.env.OTHER ?? missing('OTHER');")}`,
    ),
    quiet(
      'a second variable with a throw in the other branch',
      withLine("if (process.env.OTHER) console.log('on');\nelse throw new Error('OTHER');"),
    ),
    quiet(
      'a required variable by a helper with a fallback that is not given',
      `const read = (name: string, fallback?: string) => {\n  const value = process.env[name] ?? fallback;\n  if (value === undefined) throw new Error(name);\n  return value;\n};\n${withLine("const other = read('OTHER');")}`,
    ),
    quiet(
      'an audience that no token has, where the provider before it takes the session token',
      list(SHARED, CLIENT, client("applicationID: 'convex'")),
    ),
    quiet(
      'applicationID that is deleted again',
      `${READ}const own = ${client('applicationID: clientId')};\ndelete own.applicationID;\nexport default { providers: [${SHARED}, own] };\n`,
    ),
    quiet(
      'the provider that is pushed into the config',
      `${READ}const config = { providers: [${SHARED}] };\nconfig.providers.push(${CLIENT});\nexport default config;\n`,
    ),
    quiet(
      'a base address whose slash a pattern takes off',
      list(SHARED, CLIENT)
        .replaceAll('https://api.workos.com/user', '${base}/user')
        .replace('\n', "\nconst base = 'https://api.workos.com/'.replace(/\\/+$/, '');\n"),
    ),
    quiet('a literal id that the browser has as well', literal('client_A', SHARED, CLIENT), {
      files: { '.env.local': 'NEXT_PUBLIC_WORKOS_CLIENT_ID=client_A\n' },
    }),
    quiet(
      'the pair by a schema over the environment',
      list(SHARED, CLIENT).replace(READ, `${SCHEMA}const clientId = env.WORKOS_CLIENT_ID;\n`),
    ),
    quiet(
      'a property that a schema names in its own way',
      list(SHARED, CLIENT).replace(READ, `${SCHEMA}const clientId = env.workosClientId;\n`),
      complete({ WORKOS_CLIENT_ID: 'client_A' }),
    ),
  ],
  invalid: [
    fixed(
      'writes the client id as an env module of any kind gives it to the file',
      withOwnEnv("'convex'"),
      'wrongAudience',
      [
        ['useCanonicalPair', withOwnEnv('env.WORKOS_CLIENT_ID', CLIENT_OF_ENV)],
        ['correctProperty', withOwnEnv('env.WORKOS_CLIENT_ID')],
      ],
      {
        files: {
          'convex/env.ts':
            "import { z } from 'zod';\nexport const env = { WORKOS_CLIENT_ID: z.string().parse(process.env.WORKOS_CLIENT_ID) };\n",
        },
      },
    ),
    fixed('applicationID on user_management', list(SHARED, client('applicationID: clientId')), 'audienceRequired', [
      ['useCanonicalPair', list(SHARED, CLIENT)],
    ]),
    fixed(
      'an applicationID that is not the client id',
      list(SHARED, client("applicationID: 'convex'")),
      'wrongAudience',
      [['useCanonicalPair', list(SHARED, CLIENT)]],
    ),
    reported(
      'the same where allowAudience is given',
      list(SHARED, client("applicationID: 'convex'")),
      ['wrongAudience 1'],
      { options: [{ allowAudience: true }] },
    ),
    fixed('the shared issuer alone', list(SHARED), 'missingSessionProvider', [
      ['useCanonicalPair', list(SHARED, CLIENT)],
    ]),
    fixed(
      'the shared issuer without applicationID',
      list(SHARED.replace(', applicationID: clientId', ''), CLIENT),
      'refusedDeploy',
      [['useCanonicalPair', list(SHARED, CLIENT)]],
    ),
    fixed(
      'the shared issuer without scheme and applicationID, which Convex lets pass',
      list(SHARED.replace(', applicationID: clientId', '').replace('https://api', 'api'), CLIENT),
      'openToAll',
      [['useCanonicalPair', list(SHARED.replace('https://api', 'api'), CLIENT)]],
    ),
    reported(
      'the shared issuer with two slashes, which Convex lets pass',
      list(SHARED.replace(', applicationID: clientId', '').replace('com/', 'com//'), CLIENT),
      ['openToAll 1'],
    ),
    fixed(
      'domain for a WorkOS issuer',
      list(SHARED, '{ domain: `https://api.workos.com/user_management/${clientId}`, applicationID: clientId }'),
      'discoveryProvider',
      [
        [
          'useCanonicalPair',
          list(
            SHARED,
            "{ type: 'customJwt', issuer: `https://api.workos.com/user_management/${clientId}`, algorithm: 'RS256', jwks: `https://api.workos.com/sso/jwks/${clientId}` }",
          ),
        ],
      ],
    ),
    fixed(
      "domain for an address on WorkOS's host, with the id it was given",
      "export default { providers: [{ domain: 'https://api.workos.com/sso/oidc/client_A', applicationID: 'client_A' }] };",
      'discoveryProvider',
      [
        [
          'useCanonicalPair',
          list(SHARED, CLIENT)
            .replace(READ, '')
            .replaceAll(/`([^$`]*)\$\{clientId\}`/gu, "'$1client_A'")
            .replace('ID: clientId', "ID: 'client_A'")
            .trimEnd(),
        ],
        [
          'correctProperty',
          list(CLIENT)
            .replace(READ, '')
            .replaceAll(/`([^$`]*)\$\{clientId\}`/gu, "'$1client_A'")
            .trimEnd(),
        ],
      ],
    ),
    fixed('a jwks path that serves no keys', list(SHARED, CLIENT.replace('/sso/jwks/', '/jwks/')), 'wrongKeysPath', [
      ['useCanonicalPair', list(SHARED, CLIENT)],
    ]),
    fixed('a wrong algorithm', list(SHARED, CLIENT.replace('RS256', 'ES256')), 'wrongAlgorithm', [
      ['useCanonicalPair', list(SHARED, CLIENT)],
    ]),
    fixed('an algorithm that Convex does not know', list(SHARED, CLIENT.replace('RS256', 'HS256')), 'refusedDeploy', [
      ['useCanonicalPair', list(SHARED, CLIENT)],
    ]),
    fixed('a misspelt applicationID', list(SHARED.replace('applicationID', 'applicationId'), CLIENT), 'refusedDeploy', [
      ['useCanonicalPair', list(SHARED, CLIENT)],
    ]),
    fixed('an issuer without a type', list(SHARED, CLIENT.replace("type: 'customJwt', ", '')), 'refusedDeploy', [
      ['useCanonicalPair', list(SHARED, CLIENT)],
    ]),
    fixed(
      'keys of another client',
      literal('client_A', CLIENT.replace('jwks/${clientId}', 'jwks/client_B')),
      'foreignKeys',
      [
        ['useCanonicalPair', literal('client_A', CLIENT).replaceAll('${clientId}', '${process.env.WORKOS_CLIENT_ID}')],
        ['correctProperty', literal('client_A', CLIENT)],
      ],
    ),
    fixed(
      'an id that is trimmed first, by the name that holds the result',
      list(client('applicationID: clientId')).replace(
        READ,
        "const raw = process.env.WORKOS_CLIENT_ID?.trim();\nconst clientId = raw !== 'none' ? raw : undefined;\n",
      ),
      'audienceRequired',
      [
        [
          'useCanonicalPair',
          list(CLIENT).replace(
            READ,
            "const raw = process.env.WORKOS_CLIENT_ID?.trim();\nconst clientId = raw !== 'none' ? raw : undefined;\n",
          ),
        ],
      ],
    ),
    fixed(
      'an audience next to a literal id, which stays',
      literal('client_A', SHARED, client('applicationID: clientId')),
      'audienceRequired',
      [['useCanonicalPair', literal('client_A', SHARED, CLIENT)]],
    ),
    fixed(
      'an audience next to an id of another variable, which stays',
      list(SHARED, client('applicationID: clientId')).replace('WORKOS_CLIENT_ID', 'AUTHKIT_APP'),
      'audienceRequired',
      [['useCanonicalPair', list(SHARED, CLIENT).replace('WORKOS_CLIENT_ID', 'AUTHKIT_APP')]],
    ),
    fixed('the shared issuer alone, with a literal id', literal('client_A', SHARED), 'missingSessionProvider', [
      ['useCanonicalPair', literal('client_A', SHARED, CLIENT)],
    ]),
    fixed(
      'keys that are not there, of the variable that the issuer reads',
      list(CLIENT.replace('/sso/jwks/${clientId}', '/keys'))
        .replaceAll('clientId', 'id')
        .replace('WORKOS_CLIENT_ID', 'AUTHKIT_APP'),
      'wrongKeysPath',
      [['useCanonicalPair', list(CLIENT).replaceAll('clientId', 'id').replace('WORKOS_CLIENT_ID', 'AUTHKIT_APP')]],
    ),
    reported(
      'a data: URI that is not a key set',
      list(SHARED, CLIENT.replace(/jwks: `[^`]*`/u, "jwks: 'data:application/json,{}'")),
      ['invalidKeySet 1'],
    ),
    fixed(
      'keys that are not there, of the only provider, which is all that an app needs',
      list(CLIENT.replace('/sso/jwks/', '/keys/')),
      'wrongKeysPath',
      [['useCanonicalPair', list(CLIENT)]],
    ),
    fixed(
      'the shared issuer alone, by name',
      `${READ}const shared = ${SHARED};\nexport default { providers: [shared] };\n`,
      'missingSessionProvider',
      [['useCanonicalPair', `${READ}const shared = ${SHARED};\nexport default { providers: [shared, ${CLIENT}] };\n`]],
    ),
    reported('null among the providers', list(SHARED, CLIENT, 'null'), ['refusedDeploy']),
    {
      name: 'the second provider is not called the one at index 0',
      filename: FILE,
      code: list(SHARED, CLIENT.replace('https://api.workos.com/user', 'http://api.workos.com/user')),
      errors: [
        {
          message:
            "Convex rejects AuthKit tokens, because their issuer is not 'http://api.workos.com/user_management/${process.env.WORKOS_CLIENT_ID}'. Write issuer: `https://api.workos.com/user_management/${process.env.WORKOS_CLIENT_ID}`.",
          suggestions: 1,
        },
      ],
    },
    reported(
      'an http:// issuer',
      list(SHARED, CLIENT.replace('https://api.workos.com/user', 'http://api.workos.com/user')),
      ['wrongIssuer 1'],
    ),
    reported('an issuer on the API host that no token has', list(CLIENT.replace('user_management', 'sso')), [
      'wrongIssuer 2',
    ]),
    reported(
      'every defect of a provider, each at its property',
      list(SHARED, CLIENT.replace('RS256', 'ES256').replace('/sso/jwks/', '/jwks/')),
      ['wrongAlgorithm 2', 'wrongKeysPath 2'],
    ),
    reported('an empty list in an app with AuthKit', 'export default { providers: [] };\n', ['noProviders']),
    reported('no default export', `${READ}export const providers = [${SHARED}];\n`, ['refusedDeploy']),
    reported('a default export without providers', `${READ}export default [${SHARED}];\n`, ['refusedDeploy']),
    reported(
      "another service's provider that breaks the deploy",
      list(SHARED, CLIENT, "{ domain: 'https://clerk.example.com' }"),
      ['refusedDeploy'],
    ),
    fixed(
      'a literal id that the env file does not have',
      literal('client_A', SHARED, CLIENT),
      'wrongClientId',
      [['useVariable', list(SHARED, CLIENT)]],
      {
        files: { '.env.local': 'WORKOS_CLIENT_ID=client_B\n' },
      },
    ),
    fixed(
      'a literal id in the properties',
      list(SHARED, CLIENT)
        .replace(READ, '')
        .replaceAll('${clientId}', 'client_A')
        .replace('ID: clientId', "ID: 'client_A'"),
      'wrongClientId',
      [
        [
          'useCanonicalPair',
          list(SHARED, CLIENT)
            .replace(READ, '')
            .replaceAll('${clientId}', '${process.env.WORKOS_CLIENT_ID}')
            .replace('ID: clientId', 'ID: process.env.WORKOS_CLIENT_ID'),
        ],
      ],
      { files: { '.env.local': 'WORKOS_CLIENT_ID=client_B\n' } },
    ),
    reported('env files of app and Convex that differ', list(SHARED, CLIENT), ['differentClientIds'], {
      ...MONOREPO,
      files: {
        ...MONOREPO.files,
        'apps/web/.env.local': 'WORKOS_CLIENT_ID=client_A\n',
        'packages/backend/.env.local': "WORKOS_CLIENT_ID='client_B'\n",
      },
    }),
    reported(
      'an optional second variable behind ??',
      list(SHARED, CLIENT).replace('\n', "\nconst other = process.env.OTHER ?? '';\n"),
      ['optionalVariable'],
    ),
    reported(
      'an optional second variable behind ||',
      list(SHARED, CLIENT).replace('\n', "\nconst other = process.env.OTHER || '';\n"),
      ['optionalVariable'],
    ),
    reported(
      'an optional second variable behind ?.',
      list(SHARED, CLIENT).replace('\n', '\nconst other = process.env.OTHER?.trim();\n'),
      ['optionalVariable'],
    ),
    reported(
      'an optional second variable by a ternary',
      list(SHARED, CLIENT, '...(other ? [{ domain: other, applicationID: clientId }] : [])').replace(
        '\n',
        '\nconst other = process.env.OTHER;\n',
      ),
      ['optionalVariable'],
    ),
    {
      ...reported(
        'a switch that nobody has to set',
        list(SHARED, CLIENT, '...(guests ? [{ domain: clientId, applicationID: clientId }] : [])').replace(
          '\n',
          "\nconst guests = process.env.GUESTS === 'true';\n",
        ),
        [],
      ),
      errors: [{ message: /^GUESTS is read as optional \(=== 'true'\), but Convex refuses/u }],
    },
    reported(
      'an optional second variable by if',
      `${READ}const providers = [${SHARED}, ${CLIENT}];\nif (process.env.OTHER) providers.push({ domain: process.env.OTHER, applicationID: clientId });\nexport default { providers };\n`,
      ['optionalVariable'],
    ),
    reported(
      'a variable that settings show to be unset',
      list(SHARED, CLIENT).replace('\n', '\nconst other = process.env.OTHER ?? 1;\n'),
      ['unsetVariable'],
      complete({ WORKOS_CLIENT_ID: 'client_A' }),
    ),
    reported(
      'a variable of an imported module that settings show to be unset',
      `import './env';\n${list(SHARED, CLIENT)}`,
      ['unsetVariable'],
      {
        ...complete({ WORKOS_CLIENT_ID: 'client_A' }),
        files: { 'convex/env.ts': "export const other = process.env.OTHER ?? '';\n" },
      },
    ),
    reported(
      'a variable that a helper reads, and that settings show to be unset',
      `const required = (name: string) => process.env[name] ?? '';\n${list(SHARED, CLIENT, "{ domain: required('OTHER'), applicationID: 'convex' }")}`,
      ['unsetVariable'],
      complete({ WORKOS_CLIENT_ID: 'client_A' }),
    ),
    reported(
      'an optional variable in a function that the module calls',
      `${READ}function providers() {\n  const list = [${CLIENT}];\n  if (process.env.OTHER) list.push({ domain: process.env.OTHER, applicationID: 'convex' });\n  return list;\n}\nexport default { providers: providers() };\n`,
      ['optionalVariable'],
    ),
    reported(
      'a client id that settings show to be empty',
      list(SHARED, CLIENT),
      ['emptyVariable'],
      complete({ WORKOS_CLIENT_ID: '' }),
    ),
    reported(
      'variables of the WorkOS component that settings show to be unset',
      "import { authKit } from './auth';\nexport default { providers: authKit.getAuthConfigProviders() };\n",
      ['unsetVariable', 'unsetVariable'],
      {
        ...complete({ WORKOS_CLIENT_ID: 'client_A', WORKOS_API_KEY: 'sk_test_1' }),
        files: {
          'convex/auth.ts':
            "import { AuthKit } from '@convex-dev/workos-authkit';\nexport const authKit = new AuthKit(components.workOSAuthKit, {});\n",
        },
      },
    ),
    reported('a clock', list(SHARED, CLIENT).replace('\n', '\nconst now = Date.now();\n'), ['forbiddenCall']),
    reported(
      'randomness',
      list(SHARED, CLIENT).replace('\n', '\nconst nonce = Math.random() + crypto.randomUUID();\n'),
      ['forbiddenCall', 'forbiddenCall'],
    ),
    reported('a module of Node.js', `import fs from 'node:fs';\n${list(SHARED, CLIENT)}fs.existsSync('');\n`, [
      'forbiddenImport',
    ]),
    reported('both auth.config.ts and auth.config.js', list(SHARED, CLIENT), ['twoFiles'], {
      files: { 'convex/auth.config.js': 'export default {};' },
    }),
    reported('auth.config.js next to an auth.config.ts of another service', list(SHARED, CLIENT), ['twoFiles'], {
      filename: 'convex/auth.config.js',
      files: {
        'convex/auth.config.ts':
          "export default { providers: [{ domain: 'https://acme.clerk.accounts.dev', applicationID: 'convex' }] };",
      },
    }),
    reported('the file in the functions directory that convex.json names', list(SHARED), ['missingSessionProvider 1'], {
      filename: 'backend/auth.config.ts',
      files: { 'convex.json': '{ "functions": "backend/" }', 'backend/schema.ts': '' },
    }),
    reported(
      'a provider that an imported file makes',
      "import { providers } from './providers';\nexport default { providers };\n",
      ['missingSessionProvider'],
      {
        files: { 'convex/providers.ts': `${READ}export const providers = [${SHARED}];\n` },
      },
    ),
    reported('a literal id that the browser does not have', literal('client_A', SHARED, CLIENT), ['wrongClientId 1'], {
      files: { '.env.local': 'NEXT_PUBLIC_WORKOS_CLIENT_ID=client_B\n' },
    }),
    fixed(
      'a literal id in another file',
      "import { clientId } from './ids';\n" + list(SHARED, CLIENT).replace(READ, ''),
      'wrongClientId',
      [
        [
          'useCanonicalPair',
          "import { clientId } from './ids';\n" +
            list(SHARED, CLIENT)
              .replace(READ, '')
              .replaceAll('${clientId}', '${process.env.WORKOS_CLIENT_ID}')
              .replace('ID: clientId', 'ID: process.env.WORKOS_CLIENT_ID'),
        ],
      ],
      {
        files: {
          'convex/ids.ts': "export const clientId = 'client_A';\n",
          '.env.local': 'WORKOS_CLIENT_ID=client_B\n',
        },
      },
    ),
    reported('an id in the browser that differs from the one of Convex', list(SHARED, CLIENT), ['differentClientIds'], {
      ...MONOREPO,
      files: {
        ...MONOREPO.files,
        'apps/web/.env.local': 'NEXT_PUBLIC_WORKOS_CLIENT_ID=client_A\n',
        'packages/backend/.env.local': 'WORKOS_CLIENT_ID=client_B\n',
      },
    }),
    reported(
      'an optional second variable by typeof',
      withLine("const other = typeof process.env.OTHER === 'string' ? process.env.OTHER : '';"),
      ['optionalVariable'],
    ),
    reported(
      'an optional second variable by a helper that takes its name',
      `const optional = (name: string) => process.env[name] ?? '';\n${withLine("const other = optional('OTHER');")}`,
      ['optionalVariable'],
    ),
    reported(
      'an optional second variable by a helper that takes its value',
      `function clean(value?: string) {\n  if (!value) return 'https://api.workos.com';\n  return value.trim();\n}\n${withLine('const other = clean(process.env.OTHER);')}`,
      ['optionalVariable'],
    ),
    reported(
      'an optional second variable by a property',
      withLine('const env = { other: process.env.OTHER };\nif (env.other) console.log(env.other);'),
      ['optionalVariable'],
    ),
    reported(
      'an optional second variable by a function that returns it',
      withLine("const other = () => process.env.OTHER;\nconst host = other() ?? '';"),
      ['optionalVariable'],
    ),
    {
      name: 'an optional second variable of an imported module',
      filename: FILE,
      code: `import { extra } from './extra';\n${list(SHARED, CLIENT, '...extra')}`,
      files: {
        'convex/extra.ts':
          "const domain = process.env.OTHER;\nexport const extra = domain ? [{ domain, applicationID: 'convex' }] : [];\n",
      },
      errors: [{ message: /^OTHER is read as optional \(a ternary, in .*convex\/extra\.ts\)/u, line: 1 }],
    },
    reported(
      'an optional second variable in a function of another module',
      `import { extra } from './extra';\n${list(SHARED, CLIENT, '...extra()')}`,
      ['optionalVariable'],
      {
        files: {
          'convex/extra.ts':
            "export function extra() {\n  const domain = process.env.OTHER;\n  return domain ? [{ domain, applicationID: 'convex' }] : [];\n}\n",
        },
      },
    ),
    reported(
      'an issuer whose fallback shows what it is meant to hold',
      list(SHARED, client('applicationID: clientId').replace('issuer: ', 'issuer: process.env.ISSUER ?? ')),
      ['optionalVariable', 'audienceRequired 1'],
    ),
    reported(
      'applicationID by a schema over the environment',
      list(SHARED, client('applicationID: clientId')).replace(
        READ,
        `${SCHEMA}const clientId = env.WORKOS_CLIENT_ID;\n`,
      ),
      ['audienceRequired 1'],
    ),
    reported(
      'applicationID on a custom auth domain',
      list(client('applicationID: clientId').replaceAll('api.workos.com', 'auth.example.com')),
      ['audienceRequired 1'],
    ),
    reported(
      'a second variable that is trimmed, and has another value where it is absent',
      withLine("const other = process.env.OTHER?.trim() || 'guest';\nif (!other) throw new Error('OTHER');"),
      ['optionalVariable'],
    ),
    reported(
      'a second variable that a helper trims and does not demand',
      withLine(
        'const clean = (value?: string) => value?.trim();\nconst other = clean(process.env.OTHER);\nconsole.log(other);',
      ),
      ['optionalVariable'],
    ),
    reported(
      'an OpenID Connect provider alone, by a variable that names WorkOS',
      "export default {\n  providers: [{ domain: process.env.WORKOS_AUTHKIT_DOMAIN, applicationID: 'convex' }],\n};\n",
      ['discoveryProvider'],
    ),
    reported(
      'an OpenID Connect provider alone on a domain of AuthKit',
      "export default { providers: [{ domain: 'https://shop-12.authkit.app', applicationID: 'convex' }] };\n",
      ['discoveryProvider'],
    ),
    reported(
      'an OpenID Connect provider alone, in an app that hands the tokens of AuthKit to Convex',
      "export default { providers: [{ domain: process.env.AUTH_DOMAIN!, applicationID: 'convex' }] };\n",
      ['discoveryProvider'],
      { files: { 'app/provider.tsx': PROVIDER } },
    ),
    reported(
      'an OpenID Connect provider alone on a domain of its own, in an app that hands the tokens of AuthKit to Convex',
      "export default { providers: [{ domain: 'https://id.shop.example', applicationID: 'convex' }] };\n",
      ['discoveryProvider'],
      { files: { 'app/provider.tsx': PROVIDER } },
    ),
    fixed(
      'a variable whose name is misspelled',
      list(CLIENT).replace('WORKOS_CLIENT_ID', 'WORKOS_CLIENTID'),
      'misspelledVariable',
      [['renameVariable', list(CLIENT)]],
      { files: { '.env.local': 'WORKOS_CLIENT_ID=client_A\n' } },
    ),
    reported('a provider of Convex without an auth.config', PROVIDER, ['noAuthConfig'], {
      filename: 'app/provider.tsx',
      files: { 'convex/tasks.ts': '', 'convex/_generated/server.js': '' },
    }),
    fixed(
      'a literal id, where the generated module has env',
      literal('client_B', CLIENT),
      'wrongClientId',
      [['useVariable', `import { env } from './_generated/server';\n\n${list(CLIENT).replace('process.env', 'env')}`]],
      {
        files: {
          '.env.local': 'WORKOS_CLIENT_ID=client_A\n',
          'convex/_generated/server.d.ts': 'export declare const env: Record<string, string | undefined>;\n',
        },
      },
    ),
    fixed(
      'a literal id, where the env of the generated module does not have the variable',
      literal('client_B', CLIENT),
      'wrongClientId',
      [['useVariable', list(CLIENT)]],
      {
        files: {
          '.env.local': 'WORKOS_CLIENT_ID=client_A\n',
          'convex/_generated/server.d.ts': 'type Env = { readonly OTHER: string };\nexport declare const env: Env;\n',
        },
      },
    ),
    fixed(
      'a literal id, where the linter of Convex forbids process.env',
      literal('client_B', CLIENT),
      'wrongClientId',
      [['useVariable', `import { env } from './_generated/server';\n\n${list(CLIENT).replace('process.env', 'env')}`]],
      {
        files: {
          'package.json': packageJson({
            next: '16.0.0',
            convex: '1.48.0',
            '@workos-inc/authkit-nextjs': '4.3.0',
            '@convex-dev/eslint-plugin': '^5.0.0',
          }),
          '.env.local': 'WORKOS_CLIENT_ID=client_A\n',
        },
      },
    ),
    fixed(
      'the shared provider alone, in a file that reads env of the generated module',
      `import { env } from './_generated/server';\nexport default { providers: [${SHARED.replaceAll('clientId', 'env.WORKOS_CLIENT_ID')}] };\n`,
      'missingSessionProvider',
      [
        [
          'useCanonicalPair',
          `import { env } from './_generated/server';\nexport default { providers: [${SHARED.replaceAll('clientId', 'env.WORKOS_CLIENT_ID')}, ${CLIENT.replaceAll('clientId', 'env.WORKOS_CLIENT_ID')}] };\n`,
        ],
      ],
    ),
    reported(
      'a broken provider in a list of which only some elements are taken',
      `${READ}const all = [${SHARED}, ${CLERK}];\nexport default { providers: [all[0], all[1]] };\n`,
      ['missingSessionProvider'],
    ),
    reported(
      'a broken provider as the argument of a helper',
      `${READ}const define = <T,>(provider: T) => provider;\nexport default { providers: [define(${SHARED})] };\n`,
      ['missingSessionProvider'],
    ),
    ...['null', 'false', '123', '[]', '{}', "['convex']", "!('convex')"].map((value) =>
      reported(
        `a domain with applicationID: ${value}`,
        `export default { providers: [{ domain: \`https://api.workos.com/user_management/\${process.env.WORKOS_CLIENT_ID}\`, applicationID: ${value} }] };\n`,
        ['discoveryProvider 2', 'refusedDeploy 2'],
      ),
    ),
    reported(
      'an algorithm by an accessor',
      `${READ}export default { providers: [${CLIENT.replace("algorithm: 'RS256'", "get algorithm() { return 'ES256'; }")}] };\n`,
      ['wrongAlgorithm'],
    ),
    {
      name: 'two providers that would become the same',
      filename: FILE,
      code: list(
        '{ domain: `https://api.workos.com/user_management/${clientId}`, applicationID: clientId }',
        client('applicationID: clientId'),
      ),
      errors: ['discoveryProvider', 'audienceRequired'].map((messageId) => ({
        messageId,
        suggestions: [
          { messageId: 'useCanonicalPair', output: list(SHARED, CLIENT) },
          {
            messageId: messageId === 'audienceRequired' ? 'removeProperty' : 'correctProperty',
            output:
              messageId === 'audienceRequired'
                ? list(
                    '{ domain: `https://api.workos.com/user_management/${clientId}`, applicationID: clientId }',
                    CLIENT,
                  )
                : list(CLIENT, client('applicationID: clientId')),
          },
        ],
      })),
    },
    reported(
      'the default of a schema as the issuer',
      "import { env } from './env';\nexport default { providers: [{ type: 'customJwt', issuer: env.ISSUER, algorithm: 'RS256', jwks: `https://api.workos.com/sso/jwks/${env.WORKOS_CLIENT_ID}` }] };\n",
      ['optionalVariable', 'wrongIssuer 2'],
      {
        files: {
          'convex/env.ts':
            "import { z } from 'zod';\nexport const env = z.object({ ISSUER: z.string().default('https://api.workos.com/wrong'), WORKOS_CLIENT_ID: z.string() }).parse(process.env);\n",
        },
      },
    ),
    reported(
      'applicationID by t3-env',
      list(SHARED, client('applicationID: clientId')).replace(
        READ,
        "import { createEnv } from '@t3-oss/env-core';\nimport { z } from 'zod';\nconst { WORKOS_CLIENT_ID: clientId } = createEnv({ server: { WORKOS_CLIENT_ID: z.string() }, runtimeEnv: { WORKOS_CLIENT_ID: process.env.WORKOS_CLIENT_ID } });\n",
      ),
      ['audienceRequired 1'],
    ),
    reported(
      'static members of a class that read each other',
      `class WorkOS {\n  static id = process.env.WORKOS_CLIENT_ID;\n  static base = 'https://api.workos.com';\n  static get issuer() { return \`\${this.base}/user_management/\${WorkOS.id}\`; }\n}\nexport default { providers: [{ type: 'customJwt', issuer: WorkOS.issuer, algorithm: 'ES256', jwks: \`\${WorkOS.base}/sso/jwks/\${WorkOS.id}\` }] };\n`,
      ['wrongAlgorithm 1'],
    ),
    reported(
      "another service's domain that is empty, and nothing else of it",
      list(SHARED, CLIENT, "{ domain: process.env.OTHER, applicationID: 'convex' }"),
      ['refusedDeploy'],
      complete({ WORKOS_CLIENT_ID: 'client_A', OTHER: '' }),
    ),
    fixed(
      'the shared issuer alone, with a client id that is destructured',
      list(SHARED).replace(READ, 'const { WORKOS_CLIENT_ID: clientId } = process.env;\n'),
      'missingSessionProvider',
      [
        [
          'useCanonicalPair',
          list(SHARED, CLIENT).replace(READ, 'const { WORKOS_CLIENT_ID: clientId } = process.env;\n'),
        ],
      ],
    ),
    fixed(
      'the shared issuer alone, with a client id of an object',
      list(SHARED).replace(READ, SCHEMA).replaceAll('clientId', 'env.WORKOS_CLIENT_ID'),
      'missingSessionProvider',
      [['useCanonicalPair', list(SHARED, CLIENT).replace(READ, SCHEMA).replaceAll('clientId', 'env.WORKOS_CLIENT_ID')]],
    ),
    reported(
      'an import with many optional variables, of which the first few tell enough',
      `import './many';\n${list(SHARED, CLIENT)}`,
      ['optionalVariable', 'optionalVariable', 'optionalVariable'],
      {
        files: {
          'convex/many.ts':
            "export const all = [process.env.A ?? '', process.env.B ?? '', process.env.C ?? '', process.env.D ?? ''];\n",
        },
      },
    ),
    fixed(
      'an applicationID that is no text, next to an issuer that names the client',
      list(SHARED, client('applicationID: [clientId]')),
      'refusedDeploy',
      [['useCanonicalPair', list(SHARED, CLIENT)]],
    ),
    fixed(
      'a misspelt applicationID next to an issuer that names the client: spelled right it would be wrong as well',
      list(SHARED, client('applicationId: clientId')),
      'refusedDeploy',
      [['useCanonicalPair', list(SHARED, CLIENT)]],
    ),
    fixed(
      'an issuer that ends where the client id should be',
      list(SHARED, CLIENT.replace('user_management/${clientId}', 'user_management')),
      'emptyClientId',
      [['useCanonicalPair', list(SHARED, CLIENT)]],
    ),
    fixed(
      'keys at an address without a scheme',
      list(SHARED, CLIENT.replace('https://api.workos.com/sso', 'api.workos.com/sso')),
      'invalidKeySet',
      [['useCanonicalPair', list(SHARED, CLIENT)]],
    ),
    reported('the shared issuer beside a provider with a domain, which takes no session token', list(SHARED, CLERK), [
      'missingSessionProvider 1',
    ]),
    reported(
      'a variable that is read where the deployment comes to',
      withLine("const live = process.env.NODE_ENV === 'development' ? '' : process.env.OTHER;"),
      ['unsetVariable'],
      complete({ WORKOS_CLIENT_ID: 'client_A' }),
    ),
    reported(
      'an optional second variable by another name of the environment',
      `const { env } = process;\n${withLine("const other = env.OTHER ?? '';")}`,
      ['optionalVariable'],
    ),
  ],
});
