import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../analysis/values/environment.ts';
import { createEvaluator } from '../../../analysis/values/evaluate.ts';
import { noModules } from '../../../analysis/syntax/bindings/modules.ts';
import { concreteProviders } from '../../../playbook/auth-config/read/instantiate.ts';
import { shownText } from '../../../playbook/auth-config/read/placeholders.ts';
import { type AuthConfig, readAuthConfig, readProperty } from '../../../playbook/auth-config/read/providers.ts';
import { parsed } from '../../helpers/parse.ts';

function read(code: string, variables: Readonly<Record<string, string>> = {}): AuthConfig {
  return readAuthConfig(
    parsed('/project/convex/auth.config.ts', code),
    createEvaluator({ loader: noModules, environment: environmentOf(variables) }),
  );
}

/** What the file comes to, written out: the first of several possibilities. */
function written(code: string, variables?: Readonly<Record<string, string>>): unknown {
  const config = read(code, variables);
  if (config.kind !== 'lists') return config.kind;
  return config.lists.map(({ slots }) =>
    slots.map(({ alternatives: [first] }) =>
      first?.type === 'object' ? concreteProviders(first)[0]?.json : first?.type,
    ),
  );
}

const GIVEN = { WORKOS_CLIENT_ID: 'client_A' };

describe('the providers of an auth.config file', () => {
  it.each([
    ['an object literal', "export default { providers: [{ domain: 'a', applicationID: 'b' }] };"],
    ['a constant', "const config = { providers: [{ domain: 'a', applicationID: 'b' }] };\nexport default config;"],
    [
      'an export by name',
      "const config = { providers: [{ domain: 'a', applicationID: 'b' }] };\nexport { config as default };",
    ],
    [
      'satisfies and as const',
      "export default { providers: [{ domain: 'a', applicationID: 'b' } as const] } satisfies AuthConfig;",
    ],
    [
      'a spread of a list',
      "const base = [{ domain: 'a', applicationID: 'b' }];\nexport default { providers: [...base] };",
    ],
    [
      'a spread of properties',
      "const base = { domain: 'a' };\nexport default { providers: [{ ...base, applicationID: 'b' }] };",
    ],
    [
      'a helper',
      "const oidc = (domain: string) => ({ domain, applicationID: 'b' });\nexport default { providers: [oidc('a')] };",
    ],
    ['flatMap', "export default { providers: ['a'].flatMap((domain) => [{ domain, applicationID: 'b' }]) };"],
    [
      'push',
      "const providers = [];\nproviders.push({ domain: 'a', applicationID: 'b' });\nexport default { providers };",
    ],
    ['module.exports', "module.exports = { providers: [{ domain: 'a', applicationID: 'b' }] };"],
  ])('are read from %s', (_, code) => {
    expect(written(code)).toEqual([[{ domain: 'a', applicationID: 'b' }]]);
  });

  it('have the values of the environment', () => {
    const code =
      'export default { providers: process.env.WORKOS_CLIENT_ID ? [{ domain: `https://a/${process.env.WORKOS_CLIENT_ID}` }] : [] };';
    expect(written(code, GIVEN)).toEqual([[{ domain: 'https://a/client_A' }]]);
  });

  it('name what is not known, and nothing else', () => {
    const config = read(
      'const domain = `https://${process.env.HOST}/${make()}`;\nexport default { providers: [{ domain, applicationID: 1 }] };',
    );
    if (config.kind !== 'lists') throw new Error(config.kind);
    const provider = config.lists[0]?.slots[0]?.alternatives[0];
    if (provider?.type !== 'object') throw new Error(provider?.type);
    const [concrete] = concreteProviders(provider);
    expect([...(concrete?.inexact ?? [])]).toEqual(['domain']);
    expect(shownText(concrete?.json['domain'] as string)).toBe('https://${process.env.HOST}/…');
    expect(concrete?.json['applicationID']).toBe(1);
  });

  it('may be left out where a condition decides', () => {
    const config = read(
      'const providers = [];\nif (process.env.OTHER) providers.push({ domain: process.env.OTHER });\nexport default { providers };',
    );
    expect(config).toMatchObject({ kind: 'lists', lists: [{ open: false, slots: [{ certain: false }] }] });
  });

  it('are open where a package makes some of them', () => {
    expect(
      read("import { more } from 'a-package';\nexport default { providers: [{ domain: 'a' }, ...more()] };"),
    ).toMatchObject({ lists: [{ open: true, slots: [{ certain: true }] }] });
  });

  it('have each property at its node', () => {
    const code = "export default { providers: [{ domain: 'a', applicationID: 'b' }] };";
    const config = read(code);
    const provider = config.kind === 'lists' ? config.lists[0]?.slots[0]?.alternatives[0] : undefined;
    if (provider?.type !== 'object') throw new Error('no provider');
    const property = readProperty(provider, 'applicationID');
    expect(property && code.slice(...property.node.node.range)).toBe("applicationID: 'b'");
    expect(readProperty(provider, 'jwks')).toBeUndefined();
  });

  it.each([
    ['no default export', 'export const a = 1;', 'missingExport'],
    ['a function', 'export default () => ({ providers: [] });', 'misshapen'],
    ['an object without providers', 'export default {};', 'misshapen'],
    ['an import that leads nowhere', "import config from './nowhere';\nexport default config;", 'unknown'],
    ['a module that imports itself', "import config from './auth.config';\nexport default config;", 'unknown'],
  ])('are none with %s', (_, code, kind) => {
    expect(read(code).kind).toBe(kind);
  });
});
