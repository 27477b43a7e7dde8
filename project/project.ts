/**
 * What is on disk around the files that are being looked at. Everything here is lazy, cached and stamped:
 * nothing is read before a finding depends on it, and an answer is looked at again at most once a second.
 *
 * All functions answer undefined or nothing for what is absent, unreadable, larger than 2 MB, binary or odd; none throws.
 */
import { isAbsolute, relative, resolve } from 'node:path';
import type { Concern, ModuleLoader } from '../analysis/syntax/bindings/modules.ts';
import { createApps } from './app.ts';
import {
  configurationFor,
  mergeSettings,
  NO_CONFIGURATION,
  type Configuration,
} from './configuration/configuration.ts';
import { settingsFaults } from './configuration/schema.ts';
import { createConvexProjects } from './convex.ts';
import { formattingOf } from './formatting.ts';
import { envFile, envFilesIn } from './env/env-files.ts';
import { loaderConcerning, mayExport } from './modules/imports.ts';
import { readJson } from './json.ts';
import { createModules } from './modules/modules.ts';
import type { Project } from './project-model.ts';
import { mayRun } from './proxy-files.ts';
import { routeOfFile } from './routes/route-scan.ts';
import { routesOf, servingRoute } from './routes/routes.ts';
import { isRecord, readSettings, recordOf } from './settings.ts';
import { sharedFacts, type Facts } from './memos/stamps.ts';
import { dependsOn, mayUseScope, versionOf } from './modules/versions.ts';
import { posixPath } from './folders.ts';

export type { Project } from './project-model.ts';
export type { App, Route, ServedRoute, ServingOptions } from './app-model.ts';
export type { ConvexProject } from './convex.ts';
export type { EnvFile, EnvVariable } from './env/env-files.ts';
export type { JsonFile } from './json.ts';
export type { AuthKitSettings } from './settings.ts';
export type { PackageVersion } from './modules/versions.ts';
export { factsCacheKey } from './memos/cache-key.ts';
export { isAtLeast } from './modules/versions.ts';
export { pathnameOf } from './routes/routes.ts';

export interface ProjectOptions {
  /** Absolute. */
  readonly cwd: string;
  /** `settings` as ESLint hands them out: anything may be in them. */
  readonly settings?: unknown;
  /** Default: the cache that all projects of the process share. */
  readonly facts?: Facts;
  /** See `Project.sources`. */
  readonly sources?: ReadonlyMap<string, string> | undefined;
  /** The file (absolute) whose `authkit.json` counts. Default: none does. */
  readonly path?: string;
}

/** By the settings object, then by the configuration, then by `cwd`. */
const opened = new WeakMap<object, WeakMap<Configuration, Map<string, Project>>>();

/** For every config without settings ESLint makes a new object for each file. */
const NO_SETTINGS = {};

/**
 * The project around `cwd`. Reads nothing. Cheap when asked again with the same settings object, or without any settings of ours, as rules
 * do for each file.
 */
export function openProject({ cwd, facts = sharedFacts(), path, settings, sources }: ProjectOptions): Project {
  const configuration = path === undefined ? NO_CONFIGURATION : configurationFor(facts, cwd, path);
  if (facts !== sharedFacts() || sources || !isRecord(settings)) {
    return createProject(cwd, settings, facts, configuration, sources);
  }
  const key = 'authkit' in settings || 'linkComponents' in settings ? settings : NO_SETTINGS;
  let configured = opened.get(key);
  if (!configured) opened.set(key, (configured = new WeakMap()));
  let projects = configured.get(configuration);
  if (!projects) configured.set(configuration, (projects = new Map<string, Project>()));
  let project = projects.get(cwd);
  if (!project) projects.set(cwd, (project = createProject(cwd, settings, facts, configuration)));
  return project;
}

