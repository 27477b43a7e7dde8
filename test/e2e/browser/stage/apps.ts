/** The galleries as built apps: as they are written, and after the codemods. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ROOT, runCommand, runNode } from '../../../helpers/commands.ts';
import { bridgeFiles } from '../cases/bridges.ts';
import { linkFiles } from '../cases/links.ts';
import { type Deployed, DEPLOYED, projectOf } from '../cases/deployed.ts';
import { environmentOf, originOf } from './ports.ts';
import { FOLDER, type AppName, type Files, type State } from './common.ts';

export type { AppName, State } from './common.ts';

const MAIN = join(ROOT, 'dist/cli/main.cjs');

export const STATES: readonly State[] = ['before', 'after'];

/** The apps that exist before and after the codemods. */
export const APPS: readonly AppName[] = ['next-16', 'next-15'];

/** The origin for which the deployed app is built. */
export const PRODUCTION = 'https://shop.example';

/** Rules that report a file, by its path from the root of the app. */
export type Reports = Readonly<Record<string, readonly string[]>>;

export interface Verdicts {
  readonly apps: Readonly<Record<AppName, Readonly<Record<State, Reports>>>>;
  /** Of each project of `cases/deployed.ts`. */
  readonly deployed: Readonly<Record<State, Reports>>;
  /** Their `convex.json`, which codemods edit as well. */
  readonly registrations: Readonly<Record<State, Files>>;
}

export const NO_VERDICTS: Verdicts = {
  apps: { 'next-15': { before: {}, after: {} }, 'next-16': { before: {}, after: {} } },
  deployed: { before: {}, after: {} },
  registrations: { before: {}, after: {} },
};

const PACKAGES: Readonly<Record<AppName | 'deployed', string>> = {
  'next-15': join(FOLDER, 'next-15'),
  'next-16': FOLDER,
  deployed: FOLDER,
};

/** Where a built app is: below the folder that has its packages. */
export const appFolder = (app: AppName, state: State): string => join(PACKAGES[app], '.apps', state);
export const deployedFolder = join(PACKAGES.deployed, '.apps/deployed');
export const nextOf = (app: AppName | 'deployed'): string => join(PACKAGES[app], 'node_modules/next/dist/bin/next');

