/** `check` as a function: what the command reports, as objects. */
import { parse } from 'node:path';
import type { Linter } from 'eslint';
import { withoutBOM } from '../analysis/syntax/source-file.ts';
import { detailsIn, type DetailOf } from '../cli/check/details.ts';
import { isText, mayHaveMessages } from '../cli/check/ask-rules.ts';
import * as lint from '../cli/check/lint.ts';
import { nameOf } from '../cli/check/results.ts';
import { discover } from '../cli/files/discover.ts';
import { configured, projectOfRun } from '../cli/files/project.ts';
import { isWithin } from '../project/folders.ts';
import type { Level } from '../project/configuration/configuration.ts';
import type { Project } from '../project/project.ts';
import { resolved, type ProjectOptions } from './settings.ts';

export interface CheckOptions extends ProjectOptions {
  /** Files and folders, relative to `cwd`; default: `cwd` itself. What `check` leaves out of folders is left out here. */
  readonly paths?: readonly string[];
  /** Whether to run the rules of the preset `strict`; default: those of `recommended`. */
  readonly strict?: boolean;
  /** Levels of rules by their names without prefix, over those of the preset and of `authkit.json`. */
  readonly rules?: Readonly<Record<string, 'error' | 'off' | 'warn'>>;
}

/** A replacement of the text in a range: offsets in UTF-16 code units, of the text without its byte order mark. */
export interface TextEdit {
  readonly range: readonly [start: number, end: number];
  readonly text: string;
}

export interface CheckFinding {
  /** Absolute. */
  readonly path: string;
  /** Without prefix: `no-sign-out-prefetch`. */
  readonly rule: string;
  readonly messageId: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The edit that fixes it: `safe` ones are what `eslint --fix` makes, `review` ones a person should look at. */
  readonly fix?: { readonly safety: 'review' | 'safe'; readonly edits: readonly TextEdit[] };
  /** Why no edit is offered. */
  readonly unfixable?: string;
}

export interface CheckResult {
  /** In the order of paths and places. */
  readonly findings: readonly CheckFinding[];
  /** How many files were looked at. */
  readonly files: number;
  /** What could not be checked, and why: files that do not parse, that are no text, or in which a rule failed. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Checks files as the command does, and prints nothing: `authkit.json`, comments and `eslint-suppressions.json` are respected, no
 * ESLint config is read, and nothing is written. It needs ESLint, as the command does.
 *
 * Rejects with an `Error` that says what is wrong with the paths or the configuration, or that ESLint is missing.
 */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  const { cwd, settings } = resolved(options);
  const found = discover({ cwd, paths: options.paths ?? [], isText });
  const root = found.files.every(({ path }) => isWithin(cwd, path)) ? cwd : parse(cwd).root;
  const project = projectOfRun(found, root, settings);
  const files = configured(found.files, project.projectFor, cwd);
  const levels: ReadonlyMap<string, Level> = new Map(Object.entries(options.rules ?? {}));
  const { strict = false } = options;
  const eslints = new Map<Project, ReturnType<typeof lint.createESLint>>();
  const detailOf = detailsIn(project);
  const findings: CheckFinding[] = [];
  const problems = found.problems.map(({ message, path }) => ({ path, message }));
  for (const file of files) {
    const { path } = file;
    const source = project.read(file);
    if (!source.ok) {
      problems.push({ path, message: source.message });
      continue;
    }
    const around = project.projectFor(path);
    if (!mayHaveMessages({ path, named: false }, source.text, around, { levels, strict })) continue;
    let eslint = eslints.get(around);
    if (!eslint)
      eslints.set(
        around,
        (eslint = lint.createESLint(root, { fix: false, levels, strict, settings, project: around })),
      );
    const { messages } = await lint.lintFile(await eslint, path, withoutBOM(source.text), around);
    for (const message of messages) {
      if (message.ruleId === null) problems.push({ path, message: message.message });
      else findings.push(findingOf(path, message, detailOf));
    }
  }
  return { findings, files: files.length, problems };
}

function findingOf(path: string, message: Linter.LintMessage, detailOf: DetailOf): CheckFinding {
  const { column, endColumn = column, endLine = message.line, line, messageId = '', ruleId, severity } = message;
  const { fix, unfixable } = detailOf(path, message)?.finding ?? {};
  return {
    path,
    rule: nameOf(ruleId ?? ''),
    messageId,
    message: message.message,
    severity: severity === 2 ? 'error' : 'warning',
    line,
    column,
    endLine,
    endColumn,
    ...(fix && { fix: { safety: fix.safety, edits: fix.edits.map(({ range, text }) => ({ range, text })) } }),
    ...(unfixable !== undefined && { unfixable }),
  };
}
