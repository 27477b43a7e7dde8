/** What folders hold, as they were listed when the files of a run were looked for: none of them is listed again. */
import type { Dirent } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { FolderEntry, KnownKind } from '../../project/memos/stamps.ts';

/** No name has either of them. */
const BEFORE_NAME = '/';
const BEHIND_NAME = '\0';

/**
 * Each folder's listing is one text, `/page.tsx\0f/api\0d`: a run may come by a hundred thousand folders, of which the objects that name and describe
 * what is in them take 40 MB. Folders that hold the same share it.
 */
export class Listings {
  readonly #byFolder = new Map<string, string>();
  readonly #texts = new Map<string, string>();

  /** `folder`: absolute, as paths are written. */
  add(folder: string, entries: readonly Dirent[]): void {
    const text = entries.map((entry) => BEFORE_NAME + entry.name + BEHIND_NAME + kindOf(entry)).join('');
    let known = this.#texts.get(text);
    if (known === undefined) this.#texts.set(text, (known = text));
    this.#byFolder.set(folder, known);
  }

  /** What a folder holds; undefined where it has not been listed. */
  get(folder: string): readonly FolderEntry[] | undefined {
    return this.#byFolder
      .get(folder)
      ?.split(BEFORE_NAME)
      .slice(1)
      .map((part) => {
        const end = part.lastIndexOf(BEHIND_NAME);
        const kind = part.slice(end + 1);
        return { name: part.slice(0, end), isFile: () => kind === 'f', isDirectory: () => kind === 'd' };
      });
  }

  /** Whether a folder holds something of a name; undefined where it has not been listed. */
  holds(folder: string, name: string): boolean | undefined {
    return this.#byFolder.get(folder)?.includes(BEFORE_NAME + name + BEHIND_NAME);
  }

  /** What stands at a path (absolute), as far as the listings of the folders above it tell. */
  known(path: string): KnownKind | undefined {
    const folder = dirname(path);
    const listing = this.#byFolder.get(folder);
    if (listing === undefined) {
      const around = folder === path ? undefined : this.known(folder);
      return around === 'absent' || around === 'file' ? 'absent' : undefined;
    }
    const marked = BEFORE_NAME + basename(path) + BEHIND_NAME;
    const at = listing.indexOf(marked);
    return at === -1 ? 'absent' : KINDS[listing.charAt(at + marked.length)];
  }
}

const KINDS: Readonly<Record<string, KnownKind>> = { d: 'directory', f: 'file' };

/** Of a link nothing is known. */
const kindOf = (entry: Dirent): string => (entry.isFile() ? 'f' : entry.isDirectory() ? 'd' : 'l');
