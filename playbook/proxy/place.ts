/** Files that are meant for the proxy, and that Next.js never runs: in another folder, under another name. */
import { dirname, extname, join } from 'node:path';
import { callsReachedFrom } from '../../analysis/flow/calls/reached-calls.ts';
import { exportsOf } from '../../analysis/syntax/bindings/exports.ts';
import { type Concern, loaderFor } from '../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { perProject } from '../../project/memos/per-project.ts';
import type { App, Project } from '../../project/project.ts';
import { PROXY_FILE, proxyFolderOf, proxyNameOf, runningProxiesOf } from '../../project/proxy-files.ts';
import { runningFilesBelow } from '../../project/modules/source-files.ts';
import { useAt } from '../libraries/index.ts';
import type { ProxyFinding } from './findings.ts';
import { calledExport, exportRange } from './proxy-exports.ts';
import { definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { functionOf } from '../../analysis/syntax/functions.ts';
import { expressionOf } from '../../analysis/syntax/bindings/expressions.ts';

/** Reports a file that has AuthKit's proxy and never runs. Ask only where no proxy that runs may call AuthKit. */
export function findIgnoredProxy(
  file: SourceFile,
  app: App,
  isNext16: boolean | undefined,
  project: Project,
): ProxyFinding | undefined {
  if (!isMeantForProxy(file, project)) return undefined;
  const others = ignoredProxiesOf(project, app).filter((path) => path !== file.path);
  // A helper in the folder of the file that is named for it.
  if (!isNamed(file.path) && others.some(isNamed)) return undefined;
  const folder = proxyFolderOf(app) ?? app.root;
  const name = nameFor(file.path, isNext16);
  const extension = app.pageExtensions.find((each) => file.path.endsWith(`.${each}`)) ?? 'ts';
  const isPlaceRight = dirname(file.path) === folder;
  const [running] = runningProxiesOf(project.facts, app);
  return {
    messageId: isPlaceRight || !isNamed(file.path) ? 'ignoredName' : 'ignoredPlace',
    range: exportRange(file, proxyNameOf(app, file.path) ?? name),
    data: {
      file: project.display(file.path),
      expected: project.display(running?.path ?? join(folder, `${name}.${extension}`)),
      beside: project.display(app.pagesDir ?? app.appDir ?? folder),
    },
    unfixable: 'the file has to be moved',
  };
}

const isNamed = (path: string): boolean => PROXY_FILE.test(path.slice(dirname(path).length + 1));

function nameFor(path: string, isNext16: boolean | undefined): 'middleware' | 'proxy' {
  if (isNext16 === false) return 'middleware';
  return /middleware\.\w+$/u.test(path) ? 'middleware' : 'proxy';
}

/** What calls AuthKit, through whatever helpers. */
const REFRESHES: Concern = { of: 'code', text: /@workos-inc\//u, calls: 15 };

const MAX_FILES = 3_000;

/** The files of an app that have AuthKit's proxy and never run, those by name first. Absolute. */
export const ignoredProxiesOf = perProject('ignored proxies', (project, app: App): readonly string[] => {
  const { facts } = project;
  const folder = proxyFolderOf(app);
  return [...runningFilesBelow(app.root, facts, MAX_FILES, 'own')]
    .filter((path) => {
      if (dirname(path) === folder && proxyNameOf(app, path) !== undefined) return false;
      const text = facts.text(path) ?? '';
      if (!/authkit/iu.test(text) || !(isNamedFor(path) || text.includes('config'))) return false;
      const file = project.sourceFile(path);
      return file !== undefined && isMeantForProxy(file, project);
    })
    .sort((a, b) => Number(isNamed(b)) - Number(isNamed(a)));
});

/** Whether a file, or its folder, has a name of a proxy. */
const isNamedFor = (path: string): boolean =>
  isNamed(path) || /prox|middle/iu.test(path.slice(dirname(dirname(path)).length));

/** Whether a file exports, under a name that Next.js would call, what refreshes AuthKit's sessions. */
function isMeantForProxy(file: SourceFile, project: Project): boolean {
  if (/\.d\.[cm]?ts$/u.test(file.path) || extname(file.path) === '') return false;
  const exported = calledExport(file, 'proxy') ?? calledExport(file, 'middleware');
  if (exported?.kind !== 'local') return false;
  if (!exportsOf(file).named.has('config') && !isNamedFor(file.path)) return false;
  const definition = definitionOf({ file, node: exported.node }, project);
  const own = functionOf(definition);
  const made = expressionOf(definition, 'CallExpression');
  const calls = own ? callsReachedFrom(own, { loader: loaderFor(project, REFRESHES) }) : made ? [made] : [];
  return calls.some((call) => useAt(call, project)?.entry.proxy !== undefined);
}
