/** Applies codemods to files, one file at a time. */
import { basename } from 'node:path';
import { takeLimits } from '../../analysis/limits.ts';
import type { Codemod, CodemodInput } from '../../codemods/index.ts';
import type { TextCodemod } from '../../codemods/text-side.ts';
import type { Safety } from '../../playbook/finding.ts';
import type { Project } from '../../project/project.ts';
import { type FoundFile, largeText } from '../files/read.ts';
import { isTurnedOn, type RunProject } from '../files/project.ts';
import { isScript } from '../files/skip.ts';
import { rewriteFile } from '../write/replace-file.ts';

/** What one codemod does may be for another one to see. As ESLint: what has not come to rest after ten rounds never will. */
const MAX_ROUNDS = 10;
/** Milliseconds. */
const PAUSE_EVERY = 50;

export interface NamedCodemod {
  readonly name: string;
  readonly codemod: Codemod;
  /** Whether it runs only where a configuration turns its rule on. */
  readonly isStrict?: boolean;
  /** Whether a person asked for this very one. */
  readonly isNamed?: boolean;
  /** Whether it only lists what needs a manual change. */
  readonly isReportOnly?: boolean;
}

export interface FileProblem {
  /** Goes on where the path ends; with a line it is a sentence of its own. */
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** A place that a codemod changed, or left. Line and column count from 1. */
export interface DonePlace {
  /** The codemod's name. */
  readonly by: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface ChangedPlace extends DonePlace {
  readonly safety: Safety;
}

export interface LeftToDo extends DonePlace {
  readonly reason: string;
}

/** What becomes of a file, next to its text. */
export type Fate =
  | { readonly kind: 'created' }
  | { readonly kind: 'deleted' }
  /** `to`: absolute. */
  | { readonly kind: 'renamed'; readonly to: string };

/** What became of a file that there is something to tell of. */
export interface FileOutcome {
  /** Absolute. */
  readonly path: string;
  readonly before: string;
  /** The text that the file holds now, or would hold. */
  readonly after: string;
  readonly fate?: Fate;
  readonly written: boolean;
  readonly changed: readonly ChangedPlace[];
  readonly left: readonly LeftToDo[];
  readonly problems: readonly FileProblem[];
}

export interface RunOptions extends Pick<RunProject, 'projectFor' | 'read'> {
  /** Whether to apply only what `eslint --fix` would. */
  readonly safe: boolean;
  /** Whether to apply an edit of a file (absolute); default: all are applied. */
  readonly accepts?: (path: string) => CodemodInput['accepts'];
  /** What is in the way of writing a file (absolute); goes on where the path ends. Undefined: no file is to be written. */
  readonly write: ((path: string) => string | undefined) | undefined;
  /** Whether a codemod (by its name) is not to do a file: it failed to do it together with others. */
  readonly isBlocked?: (name: string, path: string) => boolean;
  readonly tick: (done: number) => void;
  /** Given each file (absolute) in which something was too large to be followed. */
  readonly onLimit?: (path: string) => void;
  /** Whether to stop before the next file. */
  readonly isInterrupted?: () => boolean;
}

/** Makes what is asked between two files: now and then it is time to wait for a moment, in which a signal is heard. */
export function createPause(): () => Promise<unknown> | undefined {
  let next = Date.now() + PAUSE_EVERY;
  return () => {
    if (Date.now() < next) return undefined;
    next = Date.now() + PAUSE_EVERY;
    return new Promise((resolve) => setImmediate(resolve));
  };
}

/** Runs the codemods over the files in turn, and returns those files that were changed, left in part, or not done. */
export async function runCodemods(
  codemods: readonly NamedCodemod[],
  files: readonly FoundFile[],
  options: RunOptions,
): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  const pause = createPause();
  for (const [index, file] of files.entries()) {
    const due = pause();
    if (due) await due;
    if (options.isInterrupted?.() === true) break;
    takeLimits();
    const outcome = runFile(codemods, file, options);
    if (takeLimits().has(file.path)) options.onLimit?.(file.path);
    if (outcome) outcomes.push(outcome);
    options.tick(index + 1);
  }
  return outcomes;
}

/** Whether a codemod looks at a file at all. */
export function looksAt({ codemod, isStrict = false, name }: NamedCodemod, path: string, project: Project): boolean {
  return (isScript(path) || doesText(codemod, basename(path))) && (!isStrict || isTurnedOn(project, name));
}

/** Whether a codemod does a file that is no script, by its base name. */
export function doesText(codemod: Codemod | TextCodemod, name: string): boolean {
  return 'isText' in codemod && codemod.isText(name);
}

function runFile(
  codemods: readonly NamedCodemod[],
  file: FoundFile,
  { accepts, isBlocked, projectFor, read, safe, write }: RunOptions,
): FileOutcome | undefined {
  const { path } = file;
  const own = codemods.filter(({ name }) => isBlocked?.(name, path) !== true);
  const source = read(file);
  const project = projectFor(path);
  if (!source.ok) {
    const large = largeText(file, source);
    if (large !== undefined && !own.some(({ codemod }) => codemod.mayConcern(large, path, project))) return undefined;
    const problems = [{ message: source.message }];
    return { path, before: '', after: '', written: false, changed: [], left: [], problems };
  }
  const before = source.text;
  const { after, changed, left, problems } = rewrite(own, {
    path,
    source: before,
    project,
    safe,
    accepts: accepts?.(path),
  });
  let written = false;
  if (write && after !== before) {
    const message = write(path) ?? rewriteFile(path, before, after, project);
    if (message === undefined) written = true;
    else problems.push({ message });
  }
  if (after === before && left.length === 0 && problems.length === 0) return undefined;
  return { path, before, after, written, changed, left, problems };
}

interface Text {
  readonly path: string;
  readonly source: string;
  readonly project: Project;
  readonly safe: boolean;
  readonly accepts: CodemodInput['accepts'];
}

interface Rewritten {
  readonly after: string;
  readonly changed: readonly ChangedPlace[];
  readonly left: readonly LeftToDo[];
  readonly problems: FileProblem[];
}

/** Runs the codemods one after the other, and all of them again until none changes anything. */
function rewrite(codemods: readonly NamedCodemod[], { accepts, path, project, safe, source }: Text): Rewritten {
  const changed: ChangedPlace[] = [];
  let after = source;
  for (let round = 1; ; round += 1) {
    const start = after;
    const left: LeftToDo[] = [];
    for (const { codemod, name } of codemods.filter((each) => looksAt(each, path, project))) {
      const result = codemod.run({ path, source: after, project, safe, ...(accepts && { accepts }) });
      // Every codemod would stumble over the same line.
      if (result.problem) return { after, changed, left, problems: [result.problem] };
      after = result.text;
      changed.push(
        ...result.changed.map(({ finding, ...place }) => ({
          ...place,
          by: name,
          safety: finding.fix?.safety ?? 'review',
        })),
      );
      left.push(...result.left.map((finding) => ({ ...finding, by: name })));
    }
    if (after === start) return { after, changed, left, problems: [] };
    if (round === MAX_ROUNDS) {
      const message = 'was not changed: the edits of its codemods undo each other, which is a bug';
      return { after: source, changed: [], left, problems: [{ message }] };
    }
  }
}
