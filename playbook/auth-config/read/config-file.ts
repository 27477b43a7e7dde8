/**
 * Which file is Convex's auth config: `auth.config.ts` or `auth.config.js`, directly in the functions directory
 * (convex `src/bundler/index.ts`, `bundleAuthConfig`). NextAuth has files of that name elsewhere.
 */
import { basename, dirname } from 'node:path';
import type { Project } from '../../../project/project.ts';

const NAME = /(?:^|[\\/])auth\.config\.[jt]s$/u;

/** Whether Convex takes a file for its auth config. Where no Convex project is found, a folder `convex` is enough. */
export function isAuthConfigFile(path: string, project: Project): boolean {
  if (!NAME.test(path)) return false;
  const folder = dirname(path);
  const projects = project.convexProjectsFor(path);
  return projects.length > 0
    ? projects.some(({ functionsDir }) => functionsDir === folder)
    : basename(folder) === 'convex';
}

/** The other one of the two files, where both are there and Convex refuses to choose. */
export function rivalOf(path: string, project: Project): string | undefined {
  const other = path.endsWith('.ts') ? path.replace(/ts$/u, 'js') : path.replace(/js$/u, 'ts');
  return project.facts.kind(other) === 'file' ? other : undefined;
}

/** For the rule's text gate: the file itself, and those that hand a token to Convex. */
export function mayBeAuthConfig(text: string, path: string): boolean {
  return NAME.test(path) || text.includes('ConvexProviderWithAuth');
}
