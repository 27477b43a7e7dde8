import { describe, expect, it } from 'vitest';
import { symbolsFor } from '../../../cli/output/symbols.ts';
import { spanOf, timeline } from '../../../cli/triage/output/timeline.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { hasTerminal, onTerminal } from '../../helpers/terminal.ts';
import { MAIN } from '../cli.ts';
import { APP, failedRefresh, har, PREFETCH, triage } from './triage.ts';

const on = (columns: number, env = {}) => ({ columns, symbols: symbolsFor(env) });

describe('a timeline', () => {
  it('shows when most happened', () => {
    expect(timeline([0, 1, 2, 3, 500, 1000], 9, on(80))).toMatch(/^█ +▂ +▂ 1\.0 s$/u);
  });

  it('fits into the terminal', () => {
    for (const columns of [40, 60, 80, 200])
      expect(timeline([0, 500, 60_000], 9, on(columns)).length).toBeLessThanOrEqual(columns - 9);
  });

  it('needs no more than ASCII', () => {
    expect(timeline([0, 1, 2, 3, 500, 1000], 9, on(80, { LC_ALL: 'C' }))).toMatch(/^@ +: +: 1\.0 s$/u);
  });

  it.each([
    [1500, '1.5 s'],
    [600_000, '10 min'],
    [36_000_000, '10 h'],
  ])('names %d ms %s', (milliseconds, text) => {
    expect(spanOf(milliseconds)).toBe(text);
  });
});

it('the report of a storm has its timeline, in ASCII where it has to be', () => {
  const files = { 'net.har': har([0, 400, 800, 1200, 1600, 2000].map(failedRefresh)) };
  expect(triage(['net.har'], files).stdout).toMatch(/^ {2}when +█ +█.* 2\.0 s$/mu);
  const plain = triage(['net.har'], files, '', { LC_ALL: 'C' }).stdout;
  expect(plain).toMatch(/^x The access token/mu);
  expect(plain).toMatch(/^ {2}when +@ +@.* 2\.0 s$/mu);
});

it.skipIf(!hasTerminal)('the report fits into a narrow terminal, and its commands stay whole', async () => {
  const project = projectFixture({
    ...APP,
    'net.har': har([PREFETCH, ...[0, 400, 800, 1200, 1600].map(failedRefresh)]),
  });
  const { text } = await onTerminal(project.root, [process.execPath, MAIN, 'triage', 'net.har'], { columns: 60 });
  expect(text).toMatch(/when +█/u);
  const long = text.split(/\r?\n/u).filter((line) => line.length > 60);
  expect(long.filter((line) => !line.includes('npx eslint-plugin-authkit codemod'))).toEqual([]);
});