function createProject(
  cwd: string,
  given: unknown,
  facts: Facts,
  configuration: Configuration,
  sources?: ReadonlyMap<string, string>,
): Project {
  const raw = withConfiguration(given, configuration);
  const settings = readSettings(raw);
  const modules = createModules(facts, cwd);
  const apps = createApps(facts, cwd, settings.authkit.rootDir, modules.sourceFile);
  const loaders = new Map<Concern, ModuleLoader>();
  const project: Project = {
    cwd,
    settings,
    configuration,
    ...(sources && { sources }),
    mistakes: mistakesOf(cwd, given, configuration),
    facts: factsOfProject(facts, `${cwd}:${JSON.stringify(settings)}`),
    load(specifier, fromPath) {
      const path = modules.resolve(specifier, fromPath);
      return path === undefined ? undefined : modules.sourceFile(path);
    },
    mayExport(specifier, fromPath, name) {
      const path = modules.resolve(specifier, fromPath);
      return path === undefined || mayExport(project, path, name);
    },
    mayBeEntry(path) {
      const app = apps.appOf(path);
      return app === undefined || mayRun(app, path);
    },
    concerning(concern) {
      let loader = loaders.get(concern);
      if (!loader) loaders.set(concern, (loader = loaderConcerning(project, concern)));
      return loader;
    },
    resolve: modules.resolve,
    remember: (name, key, make) => project.facts.memo(name, key, make),
    sourceFile: modules.sourceFile,
    json: (path) => readJson(facts, path),
    display: (path) => displayPath(cwd, path),
    formattingOf: (path) => formattingOf(facts, path, cwd),
    appOf: apps.appOf,
    appsFor: apps.appsFor,
    routesOf: (app) => routesOf(facts, app),
    routeOfFile,
    servingRoute: (app, pathname, options) => servingRoute(facts, app, pathname, options),
    versionOf: (path, packageName) => versionOf(facts, cwd, path, packageName),
    dependsOn: (path, packageName) => dependsOn(facts, cwd, path, packageName),
    mayUseScope: (path, scope) => mayUseScope(facts, cwd, path, scope),
    convexProjectsFor: createConvexProjects(facts, cwd),
    envFilesIn: (folder) => envFilesIn(facts, folder),
    settingsEnvFiles: () =>
      (settings.authkit.envFiles ?? []).flatMap((path) => envFile(facts, resolve(cwd, path)) ?? []),
  };
  return project;
}

/** The project as it would be with other versions of some packages: what breaks with them is found before they are installed. */
export function assumingVersions(project: Project, versions: Readonly<Record<string, string>>): Project {
  const { cwd, facts, settings } = project;
  const own = factsOfProject(facts, `${cwd}:${JSON.stringify(settings)}:${JSON.stringify(versions)}`);
  return {
    ...project,
    facts: own,
    remember: (name, key, make) => own.memo(name, key, make),
    versionOf(path, packageName) {
      const version = versions[packageName];
      return version === undefined ? project.versionOf(path, packageName) : { version, from: 'range' };
    },
  };
}

/** `settings` of an ESLint config over those of the configuration. `linkComponents` belongs to other plugins as well, and adds to it. */
function withConfiguration(given: unknown, { settings }: Configuration): Readonly<Record<string, unknown>> {
  const all = recordOf(given);
  return { ...all, authkit: mergeSettings(settings, recordOf(all['authkit'])) };
}

function mistakesOf(cwd: string, given: unknown, { problems }: Configuration): readonly string[] {
  return [
    ...problems.map(
      ({ column, line, message, path }) => `${displayPath(cwd, path)}:${String(line)}:${String(column)} ${message}`,
    ),
    ...settingsFaults(given).map(({ message }) => message),
  ];
}

const projectNumbers = new Map<string, number>();

/** Facts whose memos are distinguished by the project: each has tables of its own. */
function factsOfProject(facts: Facts, identity: string): Facts {
  let number = projectNumbers.get(identity);
  if (number === undefined) projectNumbers.set(identity, (number = projectNumbers.size));
  const suffix = ` ${String(number)}`;
  const tables = new Map<string, string>();
  const own = (table: string): string => {
    let name = tables.get(table);
    if (name === undefined) tables.set(table, (name = table + suffix));
    return name;
  };
  return {
    ...facts,
    memo: (table, key, compute, whenCircular, weigh) => facts.memo(own(table), key, compute, whenCircular, weigh),
    probe: (table, key, compute) => facts.probe(own(table), key, compute),
    watch: (table, key, compute) => facts.watch(own(table), key, compute),
  };
}

function displayPath(cwd: string, path: string): string {
  const shown = relative(cwd, path);
  return posixPath(shown === '' || isAbsolute(shown) ? path : shown);
}
