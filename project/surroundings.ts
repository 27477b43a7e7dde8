/**
 * What marks the folders around a path: where its repository, its packages and its configs begin. Most folders have no mark at all,
 * and share what is known of the folder around them.
 */
import { dirname } from 'node:path';
import type { Facts } from './stamps.ts';

/** What a folder holds that says something of all that lies in it. */
const MARKS = ['.git', 'jsconfig.json', 'package.json', 'pnpm-workspace.yaml', 'tsconfig.json'];

/** A folder with at least one mark. */
export interface MarkedFolder {
  /** Absolute. */
  readonly path: string;
  readonly marks: readonly string[];
  /** The nearest marked folder around this one. */
  readonly outer: MarkedFolder | undefined;
}

/** The nearest marked folder around a path, itself among them. Two paths with the same one have the same surroundings. */
export function nearestMarkedFolder(facts: Facts, path: string): MarkedFolder | undefined {
  return facts.memo(`marked-folder:${path}`, () => {
    const above = dirname(path);
    const outer = above === path ? undefined : nearestMarkedFolder(facts, above);
    const marks = facts.namesIn(path, MARKS);
    return marks.length === 0 ? outer : { path, marks, outer };
  });
}

/** The marked folders around a path, the nearest first, up to and including `last` (without it, to the root). */
export function markedFoldersAround(facts: Facts, path: string, last = ''): MarkedFolder[] {
  const folders: MarkedFolder[] = [];
  // All of them are parts of one path, so the longer ones lie within the shorter.
  for (let each = nearestMarkedFolder(facts, path); each && each.path.length >= last.length; each = each.outer) folders.push(each);
  return folders;
}
