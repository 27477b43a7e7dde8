/** Which `convex.json` registers an app's redirect URIs, and which apps a `convex.json` speaks for. */
import { dirname, join } from 'node:path';
import { perProject } from '../../../project/memos/per-project.ts';
import type { App, Project } from '../../../project/project.ts';
import { type ConvexJson, readConvexJson } from './convex-json.ts';

/**
 * The `convex.json` behind the apps of a file: the app's own, or the one of the workspace that has `authKit`. Undefined
 * where there is none, or where several could be meant.
 */
export function convexJsonFor(path: string, project: Project): ConvexJson | undefined {
  const found = new Map(
    project.appsFor(path).map((app) => {
      const json = registrationFor(project, app);
      return [json?.path, json] as const;
    }),
  );
  const [only] = found.values();
  return found.size === 1 ? only : undefined;
}

/** The apps that a `convex.json` speaks for. */
export function appsOf(convexJsonPath: string, project: Project): readonly App[] {
  return project.appsFor(convexJsonPath).filter((app) => registrationFor(project, app)?.path === convexJsonPath);
}

const registrationFor = perProject('registration', (project, app: App): ConvexJson | undefined => {
  const all = project.convexProjectsFor(join(app.root, 'package.json')).flatMap(({ configFile }) => {
    const json = configFile && readConvexJson(configFile.path, configFile.text);
    return json && Object.keys(json.authKit).length > 0 ? [json] : [];
  });
  const used =
    all.length > 1 ? all.filter(({ path }) => app.dependencies.has(packageName(dirname(path), project))) : all;
  const [only, second] = used;
  return second ? undefined : only;
});

function packageName(folder: string, project: Project): string {
  const { name } = (project.json(join(folder, 'package.json'))?.value ?? {}) as { name?: unknown };
  return typeof name === 'string' ? name : '';
}
