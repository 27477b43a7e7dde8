/** What a project has that `init` builds on. Nothing of it is run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { foldersUp } from '../../project/folders.ts';
import { parseJson } from '../../project/json.ts';
import { repositoryRoot } from '../../project/modules/packages.ts';
import { isRecord, recordOf } from '../../project/settings.ts';
import { createFacts } from '../../project/memos/stamps.ts';
import { type PackageVersion, versionOf } from '../../project/modules/versions.ts';

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
  /** Whether that tool for hooks runs the command already. */
  readonly isHooked: boolean;
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
  const hooks = hooksOf(repository, json, dependencies);
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
    typescript: typescriptOf(versionOf(facts, cwd, join(root, 'package.json'), 'typescript')),
    eslintConfig: nearest(FLAT),
    legacyConfig: nearest(LEGACY) ?? (json['eslintConfig'] === undefined ? undefined : join(root, 'package.json')),
    oxlintConfig: nearest(['.oxlintrc.json']),
    hooks,
    isHooked: hooks !== undefined && textOfHooks(hooks, repository, json).includes('eslint-plugin-authkit'),
    ci: existsSync(join(repository, '.github'))
      ? 'github'
      : existsSync(join(repository, '.gitlab-ci.yml'))
        ? 'gitlab'
        : undefined,
  };
}

/** Of a range only the major version is sure. */
function typescriptOf(found: PackageVersion | undefined): string | undefined {
  return found?.from === 'range' ? found.version.split('.')[0] : found?.version;
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
  const has = (hooks: Hooks) => readdirSync(repository).some((name) => HOOK_FILES[hooks].test(name));
  if (json['lint-staged'] !== undefined || has('lint-staged')) return 'lint-staged';
  if (existsSync(join(repository, '.husky'))) return 'husky';
  if (has('lefthook')) return 'lefthook';
  if (has('pre-commit')) return 'pre-commit';
  return dependencies.has('simple-git-hooks') ? 'simple-git-hooks' : undefined;
}

/** Where each tool has what to run, at the root of the repository; husky has a folder, which is looked at for itself. */
const HOOK_FILES: Readonly<Record<Hooks, RegExp>> = {
  husky: /$^/u,
  'lint-staged': /^\.lintstagedrc|^lint-staged\.config/u,
  lefthook: /^\.?lefthook\.ya?ml$/u,
  'pre-commit': /^\.pre-commit-config\.yaml$/u,
  'simple-git-hooks': /^\.?simple-git-hooks\./u,
};

/** What a tool for hooks reads. */
function textOfHooks(hooks: Hooks, repository: string, json: Readonly<Record<string, unknown>>): string {
  const files = readdirSync(repository).filter((name) => HOOK_FILES[hooks].test(name));
  const inManifest = JSON.stringify(json[hooks] ?? '');
  return [inManifest, ...files.map((name) => readFileSync(join(repository, name), 'utf8'))].join('\n');
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
