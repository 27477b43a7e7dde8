/** What a project has that `init` builds on. Nothing of it is run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { foldersUp } from '../../project/folders.ts';
import { parseJson } from '../../project/json.ts';
import { repositoryRoot } from '../../project/packages.ts';
import { isRecord, recordOf } from '../../project/settings.ts';
import { createFacts } from '../../project/stamps.ts';
import { versionOf } from '../../project/versions.ts';

export type PackageManager = 'bun' | 'npm' | 'pnpm' | 'yarn';

export interface Detected {
  /** The folder whose package.json is edited. Absolute. */
  readonly root: string;
  /** The root of the repository, where hooks and CI are. Absolute. */
  readonly repository: string;
  readonly manifest: string;
  /** Why package.json can't be edited. */
  readonly manifestProblem: string | undefined;
  readonly packageManager: PackageManager;
  /** All that package.json depends on, in any way. */
  readonly dependencies: ReadonlySet<string>;
  /** Whether this package can be loaded from there. */
  readonly isInstalled: boolean;
  readonly typescript: string | undefined;
  /** The flat config that ESLint would read. Absolute. */
  readonly eslintConfig: string | undefined;
  /** A config of the old kind. Absolute. */
  readonly legacyConfig: string | undefined;
  readonly oxlintConfig: string | undefined;
  readonly hooks: Hooks | undefined;
  readonly ci: 'github' | 'gitlab' | undefined;
}

export type Hooks = 'husky' | 'lefthook' | 'lint-staged' | 'pre-commit' | 'simple-git-hooks';

const FLAT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `eslint.config.${extension}`);
const LEGACY = ['.eslintrc.json', '.eslintrc.js', '.eslintrc.cjs', '.eslintrc.yml', '.eslintrc.yaml', '.eslintrc'];
const LOCKFILES: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
];

/** Looks around a folder (absolute); undefined where no package.json is there or above. */
export function detect(cwd: string): Detected | undefined {
  const facts = createFacts();
  const repository = repositoryRoot(facts, join(cwd, 'package.json'), cwd);
  const folders = foldersUp(cwd, repository);
  const root = folders.find((folder) => existsSync(join(folder, 'package.json')));
  if (root === undefined) return undefined;
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const parsed = parseJson(join(root, 'package.json'), manifest);
  const json = recordOf(parsed.value);
  const dependencies = new Set(
    ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap((key) =>
      Object.keys(recordOf(json[key])),
    ),
  );
  const nearest = (names: readonly string[]) =>
    foldersUp(root, repository)
      .flatMap((folder) => names.map((name) => join(folder, name)))
      .find((path) => existsSync(path));
  return {
    root,
    repository,
    manifest,
    manifestProblem: isRecord(parsed.value) ? parsed.problem?.message : 'it is no JSON object',
    dependencies,
    packageManager: packageManagerOf(folders, json),
    isInstalled: foldersUp(root).some((folder) => existsSync(join(folder, 'node_modules/eslint-plugin-authkit'))),
    typescript: versionOf(facts, cwd, join(root, 'package.json'), 'typescript')?.version,
    eslintConfig: nearest(FLAT),
    legacyConfig: nearest(LEGACY) ?? (json['eslintConfig'] === undefined ? undefined : join(root, 'package.json')),
    oxlintConfig: nearest(['.oxlintrc.json']),
    hooks: hooksOf(repository, json, dependencies),
    ci: existsSync(join(repository, '.github'))
      ? 'github'
      : existsSync(join(repository, '.gitlab-ci.yml'))
        ? 'gitlab'
        : undefined,
  };
}

function packageManagerOf(folders: readonly string[], json: Readonly<Record<string, unknown>>): PackageManager {
  const { packageManager } = json;
  const declared = typeof packageManager === 'string' ? packageManager.split('@')[0] : undefined;
  const known = LOCKFILES.find(([, name]) => name === declared);
  if (known) return known[1];
  for (const folder of folders) {
    const found = LOCKFILES.find(([name]) => existsSync(join(folder, name)));
    if (found) return found[1];
  }
  return 'npm';
}

function hooksOf(
  repository: string,
  json: Readonly<Record<string, unknown>>,
  dependencies: ReadonlySet<string>,
): Hooks | undefined {
  const has = (pattern: RegExp) => readdirSync(repository).some((name) => pattern.test(name));
  if (json['lint-staged'] !== undefined || has(/^\.lintstagedrc|^lint-staged\.config/u)) return 'lint-staged';
  if (existsSync(join(repository, '.husky'))) return 'husky';
  if (has(/^\.?lefthook\.ya?ml$/u)) return 'lefthook';
  if (has(/^\.pre-commit-config\.yaml$/u)) return 'pre-commit';
  return dependencies.has('simple-git-hooks') ? 'simple-git-hooks' : undefined;
}

/** How a package manager adds a package for development. */
export function installCommand({ eslintConfig, packageManager, root }: Detected): string {
  const add = {
    npm: 'npm install --save-dev',
    pnpm: 'pnpm add --save-dev',
    yarn: 'yarn add --dev',
    bun: 'bun add --dev',
  };
  const inWorkspace = packageManager === 'pnpm' && existsSync(join(root, 'pnpm-workspace.yaml')) ? ' -w' : '';
  const where = eslintConfig !== undefined && dirname(eslintConfig) !== root ? `  (in ${dirname(eslintConfig)})` : '';
  return `${add[packageManager]}${inWorkspace} eslint-plugin-authkit${where}`;
}
