/**
 * From a rule's definition to a codemod: `transformFor` makes a jscodeshift transform that applies the very edits that the
 * rule of the same name reports. jscodeshift's own parser and printer are never asked: nothing is reprinted.
 */
import { resolve } from 'node:path';
import { disabledIn } from '../analysis/syntax/disable-directives.ts';
import { redact } from '../analysis/values/redact.ts';
import { applyEdits, type Edit, mergeEdits } from '../analysis/edits/edits.ts';
import { parseSourceFile, positionAt, type SourceFile, type SyntaxProblem } from '../analysis/syntax/source-file.ts';
import type { Finding } from '../playbook/finding.ts';
import { suppressedCount } from '../project/configuration/suppressions.ts';
import { openProject, type Project } from '../project/project.ts';
import type { Planner } from './workspace/plan.ts';
import { type AnyDefinition, type AuthKitRule, isOff, mayConcern, optionsIn } from '../rules/create-rule.ts';

/** As ESLint: what has not come to rest after ten passes never will. */
const MAX_PASSES = 10;

export interface PlacedFinding {
  readonly finding: Finding;
  /** What the rule says of it. */
  readonly message: string;
  /** Both count from 1: of a changed finding in the text it was found in, of one that is left in the new text. */
  readonly line: number;
  readonly column: number;
}

export interface LeftFinding extends PlacedFinding {
  /** Why the codemod did not decide it. */
  readonly reason: string;
}

export interface CodemodResult {
  /** The new text; the text that was given, to the byte, where nothing is changed. */
  readonly text: string;
  readonly changed: readonly PlacedFinding[];
  readonly left: readonly LeftFinding[];
  /** Why the file could not be done; its text is the one given. */
  readonly problem?: SyntaxProblem;
}

export interface CodemodInput {
  /** Absolute. */
  readonly path: string;
  /** As read from disk, with its byte order mark if it has one. */
  readonly source: string;
  readonly project: Project;
  /** The options of the rule; defaults for those that are missing. */
  readonly options?: object;
  /** Whether to apply only edits that are safe, as `eslint --fix` does. Default: those to be reviewed as well. */
  readonly safe?: boolean;
}

/** What jscodeshift hands to a transform, as far as it is read here. */
export interface TransformFile {
  readonly path: string;
  readonly source: string;
}

/** The command line options of jscodeshift, and what programs may add to them. */
export interface TransformOptions {
  /** The directory that settings are relative to; default: the working directory. */
  readonly cwd?: string;
  /** `settings` as in an ESLint config. */
  readonly settings?: object;
  readonly [option: string]: unknown;
}

/** A jscodeshift transform, with the function that our own runner uses. */
export interface Codemod {
  /** The new text, or undefined when nothing is to change. Throws a SyntaxError for a file that does not parse. */
  (file: TransformFile, api?: unknown, options?: TransformOptions): string | undefined;
  /** jscodeshift reads it; our own parse goes by the file's extension. */
  readonly parser: 'tsx';
  /**
   * Does one file and tells what it did. Never throws for what the file holds.
   *
   * @internal
   */
  readonly run: (input: CodemodInput) => CodemodResult;
  /**
   * Whether a text has to be parsed at all.
   *
   * @internal
   */
  readonly mayConcern: (text: string, path: string, project: Project) => boolean;
  /**
   * What it does to several files together. Our own runner asks for that first, and then does what is left file by file.
   *
   * @internal
   */
  readonly plan?: Planner;
}

/** Makes the codemod of a rule: all fixes of its findings are applied, safe ones and those that a person should review. */
export function transformFor({ definition }: AuthKitRule): Codemod {
  const run = (input: CodemodInput) => runCodemod(definition, input);
  const concerns = (text: string, path: string, project: Project) =>
    mayConcern(definition.needles, text, path, () => project);
  const transform = (file: TransformFile, _api?: unknown, options: TransformOptions = {}): string | undefined => {
    const cwd = resolve(typeof options.cwd === 'string' ? options.cwd : '.');
    const path = resolve(cwd, file.path);
    const project = openProject({ cwd, settings: { ...options.settings }, path });
    const { problem, text } = run({ path, source: file.source, project });
    // jscodeshift counts a transform that throws as an error, and goes on with the other files.
    if (problem) throw new SyntaxError(`${path}:${String(problem.line)}:${String(problem.column)}: ${problem.message}`);
    return text === file.source ? undefined : text;
  };
  return Object.assign(transform, { parser: 'tsx' as const, run, mayConcern: concerns });
}

