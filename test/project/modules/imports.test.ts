import { describe, expect, it } from 'vitest';
import { createImportTest } from '../../../project/modules/imports.ts';
import { Module } from '../../../project/modules/module.ts';
import { modulesNamedIn } from '../../../project/modules/named-modules.ts';
import { type Concern, loaderFor } from '../../../analysis/syntax/bindings/modules.ts';
import { defineExport } from '../../../analysis/syntax/bindings/definitions.ts';
import { openProject } from '../../../project/project.ts';
import { createFacts } from '../../../project/memos/stamps.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const ofThePackage = createImportTest({ of: 'code', text: /the-package/u });
const throughOneCall = createImportTest({ of: 'code', text: /the-package/u, calls: 1 });

const USES = `import { leave } from 'the-package';\nexport function go() { leave(); }\n`;

function ask(test: typeof ofThePackage, text: string, files: Readonly<Record<string, string>>): boolean {
  const fixture = projectFixture({ 'package.json': '{}', ...files });
  try {
    return test(openProject({ cwd: fixture.root }), text, fixture.path('page.ts'));
  } finally {
    fixture.remove();
  }
}

describe('a test of the texts of modules', () => {
  it.each([
    ['itself', USES, {}],
    ['in a module that it imports', `import { go } from './go';`, { 'go.ts': USES }],
    ['behind an index', `import { go } from './lib';`, { 'lib/index.ts': `export * from './go';`, 'lib/go.ts': USES }],
    [
      'behind a list of exports',
      `import { go } from './lib';`,
      { 'lib.ts': `import { go } from './go';\nexport { go };`, 'go.ts': USES },
    ],
    [
      'behind an alias',
      `import { leave } from './lib';`,
      { 'lib.ts': `import { go } from './go';\nexport const leave = go;`, 'go.ts': USES },
    ],
    [
      'behind a wrapper',
      `import { load } from './lib';`,
      { 'lib.ts': `import { go } from './go';\nexport const load = cache(go);`, 'go.ts': USES },
    ],
  ])('finds the package %s', (_, text, files) => {
    expect(ask(ofThePackage, text, files)).toBe(true);
  });

  it('follows a call of another module only as deep as it is told', () => {
    const text = `import { call } from './call';`;
    const files = { 'call.ts': `import { go } from './go';\nexport function call() { go(); }\n`, 'go.ts': USES };
    expect([ask(ofThePackage, text, files), ask(throughOneCall, text, files)]).toEqual([false, true]);
  });

  it('asks again in the next look what a file imports, and tells its texts apart', () => {
    const fixture = projectFixture({ 'package.json': '{}', 'go.ts': 'export const go = 1;', 'other.ts': USES });
    try {
      let now = 0;
      const project = openProject({ cwd: fixture.root, facts: createFacts({ clock: () => now }) });
      const isThere = (text: string) => ofThePackage(project, text, fixture.path('page.ts'));
      const before = isThere(`import { go } from './go';`);
      fixture.write('go.ts', USES);
      const soon = [isThere(`import { go } from './go';`), isThere(`import { go } from './other';`)];
      now = 2000;
      expect([before, soon, isThere(`import { go } from './go';`)]).toEqual([false, [false, true], true]);
    } finally {
      fixture.remove();
    }
  });

  it('comes to an end where modules import each other', () => {
    const files = { 'a.ts': `export * from './b';`, 'b.ts': `export * from './a';` };
    expect(ask(ofThePackage, `import { a } from './a';`, files)).toBe(false);
  });
});

describe('the modules that a text names', () => {
  const text = `import { a } from './a';
import type { B } from './b';
import type from './c';
export { d } from "./d";
export type { E } from './e';
const f = await import('./f');
const g = require('./g');
const h = reimport('./h') + importing('./i');
const from = $from + 'x';
// from the '
import {
  j,
} from

  "./j";`;

  it.each([
    ['all', ['./a', './b', './c', './d', './e', './j', './f', './g']],
    ['values', ['./a', './c', './d', './j', './f', './g']],
    ['exports', ['./d', './e']],
  ] as const)('%s', (which, expected) => {
    expect(modulesNamedIn(text, which)).toEqual(expected);
  });
});

