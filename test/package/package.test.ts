/** What holds for the package as a whole, and for every rule in it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import plugin from '../../index.ts';
import { ROOT, runNode } from '../helpers/commands.ts';
import { installedProject, packageJson } from '../helpers/installed.ts';

/** What makes rules and codemods, and is none. */
const ADAPTERS = {
  rules: ['create-rule.ts', 'on-text.ts', 'report.ts'],
  codemods: ['index.ts', 'text-side.ts', 'transform.ts', 'without-babel.ts'],
};

const built = (path: string) => import(pathToFileURL(join(ROOT, 'dist', path)).href);

/** Every file that a process loads by `require` when it imports an entry of dist/. */
function loadedBy(entry: string): string[] {
  const url = pathToFileURL(join(ROOT, 'dist', entry)).href;
  const script = `import { createRequire } from 'node:module'; await import(${JSON.stringify(url)}); console.log(JSON.stringify(Object.keys(createRequire(${JSON.stringify(url)}).cache)));`;
  const { all, stdout } = runNode('--input-type=module', ['--eval', script], ROOT);
  expect(stdout, all).toMatch(/^\[/u);
  return JSON.parse(stdout) as string[];
}

describe('the plugin', () => {
  it("has the version of package.json, which is part of ESLint's cache key", async () => {
    const { default: dist } = (await built('index.js')) as { default: typeof plugin };
    expect(dist.meta).toEqual({ name: 'eslint-plugin-authkit', version: packageJson.version, namespace: 'authkit' });
    expect(plugin.meta).toEqual(dist.meta);
  });

  it('is the same object for a CommonJS config', () => {
    const path = join(ROOT, 'dist/index.js');
    const script = `const plugin = require(${JSON.stringify(path)}); import(${JSON.stringify(pathToFileURL(path).href)}).then((module) => console.log(plugin === module.default));`;
    const { all, stdout } = runNode('--eval', [script], ROOT);
    expect(stdout, all).toBe('true\n');
  });

  it('makes keys for the cache of ESLint, beside the plugin', async () => {
    const { factsCacheKey } = (await built('index.js')) as { factsCacheKey: (folder: string) => string };
    expect(factsCacheKey(join(ROOT, 'examples'))).toMatch(/^[\da-f]{16}$/u);
  });

  it('loads nothing but its own file when it is imported', () => {
    const text = readFileSync(join(ROOT, 'dist/index.js'), 'utf8');
    expect([...text.matchAll(/(?:^|[;}])(?:import\b(?!\.)[^;]*?|export\b[^;]*?\bfrom\s*)["'][^"';]+["']/gmu)]).toEqual(
      [],
    );
    expect(loadedBy('index.js')).toEqual([]);
    // A codemod does load more, so it can be seen.
    expect(loadedBy('codemods/no-sign-out-prefetch.js').map((path) => path.split('/').at(-1))).toContain('core.cjs');
  });

  it('loads from its tarball with nothing but its declared dependencies', () => {
    const { path, root, write } = installedProject('eslint');
    write(
      'load.mjs',
      "import p from 'eslint-plugin-authkit';\nimport { codemods } from 'eslint-plugin-authkit/codemods';\nfor (const c of codemods) await c.load();\nconsole.log(Object.keys(p.rules).length, codemods.length);\n",
    );
    const { all, stdout } = runNode(path('load.mjs'), [], root);
    expect(stdout, all).toBe(`${String(Object.keys(plugin.rules).length)} ${String(codemods.length)}\n`);
  });
});

it('every file in rules/ is a rule that the plugin exports, under its name', () => {
  const files = readdirSync(join(ROOT, 'rules')).filter((name) => !ADAPTERS.rules.includes(name));
  expect(Object.keys(plugin.rules).sort()).toEqual(files.map((name) => name.replace(/\.ts$/u, '')).sort());
});

it('every file in codemods/ is a codemod that is listed, under its name', () => {
  // A folder has parts of one.
  const files = readdirSync(join(ROOT, 'codemods')).filter(
    (name) => name.endsWith('.ts') && !ADAPTERS.codemods.includes(name),
  );
  expect(codemods.map(({ name }) => name).sort()).toEqual(files.map((name) => name.replace(/\.ts$/u, '')).sort());
});

describe.each(Object.entries(plugin.rules))('rule %s', (name, { definition, meta }) => {
  it('carries its name', () => {
    expect(definition.name).toBe(name);
    expect(meta?.docs?.url).toContain(`/${name}.md`);
  });

  it('is in a preset', () => {
    expect(plugin.configs.strict.flatMap(({ rules }) => Object.keys(rules ?? {}))).toContain(`authkit/${name}`);
  });

  it('is documented, tested, and in the changelog', () => {
    expect(existsSync(join(ROOT, `docs/rules/${name}.md`))).toBe(true);
    expect(existsSync(join(ROOT, `test/rules/${name}.test.ts`))).toBe(true);
    expect(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')).toContain(`\`${name}\``);
  });

  it('says what it does in one phrase, and every message as a sentence', () => {
    expect(definition.description).toMatch(/^[a-z].*[^.]$/u);
    for (const message of Object.values(definition.messages)) expect(message).toMatch(/^\S.*(?:[.)]|\{\{\w+\}\})$/u);
  });
});
