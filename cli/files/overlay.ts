/** The disk as it would be, or is by now, with other texts at some paths. */
import { dirname } from 'node:path';
import type { FileStats, FileSystem, FolderEntry } from '../../project/memos/stamps.ts';

/** Texts by their paths (absolute), with their byte order marks; undefined where a file is gone. */
export type Overlay = ReadonlyMap<string, string | undefined>;

/** A file system with texts over it. */
export function overlaid(base: FileSystem, texts: Overlay): FileSystem {
  const folders = foldersOf(texts);
  /** What a folder has of the texts, by name: a file, a folder of one, or nothing any more. */
  const inFolder = (folder: string): ReadonlyMap<string, FolderEntry | undefined> => folders.get(folder) ?? NOTHING;
  const merged = (folder: string, entries: readonly FolderEntry[]): readonly FolderEntry[] => {
    const own = inFolder(folder);
    if (own.size === 0) return entries;
    const kept = entries.filter(({ name }) => !own.has(name) || own.get(name)?.isDirectory() === true);
    const names = new Set(kept.map(({ name }) => name));
    return [...kept, ...[...own.values()].flatMap((entry) => (entry && !names.has(entry.name) ? [entry] : []))];
  };
  return {
    stat(path) {
      if (texts.has(path)) {
        const text = texts.get(path);
        return text === undefined ? undefined : statsOf(Buffer.byteLength(text), true);
      }
      return base.stat(path) ?? (hasFile(inFolder(path)) ? statsOf(0, false) : undefined);
    },
    read(path) {
      const text = texts.get(path);
      if (text !== undefined) return Buffer.from(text);
      if (texts.has(path)) throw new Error(`${path} is gone`);
      return base.read(path);
    },
    held: (path) => (texts.has(path) ? texts.get(path) : base.held?.(path)),
    list(path) {
      const isNew = hasFile(inFolder(path)) && base.stat(path) === undefined;
      return merged(path, isNew ? [] : base.list(path));
    },
    holds(folder, name) {
      const known = base.holds?.(folder, name);
      const own = inFolder(folder);
      return known !== undefined && own.has(name) ? own.get(name) !== undefined : known;
    },
    known(path) {
      if (texts.has(path)) return texts.get(path) === undefined ? 'absent' : 'file';
      return hasFile(inFolder(path)) ? 'directory' : base.known?.(path);
    },
    realPath: (path) =>
      base.stat(path) === undefined && hasFile(inFolder(dirname(path))) ? path : base.realPath(path),
  };
}

const NOTHING: ReadonlyMap<string, FolderEntry | undefined> = new Map();

const hasFile = (entries: ReadonlyMap<string, FolderEntry | undefined>): boolean =>
  [...entries.values()].some((entry) => entry !== undefined);

function foldersOf(texts: Overlay): Map<string, Map<string, FolderEntry | undefined>> {
  const folders = new Map<string, Map<string, FolderEntry | undefined>>();
  const add = (path: string, entry: (name: string) => FolderEntry | undefined) => {
    const folder = dirname(path);
    const name = path.slice(folder.length + (folder.endsWith('/') || folder.endsWith('\\') ? 0 : 1));
    const entries = folders.get(folder) ?? new Map<string, FolderEntry | undefined>();
    folders.set(folder, entries.set(name, entry(name)));
    return folder;
  };
  for (const [path, text] of texts) {
    let folder = add(path, (name) => (text === undefined ? undefined : entryOf(name, true)));
    if (text === undefined) continue;
    for (let upper = dirname(folder); upper !== folder; upper = dirname(folder))
      folder = add(folder, (name) => entryOf(name, false));
  }
  return folders;
}

function entryOf(name: string, isFile: boolean): FolderEntry {
  return { name, isFile: () => isFile, isDirectory: () => !isFile };
}

function statsOf(size: number, isFile: boolean): FileStats {
  return { size, mtimeMs: 0, ctimeMs: 0, isFile: () => isFile, isDirectory: () => !isFile };
}
