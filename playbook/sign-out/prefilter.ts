/**
 * Whether a file may hold a link that prefetches a sign-out route, told by its text alone: most files don't, and must
 * not be parsed. A file may when it names such a route, or links to something that another file names.
 */
import { dirname } from 'node:path';
import type { App, Project } from '../../project/project.ts';
import type { Facts } from '../../project/stamps.ts';
import { markedFoldersAround } from '../../project/surroundings.ts';
import { apiHandlerFacts, getHandlerFacts } from './handler.ts';
import { isHandedOn } from './handed-on.ts';
import { importedConstants } from './imported-constants.ts';
import { mayEndSession, mayEndSessionBy, mayLeadToSignOut } from './may-end-session.ts';
import { hasSignOutName, hrefPathsOf, isNextAuthRoute } from './paths.ts';
import { type Leading, sourcesLeadingTo } from './rewrites.ts';
import { signOutRouteAt } from './routes.ts';

/** The last segment of a path, or a text that is made into one: `'/sign-out'`, `` `${base}logout` ``; `signOut()` and `'Log out?'` are none. */
const SIGN_OUT_SEGMENT = /['"`/}](?:sign|log)[-_]?(?:out|off)['"`/?#$\\]/giu;
const WITHIN_MODULE_NAME = /\b(?:from|import|require)\s*\(?\s*['"][^'"\n]*$/u;
const MAX_MODULE_NAME = 200;
/** A longer file is no list of links. */
const MAX_CONSTANTS = 200_000;
/** `refetch` is that of `prefetch` and of `usePrefetch`. */
const LINKS = /<[A-Z]|href|refetch|createElement|next\/(?:form|link)/u;

/** False for no file that the finder has something to say of. */
export function maySignOutByPrefetch(text: string, path: string, project: Project): boolean {
  if (!LINKS.test(text)) return false;
  if (namesSignOutAt(project, path, text)) return true;
  const words = otherSignOutWords(project, path);
  if (hasWord(text, words)) return true;
  if (!mayBeHandedOn(project, words)) return false;
  return importedConstants(text).some((specifier) => mayNameSignOut(project, specifier, path, words, MAX_IMPORTS));
}

/** How many modules hand a constant on, from the one that has it to the one whose constant is used. */
const MAX_IMPORTS = 4;

/** Whether a module of the project may hand on what names a sign-out route. True where nobody has read them all. */
function mayBeHandedOn(project: Project, words: readonly string[]): boolean {
  const { facts, sources } = project;
  if (!sources) return true;
  const isNaming = (text: string, path: string): boolean => namesSignOutAt(project, path, text) || hasWord(text, words);
  return facts.memo(`sign-out-handed-on:${words.join()}`, () =>
    isHandedOn(sources, isNaming, (path) => configsAround(facts, path)),
  );
}

const CONFIG = /^(?:package|[jt]sconfig.*)\.json$/u;

/** What may give a module another name than that of its file: the texts of package.json and of TypeScript's configs. */
function configsAround(facts: Facts, path: string): string[] {
  const folders = (['packages', 'configs'] as const).flatMap((kind) => markedFoldersAround(facts, dirname(path), kind));
  const entries = [...new Set(folders.map((folder) => folder.path))].flatMap((folder) => facts.entries(folder) ?? []);
  return entries.flatMap((entry) => (CONFIG.test(entry.name) ? (facts.text(entry.path) ?? []) : []));
}

/** `namesSignOut`, remembered for the sources that a run has read: each of them is asked about more than once. */
function namesSignOutAt({ facts, sources }: Project, path: string, text: string): boolean {
  if (sources?.get(path) !== text) return namesSignOut(text);
  const naming = facts.memo(
    'sources-naming-sign-out',
    () => new Set([...sources].flatMap(([source, whole]) => (namesSignOut(whole) ? [source] : []))),
  );
  return naming.has(path);
}

/** Whether a text has the last segment of a sign-out path; the name of a module that is imported is none. */
function namesSignOut(text: string): boolean {
  SIGN_OUT_SEGMENT.lastIndex = 0;
  for (let found = SIGN_OUT_SEGMENT.exec(text); found; found = SIGN_OUT_SEGMENT.exec(text)) {
    if (!WITHIN_MODULE_NAME.test(text.slice(Math.max(0, found.index - MAX_MODULE_NAME), found.index + 1))) return true;
  }
  return false;
}

const hasWord = (text: string, words: readonly string[]): boolean => words.some((word) => text.includes(word));

interface WordsByFolder {
  readonly look: number;
  readonly words: Map<string, readonly string[]>;
}
const wordsByFolder = new WeakMap<Project, WordsByFolder>();

/**
 * Last segments of the sign-out paths that their names don't tell: by settings, or by what the route's GET does. Every file is asked, and
 * those of a folder one after the other, so the answer for a folder stands for the rest of the look.
 */
function otherSignOutWords(project: Project, path: string): readonly string[] {
  const look = project.facts.look();
  let known = wordsByFolder.get(project);
  if (known?.look !== look) wordsByFolder.set(project, (known = { look, words: new Map() }));
  const folder = dirname(path);
  let words = known.words.get(folder);
  if (!words) known.words.set(folder, (words = otherSignOutWordsOf(project, path)));
  return words;
}

function otherSignOutWordsOf(project: Project, path: string): readonly string[] {
  const { signOutPaths = [] } = project.settings.authkit;
  const listed: readonly string[] = 'replace' in signOutPaths ? signOutPaths.replace : signOutPaths;
  const served = project
    .appsFor(path)
    .flatMap((app) => project.facts.memo(`sign-out-words:${app.root}`, () => wordsOf(project, app)));
  return [...listed.map((one) => one.split('/').findLast(Boolean) ?? '').filter(Boolean), ...served];
}

function wordsOf(project: Project, app: App): string[] {
  const routes = project.routesOf(app).flatMap(({ kind, path, pattern, segments }): Leading[] => {
    const last = segments.findLast((segment) => !segment.startsWith('['));
    if ((kind !== 'route' && kind !== 'api') || last === undefined) return [];
    const place = { last, pattern: pattern.toLowerCase() };
    if (hasSignOutName(last)) return [place];
    if (isNextAuthRoute(path)) return [];
    // What it does hangs on the path, which no text tells: `/api/auth/[action]`.
    if (segments.at(-1) !== last && mayEndSession(project, path, 0))
      return [{ ...place, last: staticPrefix(segments) ?? `/${last}/` }];
    const text = project.facts.text(path) ?? '';
    if (!mayEndSessionBy(project, text, path)) return [];
    const source = project.sourceFile(path);
    const facts = source && (kind === 'route' ? getHandlerFacts : apiHandlerFacts)(source, project);
    const isLeading = () =>
      mayLeadToSignOut(text) &&
      facts
        ?.redirects()
        .flatMap(hrefPathsOf)
        .some((target) => signOutRouteAt(project, path, target) !== undefined);
    return facts && (facts.signsOutBy !== undefined || isLeading() === true) ? [place] : [];
  });
  const words = [...routes, ...sourcesLeadingTo(project, app, routes)].map(({ last }) => last);
  return words.filter((word) => !hasSignOutName(word));
}

/** `/api/auth` of `/api/auth/[action]`; undefined where the first segment is dynamic. */
function staticPrefix(segments: readonly string[]): string | undefined {
  const dynamic = segments.findIndex((segment) => segment.startsWith('['));
  return dynamic < 1 ? undefined : `/${segments.slice(0, dynamic).join('/')}`;
}

/** Whether a module names a sign-out route, itself or by the constants that it takes or hands on. */
function mayNameSignOut(
  project: Project,
  specifier: string,
  fromPath: string,
  words: readonly string[],
  hops: number,
): boolean {
  const target = project.resolve(specifier, fromPath);
  if (target === undefined) return false;
  return project.facts.memo(
    `may-name-sign-out:${String(hops)}:${words.join()}:${target}`,
    () => {
      const text = project.facts.text(target);
      if (text === undefined || text.length > MAX_CONSTANTS) return false;
      if (namesSignOut(text) || hasWord(text, words)) return true;
      const onward = hops > 0 ? [...importedConstants(text), ...exportedModules(text)] : [];
      return onward.some((module) => mayNameSignOut(project, module, target, words, hops - 1));
    },
    () => false,
  );
}

function exportedModules(text: string): string[] {
  return [...text.matchAll(/^export\b[^'"();]*\bfrom\s*['"](?<module>[^'"]+)['"]/gmu)].map(
    (match) => match.groups?.['module'] ?? '',
  );
}
