/** The files of a folder where git can't tell them: a walk that respects .gitignore files. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { type Problem, reasonOf } from './problem.ts';

export interface WalkListing {
  /** Relative to the folder, with `/`. Symbolic links are listed and never followed, so that a circle ends nothing. */
  readonly names: readonly string[];
  /** What .gitignore files leave out: files, and folders (with a `/` at their end). */
  readonly ignored: () => readonly string[];
  /** Those of the names that are files, and no links. */
  readonly files: ReadonlySet<string>;
  /** All that each folder holds, by the folder's absolute path. */
  readonly folders: ReadonlyMap<string, readonly Dirent[]>;
  readonly problems: readonly Problem[];
}

interface Rules {
  /** The folder of the .gitignore file, relative to the root, with a trailing `/` (or empty). */
  readonly base: string;
  readonly matcher: Ignore;
}

/** Lists all files below a folder but those that .gitignore files or `skipsFolder` leave out. */
export function walkFolder(root: string, skipsFolder: (parent: string, name: string) => boolean): WalkListing {
  const names: string[] = [];
  const ignored: string[] = [];
  const files = new Set<string>();
  const folders = new Map<string, readonly Dirent[]>();
  const problems: Problem[] = [];
  const pending: { base: string; rules: readonly Rules[] }[] = [{ base: '', rules: [] }];
  for (let folder = pending.pop(); folder; folder = pending.pop()) {
    const { base } = folder;
    const path = join(root, base);
    let entries;
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch (error) {
      problems.push({ path, message: `could not be read: ${reasonOf(error)}` });
      continue;
    }
    // Without a `/` at its end, as paths are written.
    folders.set(base === '' ? path : path.slice(0, -1), entries);
    // Reading a pipe of that name would wait forever.
    const rules = entries.some((entry) => entry.name === '.gitignore' && !isSpecial(entry))
      ? withRules(folder.rules, base, path)
      : folder.rules;
    for (const entry of entries) {
      const name = base + entry.name;
      if (entry.isDirectory()) {
        if (skipsFolder(path, entry.name)) continue;
        if (isIgnored(`${name}/`, rules)) ignored.push(`${name}/`);
        else pending.push({ base: `${name}/`, rules });
      } else if (isIgnored(name, rules)) ignored.push(name);
      else {
        names.push(name);
        if (entry.isFile()) files.add(name);
      }
    }
  }
  return { names, ignored: () => ignored, files, folders, problems };
}

const isSpecial = (entry: Dirent): boolean => entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice();

function withRules(rules: readonly Rules[], base: string, path: string): readonly Rules[] {
  try {
    return [...rules, { base, matcher: ignore().add(readFileSync(join(path, '.gitignore'), 'utf8')) }];
  } catch {
    // A .gitignore that can't be read ignores nothing; git says the same.
    return rules;
  }
}

// The nearest .gitignore that has an opinion decides.
function isIgnored(name: string, rules: readonly Rules[]): boolean {
  for (const { base, matcher } of rules.toReversed()) {
    const { ignored, unignored } = matcher.test(name.slice(base.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}
