/**
 * The constants that a file takes from others, by its text alone. Every file with a component is asked, so this goes by `indexOf`
 * and by single characters: a pattern that is tried at every character costs more than all else that the rule does.
 */
import { forLastText } from '../../../analysis/syntax/last-text.ts';

const TYPES_AND_ORIGINAL_NAMES = /\btype\s+\w+(?:\s+as\s+\w+)?|\w+\s+as\s+/gu;
const NAME = /[A-Za-z_$][\w$]*/gu;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//gu;
/** `useNavItems()`, `getLinks(user)`, `signOutHref()`: a function whose name says that it gives what is linked. */
const GIVES_LINKS =
  /action|bread|column|command|crumb|cta|destination|entr(?:y|ies)|footer|header|href|item|link|menu|nav|path|route|section|sidebar|tab|target|url|(?:sign|log)_?(?:in|out|off|up)/iu;

/**
 * The modules of the project whose constants a file uses: `import { items } from './items'`, and `items` stands where
 * a value does. Components are none, nor functions that are only called, unless their name says what they give.
 */
export const importedConstants: (text: string) => readonly string[] = forLastText(constantsIn);

function constantsIn(text: string): readonly string[] {
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

/** The imports of what may be the project's own, and where the last of them ends: what stands before that uses none of their names. */
function importsOf(text: string): { imports: readonly Import[]; end: number } {
  const imports: Import[] = [];
  let end = 0;
  for (let from = text.indexOf('from'); from !== -1; from = text.indexOf('from', from + 4)) {
    const open = skipSpace(text, from + 4, 1);
    const quote = text.charCodeAt(open);
    if ((quote !== SINGLE_QUOTE && quote !== DOUBLE_QUOTE) || isWord(text.charCodeAt(from - 1))) continue;
    const close = text.indexOf(quote === SINGLE_QUOTE ? "'" : '"', open + 1);
    if (close === -1) continue;
    const module = text.slice(open + 1, close);
    const names = mayBeOwn(module) ? importedBefore(text, from, end) : undefined;
    if (names === undefined) continue;
    end = close + 1;
    if (!isTypeOnly(names)) imports.push({ module, names });
  }
  return { imports, end };
}

/** What stands between `import` and a `from`, without comments; undefined where the `from` belongs to something else. */
function importedBefore(text: string, from: number, start: number): string | undefined {
  // A comment between the names may have the word as well, and so may a name: 'importItems'.
  for (
    let index = text.lastIndexOf('import', from);
    index >= start;
    index = index === 0 ? -1 : text.lastIndexOf('import', index - 1)
  ) {
    if (!startsLine(text, index) || isWord(text.charCodeAt(index + 6))) continue;
    const clause = text.slice(index + 6, from);
    const names = clause.includes('/') ? clause.replaceAll(COMMENT, '') : clause;
    return ENDS_IMPORT.test(names) ? undefined : names;
  }
  return undefined;
}

/** What none of the names of an import holds, but what stands between it and the `from` of something else. */
const ENDS_IMPORT = /['"`();=]/u;

// A path, an alias, or a module of what may be a package of the workspace. `react` is none of these.
const mayBeOwn = (module: string): boolean =>
  ('@~#.'.includes(module.charAt(0)) || module.includes('/')) && !module.startsWith('next/');

// `import type { X }`, `import type X`; but `import type, { x }` and `import type from` are of values.
const isTypeOnly = (names: string): boolean => names.startsWith(' type ') && !/^\s*type\s*(?:,|$)/u.test(names);

function startsLine(text: string, index: number): boolean {
  let before = index - 1;
  while (isBlank(text.charCodeAt(before))) before -= 1;
  return before < 0 || STARTS_LINE.includes(text.charAt(before));
}

const STARTS_LINE = '\n\r;\uFEFF';
const isBlank = (code: number): boolean => code === 32 || code === 9;

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

const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const LESS = 60;
const SLASH = 47;
const DOT = 46;
const OPEN_PARENTHESIS = 40;

// `name.x`, `name)`, `name : other`, `name as Route`, `name ?? other`, or nothing more on its line.
function endsValue(text: string, after: number): boolean {
  return (
    '.[)},;:?|&+!'.includes(text[after] ?? ';') || text.startsWith('as ', after) || text.startsWith('satisfies ', after)
  );
}

// `>` is that of `=>`, or the end of a tag: then the name is text of a page, and read for nothing.
function startsValue(text: string, index: number): boolean {
  if (text.startsWith('...', index - 3)) return true;
  const before = skipSpace(text, index - 1, -1);
  // Behind `;` and `}` stands `items.forEach(…)`.
  if ('[({=,?:!&|>+;}'.includes(text[before] ?? ';')) return true;
  return (
    isWord(text.charCodeAt(before)) && /\b(?:await|of|return)$/u.test(text.slice(Math.max(0, before - 6), before + 1))
  );
}

function skipSpace(text: string, from: number, step: 1 | -1): number {
  let index = from;
  while (isSpace(text.charCodeAt(index))) index += step;
  return index;
}

// Beyond ASCII, no one indents with anything but a no-break space. NaN, beyond the text, is none.
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 160;

const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36;
