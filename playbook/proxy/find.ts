/** Whether the AuthKit proxy of an app runs, and on every route that needs it (PLAYBOOK §5). */
import { dirname, join } from 'node:path';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type App, type Project, isAtLeast } from '../../project/project.ts';
import { perProject } from '../../project/memos/per-project.ts';
import { type ProxyName, proxyFolderOf, proxyNameOf, runningProxiesOf } from '../../project/proxy-files.ts';
import { appRoutesOf } from '../../project/routes/route-files.ts';
import { isTestFile } from '../../project/modules/source-files.ts';
import { mayUseWorkOS } from '../workos-modules.ts';
import { findBypassedRoutes } from './bypassed-routes.ts';
import type { ProxyFinding } from './findings.ts';
import { findMatcherGaps } from './matcher/find-gaps.ts';
import { findIgnoredProxy, ignoredProxiesOf } from './place.ts';
import { findOpenRoutes } from './protection.ts';
import { exportRange, findWrongExport } from './proxy-exports.ts';
import { findSelfRedirects } from './self-redirects.ts';
import { type RouteReader, readerOf } from './session-readers.ts';

/** A proxy by its name, or a file that has to do with AuthKit, in an app whose proxy has not. */
export function mayConcernProxy(text: string, path: string, open: () => Project): boolean {
  if (/[\\/](?:proxy|middleware)\.\w+$/u.test(path)) return true;
  if (!/authkit|withAuth/iu.test(text)) return false;
  const project = open();
  const app = project.appOf(path);
  return app !== undefined && !isProxyRunning(project, app);
}

/** Whether some proxy runs that may be AuthKit's. */
const isProxyRunning = perProject('proxy runs', (project, app: App): boolean =>
  runningProxiesOf(project.facts, app).some(({ path }) => {
    const file = project.sourceFile(path);
    return !file || mayUseWorkOS(file, project);
  }),
);

/** A file that uses AuthKit does so whatever package.json declares. */
const NAMES_WORKOS = /workos|authkit/iu;

/** Finds why AuthKit's proxy does not run, or not where it has to. */
export function findInvalidProxy(file: SourceFile, project: Project): readonly ProxyFinding[] {
  const app = isTestFile(file.path) ? undefined : project.appOf(file.path);
  if (!app || proxyFolderOf(app) === undefined) return [];
  if (!NAMES_WORKOS.test(file.text) && !project.mayUseScope(app.root, '@workos')) return [];
  const isNext16 = isAtLeast(project.versionOf(app.root, 'next'), '16.0.0');
  const name = dirname(file.path) === proxyFolderOf(app) ? proxyNameOf(app, file.path) : undefined;
  const found =
    name === undefined ? notRunning(file, app, isNext16, project) : running(file, name, app, isNext16, project);
  return found.filter((finding) => finding !== undefined);
}

function notRunning(
  file: SourceFile,
  app: App,
  isNext16: boolean | undefined,
  project: Project,
): readonly (ProxyFinding | undefined)[] {
  if (isProxyRunning(project, app)) return [];
  const ignored = findIgnoredProxy(file, app, isNext16, project);
  if (ignored) return [ignored];
  const missing = runningProxiesOf(project.facts, app).length > 0 ? undefined : noProxy(file, app, isNext16, project);
  // All files of the app are read for it.
  return missing && ignoredProxiesOf(project, app).length === 0 ? [missing] : [];
}

/** An app without any proxy: reported once, at the first call that needs one. */
function noProxy(
  file: SourceFile,
  app: App,
  isNext16: boolean | undefined,
  project: Project,
): ProxyFinding | undefined {
  const reader = firstReaderOf(project, app);
  if (reader?.path !== file.path) return undefined;
  const end = reader.offset + reader.name.length;
  // It is where it stands on disk: in an editor the text may be another one by now.
  if (file.text.slice(reader.offset, end) !== reader.name) return undefined;
  return {
    messageId: 'noProxy',
    range: [reader.offset, end],
    data: { name: reader.name, file: expectedFile(app, isNext16, project) },
    unfixable: 'the proxy has to be written',
  };
}

const expectedFile = (app: App, isNext16: boolean | undefined, project: Project): string =>
  project.display(join(proxyFolderOf(app) ?? app.root, isNext16 === false ? 'middleware.ts' : 'proxy.ts'));

const firstReaderOf = perProject('first reader', (project, app: App): RouteReader | undefined => {
  for (const route of appRoutesOf(project.facts, app)) {
    const reader = readerOf(route, project);
    if (reader) return reader;
  }
  return undefined;
});

function running(
  file: SourceFile,
  name: ProxyName,
  app: App,
  isNext16: boolean | undefined,
  project: Project,
): readonly (ProxyFinding | undefined)[] {
  const usesAuthKit = mayUseWorkOS(file, project);
  const hasOther = runningProxiesOf(project.facts, app).some((other) => other.name !== name);
  if (hasOther && isNext16 !== false) {
    // Next 16 refuses to build with both (E900); the old name is the one to go.
    return [
      name === 'middleware' && (isProxyRunning(project, app) || firstReaderOf(project, app))
        ? bothFiles(file, name, project)
        : undefined,
    ];
  }
  if (name === 'proxy' && isNext16 === false) {
    if (hasOther || !(usesAuthKit || firstReaderOf(project, app))) return [];
    return [needsNext16(file, app, project)];
  }
  if (!usesAuthKit) return [noAuthKit(file, name, app, project)];
  const wrongExport = findWrongExport(file, name, isNext16, project);
  if (wrongExport) return [wrongExport];
  return [
    ...findMatcherGaps(file, app, project),
    ...findBypassedRoutes(file, name, app, project),
    ...findOpenRoutes(file, app, project),
    ...findSelfRedirects(file, name, app, project),
  ];
}

function bothFiles(file: SourceFile, name: ProxyName, project: Project): ProxyFinding {
  return {
    messageId: 'bothFiles',
    range: exportRange(file, name),
    data: { file: project.display(file.path) },
    unfixable: 'what both files do has to become one',
  };
}

function needsNext16(file: SourceFile, app: App, project: Project): ProxyFinding {
  return {
    messageId: 'needsNext16',
    range: exportRange(file, 'proxy'),
    data: {
      file: project.display(file.path),
      version: project.versionOf(app.root, 'next')?.version ?? '',
      instead: project.display(file.path).replace(/proxy(?=\.\w+$)/u, 'middleware'),
    },
    unfixable: 'the file has to be renamed',
  };
}

/** A proxy that certainly never calls AuthKit, in an app that reads the session. */
function noAuthKit(file: SourceFile, name: ProxyName, app: App, project: Project): ProxyFinding | undefined {
  if (ignoredProxiesOf(project, app).length > 0) return undefined;
  const reader = firstReaderOf(project, app);
  return (
    reader && {
      messageId: 'noAuthKit',
      range: exportRange(file, name),
      data: {
        file: project.display(file.path),
        reader: `${reader.name}()`,
        place: `${project.display(reader.path)}:${String(reader.line)}`,
      },
      unfixable: 'how both are put together is for a person to say',
    }
  );
}
