/** Which redirect URIs the files around an app give. */
import { workspaceOf } from '../../project/modules/packages.ts';
import type { App, Project } from '../../project/project.ts';

export const REDIRECT_URI = 'NEXT_PUBLIC_WORKOS_REDIRECT_URI';

/** Whether an env file on disk sets the redirect URI: what is wrong with it is reported there. */
export function isGivenByEnv({ root }: App, project: Project): boolean {
  return project
    .envFilesIn(root)
    .some(({ isExample, variables }) => !isExample && (variables.get(REDIRECT_URI)?.value ?? '') !== '');
}

/** The one app that a file can be meant for; undefined where several share a repository, and a path may be another's. */
export function soleApp(path: string, project: Project): App | undefined {
  const [app, other] = project.appsFor(path);
  if (!app || other) return undefined;
  const apps = workspaceOf(project.facts, app.root, project.cwd).packages.filter(
    ({ installed, root }) =>
      installed.has('next') && root !== app.root && project.appOf(`${root}/package.json`)?.root === root,
  );
  return apps.length === 0 ? app : undefined;
}
