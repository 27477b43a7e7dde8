/**
 * Facts from disk, each with a stamp. Nothing is read before it is asked for; a stamp is looked at again in each look (see memos.ts), and what was
 * made from facts is made again only when one of their stamps has changed.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { readFileSync, readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { sep } from 'node:path';
import { type MemoOptions, type Memos, createMemos } from './memos.ts';
import { createRunMemos } from './run-memos.ts';

export type PathKind = 'directory' | 'file';

/** What a listing tells of a path. */
export type KnownKind = PathKind | 'absent';

export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly kind: PathKind;
  /** Whether it is a link to such a file or folder. */
  readonly isLink?: true;
}

export type FileStats = Pick<Stats, 'ctimeMs' | 'isDirectory' | 'isFile' | 'mtimeMs' | 'size'>;
export type FolderEntry = Pick<Dirent, 'isDirectory' | 'isFile' | 'name'>;

/** The calls that reach the disk; tests count them. */
export interface FileSystem {
  stat(path: string): FileStats | undefined;
  read(path: string): Buffer;
  /** The text of a file that a run has read already: it is not read again. */
  held?(path: string): string | undefined;
  list(path: string): readonly FolderEntry[];
  /** Whether a folder holds something of a name, where it has been listed already, for whatever reason: what is missing need not be asked for. */
  holds?(folder: string, name: string): boolean | undefined;
  /** What stands at a path, where a folder above it has been listed already. */
  known?(path: string): KnownKind | undefined;
  realPath(path: string): string;
}

export interface Facts extends Memos {
  /** What stands at a path (through symlinks); undefined for nothing, sockets, loops and what may not be looked at. */
  readonly kind: (path: string) => PathKind | undefined;
  /** A short text that changes with what stands at a path; `absent` for nothing. */
  readonly stamp: (path: string) => string;
  /** A file's text with its byte order mark; undefined when absent, over 2 MB, binary or not UTF-8. */
  readonly text: (path: string) => string | undefined;
  /** Which of some names a folder holds, in their order: taken from its listing, which one stamp holds for all of them. */
  readonly namesIn: (folder: string, among: readonly string[]) => readonly string[];
  /** The files and folders of a folder, by name; undefined when it cannot be listed, empty beyond 10,000 entries. */
  readonly entries: (path: string) => readonly Entry[] | undefined;
  /** The path without symlinks. */
  readonly realPath: (path: string) => string | undefined;
}

export interface FactsOptions extends MemoOptions {
  readonly fileSystem?: FileSystem;
}

/** No one writes a larger file by hand, and parsing it takes seconds. */
export const MAX_FILE_SIZE = 2 * 1024 * 1024;
const MAX_ENTRIES = 10_000;

/** The disk itself. */
export const disk: FileSystem = {
  stat: (path) => statSync(path, { throwIfNoEntry: false }),
  read: (path) => readFileSync(path),
  list: (path) => readdirSync(path, { withFileTypes: true }),
  realPath: (path) => realpathSync.native(path),
};

/** A cache of facts. A process needs one (`sharedFacts`); tests make their own. */
export function createFacts({ fileSystem = disk, ...options }: FactsOptions = {}): Facts {
  const { look, looksOnce, memo, probe, watch } =
    options.interval === Infinity ? createRunMemos(options.maxWeight) : createMemos(options);

  const stamp = (path: string): string =>
    probe('stamp', path, () => {
      const stats = attempt(() => fileSystem.stat(path));
      const kind = stats?.isFile() ? 'file' : stats?.isDirectory() ? 'directory' : undefined;
      return stats && kind
        ? `${kind}:${String(stats.size)}:${String(stats.mtimeMs)}:${String(stats.ctimeMs)}`
        : 'absent';
    });

  const kind = (path: string): PathKind | undefined => {
    const known = fileSystem.known?.(path);
    if (known !== undefined) return known === 'absent' ? undefined : known;
    const found = stamp(path);
    return found.startsWith('file') ? 'file' : found.startsWith('directory') ? 'directory' : undefined;
  };

  const entries = (path: string): readonly Entry[] | undefined =>
    memo('entries', path, () => {
      // Who looks once needs no stamp of what is there.
      const isFolder = looksOnce
        ? (fileSystem.known?.(path) ?? 'directory') === 'directory'
        : kind(path) === 'directory';
      if (!isFolder) return undefined;
      const listed = attempt(() => fileSystem.list(path));
      if (!listed) return undefined;
      if (listed.length > MAX_ENTRIES) return [];
      const prefix = path.endsWith(sep) ? path : path + sep;
      return listed
        .flatMap((entry): Entry[] => {
          const full = prefix + entry.name;
          const own = entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : undefined;
          if (own) return [{ name: entry.name, path: full, kind: own }];
          const linked = kind(full);
          return linked ? [{ name: entry.name, path: full, kind: linked, isLink: true }] : [];
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    });

  return {
    kind,
    look,
    looksOnce,
    stamp,
    memo,
    probe,
    watch,
    realPath: (path) => probe('real', path, () => attempt(() => fileSystem.realPath(path))),
    text: (path) => {
      const held = fileSystem.held?.(path);
      if (held !== undefined) return held.includes('\0') ? undefined : held;
      return memo('text', path, () => {
        const found = /^file:(?<size>\d+)/u.exec(stamp(path));
        if (!found || Number(found.groups?.['size']) > MAX_FILE_SIZE) return undefined;
        return attempt(() => decode(fileSystem.read(path)));
      });
    },
    namesIn: (folder, among) => {
      const [first = ''] = among;
      if (fileSystem.holds?.(folder, first) !== undefined)
        return among.filter((wanted) => fileSystem.holds?.(folder, wanted));
      const names = entries(folder) ?? [];
      if (names.length === 0 && kind(folder) !== 'directory') return [];
      // A folder with more entries than are listed seems empty.
      return among.filter(
        names.length === 0
          ? (wanted) => kind(`${folder}${sep}${wanted}`) !== undefined
          : (wanted) => names.some(({ name }) => name === wanted),
      );
    },
    entries,
  };
}

let shared: Facts | undefined;

/** The facts that all projects of this process share. */
export function sharedFacts(): Facts {
  return (shared ??= createFacts());
}

function decode(bytes: Buffer): string | undefined {
  if (bytes.length > MAX_FILE_SIZE || bytes.includes(0)) return undefined;
  // As what they are, most files need no decoder.
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** What a call gives, or undefined when it throws: absent, forbidden, a loop, not UTF-8. */
export function attempt<Value>(call: () => Value): Value | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
