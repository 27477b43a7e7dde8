/** `npm run new`, in a copy of the project. */
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { ROOT, runNode } from '../helpers/commands.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

const COPIED = [
  'index.ts',
  'presets.ts',
  'authkit.schema.json',
  'package.json',
  '.prettierrc.json',
  'tsconfig.json',
  'vitest.config.ts',
  'CHANGELOG.md',
  'analysis',
  'project',
  'parsers',
  'playbook',
  'rules',
  'codemods',
  'docs',
  'test/helpers',
  'test/docs',
  'test/codemods',
  'test/rules',
];

const { path, root } = projectFixture();
for (const name of COPIED) cpSync(join(ROOT, name), path(name), { recursive: true });
symlinkSync(join(ROOT, 'node_modules'), path('node_modules'));
const scaffold = (...names: string[]) => runNode(join(ROOT, 'scripts/new-rule.mjs'), names, root);

describe('npm run new', () => {
  it('makes a rule whose page, test, codemod and fixtures pass at once', { timeout: 120_000 }, () => {
    const made = scaffold('no-made-up-thing');
    expect(made.status, made.all).toBe(0);
    const vitest = runNode(
      path('node_modules/vitest/vitest.mjs'),
      [
        'run',
        '-t',
        'made-up',
        'test/docs/rule-pages.test.ts',
        'test/codemods/fixtures.test.ts',
        'test/rules/no-made-up-thing.test.ts',
      ],
      root,
      { AUTHKIT_RETHROW: '1' },
    );
    expect(vitest.status, vitest.all).toBe(0);
    expect(vitest.stdout).not.toContain('No test');
  });

  it('registers the rule in its place in the alphabet', () => {
    const imports = [...readFileSync(path('rules/index.ts'), 'utf8').matchAll(/'\.\/(?<name>no-[\w-]+)\.ts'/gu)].map(
      ({ groups }) => groups?.['name'],
    );
    expect(imports).toContain('no-made-up-thing');
    expect(imports).toEqual([...imports].sort());
    expect(existsSync(path('codemods/no-made-up-thing.ts'))).toBe(true);
    expect(readFileSync(path('CHANGELOG.md'), 'utf8')).toContain('`no-made-up-thing`');
  });

  it('lays its files out as prettier does, however long the name is, and keeps the changelog a list', async () => {
    const name = 'no-made-up-thing-with-a-rather-long-name';
    expect(scaffold(name).status).toBe(0);
    const layout = await resolveConfig(join(ROOT, 'index.ts'));
    for (const file of [
      `rules/${name}.ts`,
      `playbook/${name}/find.ts`,
      `docs/rules/${name}.md`,
      `test/rules/${name}.test.ts`,
    ]) {
      const text = readFileSync(path(file), 'utf8');
      expect(await format(text, { ...layout, filepath: file }), file).toBe(text);
    }
    expect(readFileSync(path('CHANGELOG.md'), 'utf8')).toMatch(/long-name`\.\n\n/u);
  });

  it('does not write over a rule that exists', () => {
    expect(scaffold('no-sign-out-prefetch')).toMatchObject({
      status: 1,
      stderr: 'rules/no-sign-out-prefetch.ts exists\n',
    });
  });

  it('explains itself when the name is not one', () => {
    expect(scaffold('Nothing').stderr).toContain('usage: npm run new <rule-name>');
    expect(scaffold().status).toBe(1);
  });
});
