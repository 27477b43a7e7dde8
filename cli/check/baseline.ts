/**
 * Findings that someone has written down to be looked at another day: `check --baseline FILE` reports what has come since. Of each
 * finding the file has the rule and a short hash of the line it is in, so that lines may move.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import type { ESLint, Linter } from 'eslint';
import { redact } from '../../analysis/texts/redact.ts';
import { isEnvFile } from '../../project/env/env-files.ts';
import { isRecord, recordOf, stringsOf } from '../../project/settings.ts';
import { reasonOf } from '../files/problem.ts';
import { UsageError } from '../usage.ts';
import { nameOf, withMessages } from './results.ts';
import { posixPath } from '../../project/folders.ts';

type LintResult = ESLint.LintResult;

const VERSION = 1;

/** Hashes by rule, by file; paths relative to the baseline, with `/`. */
type Findings = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

export interface Baseline {
  /** Absolute. */
  readonly path: string;
  readonly findings: Findings;
}

/** What the text of a file is, as it was checked; undefined where it could not be read. */
export type TextOf = (path: string) => string | undefined;

/** Reads a baseline. Throws a `UsageError` where it is none. */
export function readBaseline(given: string, cwd: string): Baseline {
  const path = resolve(cwd, given);
  const refuse = (message: string) => new UsageError(message, { showHelp: false });
  if (!existsSync(path))
    throw refuse(`There is no baseline '${given}'. Write it: check --baseline ${given} --write-baseline`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? `it is not JSON. ${REWRITE}` : `${reasonOf(error)}.`;
    throw refuse(`The baseline '${given}' can't be read: ${reason}`);
  }
  const { findings, version } = recordOf(json);
  if (version !== VERSION || !isRecord(findings)) {
    const found = typeof version === 'number' ? `has version ${String(version)}` : 'has no version';
    throw refuse(`The baseline '${given}' ${found}, and this check reads version ${String(VERSION)}. ${REWRITE}`);
  }
  const files = Object.entries(findings).map(([name, rules]): [string, ReadonlyMap<string, readonly string[]>] => [
    name,
    new Map(Object.entries(recordOf(rules)).map(([rule, hashes]) => [rule, stringsOf(hashes)])),
  ]);
  return { path, findings: new Map(files) };
}

const REWRITE = 'Write it again with --write-baseline.';

export interface Compared {
  readonly results: readonly LintResult[];
  /** Findings that the baseline has. */
  readonly known: number;
  /** Findings of the baseline that are no longer there, in files that were checked. */
  readonly gone: number;
}

/** Removes from the results what a baseline has: each entry stands for one finding. */
export function withoutKnown(results: readonly LintResult[], { findings, path }: Baseline, textOf: TextOf): Compared {
  let known = 0;
  let gone = 0;
  const left = results.map((result) => {
    const rules = findings.get(nameIn(path, result.filePath));
    if (!rules) return result;
    const open = new Map([...rules].map(([rule, hashes]) => [rule, [...hashes]]));
    const messages = result.messages.filter((message) => {
      const hashes = open.get(nameOf(message.ruleId ?? '')) ?? [];
      const index = hashes.indexOf(hashOf(message, result.filePath, textOf));
      if (index === -1) return true;
      hashes.splice(index, 1);
      known += 1;
      return false;
    });
    for (const hashes of open.values()) gone += hashes.length;
    return messages.length === result.messages.length ? result : withMessages(result, messages);
  });
  return { results: left, known, gone };
}

/**
 * Writes the findings of the results, and those that the file has of others: of a run over a part of the files nothing can be said of
 * the rest. Files that are gone leave it. Returns how many findings it holds.
 */
export function writeBaseline(given: string, cwd: string, results: readonly LintResult[], textOf: TextOf): number {
  const path = resolve(cwd, given);
  const checked = new Set(results.map(({ filePath }) => nameIn(path, filePath)));
  const before = existsSync(path) ? kept(given, cwd) : new Map<string, ReadonlyMap<string, readonly string[]>>();
  const files = new Map([...before].filter(([name]) => !checked.has(name) && existsSync(resolve(dirname(path), name))));
  for (const { filePath, messages } of results) {
    const rules = new Map<string, string[]>();
    for (const message of messages) {
      if (message.ruleId === null) continue;
      const rule = nameOf(message.ruleId);
      rules.set(rule, [...(rules.get(rule) ?? []), hashOf(message, filePath, textOf)]);
    }
    if (rules.size > 0) files.set(nameIn(path, filePath), rules);
  }
  const json = { version: VERSION, findings: sorted(files, (rules) => sorted(rules, (hashes) => hashes)) };
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(json, undefined, 2)}\n`);
  } catch (error) {
    throw new UsageError(`The baseline '${given}' could not be written: ${reasonOf(error)}.`, { showHelp: false });
  }
  return [...files.values()].reduce((sum, rules) => sum + [...rules.values()].flat().length, 0);
}

/** Of a file that is about to be written; a baseline that can't be read is replaced, and a file that is none refused. */
function kept(given: string, cwd: string): Findings {
  const path = resolve(cwd, given);
  const text = statSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  if (text.trim() !== '' && !text.includes('"findings"'))
    throw new UsageError(`'${given}' exists, and is no baseline. Name another file.`, { showHelp: false });
  try {
    return readBaseline(given, cwd).findings;
  } catch {
    return new Map();
  }
}

function sorted<Value, Written>(
  map: ReadonlyMap<string, Value>,
  write: (value: Value) => Written,
): Record<string, Written> {
  const names = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(names.map(([name, value]) => [name, write(value)]));
}

const nameIn = (baseline: string, path: string): string => posixPath(relative(dirname(baseline), path));

// A baseline is committed. Of a line of an env file it has the name of the variable alone: the hash of a short value can be guessed.
function hashOf({ line, messageId = '' }: Linter.LintMessage, path: string, textOf: TextOf): string {
  const text = textOf(path)?.split(/\r?\n/u, line)[line - 1] ?? '';
  const kept = isEnvFile(basename(path)) ? text.split('=', 1).join('') : redact(text);
  return createHash('sha256')
    .update(`${messageId}\0${kept.replaceAll(/\s+/gu, ' ').trim()}`)
    .digest('hex')
    .slice(0, 12);
}