/** Writes the sources, lets check and codemods go over them, and builds what has changed since the last time. */
export async function buildApps(): Promise<Verdicts> {
  const folder = mkdtempSync(join(tmpdir(), 'authkit-gallery-'));
  const builds: (() => Promise<void>)[] = [];
  try {
    const prepared = APPS.map((app) => {
      const before = join(folder, app, 'before');
      writeApp(app, before);
      const after = join(folder, app, 'after');
      cpSync(before, after, { recursive: true });
      codemod(after, 'all');
      codemod(after, 'no-get-sign-out', 'app/leaving');
      codemod(after, 'upgrade-authkit');
      if (app === 'next-16') codemod(after, 'add-auth-debug');
      for (const [state, sources] of [['before', before] as const, ['after', after] as const])
        builds.push(() => build(app, sources, appFolder(app, state), environmentOf(originOf(app, state))));
      return [app, { before: reportsOf(before), after: reportsOf(after) }] as const;
    });
    const deployed = writeProjects(folder);
    builds.push(() => build('deployed', writeDeployed(folder), deployedFolder, environmentOf(PRODUCTION)));
    await inTurns(builds);
    return { apps: Object.fromEntries(prepared) as Verdicts['apps'], ...deployed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeApp(app: AppName, folder: string): void {
  const gallery = join(FOLDER, 'gallery');
  for (const part of ['base', app]) cpSync(join(gallery, part), folder, { recursive: true });
  writeFiles(folder, linkFiles());
  if (app === 'next-16') writeFiles(folder, bridgeFiles());
}

/** The projects of the deployed app, before and after the codemods. */
function writeProjects(folder: string): Pick<Verdicts, 'deployed' | 'registrations'> {
  for (const one of DEPLOYED) {
    const project = join(folder, 'projects/before', one.name);
    writeFiles(project, projectOf(one));
    // A repository of its own: what several apps of one mean for each other is another matter.
    runCommand('git', ['init', '--quiet'], project);
  }
  cpSync(join(folder, 'projects/before'), join(folder, 'projects/after'), { recursive: true });
  codemod(join(folder, 'projects/after'), 'all');
  const verdict = (state: State): Reports => {
    const reports = reportsOf(join(folder, 'projects', state));
    return Object.fromEntries(
      DEPLOYED.map(({ name }) => [
        name,
        [
          ...new Set(Object.entries(reports).flatMap(([path, rules]) => (path.startsWith(`${name}/`) ? rules : []))),
        ].sort(),
      ]),
    );
  };
  const registration = (state: State): Files =>
    Object.fromEntries(
      DEPLOYED.map(({ name }) => {
        const path = join(folder, 'projects', state, name, 'convex.json');
        return [name, existsSync(path) ? readFileSync(path, 'utf8') : '{}'];
      }),
    );
  return {
    deployed: { before: verdict('before'), after: verdict('after') },
    registrations: { before: registration('before'), after: registration('after') },
  };
}

/** One app that has the proxies and sign-in routes of all projects, and asks a header which of them it is. */
function writeDeployed(folder: string): string {
  const sources = join(folder, 'deployed');
  for (const part of ['base', 'deployed']) cpSync(join(FOLDER, 'gallery', part), sources, { recursive: true });
  const names = STATES.flatMap((state) => DEPLOYED.map((one) => ({ state, one })));
  const read = (state: State, { name }: Deployed, path: string): string =>
    readFileSync(join(folder, 'projects', state, name, path), 'utf8');
  for (const { one, state } of names) {
    writeFiles(join(sources, 'variants', state, one.name), {
      'proxy.ts': read(state, one, 'proxy.ts'),
      'sign-in.ts': read(state, one, 'app/sign-in/route.ts'),
    });
  }
  const entry = (kind: string) =>
    names
      .map(({ one, state }) => `  '${state}/${one.name}': () => import('./${state}/${one.name}/${kind}'),\n`)
      .join('');
  writeFiles(sources, {
    'variants/proxies.ts': `export const proxies: Record<string, () => Promise<object>> = {\n${entry('proxy')}};\n`,
    'variants/sign-ins.ts': `export const signIns: Record<string, () => Promise<object>> = {\n${entry('sign-in')}};\n`,
  });
  return sources;
}

function writeFiles(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function codemod(folder: string, name: string, ...paths: string[]): void {
  const { all, status } = runNode(MAIN, ['codemod', name, ...(paths.length > 0 ? paths : ['.']), '--force'], folder);
  if (status === null || status > 1) throw new Error(`codemod ${name}: ${all}`);
}

interface Result {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null }[];
}

function reportsOf(folder: string): Reports {
  const { all, stdout } = runNode(MAIN, ['check', '.', '--format', 'json'], folder);
  if (!stdout.startsWith('[')) throw new Error(`check: ${all}`);
  const results = JSON.parse(stdout) as readonly Result[];
  return Object.fromEntries(
    results.map(({ filePath, messages }) => [
      relative(folder, filePath),
      [...new Set(messages.flatMap(({ ruleId }) => ruleId?.replace('authkit/', '') ?? []))].sort(),
    ]),
  );
}

/** As many at a time as there are two cores for each. */
async function inTurns(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...tasks];
  const worker = async (): Promise<void> => {
    for (let task = waiting.shift(); task; task = waiting.shift()) await task();
  };
  await Promise.all(Array.from({ length: Math.max(1, availableParallelism() / 2) }, worker));
}

async function build(
  app: AppName | 'deployed',
  sources: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const stamp = stampOf(sources, environment, join(PACKAGES[app], 'package-lock.json'));
  const stampFile = join(folder, '.stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(folder, { recursive: true, force: true });
  cpSync(sources, folder, { recursive: true });
  let printed = '';
  const child = spawn(process.execPath, [nextOf(app), 'build'], {
    cwd: folder,
    env: { ...process.env, ...environment, NODE_ENV: 'production', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (printed += data.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`next build of ${folder}: ${printed}`);
  writeFileSync(stampFile, stamp);
}

/** Of every source, the settings that are baked in, and the lockfile. */
function stampOf(folder: string, environment: object, lockfile: string): string {
  const { stdout } = runCommand('find', ['.', '-type', 'f'], folder);
  const hash = createHash('sha256').update(JSON.stringify(environment)).update(readFileSync(lockfile));
  for (const path of stdout.split('\n').filter(Boolean).sort())
    hash.update(path).update(readFileSync(join(folder, path)));
  return hash.digest('hex');
}
