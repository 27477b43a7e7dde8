import { describe, expect, it } from 'vitest';
import { isClientText, moduleTextTest } from '../../playbook/module-texts.ts';
import { openProject } from '../../project/project.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

const ofThePackage = moduleTextTest('test: of the package', /the-package/u);
const throughOneCall = moduleTextTest('test: through one call', /the-package/u, 1);

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

  it('comes to an end where modules import each other', () => {
    const files = { 'a.ts': `export * from './b';`, 'b.ts': `export * from './a';` };
    expect(ask(ofThePackage, `import { a } from './a';`, files)).toBe(false);
  });
});

describe('the text of a client component', () => {
  it.each([
    [`'use client';`, true],
    [`\uFEFF// first\n/* second */ "use client"\n`, true],
    [`import 'x';\n'use client';`, false],
    [`const how = 'use client';`, false],
  ])('%j: %s', (text, expected) => {
    expect(isClientText(text)).toBe(expected);
  });

  it('is told behind any number of comments', () => {
    expect(isClientText(`${'/* a comment */ '.repeat(2000)}import 'use client';`)).toBe(false);
  });
});
