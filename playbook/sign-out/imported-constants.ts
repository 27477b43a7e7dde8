/**
 * The constants that a file takes from others, told by its text alone. Every file with a component is asked, so this goes by `indexOf`
 * and by single characters: a pattern that is tried at every character costs more than all else that the rule does.
 */

const TYPES_AND_ORIGINAL_NAMES = /\btype\s+\w+(?:\s+as\s+\w+)?|\w+\s+as\s+/gu;
const NAME = /[A-Za-z_$][\w$]*/gu;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//gu;
const WITH_COMMENTS = /import(?<names>[^{};]*\{(?:[^}/]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*\}\s*)from\s*['"](?<module>[^'"\n]*)['"]/uy;
/** `useNavItems()`, `getLinks(user)`, `signOutHref()`: a function whose name says that it gives what is linked. */
const GIVES_LINKS = /href|item|link|menu|nav|path|route|section|tab|url|(?:sign|log)_?(?:out|off)/iu;

/**
 * The modules of the project whose constants a file uses: `import { items } from './items'`, and `items` stands where
 * a value does. Components are none, nor functions that are only called, unless their name says what they give.
 */
export function importedConstants(text: string): string[] {
  const used = new Set<string>();
  const { imports, end } = importsOf(text);
  for (const { module, names } of imports) {
    if (!used.has(module) && namesIn(names).some((name) => isUsed(text, name, end))) used.add(module);
  }
  return [...used];
}

interface Import {
  /** What stands between `import` and `from`. */
  readonly names: string;
  readonly module: string;
}

/** The imports of what may be the project's own, and where the last import ends: what stands before that uses none of their names. */
function importsOf(text: string): { imports: readonly Import[]; end: number } {
  const imports: Import[] = [];
  const nextQuote = quotesOf(text);
  let end = 0;
  for (let index = text.indexOf('import'); index !== -1; index = text.indexOf('import', index + 6)) {
    if (!startsLine(text, index)) continue;
    const open = nextQuote(index + 6);
    const close = text.indexOf(text.charAt(open), open + 1);
    if (open === text.length || close === -1) continue;
    let clause = text.slice(index + 6, open).trimEnd();
    let module = text.slice(open + 1, close);
    end = close + 1;
    if (!clause.endsWith('from')) {
      // A quote in a comment between the names: `{ a, // it's new`.
      WITH_COMMENTS.lastIndex = index;
      const groups = clause.includes('{') ? WITH_COMMENTS.exec(text)?.groups : undefined;
      if (!groups) continue;
      clause = `${(groups['names'] ?? '').replaceAll(COMMENT, '')}from`;
      module = groups['module'] ?? '';
      end = WITH_COMMENTS.lastIndex;
    }
    const names = clause.slice(0, -4);
    if (mayBeOwn(module) && !isTypeOnly(names)) imports.push({ module, names });
  }
  return { imports, end };
}

// A path, an alias, or a module of what may be a package of the workspace. `react` is none of these.
const mayBeOwn = (module: string): boolean => ('@~#.'.includes(module.charAt(0)) || module.includes('/')) && !module.startsWith('next/');

// `import type { X }`, `import type X`; but `import type, { x }` and `import type from` are of values.
const isTypeOnly = (names: string): boolean => names.trimStart().startsWith('type ') && !/^\s*type\s*(?:,|$)/u.test(names);

/** Makes the question where the next quote stands (the text's end when there is none), asked from left to right. */
function quotesOf(text: string): (from: number) => number {
  const found = new Map([["'", -1], ['"', -1]]);
  return (from) => {
    for (const [quote, index] of found) {
      if (index >= from) continue;
      const next = text.indexOf(quote, from);
      found.set(quote, next === -1 ? text.length : next);
    }
    return Math.min(...found.values());
  };
}

function startsLine(text: string, index: number): boolean {
  let before = index - 1;
  while (text[before] === ' ' || text[before] === '\t') before -= 1;
  return before < 0 || text[before] === '\n' || text[before] === '\r' || text[before] === ';' || text[before] === '\uFEFF';
}

function namesIn(clause: string): string[] {
  const isPlain = !clause.includes(' as ') && !clause.includes('type ');
  return (isPlain ? clause : clause.replaceAll(TYPES_AND_ORIGINAL_NAMES, '')).match(NAME) ?? [];
}

/** `{name}`, `={name`, `(name)`, `[name`, `...name`, `= name.x`, `? name :`: not `<Name`, and not `name(` unless it gives links. */
function isUsed(text: string, name: string, from: number): boolean {
  for (let index = text.indexOf(name, from); index !== -1; index = text.indexOf(name, index + name.length)) {
    const next = text.charCodeAt(index + name.length);
    const previous = text.charCodeAt(index - 1);
    const isMember = previous === DOT && text.charCodeAt(index - 2) !== DOT;
    if (isWord(next) || isWord(previous) || previous === SLASH || isMember) continue;
    if (previous === LESS) {
      // A component holds no constants, wherever else it stands; a type in `useState<Name>` says nothing.
      if (isWord(text.charCodeAt(index - 2))) continue;
      return false;
    }
    const after = skipSpace(text, index + name.length, 1);
    // What is called is a function, and no constant.
    if (text.charCodeAt(after) === OPEN_PARENTHESIS) return GIVES_LINKS.test(name);
    const isLineEnd = text.slice(index + name.length, after).includes('\n');
    if ((isLineEnd || endsValue(text, after)) && startsValue(text, index)) return true;
  }
  return false;
}

const LESS = 60;
const SLASH = 47;
const DOT = 46;
const OPEN_PARENTHESIS = 40;

// `name.x`, `name)`, `name : other`, `name as Route`, `name ?? other`, or nothing more on its line.
function endsValue(text: string, after: number): boolean {
  return '.[)},;:?|&+!'.includes(text[after] ?? ';') || text.startsWith('as ', after) || text.startsWith('satisfies ', after);
}

// `>` is that of `=>`, or the end of a tag: then the name is text of a page, and read for nothing.
function startsValue(text: string, index: number): boolean {
  if (text.startsWith('...', index - 3)) return true;
  const before = skipSpace(text, index - 1, -1);
  // Behind `;` and `}` stands `items.forEach(…)`.
  if ('[({=,?:!&|>+;}'.includes(text[before] ?? ';')) return true;
  return isWord(text.charCodeAt(before)) && /\b(?:await|of|return)$/u.test(text.slice(Math.max(0, before - 6), before + 1));
}

function skipSpace(text: string, from: number, step: 1 | -1): number {
  let index = from;
  while (isSpace(text.charCodeAt(index))) index += step;
  return index;
}

// Beyond ASCII, nobody indents with anything but a no-break space. NaN, beyond the text, is none.
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 160;

const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36;
