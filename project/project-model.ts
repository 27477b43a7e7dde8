/** What finders ask about what is on disk. What makes one is project.ts. */
import type { ModuleLoader } from '../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../analysis/syntax/source-file.ts';
import type { App, Route, ServedRoute, ServingOptions } from './app-model.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { ConvexProject } from './convex.ts';
import type { EnvFile } from './env/env-files.ts';
import type { Formatting } from './formatting.ts';
import type { JsonFile } from './json.ts';
import type { PackageVersion } from './modules/versions.ts';
import type { ProjectSettings } from './settings.ts';
import type { Facts } from './memos/stamps.ts';

export interface Project extends ModuleLoader {
  /** Absolute. Every relative path in settings is relative to it. */
  readonly cwd: string;
  readonly settings: ProjectSettings;
  /** What `authkit.json` says for the file that the project was opened for. */
  readonly configuration: Configuration;
  /** What is wrong with the configuration and the settings: sentences, each with its place where it has one. */
  readonly mistakes: readonly string[];
  /**
   * The cache under it all. Finders keep what they derive from several files with `perProject`; a memo of one project is none of another
   * one, which may have other settings.
   */
  readonly facts: Facts;
  /** The texts of all source files around `cwd` by their paths, where a run has read them all anyway. */
  readonly sources?: ReadonlyMap<string, string>;

  /** The absolute path of the project file that a specifier names; undefined as for `load`, but the file need not parse. */
  resolve(specifier: string, fromPath: string): string | undefined;
  /** The parsed file at an absolute path; undefined if it can't be read or does not parse. */
  sourceFile(path: string): SourceFile | undefined;
  /** A JSON file (comments and trailing commas allowed) with the tree that has positions. */
  json(path: string): JsonFile | undefined;
  /** A path as messages show it: relative to `cwd`, with forward slashes. */
  display(path: string): string;

  /** What the formatter of a file is set to. */
  formattingOf(path: string): Formatting;

  /** The Next.js app that a file belongs to. */
  appOf(path: string): App | undefined;
  /** That app, or for a file of a shared package the apps of the workspace that use it. */
  appsFor(path: string): readonly App[];
  /** Every file of an app that serves a URL path, in the order in which Next.js tries them. */
  routesOf(app: App): readonly Route[];
  /** What a file of an app serves, whether it is saved or not; undefined for a file that serves nothing. */
  routeOfFile(app: App, path: string): Route | undefined;
  /** What serves a URL path (`pathnameOf` makes one of an href). */
  servingRoute(app: App, pathname: string, options?: ServingOptions): ServedRoute | undefined;

  /** The version of a package that the file or folder at a path gets: installed, else locked, else the least that is asked for. */
  versionOf(path: string, packageName: string): PackageVersion | undefined;
  /** Whether a package.json around a path names a package, in whatever version. */
  dependsOn(path: string, packageName: string): boolean;
  /** Whether code around a path may use a package of a scope (`@workos`): false where its repository has a package.json, and none names one. */
  mayUseScope(path: string, scope: string): boolean;

  /** The Convex projects that a file belongs to or talks to; usually one. */
  convexProjectsFor(path: string): readonly ConvexProject[];

  /** The env files of a folder, the strongest first (`.env.local` before `.env`), examples last. */
  envFilesIn(folder: string): readonly EnvFile[];
  /** The env files of `settings.authkit.envFiles` that exist. */
  settingsEnvFiles(): readonly EnvFile[];
}
