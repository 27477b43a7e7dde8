/**
 * Whether a file may hold a link that prefetches a sign-out route, told by its text alone: most files don't, and must
 * not be parsed. A file may when it names such a route, or links to something that another file names.
 */
import type { Project } from '../../project/project.ts';
import { apiHandlerFacts, getHandlerFacts } from './handler.ts';

const SIGN_OUT_NAME = /(?:sign|log)[-_]?(?:out|off)/iu;
const LINKS = /\bhref\b|\bprefetch\b|next\/(?:form|link)|<[A-Z]/u;

/** Never false for a file that the finder has something to say of. */
export function maySignOutByPrefetch(text: string, path: string, project: Project): boolean {
  if (SIGN_OUT_NAME.test(text)) return LINKS.test(text);
  if (!LINKS.test(text)) return false;
  const words = otherSignOutWords(project, path);
  if (words.some((word) => text.includes(word))) return true;
  return importedConstants(text).some((specifier) => mayNameSignOut(project, specifier, path, words, 3));
}

/** Last segments of the sign-out paths that their names don't tell: by settings, or by what the route's GET does. */
function otherSignOutWords(project: Project, path: string): readonly string[] {
  const { signOutPaths = [] } = project.settings.authkit;
  const listed: readonly string[] = 'replace' in signOutPaths ? signOutPaths.replace : signOutPaths;
  const served = project.appsFor(path).flatMap((app) =>
    project.facts.memo(`sign-out-words:${app.root}`, () =>
      project.routesOf(app).flatMap(({ kind, path: file, segments }) => {
        const last = segments.findLast((segment) => !segment.startsWith('['));
        if ((kind !== 'route' && kind !== 'api') || last === undefined || SIGN_OUT_NAME.test(last)) return [];
        if (!mayEndSession(project, file, 2)) return [];
        const source = project.sourceFile(file);
        const facts = source && (kind === 'route' ? getHandlerFacts : apiHandlerFacts)(source, project);
        return facts?.signsOutBy === undefined ? [] : [last];
      }),
    ),
  );
  return [...listed.map((one) => one.split('/').findLast(Boolean) ?? '').filter(Boolean), ...served];
}

/** Whether a handler, or a module that it imports, names one of the ways to sign out: others are not worth parsing. */
function mayEndSession(project: Project, path: string, hops: number): boolean {
  const text = project.facts.text(path) ?? '';
  if (/sign-?out|log-?out|\.delete\(|\.set\(/iu.test(text)) return true;
  return hops > 0 && modulesIn(text).some((module) => {
    const target = project.resolve(module, path);
    return target !== undefined && mayEndSession(project, target, hops - 1);
  });
}

function modulesIn(text: string): string[] {
  return [...text.matchAll(/^(?:import|export)\b[^'"();]*\bfrom\s*['"](?<module>[^'"]+)['"]/gmu)].map((match) => match.groups?.['module'] ?? '');
}

/**
 * The modules of the project whose constants a file uses: `import { items } from './items'`, and `items` stands where
 * a value does. Components, hooks and functions that are only called are no constants.
 */
function importedConstants(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/^[\t ]*import\s+(?<names>[^'";]+?)\s+from\s*['"](?<module>[@~#.][^'"]*|[\w-]+\/[^'"]*)['"]/gmu)) {
    const { module = '', names = '' } = match.groups ?? {};
    if (/^type\b/u.test(names)) continue;
    const locals = names.replaceAll(/\btype\s+\w+(?:\s+as\s+\w+)?/gu, '').replaceAll(/\w+\s+as\s+/gu, '').match(/\b[A-Za-z_$][\w$]*/gu) ?? [];
    if (locals.some((name) => isUsedAsValue(name, text))) found.push(module);
  }
  return found;
}

// `name.x`, `name[x]`, `{name}`, `={name`, `(name)`, `...name` — but not `<Name`, not `name(`.
function isUsedAsValue(name: string, text: string): boolean {
  if (/^use[A-Z]/u.test(name)) return false;
  const escaped = name.replaceAll('$', '\\$');
  return new RegExp(`(?:[({=,?:!&|]\\s*|\\.{3})${escaped}\\s*(?:\\?\\.|[.[)}])`, 'u').test(text.replaceAll(/^[\t ]*import\b[^'"]*['"][^'"]*['"]/gmu, ''));
}

/** Whether a module names a sign-out route, itself or by what it exports on. */
function mayNameSignOut(project: Project, specifier: string, fromPath: string, words: readonly string[], hops: number): boolean {
  const target = project.resolve(specifier, fromPath);
  const text = target === undefined ? undefined : project.facts.text(target);
  if (target === undefined || text === undefined || text.length > 200_000) return false;
  if (SIGN_OUT_NAME.test(text) || words.some((word) => text.includes(word))) return true;
  if (hops === 0) return false;
  return modulesIn(text).some((module) => mayNameSignOut(project, module, target, words, hops - 1));
}
