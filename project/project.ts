/**
 * What stands on disk around the files that are being looked at. Everything here is lazy, cached and stamped:
 * nothing is read before a finding hinges on it, and an answer is looked at again at most once a second.
 */
import type { ModuleLoader } from '../analysis/modules.ts';
import type { SourceFile } from '../analysis/source-file.ts';
import { type App, appsFor } from './app.ts';
import { createModules } from './modules.ts';
import { type Route, routesOf, servingRoute } from './routes.ts';
import { type ProjectSettings, readSettings } from './settings.ts';
import { type Facts, sharedFacts } from './stamps.ts';

export type { App } from './app.ts';
export type { Route } from './routes.ts';
export type { AuthKitSettings, LinkComponent, ProjectSettings } from './settings.ts';

export interface Project extends ModuleLoader {
  /** Absolute. Every relative path in settings is relative to it. */
  readonly cwd: string;
  readonly settings: ProjectSettings;
  readonly facts: Facts;
  /** A project file as source; undefined when it is absent, too large, or does not parse. */
  sourceFile(path: string): SourceFile | undefined;
  /** The Next.js apps that a file belongs to: its own, or all of the workspace for a shared package. */
  appsFor(path: string): readonly App[];
  /** What Next.js serves at a path; undefined when no file does. */
  servingRoute(app: App, pathname: string): Route | undefined;
  /** Every route of an app that has a file. */
  routesOf(app: App): readonly Route[];
}

export interface ProjectOptions {
  /** Absolute; ESLint's `context.cwd`. */
  readonly cwd: string;
  /** ESLint's `context.settings`: any shape; what does not fit is left out. */
  readonly settings?: unknown;
  /** The cache of facts; default: the one that the process shares. */
  readonly facts?: Facts;
}

/** A project seen from a working directory. Cheap: what it knows lives in the facts. */
export function openProject({ cwd, facts = sharedFacts(), settings }: ProjectOptions): Project {
  const read = readSettings(settings);
  const modules = createModules(facts, cwd);
  const project: Project = {
    cwd,
    settings: read,
    facts,
    load: modules.load,
    sourceFile: modules.sourceFile,
    appsFor: (path) => appsFor(project, path),
    servingRoute: (app, pathname) => servingRoute(project, app, pathname),
    routesOf: (app) => routesOf(project, app),
  };
  return project;
}
