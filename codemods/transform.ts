/**
 * From a rule's definition to a codemod: `transformFor` makes a jscodeshift transform that applies the very edits that the
 * rule of the same name reports. jscodeshift's own parser and printer are never asked: nothing is reprinted.
 */
import { resolve } from 'node:path';
import { ofItsOwn, type ParseResult, parseSourceFile } from '../analysis/syntax/source-file.ts';
import { openProject, type Project } from '../project/project.ts';
import type { AuthKitRule } from '../rules/create-rule.ts';
import { type AnyDefinition, optionsIn } from '../rules/definition.ts';
import { mayConcern } from '../rules/needles.ts';
import { type CodemodInput, type CodemodResult, runPasses } from './passes.ts';
import type { Planner } from './workspace/plan.ts';

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
   * Does one file and reports what it did. Never throws for what the file holds.
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
  const run = (input: CodemodInput) => runOnScript(definition, input);
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

interface Parsed {
  readonly path: string;
  readonly text: string;
  readonly project: Project;
  /** Finders remember by the file what they derive from others as well, which holds for a look (project/memos/stamps.ts). */
  readonly look: number;
  readonly result: ParseResult;
}

let last: Parsed | undefined;

/** All codemods run over a file before the next one does: it is parsed once, and what their finders share is found once. */
export function parsedOnce(path: string, text: string, project: Project): ParseResult {
  const look = project.facts.look();
  if (last?.path !== path || last.text !== text || last.project !== project || last.look !== look)
    last = { path, text, project, look, result: parsedIn(project, path, text) };
  return last.result;
}

/** A run parses a file once, whether it is looked at or imported by another one, and however often. */
function parsedIn(project: Project, path: string, text: string): ParseResult {
  const { facts } = project;
  const known = facts.looksOnce && facts.text(path) === text ? project.sourceFile(path) : undefined;
  return known ? { ok: true, file: ofItsOwn(known) } : parseSourceFile(path, text);
}

function runOnScript(definition: AnyDefinition, input: CodemodInput): CodemodResult {
  const { path, project, source } = input;
  const isConcerned = mayConcern(definition.needles, source, path, () => project);
  if (!isConcerned) return { text: source, changed: [], left: [] };
  const options = optionsIn(project, definition.name, input.options);
  return runPasses(definition, input, (text) => {
    const parsed = parsedOnce(path, text, project);
    if (!parsed.ok) return parsed;
    const { file } = parsed;
    return {
      ok: true,
      comments: () => file.ast.comments ?? [],
      find: () => definition.find(file, project, options),
    };
  });
}