function runCodemod(
  definition: AnyDefinition,
  { options, path, project, safe = false, source }: CodemodInput,
): CodemodResult {
  const untouched: CodemodResult = { text: source, changed: [], left: [] };
  if (isOff(project, definition.name, path)) return untouched;
  if (!mayConcern(definition.needles, source, path, () => project)) return untouched;
  const changed: PlacedFinding[] = [];
  let current = parseSourceFile(path, source);
  if (!current.ok) return { ...untouched, problem: current.problem };
  let { file } = current;
  const ruleOptions = optionsIn(project, definition.name, options);
  for (let pass = 1; ; pass += 1) {
    let findings: readonly Finding[];
    try {
      findings = enabledIn(file, definition, definition.find(file, project, ruleOptions));
    } catch (error) {
      return { ...untouched, problem: problemOf(definition, error) };
    }
    if (pass === 1 && isSuppressed(findings, definition, path, project)) return untouched;
    const { applied, text } = applyEdits(
      file.text,
      findings.map((finding) => editsOf(finding, safe)),
    );
    if (pass > MAX_PASSES || text === file.text) {
      return {
        text: changed.length === 0 ? source : (file.hasBOM ? '\uFEFF' : '') + file.text,
        changed,
        left: findings.map((finding) => ({
          ...place(definition, finding, file),
          reason: whyLeft(finding, file, safe),
        })),
      };
    }
    current = parseSourceFile(path, file.hasBOM ? `\uFEFF${text}` : text);
    // An edit that breaks the file is a bug of ours; better no change than a broken one.
    if (!current.ok) {
      const { message } = current.problem;
      const first = positionAt(file.text, findings[applied[0] ?? 0]?.range[0] ?? 0);
      return {
        ...untouched,
        problem: { ...first, message: `the edit of ${definition.name} would not parse: ${message}` },
      };
    }
    for (const index of applied) {
      const finding = findings[index];
      if (finding) changed.push(place(definition, finding, file));
    }
    ({ file } = current);
  }
}

/** A defect of ours, told as the rule tells it (create-rule.ts): one file fails, and says so. */
export function problemOf({ name }: AnyDefinition, error: unknown): SyntaxProblem {
  if (process.env['AUTHKIT_RETHROW'] === '1') throw error;
  return { message: `${name} failed, which is a bug: ${String(error)}`, line: 1, column: 1 };
}

/** Whether `eslint-suppressions.json` holds all findings of a file for known: one more, and ESLint reports every one of them. */
export function isSuppressed(
  findings: readonly Finding[],
  { name }: AnyDefinition,
  path: string,
  { cwd, facts }: Project,
): boolean {
  return findings.length > 0 && findings.length <= suppressedCount(facts, cwd, path, name);
}

/** The findings that no comment disables: the others are not reported either, neither as changed nor as left. */
function enabledIn(
  { ast, text }: SourceFile,
  { name }: AnyDefinition,
  findings: readonly Finding[],
): readonly Finding[] {
  if (findings.length === 0) return findings;
  const isDisabled = disabledIn(text, `authkit/${name}`, () => ast.comments ?? []);
  return findings.filter(({ range }) => !isDisabled(range[0]));
}

function place(definition: AnyDefinition, finding: Finding, file: SourceFile): PlacedFinding {
  return { finding, message: messageOf(definition, finding), ...positionAt(file.text, finding.range[0]) };
}

/** The edits of a finding that may be made. */
export function editsOf({ fix }: Finding, safe: boolean): readonly Edit[] {
  return fix && (!safe || fix.safety === 'safe') ? fix.edits : [];
}

export const NEEDS_REVIEW = 'its edit needs a review: run the codemod without --safe';

function whyLeft({ fix, unfixable }: Finding, file: SourceFile, safe: boolean): string {
  if (!fix) return unfixable ?? 'there is no edit for it';
  if (safe && fix.safety === 'review') return NEEDS_REVIEW;
  return mergeEdits(fix.edits, file.text)
    ? `its edits did not come to rest after ${String(MAX_PASSES)} passes`
    : 'its edits overlap each other';
}

/** A finding's message with its values filled in, as ESLint shows it. */
export function messageOf({ messages }: AnyDefinition, { data, messageId }: Finding): string {
  const template = messages[messageId] ?? messageId;
  return template.replace(/\{\{\s*(?<name>[^{}\s]+)\s*\}\}/gu, (placeholder, name: string) =>
    redact(data[name] ?? placeholder),
  );
}
