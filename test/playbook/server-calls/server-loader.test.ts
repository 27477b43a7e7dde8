import { expect, it } from 'vitest';
import type { Concern } from '../../../analysis/syntax/bindings/modules.ts';
import { serverLoader } from '../../../playbook/server-calls/server-code.ts';
import { openProject } from '../../../project/project.ts';
import { createFacts } from '../../../project/memos/stamps.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const CONCERN: Concern = { of: 'code', text: /the-package/u };
const USES = `import { leave } from 'the-package';\nexport function Menu() { leave(); }\n`;

it.each([
  ['reads a module of the server that has to do with the concern', USES, true],
  ['leaves out one of the browser', `/* menu */\n'use client';\n${USES}`, false],
  ['leaves out one that has nothing to do with it', 'export function Menu() {}', false],
])('%s', (_, text, isLoaded) => {
  const fixture = projectFixture({ 'package.json': '{}', 'menu.ts': text });
  try {
    const loader = serverLoader(openProject({ cwd: fixture.root, facts: createFacts() }), CONCERN);
    expect(loader.load('./menu', fixture.path('page.ts')) !== undefined).toBe(isLoaded);
  } finally {
    fixture.remove();
  }
});
