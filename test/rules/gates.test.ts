/** The text gates of the rules: one that keeps a file out in which its finder finds something would hide a mistake from everyone. */
import { join } from 'node:path';
import { readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSourceFile } from '../../analysis/syntax/source-file.ts';
import { openProject } from '../../project/project.ts';
import { createFacts } from '../../project/memos/stamps.ts';
import { mayConcern } from '../../rules/needles.ts';
import { rules } from '../../rules/index.ts';
import { readFixtures } from '../helpers/codemod-fixtures.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

const FIXTURES = 'test/codemods';
const folders = readdirSync(FIXTURES).filter(
  (name) => Object.hasOwn(rules, name) && statSync(join(FIXTURES, name)).isDirectory(),
);

describe.each(folders)('a fixture of %s', (folder) => {
  it.each(readFixtures(join(FIXTURES, folder)))('is let through wherever a rule finds something: $name', (fixture) => {
    const { path, remove, root } = projectFixture({ ...fixture.files, [fixture.as]: fixture.input });
    try {
      const asked = path(fixture.as);
      const parsed = parseSourceFile(asked, fixture.input);
      if (!parsed.ok) return;
      const { file } = parsed;
      const project = openProject({ cwd: root, settings: fixture.settings ?? {}, facts: createFacts() });
      const keptOut = Object.values(rules).filter(
        ({ definition }) =>
          !mayConcern(definition.needles, file.text, asked, () => project) &&
          definition.find(file, project, definition.defaultOptions).length > 0,
      );
      expect(keptOut.map(({ definition }) => definition.name)).toEqual([]);
    } finally {
      remove();
    }
  });
});
