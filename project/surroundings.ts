/**
 * What marks the folders around a path: where its repository, its packages and its configs begin. Most folders have no mark at all,
 * and share what is known of the folder around them.
 */
import { dirname } from 'node:path';
import { isWithin } from './folders.ts';
import type { Facts } from './memos/stamps.ts';

/** What a folder holds that says something of all that lies in it: where packages begin and end, and what imports mean. */
const MARKS = {
  packages: ['.git', 'authkit.json', 'package.json', 'pnpm-workspace.yaml'],
  configs: ['jsconfig.json', 'tsconfig.json'],
  suppressions: ['eslint-suppressions.json'],
} as const;

type Kind = keyof typeof MARKS;

/** The names of the memos. */
const AROUND = { packages: 'packages-around', configs: 'configs-around', suppressions: 'suppressions-around' } as const;

/** A folder with at least one mark. */
export interface MarkedFolder {
  /** Absolute. */
  readonly path: string;
  readonly marks: readonly string[];
}

/** So many surroundings are remembered; a repository has as many as packages. */
const MAX_KNOWN = 1000;

/** No path has it. */
const SEPARATOR = '\0';

/**
 * The marked folders around a path (itself among them) as one text, the nearest first. Paths with the same text have the same
 * surroundings. A text, so that the facts see whether it is still the same.
 */
function surroundingsOf(facts: Facts, path: string, kind: Kind): string {
  return facts.memo(AROUND[kind], path, () => {
    const above = dirname(path);
    const outer = above === path ? '' : surroundingsOf(facts, above, kind);
    const marks = facts.namesIn(path, MARKS[kind]);
    return marks.length === 0 ? outer : `${path}${SEPARATOR}${marks.join('/')}${SEPARATOR}${outer}`;
  });
}

/** The marked folders around a path, the nearest first, up to and including `last` (without it, to the root). */
export function markedFoldersAround(facts: Facts, path: string, kind: Kind, last = ''): readonly MarkedFolder[] {
  const folders = foldersOf(surroundingsOf(facts, path, kind));
  // All of them are parts of one path, so the longer ones lie within the shorter.
  return last === '' ? folders : folders.filter((folder) => folder.path.length >= last.length);
}

/**
 * A text that is the same for folders of `cwd` with the same surroundings: whatever is looked for upward from them is found in the same
 * place. Outside of `cwd` a search may end at the folder itself.
 */
export function placeOf(facts: Facts, cwd: string, folder: string, kinds: readonly Kind[] = PACKAGES): string {
  if (!isWithin(cwd, folder)) return `${cwd}:${folder}`;
  let place = placesAt(cwd);
  for (const kind of kinds) place = placeWithin(place, surroundingsOf(facts, folder, kind));
  return place.name;
}

const PACKAGES = ['packages'] as const;

/** A text that tells a place from others, and the places that more surroundings tell from this one: asked for all the time, so the text is made once. */
interface Place {
  readonly name: string;
  readonly within: Map<string, Place>;
}

const places = new Map<string, Place>();

function placesAt(cwd: string): Place {
  let place = places.get(cwd);
  if (!place) places.set(cwd, (place = { name: cwd, within: new Map() }));
  return place;
}

function placeWithin({ name, within }: Place, surroundings: string): Place {
  let place = within.get(surroundings);
  if (!place) {
    // An editor runs for days.
    if (within.size >= MAX_KNOWN) within.clear();
    within.set(surroundings, (place = { name: `${name}:${surroundings}`, within: new Map() }));
  }
  return place;
}

const known = new Map<string, readonly MarkedFolder[]>();

function foldersOf(surroundings: string): readonly MarkedFolder[] {
  let folders = known.get(surroundings);
  if (!folders) {
    const parts = surroundings.split(SEPARATOR);
    folders = parts.flatMap((path, index) =>
      index % 2 === 1 || path === '' ? [] : [{ path, marks: (parts[index + 1] ?? '').split('/') }],
    );
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(surroundings, folders);
  }
  return folders;
}
