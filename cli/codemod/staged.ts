/**
 * Codemods over what is staged for the next commit, as a pre-commit hook wants them: the commit is fixed, and what is not staged stays so.
 * git's index has one text of a file, the working copy may have another; each is fixed for itself.
 */
import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type FileChange, textsAfter } from '../../codemods/workspace/plan.ts';
import type { Overlay } from '../files/overlay.ts';
import { reasonOf } from '../files/problem.ts';
import type { RunProject } from '../files/project.ts';
import { readSource, type ReadResult } from '../files/read.ts';
import { readStaged, stage, type StagedChange, stageChanges, type StagedFile } from '../files/git/staged.ts';
import type { WorkTree } from '../files/git/work-tree.ts';
import { replaceFile } from '../write/replace-file.ts';
import { type FileOutcome, type NamedCodemod, runCodemods } from './run.ts';

export interface StagedRun {
  readonly workTree: WorkTree;
  readonly projectFor: RunProject['projectFor'];
  readonly safe: boolean;
  readonly write: boolean;
  /** Texts that plans would stage, in a dry run. */
  readonly texts: Overlay;
  readonly isBlocked: (name: string, path: string) => boolean;
  readonly tick: (done: number) => void;
}

/** The staged files that hold in their working copies what is staged: those that may be changed together with others. */
export function plainlyStaged(workTree: WorkTree, files: readonly StagedFile[]): StagedFile[] {
  const staged = readStaged(workTree, files);
  return files.filter((file) => {
    const text = staged.get(file.path);
    if (text?.ok !== true || obstacleTo(file) !== undefined) return false;
    const copy = readCopy(file);
    return copy.ok && copy.text === text.text;
  });
}

/** Stages what a transaction has made of staged files, and its new ones. Returns what went wrong. */
export function stageTransaction(
  workTree: WorkTree,
  files: readonly StagedFile[],
  changes: readonly FileChange[],
): string | undefined {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const staged = [...textsAfter(changes)].map(([path, text]): StagedChange => {
    const file = byPath.get(path);
    const name = file?.name ?? relative(workTree.root, path).replaceAll(sep, '/');
    return { name, mode: file?.mode ?? '100644', from: file?.blob, text };
  });
  const failure = stageChanges(workTree, staged);
  return failure === undefined ? undefined : `could not be staged, and is as it was: ${failure}`;
}

/**
 * Runs the codemods over staged files. A file is fixed in its working copy (if it has one) and in the index, or in neither; of the outcomes, texts and
 * places are those that are staged.
 */
export async function runOnStaged(
  codemods: readonly NamedCodemod[],
  files: readonly StagedFile[],
  { isBlocked, projectFor, safe, texts, tick, workTree, write }: StagedRun,
): Promise<FileOutcome[]> {
  const staged = readStaged(workTree, files);
  const read = ({ path }: { readonly path: string }): ReadResult => {
    const text = texts.get(path);
    return text === undefined ? (staged.get(path) ?? { ok: false, message: 'is not staged' }) : { ok: true, text };
  };
  const outcomes = await runCodemods(codemods, files, { isBlocked, projectFor, read, safe, write: undefined, tick });
  if (!write) return outcomes;
  const byPath = new Map(files.map((file) => [file.path, file]));
  const fixed: FixedFile[] = [];
  for (const outcome of outcomes) {
    const file = byPath.get(outcome.path);
    const isChanged = file && outcome.after !== outcome.before;
    fixed.push(
      isChanged ? await fixWorkingCopy(outcome, file, codemods, { isBlocked, projectFor, safe }) : { outcome },
    );
  }
  const toStage = fixed.flatMap(({ file, outcome }) => (file ? [{ file, text: outcome.after }] : []));
  const failure = toStage.length > 0 ? stage(workTree, toStage) : undefined;
  return fixed.map(({ copy, file, outcome }) => {
    if (!file) return outcome;
    return failure === undefined ? { ...outcome, written: true } : takeBack(outcome, copy, failure, workTree);
  });
}

interface FixedFile {
  readonly outcome: FileOutcome;
  /** Of a file that may be staged. */
  readonly file?: StagedFile;
  /** What became of its working copy, where that was changed. */
  readonly copy?: FileOutcome | undefined;
}

async function fixWorkingCopy(
  outcome: FileOutcome,
  file: StagedFile,
  codemods: readonly NamedCodemod[],
  { isBlocked, projectFor, safe }: Pick<StagedRun, 'isBlocked' | 'projectFor' | 'safe'>,
): Promise<FixedFile> {
  const { path } = file;
  const refused = (message: string): FixedFile => {
    const problem = { message: `is fixed neither as it is staged nor in its working copy, which ${message}` };
    return { outcome: { ...outcome, problems: [...outcome.problems, problem] } };
  };
  const obstacle = obstacleTo(file);
  if (obstacle === 'is gone') return { outcome, file };
  if (obstacle !== undefined) return refused(obstacle);
  const [copy] = await runCodemods(codemods, [{ path, named: true }], {
    isBlocked,
    projectFor,
    read: readCopy,
    safe,
    write: () => undefined,
    tick: () => undefined,
  });
  const [problem] = copy?.problems ?? [];
  if (problem)
    return refused(
      problem.line === undefined ? problem.message : `has at line ${String(problem.line)}: ${problem.message}`,
    );
  return { outcome, file, copy };
}

/** Why the working copy of a staged file is not written; undefined where nothing is in the way. */
function obstacleTo({ name, path }: StagedFile): string | undefined {
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return 'is a symbolic link';
    if (!stats.isFile()) return 'is not a file';
    const root = path.slice(0, -name.length);
    // git sees no working copy behind a link, and what is written there may be anyone's.
    return realpathSync(dirname(path)) === join(realpathSync(root), dirname(name))
      ? undefined
      : 'is behind a symbolic link';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'is gone' : `could not be read: ${reasonOf(error)}`;
  }
}

/** git keeps UTF-8 of a file that has `working-tree-encoding`; ASCII in UTF-16 is UTF-8 as well, with a zero before or behind each character. */
function readCopy(file: { readonly path: string; readonly named: boolean }): ReadResult {
  const source = readSource(file);
  return source.ok && source.text.includes('\0') ? { ok: false, message: 'is not UTF-8 text' } : source;
}

/** An outcome that could not be staged, with its working copy as it was. */
function takeBack(
  outcome: FileOutcome,
  copy: FileOutcome | undefined,
  failure: string,
  { root }: WorkTree,
): FileOutcome {
  const isBack = copy?.written !== true || replaceFile(copy.path, copy.after, copy.before, root).ok;
  const message = `${isBack ? 'could not be staged, and is as it was' : 'is fixed in its working copy, and could not be staged'}: ${failure}`;
  return { ...outcome, problems: [...outcome.problems, { message }] };
}
