import { describe, expect, it } from 'vitest';
import { openProject } from '../../project/project.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

function formattingIn(files: Readonly<Record<string, string>>) {
  const { path, root } = projectFixture(files);
  return openProject({ cwd: root }).formattingOf(path('app/page.tsx'));
}

describe('what the formatter is set to', () => {
  it.each([
    ['JSON', { '.prettierrc': '{ "printWidth": 100 }' }, 100],
    ['YAML', { '.prettierrc.yaml': 'printWidth: 120\n' }, 120],
    ['a module', { 'prettier.config.mjs': 'export default { printWidth: 110 };' }, 110],
    ['package.json', { 'package.json': '{ "prettier": { "printWidth": 90 } }' }, 90],
    ['the nearest', { '.prettierrc': '{ "printWidth": 100 }', 'app/.prettierrc': '{ "printWidth": 70 }' }, 70],
    ['nothing of the width', { '.prettierrc': '{ "semi": false }' }, 80],
    ['Biome', { 'biome.json': '{ "formatter": { "lineWidth": 100 } }' }, 100],
  ])('is in %s', (_name, files: Record<string, string>, printWidth) => {
    expect(formattingIn(files)).toMatchObject({ printWidth });
  });

  it.each([
    ['of prettier', { '.prettierrc': '{ "trailingComma": "es5" }' }],
    ['of a module of its own', { 'prettier.config.mjs': "export default { trailingComma: 'es5' };" }],
  ])('has the trailing commas %s', (_name, files: Record<string, string>) => {
    expect(formattingIn(files)).toMatchObject({ trailingComma: 'es5' });
  });

  it.each([
    ['where there is no configuration', {}],
    ['where another package has it', { 'package.json': '{ "prettier": "@acme/prettier-config" }' }],
    ['where it is no object', { '.prettierrc': '"@acme/prettier-config"' }],
    ['where code makes it', { 'prettier.config.js': 'module.exports = require("./shared");' }],
  ])('is unknown %s', (_name, files: Record<string, string>) => {
    expect(formattingIn(files)).toEqual({});
  });
});
