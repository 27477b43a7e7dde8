/** An app that hands AuthKit's tokens to Convex functions without an `auth.config` file: Convex rejects every one of them. */
import { basename } from 'node:path';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { ConvexProject, Project } from '../../../project/project.ts';
import { isTestFile } from '../../../project/modules/source-files.ts';
import { usesOf } from '../../libraries/index.ts';
import { noProviderError } from '../acceptance/convex-errors.ts';
import { bridgeFiles, signsInWithAuthKit } from './convex-bridges.ts';
import type { AuthConfigFinding } from '../findings.ts';

/** One finding for an app, at the provider in the first of its files that have one. */
export function findMissingConfig(file: SourceFile, project: Project): readonly AuthConfigFinding[] {
  if (isTestFile(file.path)) return [];
  const provider = usesOf(file, project).find(
    ({ entry, node }) => entry.tokenProvider !== undefined && node.type === 'JSXOpeningElement',
  );
  const apps = project.appsFor(file.path);
  if (provider?.node.type !== 'JSXOpeningElement' || apps.length === 0 || !apps.every(signsInWithAuthKit)) return [];
  const backends = project.convexProjectsFor(file.path);
  const [backend] = backends;
  if (!backend || !backends.every((one) => lacksConfig(one, project))) return [];
  // One cause, one report.
  const first = apps.flatMap((app) => bridgeFiles(project, app))[0];
  if (first !== undefined && first !== file.path) return [];
  return [
    {
      messageId: 'noAuthConfig',
      data: { folder: project.display(backend.functionsDir), error: noProviderError([]).error },
      range: provider.node.name.range,
      unfixable: 'the file has to be written',
    },
  ];
}

/** Whether a folder has functions, and no `auth.config` next to them. */
function lacksConfig({ authConfigPath, functionsDir }: ConvexProject, { facts }: Project): boolean {
  if (authConfigPath !== undefined) return false;
  const names = (facts.entries(functionsDir) ?? [])
    .filter(({ kind }) => kind === 'file')
    .map(({ path }) => basename(path));
  const isFunctions = (name: string): boolean => /\.[jt]s$/u.test(name) && !/\.d\.ts$|\.config\.[jt]s$/u.test(name);
  return names.some(isFunctions) && !names.some((name) => name.startsWith('auth.config.'));
}
