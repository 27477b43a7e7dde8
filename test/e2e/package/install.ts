/** Throw-away projects into which npm installs the tarball that is published, from the registry, as it does for users. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runCommand, runNode, type Outcome } from '../../helpers/commands.ts';
import { type ProjectFixture, projectFixture } from '../../helpers/project-fixture.ts';

export interface Installed extends ProjectFixture {
  /** The tarball that was installed. */
  readonly tarball: string;
  /** What npm printed. */
  readonly printed: string;
  /** Runs a bin of a package that is installed there. */
  readonly bin: (path: string, ...args: string[]) => Outcome;
  /** Runs our command. */
  readonly authkit: (...args: string[]) => Outcome;
}

let tarball: string | undefined;

const installed: ProjectFixture[] = [];

/** Removes all projects. Whole installs take longer to remove than a worker is given at its end. */
export function removeAll(): void {
  for (const project of installed) project.remove();
}

/** A project with these packages (`name@version`) and ours. `flags` are npm's. */
export function install(
  files: Readonly<Record<string, string>>,
  packages: readonly string[],
  flags: readonly string[] = [],
): Installed {
  const project = projectFixture(files);
  installed.push(project);
  tarball ??= packed();
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', ...flags, tarball, ...packages];
  const { all, status } = runCommand('npm', args, project.root);
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${all}`);
  const bin = (path: string, ...rest: string[]) => runNode(project.path(`node_modules/${path}`), rest, project.root);
  return {
    ...project,
    tarball,
    printed: all,
    bin,
    authkit: (...rest) => bin('eslint-plugin-authkit/dist/cli/main.cjs', ...rest),
  };
}

function packed(): string {
  const folder = process.env['TMPDIR'] ?? '';
  const { all, status, stdout } = runNode(
    join(ROOT, 'scripts/pack.mjs'),
    [join(folder, `tarball-${String(process.pid)}`)],
    ROOT,
  );
  if (status !== 0) throw new Error(all);
  return stdout.trim();
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The folders of our package and of all that it brings, by npm's own lockfile of the project. */
export function broughtBy({ path }: ProjectFixture): string[] {
  const { packages } = JSON.parse(readFileSync(path('node_modules/.package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Manifest>>;
  };
  const found = new Set<string>();
  const add = (folder: string): void => {
    const manifest = packages[folder];
    if (!manifest || found.has(folder)) return;
    found.add(folder);
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      const nested = `${folder}/node_modules/${name}`;
      add(nested in packages ? nested : `node_modules/${name}`);
    }
  };
  add('node_modules/eslint-plugin-authkit');
  return [...found].map(path);
}
