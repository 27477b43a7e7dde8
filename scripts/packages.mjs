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

/** What each meaning of a row (`Meaning` in playbook/libraries/entry.ts) says, in the order of the page. */
const CLAUSES = {
  endsSession: () => 'ends the session',
  startsSignIn: (condition) => `starts a sign-in${when(condition)}`,
  finishesSignIn: (how) => (how === 'by-hand' ? 'finishes a sign-in' : 'makes the callback handler'),
  proxy: (kind) => (kind === 'factory' ? 'makes the proxy' : 'refreshes the session in a proxy'),
  returnsSessionHeaders: () => 'returns headers that have to reach the browser',
  sendsSessionHeaders: () => 'sends these headers on',
  needsProxy: () => 'needs the proxy on its route',
  writesCookie: ({ signedOutOnly, since, when: condition }) =>
    `sets a cookie${when(condition)}${signedOutOnly ? ' for signed-out visitors' : ''}${since === undefined ? '' : ` (since ${since})`}`,
  leavesByException: (condition, { isRefusal }) =>
    `leaves by throwing${when(condition)}${isRefusal ? ', to an error page' : ''}`,
  rethrows: () => 'rethrows what Next.js throws to leave',
  returnsSession: () => 'returns the session with its token',
  token: ({ kind, mayForce, name }) =>
    kind === 'value' ? VALUES[name] : `${TOKENS[kind]}${mayForce ? ', or in any case with `forceRefresh`' : ''}`,
  makesWorkOSClient: () => "makes a client of WorkOS's API",
  makesProviders: () => 'makes providers for `auth.config`',
  tokenProvider: (kind) => `hands the tokens of ${kind === 'own' ? 'your' : "AuthKit's"} hook to Convex`,
  takesFetcher: () => 'hands the tokens of the function that it is given to Convex',
  switchesOrganization: (condition) => `switches the organization${when(condition)}`,
  redirectSink: ({ kind, member }) => `\`${member}\` is ${SINKS[kind]}`,
  link: ({ hrefProps }) => `is prefetched: the URL is in ${hrefProps.map((prop) => `\`${prop}\``).join(', ')}`,
  router: (kind) => (kind === 'wrapper' ? 'gives a component the router' : 'is the router, which has `prefetch()`'),
  requestHeaders: () => 'returns the headers of the request',
  path: ({ member }) => `returns the path in \`${member}\``,
  wraps: () => 'returns a function that means the same as its argument',
  caches: () => 'keeps what a function returns',
  store: () => 'makes a state outside of components',
  readsStore: () => 'reads or sets such a state',
  response: (kind) => RESPONSES[kind],
  callsMember: (member) => `calls the function in \`${member}\` for each request`,
  signsOutOnPost: () => 'signs users out on POST only',
  asserts: () => 'throws unless its argument is truthy',
};
/** What other clauses say, or the rows below. */
const SAID_ELSEWHERE = ['finishesResponse', 'isRefusal', 'members', 'redirectsTo', 'resultForPage', 'returns'];

/** What a row of a table says, as a list of clauses. Throws for a meaning that has none, so that the page cannot leave one out. */
function meaningsOf(entry) {
  const unknown = Object.keys(entry).find((key) => !(key in CLAUSES) && !SAID_ELSEWHERE.includes(key));
  if (unknown !== undefined) throw new Error(`${unknown} has no words for the page.`);
  return Object.entries(CLAUSES).flatMap(([key, words]) =>
    entry[key] === undefined ? [] : [words(entry[key], entry)],
  );
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
