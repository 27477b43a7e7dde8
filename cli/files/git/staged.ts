/**
 * Files as they are staged for the next commit. What a commit holds is what git's index holds, so that is what is read and written here;
 * the working copy may have more, that is not part of the commit.
 */
import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../../usage.ts';
import { type Environment, withoutFilters } from './git.ts';
import type { Problem } from '../problem.ts';
import { type FoundFile, sourceOf, type ReadResult } from '../read.ts';
import { runInWorkTree, type WorkTree } from './work-tree.ts';

export interface StagedFile extends FoundFile {
  /** As git writes it: `100644`. */
  readonly mode: string;
  /** The id of the blob that is staged. */
  readonly blob: string;
  /** Relative to the work tree's root, with `/`. */
  readonly name: string;
}

export interface StagedListing {
  readonly files: readonly StagedFile[];
  /** Files that can't be done for their names. */
  readonly problems: readonly Problem[];
}

/** What is to be staged in the place of what is staged. */
export interface StagedText {
  readonly file: StagedFile;
  readonly text: string;
}

const LINE = /^:\d+ (?<mode>\d+) [\da-f]+ (?<blob>[\da-f]+) [AMT]$/u;
/** Of files; links and submodules have other ones. */
const FILE_MODE = '100';

/** The files that the next commit adds or changes. Throws a `UsageError` where git can't tell. */
export function stagedFiles(workTree: WorkTree): StagedListing {
  const result = runInWorkTree(workTree, [
    'diff',
    '--cached',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '--no-relative',
    '--diff-filter=AMT',
    '-z',
  ]);
  if (!result.ok) throw new UsageError(`git could not list what is staged: ${result.message}.`, { showHelp: false });
  // A character a byte: what is no UTF-8 can then be distinguished from what is.
  const parts = result.stdout.toString('latin1').split('\0');
  const files: StagedFile[] = [];
  const problems: Problem[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const { blob, mode } = LINE.exec(parts[index] ?? '')?.groups ?? {};
    const bytes = Buffer.from(parts[index + 1] ?? '', 'latin1');
    if (blob === undefined || mode?.startsWith(FILE_MODE) !== true) continue;
    const name = bytes.toString('utf8');
    const path = join(workTree.root, name);
    if (isUtf8(bytes)) files.push({ path, named: false, mode, blob, name });
    else problems.push({ path, message: 'has a name that is not UTF-8; leave it out with --ignore' });
  }
  return { files, problems };
}

