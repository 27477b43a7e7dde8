/** Where an app runs, as far as its files show. */
import { dirname, join, relative } from 'node:path';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { isTestFile, sourceFilesBelow } from '../../../project/source-files.ts';
import type { Facts } from '../../../project/stamps.ts';

export type ShownHosting = 'fixed' | 'unknown' | 'vercel';

/**
 * Whether something shows that previews of this app run on Vercel (PLAYBOOK §4): `vercel.json`, `.vercel/`, a
 * `@vercel/*` dependency, `convex.json` with `authKit.preview`, a `VERCEL_*` variable read in the project, or
 * `settings.authkit.hosting`. `fixed` only by the setting.
 */
export function hostingShown(file: SourceFile, project: Project): ShownHosting {
  const { hosting = 'auto' } = project.settings.authkit;
  if (hosting === 'fixed' || hosting === 'vercel') return hosting;
  if (hosting !== 'auto') return 'unknown';
  if (VERCEL_VARIABLE.test(file.text)) return 'vercel';
  const { facts } = project;
  // A shared package runs where the apps that use it run.
  const roots = new Set([
    ...rootsAround(file.path, project.cwd, facts),
    ...project.appsFor(file.path).map(({ root }) => root),
  ]);
  return [...roots].some((root) => showsVercel(root, facts)) ? 'vercel' : 'unknown';
}

const VERCEL_VARIABLE = /\b(?:NEXT_PUBLIC_)?VERCEL_(?:ENV|TARGET_ENV|URL|BRANCH_URL|PROJECT_PRODUCTION_URL)\b/u;

/** The directories from the file's package up to the working directory, or to the repository's root. */
function rootsAround(path: string, cwd: string, facts: Facts): string[] {
  const roots: string[] = [];
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if (facts.kind(join(directory, 'package.json')) === 'file') roots.push(directory);
    const isTop = relative(cwd, directory) === '' || facts.kind(join(directory, '.git')) !== undefined;
    if (isTop || directory === dirname(directory)) return roots;
  }
}

function showsVercel(root: string, facts: Facts): boolean {
  return facts.memo(`shows-vercel:${root}`, () => {
    if (facts.kind(join(root, 'vercel.json')) === 'file' || facts.kind(join(root, 'vercel.ts')) === 'file') return true;
    if (facts.kind(join(root, '.vercel')) === 'directory') return true;
    if ((facts.text(join(root, 'package.json')) ?? '').includes('"@vercel/')) return true;
    if (/"authKit"[\s\S]*"preview"/u.test(facts.text(join(root, 'convex.json')) ?? '')) return true;
    return readsVercelVariable(root, facts);
  });
}

const MAX_FILES = 3_000;

/** Whether a source file of a package reads one of Vercel's variables. Bounded; what lies deeper counts as no evidence. */
function readsVercelVariable(root: string, facts: Facts): boolean {
  let left = MAX_FILES;
  // Other packages of a monorepo speak for themselves.
  for (const path of sourceFilesBelow(
    root,
    facts,
    (folder) => facts.kind(join(folder, 'package.json')) === undefined,
  )) {
    if (isTestFile(path)) continue;
    if (left === 0) return false;
    left -= 1;
    if (VERCEL_VARIABLE.test(facts.text(path) ?? '')) return true;
  }
  return false;
}
