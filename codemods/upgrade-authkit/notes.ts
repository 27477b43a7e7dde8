/** What a person has to do outside of the code once the upgrade is written: install, and run a Node.js that AuthKit 4 supports. */
import { join } from 'node:path';
import { positionAt } from '../../analysis/syntax/source-file.ts';
import { packageAt, repositoryRoot } from '../../project/modules/packages.ts';
import type { Project } from '../../project/project.ts';
import { recordOf } from '../../project/settings.ts';
import type { LeftPlace } from '../workspace/plan.ts';
import { placeOfAuthKit } from './manifest.ts';
import type { Unit } from './units.ts';
import { AUTHKIT, NODE_LEAST, semverOf } from './versions.ts';

/** Each package manager's lockfiles and its command. The first that is found counts. */
const LOCKFILES: Readonly<Record<string, string>> = {
  'pnpm-lock.yaml': 'pnpm install',
  'bun.lock': 'bun install',
  'bun.lockb': 'bun install',
  'yarn.lock': 'yarn install',
  'package-lock.json': 'npm install',
  'npm-shrinkwrap.json': 'npm install',
};

export function notesOf(unit: Unit): readonly LeftPlace[] {
  return [...notInstalled(unit), ...oldNode(unit)];
}

/** A range that neither what is installed nor what is locked fulfils. */
function notInstalled(unit: Unit): readonly LeftPlace[] {
  const { package: own, project, range } = unit;
  const found = project.versionOf(own.root, AUTHKIT);
  const { satisfies, validRange } = semverOf();
  if (validRange(range) === null || range.trim() === '') return [];
  if (found && found.from !== 'range' && satisfies(found.version, range)) return [];
  const place = placeOfAuthKit(unit, `${AUTHKIT} ${range} is not installed yet.`);
  return [{ ...place, reason: `run ${installCommand(own.root, project)}` }];
}

/** The command that installs what package.json says: of the package manager that the repository names, or left a lockfile of. */
function installCommand(root: string, { cwd, facts }: Project): string {
  const last = repositoryRoot(facts, root, cwd);
  for (const folder of [root, last]) {
    const named = packageAt(facts, folder)?.json['packageManager'];
    const name = typeof named === 'string' ? /^(?:bun|npm|pnpm|yarn)(?=@|$)/u.exec(named)?.[0] : undefined;
    if (name !== undefined) return `${name} install`;
  }
  for (const folder of [root, last]) {
    const [lockfile] = facts.namesIn(folder, Object.keys(LOCKFILES));
    if (lockfile !== undefined) return LOCKFILES[lockfile] ?? 'npm install';
  }
  return 'npm install';
}

const VERSION_ALONE = /^\s*v?(?<version>\d+(?:\.\d+){0,2})\s*$/u;

/** Files that name the version of Node.js, and where in them it is. */
const PINS: Readonly<Record<string, RegExp>> = {
  '.nvmrc': VERSION_ALONE,
  '.node-version': VERSION_ALONE,
  '.tool-versions': /^nodejs\s+(?<version>\d+(?:\.\d+){0,2})/mu,
  Dockerfile: /^FROM\s+(?:--\S+\s+)?(?:\S+\/)?node:(?<version>\d+(?:\.\d+){0,2})/mu,
};

function oldNode({ manifest, package: own, project }: Unit): readonly LeftPlace[] {
  const { cwd, facts } = project;
  const folders = [...new Set([own.root, repositoryRoot(facts, own.root, cwd)])];
  const reason = `${AUTHKIT} 4 asks for Node.js ${NODE_LEAST}`;
  const pinned = folders.flatMap((folder) =>
    Object.entries(PINS).flatMap(([name, pattern]): readonly LeftPlace[] => {
      const path = join(folder, name);
      const text = facts.text(path);
      const match = text === undefined ? null : pattern.exec(text);
      const version = match?.groups?.['version'];
      if (text === undefined || !match || version === undefined || mayBe(version)) return [];
      const offset = match.index + match[0].indexOf(version);
      return [{ path, ...positionAt(text, offset), message: `This is Node.js ${version}.`, reason }];
    }),
  );
  const wanted = recordOf(own.json['engines'])['node'] ?? recordOf(own.json['volta'])['node'];
  if (typeof wanted !== 'string' || mayBe(wanted)) return pinned;
  const text = project.json(manifest)?.text ?? '';
  const place = positionAt(text, Math.max(0, text.indexOf('"node"')));
  return [...pinned, { path: manifest, ...place, message: `This is Node.js ${wanted}.`, reason }];
}

/** Whether a version or range of Node.js allows one that is new enough. */
function mayBe(range: string): boolean {
  const { intersects, validRange } = semverOf();
  return validRange(range) === null || intersects(range, `>=${NODE_LEAST}`);
}