/** What is staged of some files, by their paths. */
export function readStaged(workTree: WorkTree, files: readonly StagedFile[]): ReadonlyMap<string, ReadResult> {
  const result = runInWorkTree(workTree, ['cat-file', '--batch'], files.map(({ blob }) => `${blob}\n`).join(''));
  const failure = (message: string): ReadResult => ({
    ok: false,
    message: `could not be read as it is staged: ${message}`,
  });
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

/** What is to be staged of one file: another text, none where it is deleted, a first one where it is new. */
export interface StagedChange {
  /** Relative to the work tree's root, with `/`. */
  readonly name: string;
  readonly mode: string;
  /** The id of the blob that is staged; undefined where nothing is. */
  readonly from: string | undefined;
  readonly text: string | undefined;
}

/** Stages other texts in the place of those that are staged: all of them, or none. Returns what went wrong. */
export function stage(workTree: WorkTree, texts: readonly StagedText[]): string | undefined {
  return stageChanges(
    workTree,
    texts.map(({ file: { blob, mode, name }, text }) => ({ name, mode, from: blob, text })),
  );
}

/** As `stage`, with files that are new or deleted. */
export function stageChanges(workTree: WorkTree, changes: readonly StagedChange[]): string | undefined {
  const blobs: Entry[] = [];
  for (const { from, mode, name, text } of changes) {
    if (text === undefined) {
      blobs.push({ name, mode, from, to: undefined });
      continue;
    }
    // What is staged has been through git's filters already.
    const written = runInWorkTree(workTree, ['hash-object', '-w', '--stdin', '--no-filters'], text);
    if (!written.ok) return written.message;
    blobs.push({ name, mode, from, to: written.stdout.toString('latin1').trim() });
  }
  const done: Environment[] = [];
  for (const index of indexesOf(workTree)) {
    const failure = replaceEntries(workTree, index, blobs);
    if (failure !== undefined) {
      const back = blobs.map((entry) => ({ ...entry, from: entry.to, to: entry.from }));
      for (const one of done) replaceEntries(workTree, one, back);
      return failure;
    }
    done.push(index);
  }
  return undefined;
}

/** The environments in which git finds the indexes that the next commit comes from. */
function indexesOf({ root }: WorkTree): Environment[] {
  const file = process.env['GIT_INDEX_FILE'];
  if (file === undefined || !/^next-index-\d+\.lock$/u.test(basename(file))) return [{}];
  // `git commit -- path` commits an index made for that alone, and has the one for afterwards ready next to it; without the texts in
  // that one too, the commit after this one would undo them.
  const next = join(dirname(resolve(root, file)), 'index.lock');
  return existsSync(next) ? [{}, { GIT_INDEX_FILE: next }] : [{}];
}

interface Entry {
  readonly name: string;
  readonly mode: string;
  /** The id of the blob that is there; undefined where none is. */
  readonly from: string | undefined;
  /** The id of the blob that is expected there; undefined where none is. */
  readonly to: string | undefined;
}

const LISTED = /^(?<tag>\w) (?<mode>\d+) (?<blob>[\da-f]+) 0\t(?<name>.*)$/su;

/** Replaces blobs in one index. Returns what went wrong. */
function replaceEntries(workTree: WorkTree, index: Environment, entries: readonly Entry[]): string | undefined {
  const listed = runInWorkTree(workTree, ['ls-files', '--stage', '-v', '-z'], '', index);
  if (!listed.ok) return listed.message;
  const tags = new Map<string, string>();
  const names = new Set<string>();
  for (const line of listed.stdout.toString('utf8').split('\0')) {
    const { blob = '', mode = '', name = '', tag = '' } = LISTED.exec(line)?.groups ?? {};
    tags.set(entryOf(mode, blob, name), tag);
    names.add(name);
  }
  const tagOf = ({ from, mode, name }: Entry) => (from === undefined ? undefined : tags.get(entryOf(mode, from, name)));
  const changed = entries.find((entry) =>
    entry.from === undefined ? names.has(entry.name) : tagOf(entry) === undefined,
  );
  if (changed) return `${changed.name} has been staged again by someone else meanwhile`;
  const updated = runInWorkTree(
    workTree,
    ['update-index', '-z', '--index-info'],
    entries
      .map(({ from = '', mode, name, to }) =>
        to === undefined ? entryOf('0', '0'.repeat(from.length), name) : entryOf(mode, to, name),
      )
      .join(''),
    index,
  );
  if (!updated.ok) return updated.message;
  // A new entry has none of the marks that a person, or a sparse checkout, gave the old one.
  mark('--skip-worktree', (tag) => tag.toLowerCase() === 's');
  mark('--assume-unchanged', (tag) => tag !== tag.toUpperCase());
  // Nor has it the working copy's times, and git's plumbing would take the file for a changed one. What is changed makes this exit with 1.
  runInWorkTree(workTree, [...withoutFilters(workTree.root), 'update-index', '-q', '--refresh'], '', index);
  return undefined;

  function mark(option: string, isMarked: (tag: string) => boolean): void {
    const names = entries
      .filter((entry) => entry.to !== undefined && isMarked(tagOf(entry) ?? ''))
      .map(({ name }) => `${name}\0`);
    if (names.length > 0) runInWorkTree(workTree, ['update-index', option, '-z', '--stdin'], names.join(''), index);
  }
}

/** An entry of the index as `update-index --index-info` takes it. */
function entryOf(mode: string, blob: string, name: string): string {
  return `${mode} ${blob}\t${name}\0`;
}
