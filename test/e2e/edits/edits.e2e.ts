/** What the codemods write, checked by the tools that apps check their code with. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../helpers/commands.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { readCases } from './cases.ts';
import { editCase, type EditedCase, type Files, ourFindings } from './edited.ts';
import { type Check, EXPECTED } from './expected.ts';
import { nextReports, type ToolReport, type ToolReports, typeScriptReports } from './tools.mjs';
import { formatted, isFormatted, STYLES } from './styles.ts';

const HERE = join(ROOT, 'test/e2e/edits');
const SIDES = ['before', 'after'] as const;

const cases = await Promise.all(readCases().map((given) => editCase(given)));
const edited = cases.filter(({ changed }) => changed.length > 0);
const apps = layOut(edited);
const typeScript = typeScriptReports(apps.root, apps.paths);
const next = await nextReports(apps.root, apps.paths);

/** Both sides of every case as apps, under one folder that has the packages. */
function layOut(all: readonly EditedCase[]): { readonly root: string; readonly paths: readonly string[] } {
  const { path, root, write } = projectFixture({
    'next-env.d.ts': '/// <reference types="next" />\n/// <reference types="next/image-types/global" />\n',
  });
  symlinkSync(join(HERE, 'node_modules'), path('node_modules'));
  const paths: string[] = [];
  for (const [index, { after, changed, files }] of all.entries()) {
    for (const [side, texts] of [
      ['before', files],
      ['after', after],
    ] as const) {
      const app = `${side}/${String(index)}`;
      mkdirSync(path(app), { recursive: true });
      for (const [name, text] of Object.entries(texts)) write(`${app}/${name}`, text);
      paths.push(...changed.map((name) => path(`${app}/${name}`)));
    }
  }
  return { root, paths };
}

/** What is in the second list more often than in the first. */
function added(before: readonly ToolReport[], after: readonly ToolReport[]): string[] {
  const left = before.map(({ kind }) => kind);
  return after
    .filter(({ kind }) => {
      const index = left.indexOf(kind);
      if (index !== -1) left.splice(index, 1);
      return index === -1;
    })
    .map(({ kind, text }) => `${kind} ${text}`);
}

function newReports(reports: ToolReports, index: number, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const [before, after] = SIDES.map((side) => reports[join(apps.root, side, String(index), name)]);
    if (!before || !after) throw new Error(`${name} was not looked at`);
    return added(before, after).map((report) => `${name}: ${report}`);
  });
}

const expected = (name: string, by: Check): string[] =>
  EXPECTED.filter((difference) => difference.of === name && difference.by === by).map(({ report }) => report);

const asReports = (labels: readonly string[]): ToolReport[] => labels.map((kind) => ({ kind, text: '' }));

it('has edits to look at', () => {
  expect(edited.length).toBeGreaterThan(50);
  const names = new Set(edited.map(({ name }) => name));
  expect(EXPECTED.filter(({ of }) => !names.has(of))).toEqual([]);
});

const rows = edited.map((one, index) => ({ ...one, index }));

describe('TypeScript says nothing new of', () => {
  it.each(rows)('$name', ({ changed, index, name }) => {
    expect(newReports(typeScript, index, changed)).toEqual(expected(name, 'TypeScript'));
  });
});

describe('eslint-config-next says nothing new of', () => {
  it.each(rows)('$name', ({ changed, index, name }) => {
    expect(newReports(next, index, changed)).toEqual(expected(name, 'eslint-config-next'));
  });
});

describe('our rules say nothing new, and nothing that has an edit, of', () => {
  it.each(rows)('$name', (one) => {
    const [before, after] = [ourFindings(one, one.files), ourFindings(one, one.after)];
    expect(after.fixable).toEqual([]);
    const reports = added(asReports(before.all), asReports(after.all));
    expect(reports.map((report) => report.trim())).toEqual(expected(one.name, 'our rules'));
  });
});

describe.each(Object.entries(STYLES))('formatted with %s, stays so:', (_style, style) => {
  it.each(edited)('$name', async (one) => {
    const files: Record<string, string> = { ...one.files, '.prettierrc': JSON.stringify(style) };
    for (const path of one.changed) files[path] = await formatted(one.files[path] ?? '', path, style);
    const { after, changed } = await editCase(one, files);
    const disorder = await differences(after, changed, style);
    expect(disorder.now).toEqual(disorder.formatted);
  });
});

async function differences(
  files: Files,
  paths: readonly string[],
  style: (typeof STYLES)[keyof typeof STYLES],
): Promise<{ readonly now: Files; readonly formatted: Files }> {
  const now: Record<string, string> = {};
  const wanted: Record<string, string> = {};
  for (const path of paths) {
    const text = files[path] ?? '';
    if (await isFormatted(text, path, style)) continue;
    now[path] = text;
    wanted[path] = await formatted(text, path, style);
  }
  return { now, formatted: wanted };
}
