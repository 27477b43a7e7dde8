/**
 * Writes several files as one: all of them or none. What is new is put in place first, then what is edited, and what is deleted goes last, each
 * by one rename: a run that is killed in between leaves every file whole, code that finds what it imports, and nothing that only a deleted
 * file had.
 */
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { FileChange } from '../../codemods/workspace/plan.ts';
import { isWithin } from '../../project/folders.ts';
import { reasonOf } from '../files/problem.ts';
import { changeOf, prepareFile, putInPlace, refusalOf, replaceFile } from './replace-file.ts';
import { removeLeftovers, temporaryFor, writeNew } from './temporary.ts';

export type TransactionResult =
  | { readonly ok: true; readonly undo: () => UndoResult }
  | {
      readonly ok: false;
      readonly path: string;
      /** Goes on where the path ends. */
      readonly message: string;
    };

/** The paths that could not be put back. */
export type UndoResult = readonly string[];

/** One step that either is made or leaves everything as it was. */
interface Step {
  readonly path: string;
  /** Makes ready what can be made ready; nothing that anyone sees. Returns, or throws, what is in the way. */
  readonly prepare: () => string | undefined;
  /** Makes the step. Returns, or throws, what is in the way. */
  readonly make: () => string | undefined;
  /** Throws where it can't. */
  readonly undo: () => void;
  readonly cleanUp: () => void;
}

/** Makes all changes, or none. `rootOf` names the repository (absolute) of a path. Never throws. */
export function writeTransaction(changes: readonly FileChange[], rootOf: (path: string) => string): TransactionResult {
  const steps = [
    ...changes.flatMap((change) =>
      change.kind === 'create' || change.kind === 'rename' ? [creation(change, rootOf)] : [],
    ),
    ...changes.flatMap((change) => (change.kind === 'edit' ? [edition(change, rootOf)] : [])),
    ...changes.flatMap((change) =>
      change.kind === 'delete' || change.kind === 'rename' ? [deletion(change, rootOf)] : [],
    ),
  ];
  const made: Step[] = [];
  const failure =
    firstFailure(steps, (step) => step.prepare()) ??
    firstFailure(steps, (step) => {
      const message = step.make();
      if (message === undefined) made.push(step);
      return message;
    });
  const notBack = failure ? undoAll(made) : [];
  for (const step of steps.toReversed()) step.cleanUp();
  if (failure === undefined) return { ok: true, undo: () => undoAll(made) };
  const rest = notBack.length === 0 ? '' : `; ${notBack.join(', ')} could not be put back as it was`;
  return { ok: false, path: failure.path, message: failure.message + rest };
}

function firstFailure(
  steps: readonly Step[],
  run: (step: Step) => string | undefined,
): { readonly path: string; readonly message: string } | undefined {
  for (const step of steps) {
    const message = attempt(() => run(step));
    if (message !== undefined) return { path: step.path, message };
  }
  return undefined;
}

function attempt(run: () => string | undefined): string | undefined {
  try {
    return run();
  } catch (error) {
    return `could not be written: ${reasonOf(error)}`;
  }
}

function undoAll(made: readonly Step[]): UndoResult {
  return made.toReversed().flatMap((step) => {
    try {
      step.undo();
      return [];
    } catch {
      return [step.path];
    }
  });
}

type Change<Kind extends FileChange['kind']> = Extract<FileChange, { readonly kind: Kind }>;
type RootOf = (path: string) => string;

const EXISTS = 'was not written: a file of that name is there already';

function creation(change: Change<'create' | 'rename'>, rootOf: RootOf): Step {
  const path = change.kind === 'rename' ? change.to : change.path;
  const folders: string[] = [];
  let temporary: string | undefined;
  return {
    path,
    prepare() {
      if (isThere(path)) return EXISTS;
      for (let folder = dirname(path); !existsSync(folder); folder = dirname(folder)) folders.push(folder);
      mkdirSync(dirname(path), { recursive: true });
      if (!isWithin(realpathSync(rootOf(path)), realpathSync(dirname(path))))
        return 'was not written: its folder is a link out of the repository';
      removeLeftovers(dirname(path));
      const name = temporaryFor(path, true);
      writeNew(name, change.after, change.kind === 'rename' ? lstatSync(change.path).mode & 0o777 : undefined);
      temporary = name;
      return undefined;
    },
    make() {
      if (temporary === undefined || isThere(path)) return EXISTS;
      try {
        // Unlike a rename it never takes the place of a file that has come meanwhile.
        linkSync(temporary, path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return EXISTS;
        renameSync(temporary, path);
      }
      return undefined;
    },
    undo() {
      if (changeOf(path, change.after) === undefined) unlinkSync(path);
    },
    cleanUp() {
      if (temporary !== undefined) rmSync(temporary, { force: true });
      // They hold the new file, or nothing.
      for (const folder of folders) removeEmptyFolder(folder);
    },
  };
}

function edition({ after, before, path }: Change<'edit'>, rootOf: RootOf): Step {
  let prepared: ReturnType<typeof prepareFile> | undefined;
  return {
    path,
    prepare() {
      prepared = prepareFile(path, before, after, rootOf(path));
      return typeof prepared === 'string' ? prepared : changeOf(prepared.target, before);
    },
    make() {
      if (prepared === undefined || typeof prepared === 'string') return prepared;
      const result = putInPlace(prepared);
      return result.ok ? undefined : result.message;
    },
    undo() {
      const result = replaceFile(path, after, before, rootOf(path));
      if (!result.ok) throw new Error(result.message);
    },
    cleanUp() {
      if (typeof prepared === 'object') rmSync(prepared.temporary, { force: true });
    },
  };
}

function deletion({ before, path }: Change<'delete' | 'rename'>, rootOf: RootOf): Step {
  let mode: number | undefined;
  return {
    path,
    prepare() {
      const stats = lstatSync(path);
      if (stats.isSymbolicLink()) return 'was not deleted: it is a symbolic link';
      mode = stats.mode & 0o777;
      const target = realpathSync(path);
      accessSync(dirname(target), constants.W_OK);
      removeLeftovers(dirname(target));
      return refusalOf(path, target, rootOf(path)) ?? changeOf(target, before);
    },
    make() {
      const message = changeOf(path, before);
      if (message === undefined) unlinkSync(path);
      return message;
    },
    undo() {
      mkdirSync(dirname(path), { recursive: true });
      writeNew(path, before, mode);
    },
    cleanUp() {
      // Neither git nor Next.js knows a folder without files.
      if (!isThere(path)) removeEmptyFolder(dirname(path));
    },
  };
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function removeEmptyFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It holds something.
  }
}
