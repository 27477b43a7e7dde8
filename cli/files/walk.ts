/** The files of a folder where git can't tell them: a walk that respects .gitignore files. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { posixPath } from '../../project/folders.ts';
import type { Listings } from './listings.ts';
import { type Problem, reasonOf } from './problem.ts';

export interface WalkOptions {
  readonly skipsFolder: (parent: string, name: string) => boolean;
  /** Where the listing of each folder is kept. */
  readonly listings: Listings;
  /** Given each file, by its path and its name. */
  readonly onFile: (path: string, name: string) => void;
  /** Given what else there is: symbolic links, which are never followed, so that a circle ends nothing. */
  readonly onOther: (path: string, name: string) => void;
}

/** All paths are absolute. */
export interface Walked {
  /** What .gitignore files leave out: files, and folders (with a `/` at their end). */
  readonly ignored: readonly string[];
  readonly problems: readonly Problem[];
}

interface Rules {
  /** How long the path of the .gitignore file's folder is, with the separator behind it. */
  readonly start: number;
  readonly matcher: Ignore;
}

/** Walks over all files below a folder but those that .gitignore files or `skipsFolder` leave out. */
export function walkFolder(root: string, { listings, onFile, onOther, skipsFolder }: WalkOptions): Walked {
  const ignored: string[] = [];
  const problems: Problem[] = [];
  const pending: { readonly folder: string; readonly rules: readonly Rules[] }[] = [{ folder: root, rules: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { folder } = next;
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      problems.push({ path: folder, message: `could not be read: ${reasonOf(error)}` });
      continue;
    }
    listings.add(folder, entries);
    const prefix = folder.endsWith(sep) ? folder : folder + sep;
    // Reading a pipe of that name would wait forever.
    const rules = entries.some((entry) => entry.name === '.gitignore' && !isSpecial(entry))
      ? withRules(next.rules, prefix)
      : next.rules;
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) {
        if (skipsFolder(folder, entry.name)) continue;
        if (isIgnored(`${path}/`, rules)) ignored.push(`${path}/`);
        else pending.push({ folder: path, rules });
      } else if (isIgnored(path, rules)) ignored.push(path);
      else (entry.isFile() ? onFile : onOther)(path, entry.name);
    }
  }
  return { ignored, problems };
}

const isSpecial = (entry: Dirent): boolean => entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice();

function withRules(rules: readonly Rules[], prefix: string): readonly Rules[] {
  try {
    return [...rules, { start: prefix.length, matcher: ignore().add(readFileSync(`${prefix}.gitignore`, 'utf8')) }];
  } catch {
    // A .gitignore that can't be read ignores nothing; git says the same.
    return rules;
  }
}

// The nearest .gitignore that has an opinion decides.
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  for (const { matcher, start } of rules.toReversed()) {
    const { ignored, unignored } = matcher.test(posixPath(path.slice(start)));
    if (ignored || unignored) return ignored;
  }
  return false;
}
