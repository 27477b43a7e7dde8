/** Which packages of a repository have AuthKit, and which of them have to be upgraded together. */
import { dirname, join } from 'node:path';
import { foldersUp, isWithin } from '../../project/folders.ts';
import { perProject } from '../../project/memos/per-project.ts';
import { type Package, packageAt, repositoryRoot } from '../../project/modules/packages.ts';
import type { App, Project } from '../../project/project.ts';
import { AUTHKIT } from './versions.ts';
import { SOURCES } from '../../project/modules/source-files.ts';

/** A package that names AuthKit in its package.json, and the files that get it from there. */
export interface Unit {
  readonly package: Package;
  /** Absolute. */
  readonly manifest: string;
  readonly project: Project;
  /** As package.json has it. */
  readonly range: string;
  /** Its scripts in this run, without those of packages inside that have an AuthKit of their own. Absolute. */
  readonly files: readonly string[];
  /** Whether package.json is a file of this run: otherwise not all of the package is. */
  readonly isWhole: boolean;
  readonly apps: readonly App[];
}

/** The units of some files, in groups: a package and what it imports from the workspace share one AuthKit, or sign-in breaks. */
export function unitGroupsOf(
  files: readonly string[],
  cwd: string,
  projectFor: (path: string) => Project,
): readonly (readonly Unit[])[] {
  const filesByOwner = new Map<string, string[]>();
  for (const path of files) {
    const owner = ownerOf(projectFor(path), dirname(path), cwd);
    if (owner === undefined) continue;
    const own = filesByOwner.get(owner) ?? [];
    filesByOwner.set(owner, own);
    own.push(path);
  }
  const units = [...filesByOwner].flatMap(([root, own]) => unitAt(root, own, projectFor) ?? []);
  return grouped(units);
}

/** The nearest of a folder and those around it whose package.json names AuthKit. */
const ownerOf = perProject('authkit owner', ({ facts }, folder: string, cwd: string): string | undefined =>
  foldersUp(folder, repositoryRoot(facts, folder, cwd)).find(
    (each) => packageAt(facts, each)?.dependencies.has(AUTHKIT) === true,
  ),
);

function unitAt(root: string, files: readonly string[], projectFor: (path: string) => Project): Unit | undefined {
  const manifest = join(root, 'package.json');
  const project = projectFor(manifest);
  const found = packageAt(project.facts, root);
  const range = found?.dependencies.get(AUTHKIT);
  if (!found || range === undefined) return undefined;
  const scripts = files.filter((path) => SOURCES.test(path));
  const apps = new Set(scripts.flatMap((path) => project.appOf(path) ?? []));
  const isWhole = files.includes(manifest);
  return { package: found, manifest, project, range, files: scripts, isWhole, apps: [...apps] };
}

/** Units that depend on each other, share an entry of a catalog, or lie within each other, are one group. */
function grouped(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const groups = new Map(units.map((unit) => [unit, new Set([unit])]));
  const join = (one: Unit, other: Unit): void => {
    const [left, right] = [groups.get(one), groups.get(other)];
    if (!left || !right || left === right) return;
    for (const unit of right) {
      left.add(unit);
      groups.set(unit, left);
    }
  };
  for (const one of units) {
    for (const other of units) if (one !== other && belongsTo(one, other)) join(one, other);
  }
  return [...new Set(groups.values())].map((group) => [...group]);
}

function belongsTo(one: Unit, other: Unit): boolean {
  const { name, root } = other.package;
  if (name !== undefined && one.package.dependencies.has(name)) return true;
  return isWithin(root, one.package.root) || (one.range.startsWith('catalog:') && one.range === other.range);
}
