/**
 * What the variables of the Convex deployment will be, as far as the project shows: settings, env files, the shell. That
 * nothing is known is an answer, too: then only what is wrong under every environment is reported.
 */
import { dirname } from 'node:path';
import { type Environment, environmentOf } from '../../../analysis/values/environment.ts';
import type { EnvFile, EnvVariable, Project } from '../../../project/project.ts';
import { ALWAYS_SET } from '../acceptance/deploy.ts';
import { CLIENT_ID_VARIABLE, placeholderOf } from './placeholders.ts';

export interface KnownClientId {
  readonly value: string;
  /** Where it was read, for messages: `.env.local`, `settings.authkit.env`. */
  readonly source: string;
  /** Of an env file that is read in another mode than development: `production`. */
  readonly mode?: string;
}

export interface KnownEnvironment {
  /** Every variable of the deployment; undefined where only some of them, or none, are known. */
  readonly complete: Readonly<Record<string, string>> | undefined;
  /** The client ids that some environment gives, the strongest first. */
  readonly clientIds: readonly KnownClientId[];
  /** Variables of which there is evidence, without a claim to be all. */
  readonly some?: Readonly<Record<string, string>>;
  /** Ids that the project has under the names that browsers read; evidence only where there is none of the name itself. */
  readonly publicIds: readonly KnownClientId[];
  /** The names that settings and env files, examples included, have. */
  readonly names: ReadonlySet<string>;
  /** The app's client id where it differs from every one that Convex may have. */
  readonly disagreement: { readonly app: KnownClientId; readonly convex: KnownClientId } | undefined;
}

export interface EnvironmentOptions {
  /** The shell's variables. */
  readonly shell?: Readonly<Record<string, string | undefined>>;
}

/** What is known of the environment of the Convex project that a file belongs to. Reads env files through the facts. */
export function knownEnvironment(
  project: Project,
  path: string,
  { shell = process.env }: EnvironmentOptions = {},
): KnownEnvironment {
  const complete = project.settings.authkit.env;
  const convex = convexClientIds(project, path, complete);
  const roots = project.appsFor(path).map(({ root }) => project.envFilesIn(root));
  const apps = roots.map((files) => clientIdsIn(project, files));
  const fromShell = idOf(shell[CLIENT_ID_VARIABLE]);
  // Where settings tell the deployment's own variables, nothing else has a say.
  const others = complete
    ? []
    : [...apps.flat(), ...(fromShell === undefined ? [] : [{ value: fromShell, source: 'the environment' }])];
  const clientIds = complete ? convex : unique([...convex, ...others]);
  const convexFiles = convexRoots(project, path);
  const publicIdsIn = (files: readonly EnvFile[]) => PUBLIC_NAMES.flatMap((name) => clientIdsIn(project, files, name));
  const inPublic = roots.map(publicIdsIn);
  return {
    complete,
    clientIds,
    publicIds:
      clientIds.length > 0 || complete ? [] : unique([...inPublic.flat(), ...convexFiles.flatMap(publicIdsIn)]),
    names: new Set([
      ...Object.keys(complete ?? {}),
      ...[project.settingsEnvFiles(), ...roots, ...convexFiles]
        .flat()
        .flatMap(({ variables }) => [...variables.keys()]),
    ]),
    disagreement: disagreementOf(
      convex,
      apps.map((ids, index) => (ids.length > 0 ? ids : (inPublic[index] ?? []))),
    ),
  };
}

/** The names under which bundlers give it to the browser. */
const PUBLIC_NAMES = [`NEXT_PUBLIC_${CLIENT_ID_VARIABLE}`, `VITE_${CLIENT_ID_VARIABLE}`];

function convexClientIds(
  project: Project,
  path: string,
  complete: Readonly<Record<string, string>> | undefined,
): KnownClientId[] {
  if (complete) {
    const value = complete[CLIENT_ID_VARIABLE] ?? '';
    return value === '' ? [] : [{ value, source: 'settings.authkit.env' }];
  }
  const given = clientIdsIn(project, project.settingsEnvFiles());
  if (given.length > 0) return given;
  return convexRoots(project, path).flatMap((files) => clientIdsIn(project, files));
}

