/**
 * Codemods over what is staged for the next commit, as a pre-commit hook wants them: the commit is mended, and what is not staged stays so.
 * git's index has one text of a file, the working copy may have another; each is mended for itself.
 */
import { existsSync } from 'node:fs';
import type { Project } from '../../project/project.ts';
import { readSource } from '../files/read.ts';
import { readStaged, stage, type StagedFile } from '../files/staged.ts';
import { type FileOutcome, type NamedCodemod, runCodemods } from './run.ts';

export interface StagedRun {
  /** A folder of the work tree. */
  readonly cwd: string;
  readonly project: Project;
  readonly write: boolean;
  readonly tick: (done: number) => void;
}

/**
 * Runs the codemods over staged files. A file is mended in its working copy (if it has one) and in the index, or in neither; of the outcomes, texts and
 * places are those that are staged.
 */
export function runOnStaged(codemods: readonly NamedCodemod[], files: readonly StagedFile[], { cwd, project, tick, write }: StagedRun): FileOutcome[] {
  const staged = readStaged(cwd, files);
  const read = ({ path }: { readonly path: string }) => staged.get(path) ?? { ok: false as const, message: 'is not staged' };
  const outcomes = runCodemods(codemods, files, { project, read, write: false, tick });
  if (!write) return outcomes;
  const byPath = new Map(files.map((file) => [file.path, file]));
  const mended = outcomes.map((outcome) => (outcome.after === outcome.before ? outcome : withWorkingCopy(outcome, codemods, project)));
  const texts = mended.flatMap(({ after, path, written }) => {
    const file = byPath.get(path);
    return written && file ? [{ file, text: after }] : [];
  });
  const failure = texts.length > 0 ? stage(cwd, texts) : undefined;
  if (failure === undefined) return mended;
  const problem = { message: `is mended in its working copy, and could not be staged: ${failure}` };
  return mended.map((outcome) => (outcome.written ? { ...outcome, written: false, problems: [...outcome.problems, problem] } : outcome));
}

/** An outcome of what is staged, `written` when its working copy is mended, so that it may be staged. */
function withWorkingCopy(outcome: FileOutcome, codemods: readonly NamedCodemod[], project: Project): FileOutcome {
  const { path } = outcome;
  if (!existsSync(path)) return { ...outcome, written: true };
  const [copy] = runCodemods(codemods, [{ path, named: true }], { project, read: readSource, write: true, tick: () => undefined });
  const problems = (copy?.problems ?? []).map(({ line, message }) => ({
    message: `is mended neither as it is staged nor in its working copy, which ${line === undefined ? message : `has at line ${String(line)}: ${message}`}`,
  }));
  return { ...outcome, written: problems.length === 0, problems: [...outcome.problems, ...problems] };
}
