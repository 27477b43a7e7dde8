/**
 * Whether any module of a project may hand a sign-out path on to others, where a run has read them all: in most projects such a path stands
 * in the component that links there and nowhere else, and then no file needs to be asked what it imports.
 */
import { basename } from 'node:path';

/**
 * True where some module names a sign-out route (`isNaming`), exports more than components, and is imported somewhere: by its name, or by
 * another one that a config around it (`configsAround`) gives it. It may be true for nothing, but must never be false for a project
 * in which one of these modules hands a constant on.
 */
export function isHandedOn(
  sources: ReadonlyMap<string, string>,
  isNaming: (text: string, path: string) => boolean,
  configsAround: (path: string) => readonly string[],
): boolean {
  for (const [path, text] of sources) {
    if (!isNaming(text, path) || !exportsMore(text)) continue;
    const name = moduleName(path);
    if (isImported(sources, name) || configsAround(path).some((config) => isNamedIn(config, name))) return true;
  }
  return false;
}

/** What stands for a component behind its `export`: a function with a capital, or what is made of one (`memo(…)`, `observer(…)`). */
const COMPONENT =
  /^(?:default\s+)?(?:(?:async\s+)?function\s*\*?\s*[A-Z]|const\s+[A-Z]\w*\s*(?::[^=]*)?=\s*(?:[\w.]+(?:<[^()]*>)?\(\s*)*(?:async\s*)?(?:function\b|\([^)]*\)\s*(?::[^=]*)?=>|[A-Z]\w*\s*[,)]))/u;
/** What Next.js reads of a page or a layout itself, and types. */
const READ_BY_NEXT =
  /^(?:const\s+(?:dynamic|dynamicParams|fetchCache|maxDuration|metadata|preferredRegion|revalidate|runtime|viewport)\b|(?:async\s+)?function\s+generate[A-Z]|(?:declare\s+)?(?:interface|type)\s)/u;

function exportsMore(text: string): boolean {
  if (/\b(?:module\.)?exports\b/u.test(text)) return true;
  return [...text.matchAll(EXPORT)].some(({ groups }) => {
    const what = groups?.['what'] ?? '';
    return !COMPONENT.test(what) && !READ_BY_NEXT.test(what) && !isComponentOf(text, what);
  });
}

/** Also behind another statement on the same line, and behind a comment. What is exported is looked at only: the next `export` may be in it. */
const EXPORT = /(?:^|[;}/])\s*export\s+(?=(?<what>[^\n]*(?:\n[^\n]*){0,2}))/gmu;

/** `export default Nav`, and a class: a component if it is one where it is declared, without static fields. */
function isComponentOf(text: string, what: string): boolean {
  const named = /^default\s+(?<name>[A-Z]\w*)\s*(?:;|\n|$)/u.exec(what)?.groups?.['name'];
  if (named !== undefined) return declares(text, named);
  return /^(?:default\s+)?class\s+[A-Z]/u.test(what) && !/\bstatic\b/u.test(text);
}

/** As far as a component's parameters and their types reach. */
const MAX_DECLARATION = 2000;

/** Whether a component of that name is declared. */
function declares(text: string, name: string): boolean {
  const at = text.search(new RegExp(String.raw`\b(?:(?:async\s+)?function\s*\*?|const)\s+${name}\b`, 'u'));
  return at !== -1 && COMPONENT.test(text.slice(at, at + MAX_DECLARATION));
}

function moduleName(path: string): string {
  return basename(path).replace(/\.[cm]?[jt]sx?$/u, '');
}

// `./nav`, `@/config/nav`, `../nav.js`. An index is imported by the name of its folder, or of its package.
function isImported(sources: ReadonlyMap<string, string>, name: string): boolean {
  if (name === 'index') return true;
  const endings = [`/${name}'`, `/${name}"`, `/${name}.`];
  for (const text of sources.values()) if (endings.some((ending) => text.includes(ending))) return true;
  return false;
}

// `"main": "links.ts"` of package.json, `"paths": { "@nav": ["./config/links"] }` of tsconfig.json.
const isNamedIn = (config: string, name: string): boolean =>
  [`/${name}.`, `/${name}"`, `"${name}.`, `"${name}"`].some((mention) => config.includes(mention));
