/**
 * Files as they are staged for the next commit. What a commit holds is what git's index holds, so that is what is read and written here;
 * the working copy may have more, that is nobody's yet.
 */
import { join } from 'node:path';
import { UsageError } from '../usage.ts';
import type { FoundFile } from './discover.ts';
import { runGit } from './git.ts';
import { sourceOf, type ReadResult } from './read.ts';

export interface StagedFile extends FoundFile {
  /** As git writes it: `100644`. */
  readonly mode: string;
  /** The id of the blob that is staged. */
  readonly blob: string;
  /** Relative to the work tree's root, with `/`. */
  readonly name: string;
}

const LINE = /^:\d+ (?<mode>\d+) [\da-f]+ (?<blob>[\da-f]+) [AMT]$/u;
/** Of files; links and submodules have other ones. */
const FILE_MODE = '100';

/** The root of the work tree around a folder. Throws a `UsageError` where there is none. */
export function workTreeOf(cwd: string): string {
  const result = runGit(cwd, ['rev-parse', '--show-toplevel']);
  if (!result.ok) throw new UsageError(`--staged looks at what git has staged, and git says: ${result.message}.`, { showHelp: false });
  return result.stdout.toString('utf8').replace(/\r?\n$/u, '');
}

/** The files that the next commit adds or changes. Throws a `UsageError` where git can't tell. */
export function stagedFiles(cwd: string, root: string): StagedFile[] {
  const result = runGit(cwd, ['diff', '--cached', '--raw', '--no-abbrev', '--no-renames', '--no-relative', '--diff-filter=AMT', '-z']);
  if (!result.ok) throw new UsageError(`git could not list what is staged: ${result.message}.`, { showHelp: false });
  const parts = result.stdout.toString('utf8').split('\0');
  return parts.flatMap((line, index): StagedFile[] => {
    const { blob, mode } = LINE.exec(line)?.groups ?? {};
    const name = parts[index + 1];
    if (blob === undefined || mode === undefined || name === undefined || !mode.startsWith(FILE_MODE)) return [];
    return [{ path: join(root, name), named: false, mode, blob, name }];
  });
}

/** What is staged of some files, by their paths. */
export function readStaged(cwd: string, files: readonly StagedFile[]): ReadonlyMap<string, ReadResult> {
  const result = runGit(cwd, ['cat-file', '--batch'], files.map(({ blob }) => `${blob}\n`).join(''));
  const failure = (message: string): ReadResult => ({ ok: false, message: `could not be read as it is staged: ${message}` });
  if (!result.ok) return new Map(files.map(({ path }) => [path, failure(result.message)]));
  let rest = result.stdout;
  return new Map(
    files.map(({ path }): [string, ReadResult] => {
      // "<id> blob <size>\n<what it holds>\n"
      const end = rest.indexOf('\n');
      const size = Number(/ blob (?<size>\d+)$/u.exec(rest.toString('latin1', 0, end))?.groups?.['size']);
      const start = end + 1;
      const bytes = rest.subarray(start, start + (size || 0));
      rest = rest.subarray(Number.isNaN(size) ? start : start + size + 1);
      return [path, Number.isNaN(size) ? failure('git has no such blob') : sourceOf(bytes)];
    }),
  );
}

/** Stages other texts in the place of those that are staged: all of them, or none. Returns what went wrong. */
export function stage(cwd: string, texts: readonly { readonly file: StagedFile; readonly text: string }[]): string | undefined {
  const entries: string[] = [];
  for (const { file, text } of texts) {
    // What is staged has been through git's filters already.
    const written = runGit(cwd, ['hash-object', '-w', '--stdin', '--no-filters'], text);
    if (!written.ok) return written.message;
    entries.push(`${file.mode} ${written.stdout.toString('latin1').trim()}\t${file.name}\0`);
  }
  const updated = runGit(cwd, ['update-index', '-z', '--index-info'], entries.join(''));
  return updated.ok ? undefined : updated.message;
}