function convexRoots(project: Project, path: string): readonly (readonly EnvFile[])[] {
  const roots = project.convexProjectsFor(path).map(({ root }) => root);
  return (roots.length > 0 ? roots : [dirname(dirname(path))]).map((root) => project.envFilesIn(root));
}

function clientIdsIn(project: Project, files: readonly EnvFile[], name = CLIENT_ID_VARIABLE): KnownClientId[] {
  return files
    .filter(({ isExample }) => !isExample)
    .flatMap(({ mode, variables }) => {
      const variable = variables.get(name);
      return (variable && knownId(project, variable, mode)) ?? [];
    });
}

function knownId(
  project: Project,
  { file, line, value }: EnvVariable,
  mode: string | undefined,
): KnownClientId | undefined {
  const id = idOf(value);
  if (id === undefined) return undefined;
  const isDevelopment = mode === undefined || mode === 'development';
  return { value: id, source: `${project.display(file)}:${String(line)}`, ...(!isDevelopment && { mode }) };
}

/** The value if it is a client id; `client_your_id_here` and the like are none. */
function idOf(value: string | undefined): string | undefined {
  return value !== undefined && /^client_[\w-]+$/u.test(value) && !/your|example|placeholder|here|xxx/iu.test(value)
    ? value
    : undefined;
}

/** Of an app and of Convex only what both read in one mode is compared: a production id is right next to one for development. */
function disagreementOf(
  convex: readonly KnownClientId[],
  apps: readonly (readonly KnownClientId[])[],
): KnownEnvironment['disagreement'] {
  const [ours] = convex.filter(({ mode }) => mode === undefined);
  const theirs = apps.filter((ids) => ids.some(({ mode }) => mode === undefined));
  if (!ours || theirs.length === 0) return undefined;
  const agrees = theirs.some((ids) => ids.some(({ value }) => convex.some((one) => one.value === value)));
  const app = theirs[0]?.find(({ mode }) => mode === undefined);
  return agrees || !app ? undefined : { app, convex: ours };
}

function unique(ids: readonly KnownClientId[]): KnownClientId[] {
  return ids.filter(({ value }, index) => ids.findIndex((other) => other.value === value) === index);
}

/**
 * The environment to evaluate `auth.config` under. The client id is a placeholder where no one knows it, or where it is
 * empty, which is a finding of its own.
 *
 * `forToken`: a token is there, so that the deploy went well, and every variable that is read is set. The client id may be empty then.
 */
export function evaluationEnvironment(
  { clientIds, complete, some }: KnownEnvironment,
  { forToken = false } = {},
): Environment {
  const set = Object.fromEntries(
    Object.entries({ ...some, ...complete }).filter(
      ([name, value]) => forToken || name !== CLIENT_ID_VARIABLE || value !== '',
    ),
  );
  return environmentOf(
    {
      ...Object.fromEntries([...ALWAYS_SET].map((name) => [name, true])),
      // Convex's bundler writes it into the code.
      NODE_ENV: 'production',
      [CLIENT_ID_VARIABLE]: clientIds[0]?.value ?? placeholderOf(CLIENT_ID_VARIABLE),
      ...set,
    },
    () => ({ kind: forToken ? 'set' : 'maybe' }),
  );
}

/** An environment that remembers which variables it was asked for. What a schema names in its own way is none. */
export function recording(environment: Environment): {
  readonly environment: Environment;
  readonly asked: ReadonlySet<string>;
} {
  const asked = new Set<string>();
  return {
    asked,
    environment(name) {
      if (/^[A-Z]/u.test(name)) asked.add(name);
      return environment(name);
    },
  };
}

/** The same with variables that someone gives: all that the deployment has, or some of them. */
export function withVariables(
  known: KnownEnvironment,
  variables: Readonly<Record<string, string>>,
  { isComplete, source }: { readonly source: string; readonly isComplete: boolean },
): KnownEnvironment {
  const value = variables[CLIENT_ID_VARIABLE];
  const given = value === undefined || value === '' ? [] : [{ value, source }];
  return isComplete
    ? { ...known, complete: variables, clientIds: given }
    : { ...known, some: { ...known.some, ...variables }, clientIds: given.length > 0 ? given : known.clientIds };
}
