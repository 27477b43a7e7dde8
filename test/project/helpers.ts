/** Projects in temporary directories, with a clock that tests turn. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { afterEach } from 'vitest';
import { foldersUp } from '../../project/folders.ts';
import { openProject, type Project } from '../../project/project.ts';
import { createFacts, type Facts, type FileStats, type FileSystem } from '../../project/memos/stamps.ts';

const folders: string[] = [];

/** Each has a time of its own: a disk may count in steps that are longer than a test. */
let writes = 0;

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export interface Sandbox {
  readonly root: string;
  readonly facts: Facts;
  /** The calls that reached the disk, as `stat path`, relative to the root. */
  readonly calls: string[];
  readonly path: (...parts: string[]) => string;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  /** Lets time pass. */
  readonly wait: (milliseconds: number) => void;
  readonly project: (settings?: unknown, cwd?: string) => Project;
}

/** What stands around a sandbox: other tests write into the temporary directory at any moment, which must not count here. */
const BARE_FOLDER: FileStats = {
  ctimeMs: 0,
  mtimeMs: 0,
  size: 0,
  isDirectory: () => true,
  isFile: () => false,
};

/** A temporary directory with the given files, removed after the test. The folders around it are empty and never change. */
export function sandbox(files: Readonly<Record<string, string>> = {}): Sandbox {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'authkit-project-')));
  folders.push(root);
  let now = 0;
  const calls: string[] = [];
  const isAround = (path: string) => root.startsWith(path.endsWith(sep) ? path : path + sep);
  const note = (call: string, path: string) => calls.push(`${call} ${path.slice(root.length + 1)}`);
  const fileSystem: FileSystem = {
    stat: (path) => (note('stat', path), isAround(path) ? BARE_FOLDER : statSync(path, { throwIfNoEntry: false })),
    read: (path) => (note('read', path), readFileSync(path)),
    list: (path) => (note('list', path), isAround(path) ? [] : readdirSync(path, { withFileTypes: true })),
    realPath: (path) => (note('real', path), realpathSync(path)),
  };
  const facts = createFacts({ clock: () => now, fileSystem });
  const write = (given: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(given)) {
      const path = join(root, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      writes += 1;
      for (const changed of [path, ...foldersUp(dirname(path), root)]) utimesSync(changed, writes, writes);
    }
  };
  write(files);
  return {
    root,
    facts,
    calls,
    path: (...parts) => join(root, ...parts),
    write,
    wait: (milliseconds) => void (now += milliseconds),
    project: (settings = {}, cwd = root) => openProject({ cwd, settings, facts }),
  };
}

/** The package.json of a Next.js app. */
export const nextPackage = (more: object = {}) =>
  JSON.stringify({ name: 'web', dependencies: { next: '16.4.0' }, ...more });
