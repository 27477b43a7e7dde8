/** How many findings of one file have their edits laid out: each takes some parses. */
import { expect, it } from 'vitest';
import { openProject } from '../../project/project.ts';
import { parsed } from '../helpers/parse.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { tinyRule } from '../helpers/tiny-rule.ts';

const { path, root } = projectFixture();

/** A call of 80 columns, which takes several lines with `good` for `bad`. */
const CALL = `call('${'a'.repeat(66)}', bad);\n`;

function editsFor(calls: number): readonly string[] {
  const file = parsed(path('a.ts'), CALL.repeat(calls));
  const project = openProject({ cwd: root, path: file.path, settings: {} });
  return tinyRule()
    .definition.find(file, project, undefined)
    .flatMap(({ fix }) => fix?.edits.map(({ text }) => text) ?? []);
}

it('lays the edits of twenty findings out', () => {
  const edits = editsFor(20);
  expect(edits).toHaveLength(20);
  for (const text of edits) expect(text).toContain('\n');
});

it('leaves the edits of more as they were made', () => {
  expect(editsFor(21)).toEqual(Array.from({ length: 21 }, () => 'good'));
});
