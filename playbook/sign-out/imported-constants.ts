/**
 * The constants that a file takes from others, told by its text alone. Every file with a component is asked, so this goes by `indexOf`:
 * a pattern that is tried at every character costs more than all else that the rule does.
 */

/** An import of the project, or of what may be a package of its workspace, from its keyword on. */
const IMPORT = /import\s+([^'";]+?)\s+from\s*['"]([@~#.][^'"]*|[\w-]+\/[^'"]*)['"]/uy;
const TYPES_AND_ORIGINAL_NAMES = /\btype\s+\w+(?:\s+as\s+\w+)?|\w+\s+as\s+/gu;
const NAME = /[A-Za-z_$][\w$]*/gu;
/** `useNavItems()`, `getLinks(user)`: a function whose name says that it gives what is linked. */
const GIVES_LINKS = /href|item|link|menu|nav|path|route|section|tab|url/iu;

/**
 * The modules of the project whose constants a file uses: `import { items } from './items'`, and `items` stands where
 * a value does. Components are none, nor functions that are only called, unless their name says what they give.
 */
export function importedConstants(text: string): string[] {
  const { modules, rest } = importsOf(text);
  const used = new Set<string>();
  for (const [name, module] of modules) if (!used.has(module) && isUsed(rest, name)) used.add(module);
  return [...used];
}

interface Imports {
  /** The module that each name comes from. */
  readonly modules: ReadonlyMap<string, string>;
  /** The text behind its imports: what stands between them uses none of their names, in code that people write. */
  readonly rest: string;
}

function importsOf(text: string): Imports {
  const modules = new Map<string, string>();
  let position = 0;
  for (let index = text.indexOf('import'); index !== -1; index = text.indexOf('import', index + 1)) {
    if (!startsLine(text, index)) continue;
    IMPORT.lastIndex = index;
    const [whole = '', names = '', module = ''] = IMPORT.exec(text) ?? [];
    if (whole === '') continue;
    position = index + whole.length;
    if (/^type\b/u.test(names)) continue;
    for (const [name] of names.replaceAll(TYPES_AND_ORIGINAL_NAMES, '').matchAll(NAME)) modules.set(name, module);
  }
  return { modules, rest: text.slice(position) };
}

function startsLine(text: string, index: number): boolean {
  let before = index - 1;
  while (text[before] === ' ' || text[before] === '\t') before -= 1;
  return before < 0 || text[before] === '\n' || text[before] === '\r';
}

/** `{name}`, `={name`, `(name)`, `[name`, `...name`, `= name.x`, `return name.x`: not `<Name`, and not `name(` unless it gives links. */
function isUsed(text: string, name: string): boolean {
  const givesLinks = GIVES_LINKS.test(name);
  for (let index = text.indexOf(name); index !== -1; index = text.indexOf(name, index + name.length)) {
    const after = skipSpace(text, index + name.length, 1);
    if (givesLinks && text[after] === '(' && !isWordAt(text, index - 1)) return true;
    const ends = '.[)}'.includes(text[after] ?? ' ') || text.startsWith('?.', after);
    if (ends && startsValue(text, index)) return true;
  }
  return false;
}

// `>` is that of `=>`, or the end of a tag: then the name is text of a page, and read for nothing.
function startsValue(text: string, index: number): boolean {
  if (text.startsWith('...', index - 3)) return true;
  const before = skipSpace(text, index - 1, -1);
  return '[({=,?:!&|>'.includes(text[before] ?? ' ') || /\b(?:await|of|return)$/u.test(text.slice(Math.max(0, before - 6), before + 1));
}

function skipSpace(text: string, from: number, step: 1 | -1): number {
  let index = from;
  while (isSpace(text.charCodeAt(index))) index += step;
  return index;
}

// Beyond ASCII, nobody indents with anything but a no-break space. NaN, beyond the text, is none.
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 160;

const isWordAt = (text: string, index: number): boolean => /\w/u.test(text[index] ?? '');
