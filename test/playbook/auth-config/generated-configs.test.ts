import { createContext, runInContext } from 'node:vm';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { mergeEdits } from '../../../analysis/edits/edits.ts';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import codemod from '../../../codemods/valid-auth-config.ts';
import { findAuthConfigFaults } from '../../../playbook/auth-config/detect/find.ts';
import { openProject } from '../../../project/project.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { type Random, createRandom } from '../../helpers/random.ts';

const fixture = projectFixture({
  'package.json': '{ "dependencies": { "next": "16.0.0", "convex": "1.48.0", "@workos-inc/authkit-nextjs": "4.3.2" } }',
  'app/page.tsx': '',
  'convex/schema.ts': '',
});
afterAll(() => {
  fixture.remove();
});
const path = fixture.path('convex/auth.config.ts');
const project = openProject({ cwd: fixture.root });

const ID = 'process.env.WORKOS_CLIENT_ID';
const CLERK = "{ domain: 'https://clerk.example.com', applicationID: 'convex' }";
const WRONG = ['null', 'undefined', 'false', '123', '[]', '{}', "['convex']", "!('convex')", "''", "'convex'", ID];

/** A provider of WorkOS's, right or wrong in one of many ways. */
function provider(random: Random): string {
  const issuer = random.pick([
    `\`https://api.workos.com/user_management/\${${ID}}\``,
    `\`https://api.workos.com/user_management/\${${ID}}\``,
    "'https://api.workos.com/'",
    "'https://api.workos.com'",
    "'https://api.workos.com/sso'",
  ]);
  const properties = [
    random.pick(["type: 'customJwt'", "type: 'customJwt'", "type: 'customJwt' as const", '', "type: 'jwt'"]),
    random.pick([
      `issuer: ${issuer}`,
      `issuer: ${issuer}`,
      `domain: ${issuer}`,
      `'issuer': ${issuer}`,
      `['issuer']: ${issuer}`,
      `get issuer() { return ${issuer} }`,
    ]),
    random.pick(["algorithm: 'RS256'", "algorithm: 'RS256'", "algorithm: 'ES256'", '', "algorithm: ('RS384')"]),
    random.pick([
      `jwks: \`https://api.workos.com/sso/jwks/\${${ID}}\``,
      `jwks: \`https://api.workos.com/jwks/\${${ID}}\``,
      '',
      "jwks: 'x'",
    ]),
    random.pick([
      '',
      '',
      `applicationID: ${random.pick(WRONG)}`,
      `applicationId: ${random.pick(WRONG)}`,
      'applicationID() {}',
    ]),
    random.pick(['', '', '', '...{}', "...{ type: 'customJwt' }", '/* a note */ kid: 1']),
  ].filter((text) => text !== '');
  return random.chance(0.5) ? `{ ${properties.join(', ')} }` : `{\n    ${properties.join(',\n    ')},\n  }`;
}

