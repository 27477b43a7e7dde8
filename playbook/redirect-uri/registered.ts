/** Which `convex.json` registers an app's redirect URIs, and which apps a `convex.json` speaks for. */
import { basename, dirname, join } from 'node:path';
import type { App, Project } from '../../project/project.ts';
import { foldersAbove, packageIn, workspaceOf } from '../../project/packages.ts';
import { type ConvexJson, readConvexJson } from './convex-json.ts';

export type PreviewHost = 'VERCEL_BRANCH_URL' | 'VERCEL_URL';

/** The variable that a preview's host comes from: as `settings.authkit.previewHost` says, or as `convex.json` registers it. */
export function previewHostVariable(path: string, project: Project): PreviewHost {
  const { previewHost = 'auto' } = project.settings.authkit;
  if (previewHost !== 'auto') return previewHost;
  const uris = convexJsonFor(path, project)?.authKit.preview?.redirectUris ?? [];
  const texts = uris.map(({ text }) => text);
  const mentions = (name: PreviewHost) => texts.some((text) => text.includes(`buildEnv.${name}}`));
  return mentions('VERCEL_BRANCH_URL') && !mentions('VERCEL_URL') ? 'VERCEL_BRANCH_URL' : 'VERCEL_URL';
}

/**
 * The `convex.json` behind the apps of a file: the app's own, that of a workspace package it depends on, the only one of
 * the workspace. Undefined where there is none, or where several could be meant.
 */
export function convexJsonFor(path: string, project: Project): ConvexJson | undefined {
  const found = new Set(project.appsFor(path).map((app) => convexJsonPath(app, project)));
  const [only] = found;
  return found.size === 1 && only !== undefined ? convexJsonAt(only, project) : undefined;
}

/** A `convex.json` as it stands on disk; undefined when it is absent or no object. */
export function convexJsonAt(path: string, project: Project): ConvexJson | undefined {
  return project.facts.memo(`convex-json:${path}`, () => {
    const text = project.facts.text(path);
    return text === undefined ? undefined : readConvexJson(path, text);
  });
}

/** The apps that a `convex.json` speaks for. */
export function appsOf(convexJsonFile: string, project: Project): readonly App[] {
  return candidateApps(dirname(convexJsonFile), project).filter((app) => convexJsonPath(app, project) === convexJsonFile);
}

function candidateApps(folder: string, project: Project): readonly App[] {
  const packages = workspaceOf(project.facts, folder)?.packages ?? [];
  const roots = [folder, ...packages.map(({ root }) => root)];
  const inside = roots.filter((root) => packageIn(project.facts, root)?.dependencies.has('next') === true);
  const apps = inside.flatMap((root) => project.appsFor(join(root, 'package.json')));
  // A functions package outside any workspace: `convex.json` beside or above the app.
  return apps.length > 0 ? apps : project.appsFor(join(folder, basename(folder)));
}

function convexJsonPath(app: App, project: Project): string | undefined {
  const { facts } = project;
  return facts.memo(`convex-json-of:${app.root}`, () => {
    const at = (folder: string) => (facts.kind(join(folder, 'convex.json')) === 'file' ? join(folder, 'convex.json') : undefined);
    const own = at(app.root);
    if (own !== undefined) return own;
    const workspace = workspaceOf(facts, app.root);
    if (!workspace) return undefined;
    const others = workspace.packages.flatMap(({ name, root }) => {
      const path = at(root);
      return path === undefined || !registers(path, project) ? [] : [{ name, path }];
    });
    const needed = others.filter(({ name }) => name !== undefined && app.dependencies.has(name));
    const [only, second] = needed.length > 0 ? needed : others;
    if (only && !second) return only.path;
    if (second) return undefined;
    const above = foldersAbove(app.root, workspace.root).find((folder) => at(folder) !== undefined);
    return above === undefined ? undefined : at(above);
  });
}

const registers = (path: string, project: Project): boolean =>
  Object.keys(convexJsonAt(path, project)?.authKit ?? {}).length > 0;

