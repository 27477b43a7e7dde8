import { describe, expect, it } from 'vitest';
import { configurationFor } from '../../project/configuration/configuration.ts';
import { configurationFaults, settingsFaults } from '../../project/configuration/schema.ts';
import { suppressedCount } from '../../project/configuration/suppressions.ts';
import { openProject } from '../../project/project.ts';
import { sandbox } from './helpers.ts';

const json = (value: object) => JSON.stringify(value);

/** The configuration of `apps/web/src/x.ts` in a repository with these files. */
function configured(files: Readonly<Record<string, string>>) {
  const box = sandbox({ 'package.json': '{}', 'apps/web/package.json': '{}', 'apps/web/src/x.ts': '', ...files });
  return { ...box, configuration: configurationFor(box.facts, box.root, box.path('apps/web/src/x.ts')) };
}

describe('authkit.json', () => {
  it('is read from the folder of a package and from the root, the nearer one over the other', () => {
    const { configuration, path } = configured({
      'authkit.json': json({
        settings: { hosting: 'vercel', signOutPaths: ['/out'], env: { A: '1', B: '1' } },
        rules: { 'valid-env': 'off', 'valid-auth-config': ['warn', { allowAudience: true }] },
      }),
      'apps/web/authkit.json': json({
        settings: { hosting: 'fixed', env: { B: '2' } },
        rules: { 'authkit/valid-env': 2, 'valid-auth-config': 'error' },
      }),
    });
    expect(configuration.files).toEqual([path('apps/web/authkit.json'), path('authkit.json')]);
    expect(configuration.settings).toEqual({
      hosting: 'fixed',
      signOutPaths: ['/out'],
      env: { A: '1', B: '2' },
    });
    expect(Object.fromEntries(configuration.rules)).toEqual({
      'valid-env': { level: 'error' },
      'valid-auth-config': { level: 'error', options: { allowAudience: true } },
    });
    expect(configuration.problems).toEqual([]);
  });

  it('may have comments and trailing commas', () => {
    const { configuration } = configured({ 'authkit.json': '// why\n{ "ignore": ["a/", /* b */], }\n' });
    expect(configuration.problems).toEqual([]);
  });

  it('may be a key of package.json', () => {
    const { configuration, path } = configured({
      'apps/web/package.json': json({ name: 'web', authkit: { rules: { 'valid-env': 'off' } } }),
    });
    expect(configuration.files).toEqual([path('apps/web/package.json')]);
    expect(configuration.rules.get('valid-env')).toEqual({ level: 'off' });
  });

  it('of a folder that is no parent does not count', () => {
    expect(configured({ 'apps/docs/authkit.json': json({ ignore: ['*'] }) }).configuration.files).toEqual([]);
  });

  it('of a folder around the repository does not count', () => {
    const box = sandbox({ 'authkit.json': json({ ignore: ['*'] }), 'repo/.git/HEAD': '', 'repo/x.ts': '' });
    expect(configurationFor(box.facts, box.path('repo'), box.path('repo/x.ts')).files).toEqual([]);
  });

  it('makes its paths absolute, from its own folder', () => {
    const { configuration, path } = configured({
      'apps/web/authkit.json': json({ settings: { rootDir: '.', envFiles: ['../../.env'] } }),
    });
    expect(configuration.settings).toEqual({ rootDir: [path('apps/web')], envFiles: [path('.env')] });
  });

  it('ignores files as .gitignore does, from its own folder', () => {
    const { configuration, path } = configured({
      'authkit.json': json({ ignore: ['*.gen.ts', '!keep.gen.ts'] }),
      'apps/web/authkit.json': json({ ignore: ['/src/old/'] }),
    });
    const ignored = [
      'apps/web/a.gen.ts',
      'apps/web/keep.gen.ts',
      'apps/web/src/old/x.ts',
      'apps/web/src/x.ts',
      'src/old/x.ts',
    ];
    expect(ignored.filter((name) => configuration.ignores(path(name)))).toEqual([
      'apps/web/a.gen.ts',
      'apps/web/src/old/x.ts',
    ]);
  });

  it('is read again a second after it was changed', () => {
    const { facts, path, root, wait, write } = configured({ 'authkit.json': json({ rules: { 'valid-env': 'off' } }) });
    write({ 'authkit.json': json({ rules: { 'valid-env': 'warn', 'no-get-sign-out': 'warn' } }) });
    wait(1000);
    expect(configurationFor(facts, root, path('apps/web/src/x.ts')).rules.get('valid-env')).toEqual({ level: 'warn' });
  });

  it('is the same object for files of one package, and stays so', () => {
    const { configuration, facts, path, root, wait } = configured({ 'authkit.json': '{}' });
    wait(1000);
    expect(configurationFor(facts, root, path('apps/web/y.ts'))).toBe(configuration);
  });
});

