/**
 * Which files of a run have to do with which codemods, as far as their texts tell. Each codemod is asked once for each file, all of them about one file
 * after the other, while what they share about it and its folder is known. Nothing is kept of a file that concerns none, as most do.
 */
import { takeLimits } from '../../analysis/limits.ts';
import type { RunProject } from '../files/project.ts';
import type { FoundFile } from '../files/read.ts';
import { isScript } from '../files/skip.ts';
import { createPause, looksAt, type NamedCodemod, type RunOptions } from './run.ts';

export interface Concerned {
  /** Those that some codemod has something to do with, or that can't be read, in their order. */
  readonly files: readonly FoundFile[];
  /** Scripts that a codemod (by its name) may find something in. Absolute. */
  readonly of: (name: string) => readonly string[];
}

export interface LookOptions extends Pick<RunOptions, 'isInterrupted' | 'onLimit'> {
  /** Given how many files are done with, because they concern none. */
  readonly tick?: RunOptions['tick'];
}

/** Asks the codemods. After an interrupt the rest of the files concern none. */
export async function concernedFiles(
  codemods: readonly NamedCodemod[],
  files: readonly FoundFile[],
  { projectFor, read }: RunProject,
  { isInterrupted, onLimit, tick }: LookOptions,
): Promise<Concerned> {
  const concerned: FoundFile[] = [];
  const byName = new Map<string, string[]>(codemods.map(({ name }) => [name, []]));
  const pause = createPause();
  for (const [index, file] of files.entries()) {
    const due = pause();
    if (due) await due;
    if (isInterrupted?.() === true) break;
    const { path } = file;
    const project = projectFor(path);
    const source = read(file);
    takeLimits();
    if (!source.ok || !isScript(path)) concerned.push(file);
    else {
      const own = codemods.filter(
        (each) => looksAt(each, path, project) && each.codemod.mayConcern(source.text, path, project),
      );
      for (const { name } of own) byName.get(name)?.push(path);
      if (own.length > 0) concerned.push(file);
    }
    if (takeLimits().has(path)) onLimit?.(path);
    tick?.(index + 1 - concerned.length);
  }
  return { files: concerned, of: (name) => byName.get(name) ?? [] };
}
