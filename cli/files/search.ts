/** The search for the files that a command looks at, below folders and among what was named. */
import { lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { isEnvFile } from '../../project/env/env-files.ts';
import { type GitListing, listWithGit } from './git/git.ts';
import { Listings } from './listings.ts';
import { type Problem, reasonOf } from './problem.ts';
import type { FoundFile } from './read.ts';
import { folderFilter, isScript, isSource, pathFilter } from './skip.ts';
import { walkFolder } from './walk.ts';

type SkipsFolder = ReturnType<typeof folderFilter>;

interface Ignored {
  /** Absolute; folders end with `/`. */
  readonly paths: () => readonly string[];
  readonly skipsFolder: SkipsFolder;
}

/** Looks for the files of what was named, one path after the other. */
export class Search {
  readonly files = new Map<string, FoundFile>();
  readonly problems: Problem[] = [];
  readonly loops: string[] = [];
  readonly skipped: string[] = [];
  readonly folders: string[] = [];
  readonly listings = new Listings();
  /** The folders that were looked through, each with what git ignores there. */
  readonly ignored: Ignored[] = [];
  readonly #skipsFolder: SkipsFolder;
  readonly #isText: (name: string) => boolean;

  constructor(isText: (name: string) => boolean, isWanted: ((path: string) => boolean) | undefined) {
    this.#isText = isText;
    const skipsFolder = folderFilter();
    // What someone leaves out is not walked through either: it may be a whole disk.
    this.#skipsFolder = isWanted
      ? (parent, name) => skipsFolder(parent, name) || !isWanted(join(parent, name) + sep)
      : skipsFolder;
  }

  /** Adds a path that was given. Returns what is wrong with it. */
  add(path: string, given: string): string | undefined {
    let stats: Stats;
    try {
      stats = statSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        return `'${given}' could not be read: ${reasonOf(error)}.`;
      const isPattern = /[*?{]/u.test(given);
      return `There is no file or folder '${given}'.${isPattern ? ' (Patterns are not expanded; name a folder.)' : ''}`;
    }
    if (stats.isDirectory()) {
      this.folders.push(path);
      this.#addFolder(path);
      return undefined;
    }
    if (!stats.isFile()) return `'${given}' is neither a file nor a folder.`;
    if (isScript(path) || this.#isText(basename(path))) this.files.set(path, { path, named: true });
    else this.skipped.push(path);
    return undefined;
  }

  #addFolder(root: string): void {
    const packages = new Set([root]);
    const listed = listWithGit(root);
    if (listed) this.#addListed(root, listed, packages);
    else this.#addWalked(root, packages);
    for (const folder of packages) this.#addEnvFiles(folder, root);
  }

  #addListed(root: string, { ignored, names, problems }: GitListing, packages: Set<string>): void {
    this.problems.push(...problems);
    this.ignored.push({ paths: () => ignored().map((name) => join(root, name)), skipsFolder: this.#skipsFolder });
    const isSkipped = pathFilter(root, this.#skipsFolder);
    for (const name of names) {
      const base = name.slice(name.lastIndexOf('/', name.length - 2) + 1);
      if (this.#mayBeWanted(base) && !isSkipped(name)) this.#addOther(join(root, name), base, root, packages);
    }
  }

  #addWalked(root: string, packages: Set<string>): void {
    const skipsFolder = this.#skipsFolder;
    const walked = walkFolder(root, {
      skipsFolder,
      listings: this.listings,
      onFile: (path, name) => {
        if (name === 'package.json') packages.add(dirname(path));
        if (this.#isWanted(name)) this.#addFile(path);
      },
      onOther: (path, name) => {
        if (this.#mayBeWanted(name)) this.#addOther(path, name, root, packages);
      },
    });
    this.problems.push(...walked.problems);
    this.ignored.push({ paths: always(walked.ignored), skipsFolder });
  }

  #isWanted(base: string): boolean {
    return isSource(base) || this.#isText(base);
  }

  /** Without an extension it may be a folder: a submodule, or a link to one. */
  #mayBeWanted(base: string): boolean {
    return this.#isWanted(base) || base === 'package.json' || /^[^.]+$/u.test(base);
  }

  /** Adds what may be a file, a link or a folder. */
  #addOther(path: string, base: string, root: string, packages: Set<string>): void {
    const isWanted = this.#isWanted(base);
    if (base === 'package.json') {
      packages.add(dirname(path));
      if (!isWanted) return;
    }
    this.#addEntry(path, isWanted, root);
  }

  #addFile(path: string): void {
    if (!this.files.has(path)) this.files.set(path, { path, named: false });
  }

  #addEnvFiles(folder: string, root: string): void {
    try {
      for (const name of readdirSync(folder)) {
        if (isEnvFile(name) && this.#isText(name)) this.#addEntry(join(folder, name), true, root);
      }
    } catch {
      // What can't be read is reported by whoever listed it.
    }
  }

  #addEntry(path: string, isSourceFile: boolean, root: string): void {
    let stats: Stats;
    try {
      stats = lstatSync(path);
      if (stats.isSymbolicLink()) {
        this.#addLink(path, isSourceFile, root);
        return;
      }
    } catch (error) {
      // Deleted, and git does not know yet.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      this.problems.push({ path, message: `could not be read: ${reasonOf(error)}` });
      return;
    }
    if (stats.isDirectory()) this.#addFolder(path);
    else if (isSourceFile && stats.isFile()) this.#addFile(path);
  }

  #addLink(path: string, isSourceFile: boolean, root: string): void {
    try {
      const target = realpathSync.native(path);
      const stats = statSync(target);
      if (stats.isDirectory()) {
        const parent = realpathSync.native(dirname(path));
        if (parent === target || isBelow(parent, target)) this.loops.push(path);
        return;
      }
      // A link to a file that is listed anyway would have it done twice.
      if (isSourceFile && stats.isFile() && !isBelow(target, realpathSync.native(root))) {
        this.files.set(path, { path, named: false });
      }
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (isSourceFile || !isMissing) {
        this.problems.push({
          path,
          message: isMissing ? 'is a link to a file that does not exist' : `could not be read: ${reasonOf(error)}`,
        });
      }
    }
  }
}

/** Whether source files are ignored, or folders that may hold some: generated code that others import. Build output is none. */
export function hasIgnoredSources(ignored: readonly Ignored[]): boolean {
  return ignored.some(({ paths, skipsFolder }) =>
    paths().some((path) => {
      const base = basename(path);
      return path.endsWith('/') ? !base.startsWith('.') && !skipsFolder(dirname(path), base) : isSource(base);
    }),
  );
}

/** Made here, it keeps nothing alive but the value: a function that is made in the search keeps all of it. */
const always =
  <Value>(value: Value) =>
  (): Value =>
    value;

/** Whether a path lies below a folder. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
