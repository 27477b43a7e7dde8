/** What holds for the package as a whole, and for every rule in it. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import plugin from '../../index.ts';
import { rules } from '../../rules/index.ts';
import { ROOT, runCommand, runNode } from '../helpers/commands.ts';
import { installedProject, packageJson, packedPackage } from '../helpers/installed.ts';

/** What makes rules and codemods, and is none. */
const ADAPTERS = {
  rules: ['create-rule.ts', 'definition.ts', 'index.ts', 'needles.ts', 'on-text.ts', 'report.ts'],
  codemods: ['codemod-of.ts', 'index.ts', 'passes.ts', 'text-side.ts', 'transform.ts', 'without-babel.ts'],
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
    const name = 'eslint-plugin-authkit';
    const script = `const plugin = require('${name}'); import('${name}').then((module) => console.log(plugin === module.default, plugin.factsCacheKey === module.factsCacheKey));`;
    const { all, stdout } = runNode('--eval', [script], ROOT);
    expect(stdout, all).toBe('true true\n');
  });

  it('makes keys for the cache of ESLint, next to the plugin', async () => {
    const { factsCacheKey } = (await built('index.js')) as { factsCacheKey: (folder: string) => string };
    expect(factsCacheKey(join(ROOT, 'examples'))).toMatch(/^[\da-f]{16}$/u);
  });

  it('loads nothing but its own code when it is imported: no package, and nothing of the command', () => {
    const names = (entry: string) => loadedBy(entry).map((path) => relative(join(ROOT, 'dist'), path));
    expect(names('index.js')).toEqual(['index.cjs', 'engine.cjs', 'words.cjs']);
    // A codemod does load more, so it can be seen.
    expect(names('codemods/no-sign-out-prefetch.cjs')).toContain('codemods/without-babel.cjs');
  });

  // V8 takes a millisecond for every 40 KB, and the import has to stay below 25. Measure it with `npm run bench` before this is raised.
  it('has at most 760 KB of code', () => {
    expect(statSync(join(ROOT, 'dist/engine.cjs')).size).toBeLessThanOrEqual(760 * 1024);
  });

  it('has the licences of the packages that are inside of its files', () => {
    const licences = readFileSync(join(ROOT, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    const inside = [
      '@typescript-eslint/scope-manager',
      '@typescript-eslint/types',
      '@typescript-eslint/visitor-keys',
      'eslint-visitor-keys',
      'oxc-parser',
    ];
    for (const name of inside) {
      const folder = join(ROOT, 'node_modules', name);
      const file = readdirSync(folder).find((each) => /^licen[cs]e/iu.test(each)) ?? '';
      expect(licences).toContain(readFileSync(join(folder, file), 'utf8').trim());
    }
    // No other package is: what they do not bring along themselves they would load.
    for (const name of ['scope-manager.cjs', 'parser.cjs']) {
      const text = readFileSync(join(ROOT, 'dist', name), 'utf8');
      const loaded = [...text.matchAll(/\brequire\("(?<id>[^"]+)"\)/gu)].map(({ groups }) => groups?.['id'] ?? '');
      expect(loaded.filter((id) => !isBuiltin(id))).toEqual([]);
    }
  });

  it('has a file for each codemod, which is the transform itself and tells jscodeshift its parser', () => {
    for (const { name } of codemods) {
      const { all, stdout } = runNode(
        '--eval',
        [
          `const codemod = require('eslint-plugin-authkit/codemods/${name}'); console.log(typeof codemod, codemod.parser);`,
        ],
        ROOT,
      );
      expect(stdout, all).toBe('function tsx\n');
    }
  });

  it('has the pages and the files that run, and nothing that was installed or built for the development', () => {
    const { stdout } = runCommand('tar', ['tzf', packedPackage()], ROOT);
    const files = stdout
      .trim()
      .split('\n')
      .map((path) => path.replace(/^package\//u, ''));
    expect(files).toContain('docs/rules/no-sign-out-prefetch.md');
    expect(files).toContain('docs/check.svg');
    expect(
      files.filter((path) => /node_modules|\.vitepress|\.(?:map|tsx?)$/u.test(path) && !path.endsWith('.d.ts')),
    ).toEqual([]);
    expect(files.length).toBeLessThan(150);
  });

  it('loads from its tarball with nothing but its declared dependencies', () => {
    const { path, root, write } = installedProject('eslint');
    write(
      'load.mjs',
      "import p from 'eslint-plugin-authkit';\nimport { codemods } from 'eslint-plugin-authkit/codemods';\nconst loaded = await Promise.all(codemods.map(({ load }) => load()));\nconsole.log(Object.keys(p.rules).length, loaded.filter((codemod) => typeof codemod === 'function').length);\n",
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

describe.each(Object.entries(rules))('rule %s', (name, { definition, meta }) => {
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