describe('a loader for a concern', () => {
  const EXPORTS: Concern = { of: 'exports', text: /'the-package'/u };
  const CODE: Concern = { of: 'code', text: /'the-package'/u };

  function loaded(concern: Concern, files: Readonly<Record<string, string>>): boolean {
    const fixture = projectFixture({ 'package.json': '{}', ...files });
    try {
      const loader = loaderFor(openProject({ cwd: fixture.root }), concern);
      return loader.load('./lib', fixture.path('page.ts')) !== undefined;
    } finally {
      fixture.remove();
    }
  }

  const FROM = `import { leave } from 'the-package';\n`;

  it.each([
    ['hands an export on', `export { leave } from 'the-package';`, true],
    ['lists it', `${FROM}export { leave };`, true],
    ['gives it another name', `${FROM}export const go: () => Promise<void> = leave;`, true],
    ['has it in an object', `${FROM}export const auth = { leave };`, true],
    ['takes it apart', `import * as all from 'the-package';\nexport const { leave } = all;`, true],
    ['calls it for a value', `${FROM}export const client = leave('x');`, true],
    ['casts it', `${FROM}export const go = (leave as any).now;`, true],
    ['has it as a member of a class', `${FROM}export class Auth {\n  static leave = leave;\n}`, true],
    ['gives it to a component', `${FROM}export function Menu() {}\nMenu.Leave = leave;`, true],
    ['exports it as CommonJS does', `module.exports.leave = require('the-package').leave;`, true],
    ['calls it in a function', `${FROM}export function go() {\n  leave();\n}`, false],
    ['calls it in an arrow', `${FROM}export const go = async () => leave();`, false],
    ['exports a component', `${FROM}export default function Page() {\n  return leave();\n}`, false],
  ])('reads for its exports a module that %s: %#', (_, text, expected) => {
    expect(loaded(EXPORTS, { 'lib.ts': text })).toBe(expected);
  });

  it('reads for its code a module that calls the package in a function', () => {
    expect(loaded(CODE, { 'lib.ts': `${FROM}export function go() {\n  leave();\n}` })).toBe(true);
  });

  it.each([EXPORTS, CODE])('leaves out a module that has nothing to do with it, of its $of', (concern) => {
    expect(
      loaded(concern, { 'lib.ts': `export { other } from './other';`, 'other.ts': 'export const other = 1;' }),
    ).toBe(false);
  });

  it('says that it leaves a module out, and that a package is none', () => {
    const fixture = projectFixture({ 'package.json': '{}', 'lib.ts': 'export const a = 1;' });
    try {
      const loader = loaderFor(openProject({ cwd: fixture.root }), EXPORTS);
      const from = fixture.path('page.ts');
      expect([loader.skips?.('./lib', from), loader.skips?.('the-package', from)]).toEqual([true, false]);
    } finally {
      fixture.remove();
    }
  });

  it('looks again at modules that it knows, a second later', () => {
    const fixture = projectFixture({
      'package.json': '{}',
      'lib.ts': `export { leave } from './leave';`,
      'leave.ts': 'export const leave = 1;',
    });
    try {
      let now = 0;
      const facts = createFacts({ clock: () => now });
      const loader = loaderFor(openProject({ cwd: fixture.root, facts }), EXPORTS);
      const isLoaded = () => loader.load('./lib', fixture.path('page.ts')) !== undefined;
      const before = isLoaded();
      now = 1000;
      const unchanged = isLoaded();
      fixture.write('leave.ts', `export { leave } from 'the-package';`);
      now = 1900;
      const soon = isLoaded();
      now = 2000;
      expect([before, unchanged, soon, isLoaded()]).toEqual([false, false, false, true]);
    } finally {
      fixture.remove();
    }
  });
});

describe('whether a module hands on what it imports, by its text', () => {
  it.each([
    ['a constant whose type has functions', 'export const leave: (to: string) => Promise<void> = signOut;', true],
    ['a constant behind one without a value', 'export const a: A\nexport const leave: Leave = signOut;', true],
    ['a literal whose type has functions', `export const leave: (() => 'a') | string = '/leave';`, false],
    ['a million characters of constants without values', 'export const a:\n'.repeat(70_000), false],
    ['a million characters of exports', 'export interface A { a: string }\n'.repeat(30_000), false],
  ])('%s', (_, text, expected) => {
    const module = new Module('/app/lib.ts', text);
    expect([module.handsOn, module.mayExport('leave ')]).toEqual([expected, false]);
  });
});

describe('whether a module may export a name, by its text', () => {
  it.each([
    ['has the name', 'export function leave() {}', true],
    ['hands on another module', `export * from './leave';`, true],
    ['is CommonJS', `module.exports = require('./leave');`, true],
    ['writes it with an escape', 'export const le\\u0061ve = 1;', true],
    ['can not be read', '\0', true],
    ['has other names, whose values are escapes', `export const go = '\\u2026'; // none is required`, false],
  ])('a module that %s', (_, text, expected) => {
    const fixture = projectFixture({ 'package.json': '{}', 'lib.ts': text });
    try {
      const project = openProject({ cwd: fixture.root, facts: createFacts() });
      expect(project.mayExport?.('./lib', fixture.path('page.ts'), 'leave')).toBe(expected);
    } finally {
      fixture.remove();
    }
  });

  it('is asked again when the module has changed', () => {
    const fixture = projectFixture({ 'package.json': '{}', 'lib.ts': 'export const go = 1;' });
    try {
      let now = 0;
      const project = openProject({ cwd: fixture.root, facts: createFacts({ clock: () => now }) });
      const asked = () => project.mayExport?.('./lib', fixture.path('page.ts'), 'leave');
      const before = asked();
      fixture.write('lib.ts', 'export const leave = 1;');
      now = 2000;
      expect([before, asked()]).toEqual([false, true]);
    } finally {
      fixture.remove();
    }
  });

  it('asks of the modules behind `export *` only those that may have the name, whose definition it finds', () => {
    const fixture = projectFixture({
      'package.json': '{}',
      'index.ts': `export * from './large';\nexport * from './leave';`,
      'large.ts': 'export const other = 1;',
      'leave.ts': 'export const leave = () => {};',
    });
    try {
      const project = openProject({ cwd: fixture.root, facts: createFacts() });
      const asked: string[] = [];
      const loader = {
        ...project,
        load: (specifier: string, fromPath: string) => {
          asked.push(specifier);
          return project.load(specifier, fromPath);
        },
      };
      const index = project.sourceFile(fixture.path('index.ts'));
      if (!index) throw new Error('the barrel does not parse');
      expect([defineExport(index, 'leave', [], loader).kind, [...new Set(asked)]]).toEqual(['value', ['./leave']]);
    } finally {
      fixture.remove();
    }
  });
});
