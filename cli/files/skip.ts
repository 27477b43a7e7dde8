/** Which files are not source code, whether git tracks them or not. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/iu;
const NOT_WRITTEN_BY_HAND = /\.min\.[cm]?js$|\.d\.[cm]?ts$|^\.pnp\.[cm]?js$/iu;

// The presets leave the same files out (index.ts); a test holds the two together.
const NOT_RUN_AGAINST_USERS = /\.(?:test|spec|stories|story|cy|e2e)\.[^/]*$/u;
const NOT_RUN_FOLDERS = new Set([
  '__tests__',
  '__mocks__',
  '__fixtures__',
  'test',
  'tests',
  'e2e',
  'cypress',
  'playwright',
  '.storybook',
]);

const NEVER = new Set(['node_modules', '.git', '.turbo', '.vercel', '.yarn', '.cache']);
/** Next.js's output, under its own name, a `distDir` after it (`.next-e2e`), and a copy that a file manager made (`.next 2`). */
const NEXT_OUTPUT = /^\.next(?:\W|$)/u;
/** Build output by these names, but only next to a package.json: `app/build/page.tsx` is a route. */
const OUTPUT = new Set(['dist', 'build', 'out', 'coverage', 'storybook-static']);

/** Whether a file by that name can be checked at all. */
export function isScript(name: string): boolean {
  return SCRIPT.test(name);
}

/** Whether a file by that name is worth a look when no one asked for it by name. */
export function isSource(name: string): boolean {
  return SCRIPT.test(name) && !NOT_WRITTEN_BY_HAND.test(name) && !NOT_RUN_AGAINST_USERS.test(name);
}

/**
 * Makes the question whether a name below `root` (relative, with `/`) lies in a folder that is passed by. Lists hold thousands of names of
 * a few folders; each folder is looked at once.
 */
export function pathFilter(root: string, skipsFolder: ReturnType<typeof folderFilter>): (name: string) => boolean {
  const seen = new Map<string, boolean>();
  const isSkipped = (name: string): boolean => {
    const end = name.lastIndexOf('/');
    if (end <= 0) return false;
    const folder = name.slice(0, end);
    let skipped = seen.get(folder);
    if (skipped === undefined) {
      const start = folder.lastIndexOf('/');
      skipped =
        isSkipped(folder) ||
        skipsFolder(start < 0 ? root : join(root, folder.slice(0, start)), folder.slice(start + 1));
      seen.set(folder, skipped);
    }
    return skipped;
  };
  return isSkipped;
}

/** Makes the question whether a folder of that name in that parent (absolute) is passed by. Remembers its answers. */
export function folderFilter(): (parent: string, name: string) => boolean {
  const packages = new Map<string, boolean>();
  return (parent, name) => {
    if (NEVER.has(name) || NEXT_OUTPUT.test(name) || NOT_RUN_FOLDERS.has(name)) return true;
    if (!OUTPUT.has(name)) return false;
    let isPackage = packages.get(parent);
    if (isPackage === undefined) packages.set(parent, (isPackage = existsSync(join(parent, 'package.json'))));
    return isPackage;
  };
}