describe('mistakes in authkit.json', () => {
  it.each([
    ['{ "settings": { "hostng": "fixed" } }', "1:17 Unknown key 'hostng' in settings. Did you mean 'hosting'?"],
    ['{\n  "setings": {}\n}', "2:3 Unknown key 'setings' in the configuration. Did you mean 'settings'?"],
    [
      '{ "settings": { "hosting": "versel" } }',
      "1:28 Unknown value 'versel' of settings.hosting. Did you mean 'vercel'?",
    ],
    [
      '{ "settings": { "hosting": 7 } }',
      "1:28 Unknown value 7 of settings.hosting. Write one of 'auto', 'vercel', 'netlify', 'railway', 'render', 'cloudflare', 'fly', 'fixed'.",
    ],
    ['{ "settings": { "rootDir": 7 } }', '1:28 settings.rootDir must be a string or an array, not 7.'],
    ['{ "settings": { "rootDir": [7] } }', '1:29 settings.rootDir[0] must be a string, not 7.'],
    [
      '{ "rules": { "no-signout-prefetch": "off" } }',
      "1:14 Unknown key 'no-signout-prefetch' in rules. Did you mean 'no-sign-out-prefetch'?",
    ],
    ['{ "rules": { "valid-env": "of" } }', "1:27 Unknown value 'of' of rules['valid-env']. Did you mean 'off'?"],
    ['{ "rules": { "valid-env": ["error", {}] } }', "1:27 rules['valid-env'] has 2 items, and takes 1 at most."],
    [
      '{ "rules": { "valid-auth-config": ["error", { "allowAudiense": true }] } }',
      "1:47 Unknown key 'allowAudiense' in rules['valid-auth-config'][1]. Did you mean 'allowAudience'?",
    ],
    [
      '{ "settings": { "linkComponents": [{ "linkAttribute": "to" }] } }',
      "1:36 settings.linkComponents[0] lacks the key 'name'.",
    ],
    ['[]', '1:1 the configuration must be an object, not an array.'],
    ['{ "ignore": "x" ', '1:17 Close brace expected in JSON.'],
    ['', '1:1 the configuration must be an object, not empty.'],
    ['['.repeat(20_000), '1:1 Nested too deeply.'],
  ])('%s', (text, message) => {
    const { problems } = configured({ 'authkit.json': text }).configuration;
    const [first] = problems;
    expect(`${String(first?.line)}:${String(first?.column)} ${String(first?.message)}`).toBe(message);
  });

  it('report bytes that are no text', () => {
    const { configuration } = configured({ 'authkit.json': 'a\0b' });
    expect(configuration.problems).toHaveLength(1);
  });

  it('report a second configuration in the same folder', () => {
    const { configuration } = configured({ 'authkit.json': '{}', 'package.json': '{\n  "authkit": {}\n}' });
    expect(configuration.problems).toMatchObject([{ line: 2, column: 3 }]);
  });

  it('leave in force what is right', () => {
    const { configuration } = configured({ 'authkit.json': json({ rules: { 'valid-env': 'off', x: 'off' } }) });
    expect(configuration.rules.get('valid-env')).toEqual({ level: 'off' });
  });
});

describe('the schema', () => {
  it('accepts all that is documented', () => {
    const settings = {
      rootDir: ['apps/web'],
      signOutPaths: { replace: ['/bye'] },
      envFiles: ['.env.x'],
      env: { A: '1' },
      hosting: 'netlify',
      previewHost: 'VERCEL_URL',
      linkComponents: ['A', { name: ['B'], linkAttribute: 'to' }],
      strict: true,
    };
    const rules = { 'valid-env': 0, 'authkit/valid-auth-config': ['warn', { allowAudience: true }] };
    expect(configurationFaults({ $schema: './x.json', settings, rules, ignore: ['a'] })).toEqual([]);
  });

  it('measures the settings of an ESLint config, where cacheKey and unset variables are right', () => {
    expect(settingsFaults({ authkit: { cacheKey: 'x', env: { A: undefined } }, react: { version: 1 } })).toEqual([]);
    expect(settingsFaults({ authkit: 7 })).toMatchObject([{ message: 'settings.authkit must be an object, not 7.' }]);
  });
});

describe('a project', () => {
  it('has the settings of the ESLint config over those of authkit.json', () => {
    const { facts, path, root } = configured({
      'authkit.json': json({ settings: { hosting: 'vercel', signOutPaths: ['/out'], linkComponents: ['A'] } }),
    });
    const settings = { authkit: { hosting: 'fixed' }, linkComponents: ['B'] };
    const project = openProject({ cwd: root, facts, settings, path: path('apps/web/src/x.ts') });
    expect(project.settings.authkit).toEqual({ hosting: 'fixed', signOutPaths: ['/out'] });
    expect(project.settings.linkComponents.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  it('remembers nothing under the settings of another one', () => {
    const { facts, root } = configured({});
    const open = (hosting: string) => openProject({ cwd: root, facts, settings: { authkit: { hosting } } });
    const hostingOf = (project: ReturnType<typeof open>) =>
      project.facts.memo('test', 'hosting', () => project.settings.authkit.hosting);
    expect([hostingOf(open('vercel')), hostingOf(open('fixed')), hostingOf(open('vercel'))]).toEqual([
      'vercel',
      'fixed',
      'vercel',
    ]);
  });
});

describe('eslint-suppressions.json', () => {
  it('counts by the path from the folder that it is in', () => {
    const { facts, path, root } = configured({
      'eslint-suppressions.json': json({ 'apps/web/src/x.ts': { 'authkit/valid-env': { count: 2 } } }),
    });
    expect(suppressedCount(facts, root, path('apps/web/src/x.ts'), 'valid-env')).toBe(2);
    expect(suppressedCount(facts, root, path('apps/web/src/y.ts'), 'valid-env')).toBe(0);
    expect(suppressedCount(facts, root, path('apps/web/src/x.ts'), 'valid-auth-config')).toBe(0);
  });

  it.each([
    '',
    '[]',
    '{ "apps/web/src/x.ts": 7 }',
    '{ "apps/web/src/x.ts": { "authkit/valid-env": { "count": "2" } } }',
  ])('suppresses nothing as %j', (text) => {
    const { facts, path, root } = configured({ 'eslint-suppressions.json': text });
    expect(suppressedCount(facts, root, path('apps/web/src/x.ts'), 'valid-env')).toBe(0);
  });
});
