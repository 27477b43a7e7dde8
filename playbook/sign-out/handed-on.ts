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
  return [...sources].some(([path, text]) => {
    if (!isNaming(text, path) || !exportsMore(text)) return false;
    const name = moduleName(path);
    return isImported(sources, name) || configsAround(path).some((config) => isNamedIn(config, name));
  });
}

/** What stands for a component behind its `export`: a function with a capital, or what is made of one (`memo(…)`, `observer(…)`). */
const COMPONENT = /^(?:default\s+)?(?:(?:async\s+)?function\s*\*?\s*[A-Z]|class\s+[A-Z]|[A-Z]\w*\s*(?:;|\n|$)|const\s+[A-Z]\w*\s*(?::[^=]*)?=\s*(?:[\w.]+(?:<[^()]*>)?\(\s*)*(?:async\s*)?(?:function\b|\([^)]*\)\s*(?::[^=]*)?=>|[A-Z]\w*\s*[,)]))/u;
/** What Next.js reads of a page or a layout itself, and types. */
const READ_BY_NEXT = /^(?:const\s+(?:dynamic|dynamicParams|fetchCache|maxDuration|metadata|preferredRegion|revalidate|runtime|viewport)\b|(?:async\s+)?function\s+generate[A-Z]|(?:declare\s+)?(?:interface|type)\s)/u;

function exportsMore(text: string): boolean {
  if (/\b(?:module\.)?exports\b/u.test(text)) return true;
  return [...text.matchAll(/^\s*export\s+(?<what>[^\n]*(?:\n[^\n]*){0,2})/gmu)].some(({ groups }) => {
    const what = groups?.['what'] ?? '';
    return !COMPONENT.test(what) && !READ_BY_NEXT.test(what);
  });
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
const isNamedIn = (config: string, name: string): boolean => [`/${name}.`, `/${name}"`, `"${name}.`, `"${name}"`].some((mention) => config.includes(mention));