/** A file whose list of providers is written in one of many ways. */
function config(random: Random): string {
  const ours = Array.from({ length: 1 + random.below(2) }, () => provider(random));
  const [first = CLERK] = ours;
  const rest = ours.slice(1);
  const all = random.chance(0.5) ? [...ours, CLERK] : [CLERK, ...ours];
  const list = `[${all.join(', ')}]`;
  const ending = random.pick(['', ' satisfies AuthConfig', ' as AuthConfig']);
  const end = (providers: string, before = ''): string =>
    `${before}export default { providers: ${providers} }${ending};\n`;
  return random.pick([
    () => end(list),
    () => end(`${list} as const`),
    () => end('list', `const list = ${list};\n`),
    () => end('list', `const list = [${CLERK}];\nlist.push(${ours.join(', ')});\n`),
    () => end('[all[0], all[1]]', `const all = ${list};\n`),
    () => end('[all[0]]', `const all = [${first}, ${CLERK}];\n`),
    () => end('[one, two]', `const [one, two] = [${first}, ${CLERK}];\n`),
    () => end('[clerk, one]', `const one = ${first};\nconst clerk = ${CLERK};\n`),
    () => end('[...list]', `const list = ${list};\n`),
    () => end(`[...${list}, ${CLERK}]`),
    () => end(`[${CLERK}].concat(${list})`),
    () => end(`${list}.filter(Boolean)`),
    () => end(`${list}.filter(Boolean).slice(0, 1)`),
    () => end(`${list}.slice(0, 2)`),
    () => end(`${list}.map((one) => one)`),
    () => end(`${list}.reverse()`),
    () => end(`[Object.freeze(${first}), ${CLERK}]`),
    () => end(`Object.freeze(${list})`),
    () => end(`[define(${first}), ${CLERK}]`, 'const define = (provider) => provider;\n'),
    () => end(`define(${[first, CLERK].join(', ')})`, 'const define = (...providers) => providers;\n'),
    () => end(`process.env.ON ? ${list} : [${CLERK}]`),
    () => end(`[...(process.env.ON ? [${first}] : []), ${CLERK}]`),
    () => end(`[process.env.ON && ${first}, ${CLERK}].filter(Boolean)`),
    () => end('list()', `const list = () => ${list};\n`),
    () => end(`Object.values({ one: ${first}, two: ${CLERK} })`),
    () => end('[pair.one, pair.two]', `const pair = { one: ${first}, two: ${CLERK} };\n`),
    () => end('list.slice(first)', `const list = ${list};\nconst first = list.findIndex((one) => one.domain);\n`),
    () => `const config = { providers: ${list} };\nexport default config;\n`,
    () => `export const providers = ${list};\nexport default { providers };\n`,
    () => (rest.length > 0 ? end(`[${rest.join(', ')}].concat([${first}])`) : end(list)),
  ])();
}

type Provider = Readonly<Record<string, unknown>>;

/** The providers that Convex gets; undefined where the file throws, as some that are generated do. */
function deployed(text: string, variables: Record<string, string>): readonly Provider[] | undefined {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const module: { exports: { default?: { providers?: unknown } } } = { exports: {} };
  try {
    runInContext(outputText, createContext({ exports: module.exports, module, process: { env: variables } }));
    return JSON.parse(JSON.stringify(module.exports.default?.providers)) as readonly Provider[];
  } catch {
    return undefined;
  }
}

const isProvider = (one: unknown): boolean => typeof one === 'object' && one !== null;
const isOurs = ({ domain, issuer }: Provider): boolean => String(issuer ?? domain).includes('workos');

describe('the codemod, on configs of many shapes', () => {
  const random = createRandom(7_341);
  const sources = Array.from({ length: 250 }, () => config(random));
  const changed = sources.flatMap((source) => {
    const { text } = codemod.run({ path, source, project });
    return text === source ? [] : [{ source, text }];
  });

  it('writes what parses, and what a second run leaves as it is', () => {
    expect(changed.length).toBeGreaterThan(60);
    for (const { source, text } of changed) {
      expect([source, text, parseSourceFile(path, text).ok]).toEqual([source, text, true]);
      expect([source, codemod.run({ path, source: text, project }).text]).toEqual([source, text]);
    }
  });

  it.each(['', 'yes'])('loses no provider of another service, and writes none twice (ON=%j)', (ON) => {
    const variables = { WORKOS_CLIENT_ID: 'client_A', ON };
    const others = (providers: readonly Provider[]) =>
      providers.filter((one) => isProvider(one) && !isOurs(one)).length;
    for (const { source, text } of changed) {
      const before = deployed(source, variables);
      const after = deployed(text, variables);
      if (!before) continue;
      expect([source, text, others(after ?? [])]).toEqual([source, text, others(before)]);
      const ours = (after ?? []).filter((one) => isProvider(one) && isOurs(one)).map((one) => JSON.stringify(one));
      expect([source, text, new Set(ours).size]).toEqual([source, text, ours.length]);
    }
  });

  it('has no finding whose edits overlap', () => {
    for (const source of sources) {
      const parsed = parseSourceFile(path, source);
      if (!parsed.ok) throw new Error(`does not parse: ${source}`);
      for (const { fix, suggestions = [] } of findAuthConfigFaults(parsed.file, project, { allowAudience: false })) {
        for (const edits of [...(fix ? [fix.edits] : []), ...suggestions.map((one) => one.edits)])
          expect([source, edits, mergeEdits(edits, source) !== undefined]).toEqual([source, edits, true]);
      }
    }
  });
});
