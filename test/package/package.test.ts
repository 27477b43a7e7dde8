/** What holds for the package as a whole, and for every rule in it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import plugin from '../../index.ts';
import { ROOT, runNode } from '../helpers/commands.ts';
import { installedProject, packageJson } from '../helpers/installed.ts';

/** What makes rules and codemods, and is none. */
const ADAPTERS = {
  rules: ['create-rule.ts', 'env-language.ts', 'on-text.ts'],
  codemods: ['index.ts', 'text-side.ts', 'transform.ts', 'without-babel.ts'],
};

const built = (path: string) => import(pathToFileURL(join(ROOT, 'dist', path)).href);

/** Every module that loads when an entry of dist/ is imported, packages by name. */
function staticImports(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = readFileSync(entry, 'utf8');
  for (const { groups } of text.matchAll(/(?:^|[;}])(?:import|export)\s*(?:[\w$\s{},*]*?from\s*)?["'](?<name>[^"'\n]+)["']/gmu)) {
    const name = groups?.['name'] ?? '';
    if (name.startsWith('.')) staticImports(resolve(dirname(entry), name), seen);
    else seen.add(name);
  }
  return seen;
}

describe('the plugin', () => {
  it("has the version of package.json, which is part of ESLint's cache key", async () => {
    const { default: dist } = (await built('index.js')) as { default: typeof plugin };
    expect(dist.meta).toEqual({ name: 'eslint-plugin-authkit', version: packageJson.version, namespace: 'authkit' });
    expect(plugin.meta).toEqual(dist.meta);
  });

  it('loads no package when it is imported', () => {
    const packagesOf = (entry: string) => [...staticImports(join(ROOT, 'dist', entry))].filter((name) => !name.startsWith('/'));
    // The command does import some, so they can be seen.
    expect(packagesOf('cli/main.js')).toContain('picocolors');
    const loaded = packagesOf('index.js');
    expect(loaded.filter((name) => !builtinModules.includes(name.replace(/^node:/u, '')))).toEqual([]);
  });

  it('loads from its tarball with nothing but its declared dependencies', () => {
    const { path, root, write } = installedProject('eslint');
    write('load.mjs', "import p from 'eslint-plugin-authkit';\nimport { codemods } from 'eslint-plugin-authkit/codemods';\nfor (const c of codemods) await c.load();\nconsole.log(Object.keys(p.rules).length, codemods.length);\n");
    const { all, stdout } = runNode(path('load.mjs'), [], root);
    expect(stdout, all).toBe(`${String(Object.keys(plugin.rules).length)} ${String(codemods.length)}\n`);
  });
});

it('every file in rules/ is a rule that the plugin exports, under its name', () => {
  const files = readdirSync(join(ROOT, 'rules')).filter((name) => !ADAPTERS.rules.includes(name));
  expect(Object.keys(plugin.rules).sort()).toEqual(files.map((name) => name.replace(/\.ts$/u, '')).sort());
});

it('every file in codemods/ is a codemod that is listed, under its name', () => {
  const files = readdirSync(join(ROOT, 'codemods')).filter((name) => !ADAPTERS.codemods.includes(name));
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
