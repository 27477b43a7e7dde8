/** A project on disk that lives as long as a run of tests. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface ProjectFixture {
  /** Absolute, symbolic links resolved. */
  readonly root: string;
  /** The absolute path of a file in it, whether it exists or not. */
  readonly path: (relative: string) => string;
  /** Writes a file, with the folders above it. */
  readonly write: (relative: string, text: string) => void;
  readonly remove: () => void;
}

/** What makes a folder a Next.js app. A fixture that brings a package.json of its own gets that one. */
const DEFAULT_FILES = {
  'package.json': JSON.stringify({ name: 'fixture', private: true, dependencies: { next: '16.0.0' } }),
};

const open = new Set<string>();
// Of tests, all are in one folder that goes with the run (temporary-folder.ts): a worker has no time to remove thousands of them.
if (process.env['VITEST'] === undefined) {
  process.once('exit', () => {
    for (const root of open) rmSync(root, { recursive: true, force: true });
  });
}

/** Writes files into a new folder outside this repository: `projectFixture({ 'app/sign-out/route.ts': '…' })`. */
export function projectFixture(
  files: Readonly<Record<string, string>> = {},
  root = realpathSync(mkdtempSync(join(tmpdir(), 'authkit-'))),
): ProjectFixture {
  open.add(root);
  const path = (relative: string) => join(root, relative);
  const write = (relative: string, text: string) => {
    mkdirSync(dirname(path(relative)), { recursive: true });
    writeFileSync(path(relative), text);
  };
  for (const [relative, text] of Object.entries({ ...DEFAULT_FILES, ...files })) write(relative, text);
  return {
    root,
    path,
    write,
    remove() {
      open.delete(root);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
