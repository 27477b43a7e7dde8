/** What the plugin and the codemods make of an app. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ESLint } from 'eslint';
import * as prettier from 'prettier';
import picocolors from 'picocolors';
import { check, type CheckFinding } from '../../../api/index.ts';
import { isText } from '../../../cli/check/ask-rules.ts';
import { chosenCodemods, loadCodemods } from '../../../cli/codemod/choose.ts';
import { doesText } from '../../../cli/codemod/run.ts';
import { rewrite } from '../../../cli/codemod/work.ts';
import { discover } from '../../../cli/files/discover.ts';
import type { Terminal } from '../../../cli/output/terminal.ts';
import { symbolsFor } from '../../../cli/output/symbols.ts';
import plugin from '../../../index.ts';
import { projectFixture } from '../project-fixture.ts';
import type { App, Outcome } from './app.ts';

export interface Observed extends Outcome {
  /** What ESLint reports that has the presets of the plugin, and is given the files from the last to the first. */
  readonly reversed: readonly string[];
  /** What could not be looked at, or not done. */
  readonly problems: readonly string[];
  /** Findings of edited files that a codemod would still change. */
  readonly fixable: readonly string[];
  /** Files that a second run changes. */
  readonly restless: readonly string[];
  /** Edited files that prettier would lay out again, and would not have before. */
  readonly unformatted: readonly string[];
}

/** Writes the app into a folder of its own, looks at it, and lets `codemod all` at it twice. */
export async function observe({ files }: App): Promise<Observed> {
  const { root } = projectFixture(files);
  const problems: string[] = [];
  const found = await check({ cwd: root, strict: true });
  problems.push(...found.problems.map(({ message, path }) => `${nameOf(root, path)}: ${message}`));
  const reversed = await lintReversed(root);
  problems.push(...(await runCodemods(root)));
  const after = readTree(root);
  const edited = differencesOf(files, after);
  const left = edited.size === 0 ? found : await check({ cwd: root, strict: true });
  problems.push(...left.problems.map(({ message, path }) => `${nameOf(root, path)}: ${message}`));
  const unformatted = await lessFormatted(root, files, edited);
  if (edited.size > 0) await runCodemods(root);
  const restless = [...differencesOf(after, readTree(root)).keys()];
  return {
    findings: linesOf(root, found.findings),
    edited,
    reversed,
    problems,
    fixable: linesOf(
      root,
      left.findings.filter(({ fix, rule }) => fix && !onDemand.has(rule)),
    ),
    restless,
    unformatted,
  };
}

/** What `codemod all` leaves to those who turn it on. */
const onDemand = new Set(['no-get-sign-out']);

const nameOf = (root: string, path: string): string => relative(root, path).split('\\').join('/');

const linesOf = (root: string, findings: readonly Pick<CheckFinding, 'line' | 'path' | 'rule'>[]): string[] =>
  findings
    .map(({ line, path, rule }) => ({ file: nameOf(root, path), line, rule }))
    .toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.rule, b.rule))
    .map(({ file, line, rule }) => `${file}:${String(line)} ${rule}`);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function lintReversed(root: string): Promise<string[]> {
  const { files, standalone, strict } = plugin.configs;
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [...standalone, ...strict, ...files],
    warnIgnored: false,
  });
  const findings: Pick<CheckFinding, 'line' | 'path' | 'rule'>[] = [];
  for (const { path } of discover({ cwd: root, paths: [], isText }).files.toReversed()) {
    const [result] = await eslint.lintText(readFileSync(path, 'utf8'), { filePath: path });
    for (const { line, ruleId } of result?.messages ?? [])
      findings.push({ path, line, rule: String(ruleId).replace('authkit/', '') });
  }
  return linesOf(root, findings);
}

const codemods = await loadCodemods(chosenCodemods(new Set(['all'])));

/** As `codemod all` does, which writes. Returns what could not be done. */
async function runCodemods(root: string): Promise<string[]> {
  const { outcomes } = await rewrite(
    codemods,
    {
      cwd: root,
      paths: [],
      isText: (name) => codemods.some(({ codemod }) => doesText(codemod, name)),
      safe: false,
      force: true,
      write: true,
    },
    { isInterrupted: () => false, pass: () => undefined },
    silentIn(root),
  );
  return outcomes.flatMap(({ path, problems }) => problems.map(({ message }) => `${nameOf(root, path)}: ${message}`));
}

function silentIn(cwd: string): Terminal {
  const none = picocolors.createColors(false);
  return {
    cwd,
    env: {},
    out: () => undefined,
    err: () => undefined,
    colors: { out: none, err: none },
    interactive: () => false,
    errIsTTY: false,
    columns: undefined,
    symbols: symbolsFor({}),
    isPlain: true,
  };
}

type Files = Readonly<Record<string, string>>;

function readTree(root: string): Files {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ name, parentPath }) => {
      const path = join(parentPath, name);
      return [nameOf(root, path), readFileSync(path, 'utf8')];
    }),
  );
}

/** The texts of files that differ, in the order of their names; '' for those that are gone. */
function differencesOf(before: Files, after: Files): Map<string, string> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted(compare);
  return new Map(names.filter((name) => before[name] !== after[name]).map((name) => [name, after[name] ?? '']));
}

async function lessFormatted(root: string, before: Files, edited: ReadonlyMap<string, string>): Promise<string[]> {
  const names: string[] = [];
  for (const [name, text] of edited) {
    const path = join(root, name);
    const { ignored, inferredParser } = await prettier.getFileInfo(path);
    if (ignored || inferredParser === null || text === '') continue;
    const options = { ...(await prettier.resolveConfig(path, { useCache: false })), filepath: path };
    const old = before[name];
    if ((old === undefined || (await prettier.check(old, options))) && !(await prettier.check(text, options)))
      names.push(name);
  }
  return names;
}
