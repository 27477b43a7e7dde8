/** Writes docs/packages.md from the tables of playbook/libraries and from the versions that the code asks for. `--check`: see page.mjs. */
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { at, table, writePage } from './page.mjs';

const { outputFiles } = await build({
  entryPoints: [at('playbook/libraries/index.ts')],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  packages: 'bundle',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(process.cwd() + '/');" },
});
const { LIBRARIES } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
);

/** A version that the code compares with, so that the page cannot name another one. Throws where the constant has gone. */
function versionIn(file, name) {
  const found = new RegExp(String.raw`\b${name} = '(?<version>[\d.]+)'`, 'u').exec(readFileSync(at(file), 'utf8'));
  if (!found?.groups) throw new Error(`${file} has no ${name}`);
  return found.groups.version;
}

const when = (condition) => {
  if (condition === 'always') return '';
  const { option, unless } = condition;
  return unless === undefined ? ` with \`${option}\`` : ` unless \`${option}\` is \`${unless}\``;
};

const TOKENS = {
  ask: 'returns the token, refreshed when it is about to expire',
  forced: 'refreshes the token in any case',
};
const VALUES = {
  'auth.loading': 'whether the session is loading',
  'token.error': 'the error of the last token request',
  'token.loading': 'whether a token is requested',
  'token.value': 'a copy of the token',
  token: 'the state of the token',
  user: 'the user and what belongs to it',
};
const SINKS = {
  proxy: 'the redirect URI of all sign-ins',
  'sign-in': 'the redirect URI of the sign-in',
  callback: 'where users land after the sign-in',
  'sign-out': 'where users land after the sign-out',
};
const RESPONSES = { body: 'is a response', next: 'passes the request on', redirect: 'redirects', rewrite: 'rewrites' };

/** What a row of a table says, as a list of clauses. */
function meaningsOf(entry) {
  const { redirectSink: sink, token, writesCookie: cookie } = entry;
  return [
    entry.endsSession && 'ends the session',
    entry.startsSignIn && `starts a sign-in${when(entry.startsSignIn)}`,
    entry.finishesSignIn && (entry.finishesSignIn === 'by-hand' ? 'finishes a sign-in' : 'makes the callback handler'),
    entry.proxy && (entry.proxy === 'factory' ? 'makes the proxy' : 'refreshes the session in a proxy'),
    entry.returnsSessionHeaders && 'returns headers that have to reach the browser',
    entry.sendsSessionHeaders && 'sends these headers on',
    entry.needsProxy && 'needs the proxy on its route',
    cookie &&
      `sets a cookie${when(cookie.when)}${cookie.signedOutOnly ? ' for signed-out visitors' : ''}${cookie.since === undefined ? '' : ` (since ${cookie.since})`}`,
    entry.leavesByException &&
      `leaves by throwing${when(entry.leavesByException)}${entry.isRefusal ? ', to an error page' : ''}`,
    entry.rethrows && 'rethrows what Next.js throws to leave',
    token &&
      (token.kind === 'value'
        ? VALUES[token.name]
        : `${TOKENS[token.kind]}${token.mayForce ? ', or in any case with `forceRefresh`' : ''}`),
    entry.makesWorkOSClient && "makes a client of WorkOS's API",
    entry.makesProviders && 'makes providers for `auth.config`',
    entry.tokenProvider &&
      `hands ${entry.tokenProvider === 'own' ? 'the tokens of your hook' : "the tokens of AuthKit's hook"} to Convex`,
    entry.takesFetcher && 'hands the tokens of the function that it is given to Convex',
    entry.switchesOrganization && `switches the organization${when(entry.switchesOrganization)}`,
    sink && `\`${sink.member}\` is ${SINKS[sink.kind]}`,
    entry.link && `is prefetched: the URL is in ${entry.link.hrefProps.map((prop) => `\`${prop}\``).join(', ')}`,
    entry.router &&
      (entry.router === 'wrapper' ? 'gives a component the router' : 'is the router, which has `prefetch()`'),
    entry.requestHeaders && 'returns the headers of the request',
    entry.path && `returns the path in \`${entry.path.member}\``,
    entry.wraps && 'returns a function that means the same as its argument',
    entry.caches && 'keeps what a function returns',
    entry.store && 'makes a state outside of components',
    entry.readsStore && 'reads or sets such a state',
    entry.response && RESPONSES[entry.response],
  ].filter((clause) => typeof clause === 'string');
}

/** All rows below an export that say something: itself, its members, and what a call of it returns. */
function rowsOf(name, entry) {
  const own = meaningsOf(entry);
  return [
    ...(own.length > 0 ? [[`\`${name}\``, own.join('; ')]] : []),
    ...Object.entries(entry.members ?? {}).flatMap(([key, member]) => rowsOf(`${name}.${key}`, member)),
    ...Object.entries(entry.returns ?? {}).flatMap(([key, member]) =>
      rowsOf(key === '()' ? `${name}()()` : `${name}().${key}`, member),
    ),
  ];
}

/** Exports that mean the same are one row. */
function merged(rows) {
  const byMeaning = new Map();
  for (const [name, meaning] of rows) byMeaning.set(meaning, [...(byMeaning.get(meaning) ?? []), name]);
  return [...byMeaning].map(([meaning, names]) => [names.join(', '), meaning]);
}

const knownOnly = (exports) => Object.entries(exports).filter(([name, entry]) => rowsOf(name, entry).length === 0);

/** Exports whose calls return the very same as those of an earlier one: `createWorkOS` is another way to make a `WorkOS`. */
function twinsIn(exports) {
  const first = new Map();
  return Object.entries(exports).flatMap(([name, { returns }]) => {
    if (returns === undefined || !first.has(returns)) {
      first.set(returns, name);
      return [];
    }
    return [[name, first.get(returns)]];
  });
}

const sections = LIBRARIES.map(({ exports, modules, name }) => {
  const twins = new Map(twinsIn(exports));
  const rows = merged(Object.entries(exports).flatMap(([key, entry]) => (twins.has(key) ? [] : rowsOf(key, entry))));
  const rest = knownOnly(exports).map(([key]) => `\`${key}\``);
  const others = modules.filter((module) => module !== name);
  return [
    `## ${name}`,
    ...(others.length > 0 ? [`Imported as ${modules.map((module) => `\`${module}\``).join(', ')}.`] : []),
    ...(rows.length > 0 ? [table(['export', 'what it means'], rows)] : []),
    ...[...twins].map(([twin, original]) => `\`${twin}\` means the same as \`${original}\`.`),
    ...(rest.length > 0 ? [`Known by name: ${rest.join(', ')}.`] : []),
  ].join('\n\n');
});

const upgrade = (name) => versionIn('codemods/upgrade-authkit/versions.ts', name);
const environment = (name) => versionIn('playbook/auth-config/read/environment-object.ts', name);
const pkce = versionIn('playbook/libraries/authkit-nextjs.ts', 'PKCE_VERSION');
const VERSIONS = [
  [
    '`@workos-inc/authkit-nextjs`',
    pkce,
    'starting a sign-in sets a cookie, so it cannot happen while a page renders, and a prefetch of a sign-in route adds one',
    '[no-cookie-write-in-render](rules/no-cookie-write-in-render.md), [no-sign-in-prefetch](rules/no-sign-in-prefetch.md)',
  ],
  [
    '',
    pkce,
    'a sign-in URL that `@workos-inc/node` made cannot be finished by `handleAuth()`',
    '[no-raw-authorization-url](rules/no-raw-authorization-url.md)',
  ],
  [
    '',
    versionIn('playbook/server-calls/session-headers.ts', 'HANDLES_HEADERS'),
    'a proxy of your own ends with `handleAuthkitHeaders()`',
    '[no-dropped-session-headers](rules/no-dropped-session-headers.md)',
  ],
  [
    '',
    upgrade('GOOD'),
    'a 429 or 5xx of WorkOS no longer deletes the session',
    '[upgrade-authkit](codemods/upgrade-authkit.md)',
  ],
  [
    '`next`',
    upgrade('NEXT_PROXY_SINCE'),
    'the proxy is `proxy.ts`, not `middleware.ts`',
    '[valid-proxy](rules/valid-proxy.md)',
  ],
  [
    '`convex`',
    environment('OFFERS_ENV'),
    '`env` of `_generated/server` has the variables',
    'the edits of [valid-auth-config](rules/valid-auth-config.md)',
  ],
  [
    '`@convex-dev/eslint-plugin`',
    environment('FORBIDS_PROCESS_ENV'),
    '`process.env` is forbidden in Convex code',
    'the edits of [valid-auth-config](rules/valid-auth-config.md)',
  ],
];

await writePage(
  'docs/packages.md',
  `# What the rules know of packages

Rules ask what an import means, not what it is called, so an alias, a namespace import or a re-export makes no difference. This page is generated from the tables that they ask. A package that is not here means nothing to them, and what is unknown is not reported. Env schemas of t3-env, zod, valibot and envalid are read as well.

## Versions

Where a fact depends on a version, the version of your app decides: what is installed, then the lockfile, then the range in \`package.json\`.

${table(['package', 'since', 'what is true then', 'who asks'], VERSIONS)}

${sections.join('\n\n')}
`,
);
