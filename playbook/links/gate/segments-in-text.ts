/** Which segments of paths a text names, as a whole or in parts that are joined to them. Nothing is parsed. */
import { lazy } from '../../../analysis/lazy.ts';

/**
 * Which segments some texts have, in lower case, and which starts and ends of them: `` `/log${'in'}` `` has a start and an end. What one module
 * has and another one has may be put together in a third.
 */
export interface Names {
  /** Whether one of them is known by its name alone. */
  readonly isNamed: boolean;
  /** Whether one has an escape, behind which any character may be: `'\x2flogin'`. */
  readonly isEscaped: boolean;
  readonly whole: ReadonlySet<string>;
  readonly starts: ReadonlySet<string>;
  /** Found when they are asked for, for most texts have no start. */
  readonly ends: () => ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

export const NO_NAMES: Names = {
  isNamed: false,
  isEscaped: false,
  whole: NOTHING,
  starts: NOTHING,
  ends: () => NOTHING,
};

export function allNames(all: readonly Names[]): Names {
  const some = all.filter((names) => names !== NO_NAMES);
  const [only, ...others] = some;
  if (only === undefined || others.length === 0) return only ?? NO_NAMES;
  return {
    isNamed: some.some(({ isNamed }) => isNamed),
    isEscaped: some.some(({ isEscaped }) => isEscaped),
    whole: new Set(some.flatMap(({ whole }) => [...whole])),
    starts: new Set(some.flatMap(({ starts }) => [...starts])),
    ends: lazy(() => new Set(some.flatMap(({ ends }) => [...ends()]))),
  };
}

const ENCLOSING = /['"`/}?#$\\]/u;

/** What is between two characters that may enclose a segment, with the first of them. */
const SEGMENTS = /['"`/}][^'"`/}?#$\\]{1,200}(?=['"`/?#$\\])/gu;

/** What a text has that a pattern finds together with the character before it, in lower case; `among`: only these words. */
function* wordsIn(text: string, words: RegExp, among?: ReadonlySet<string>): Generator<string> {
  for (const { 0: found, index } of text.matchAll(words)) {
    const word = found.slice(1).toLowerCase();
    if (among?.has(word) !== false && !isNoLink(text, index)) yield word;
  }
}

/**
 * What a text has of some segments, and of those that `named` finds (a pattern with the flag `g`). A whole one is in a path: `'login'`, `/login?`,
 * `` }/login` ``; the name of a module that is imported is none: `@/lib/auth`.
 */
export function namesIn(text: string, words: readonly string[], named: RegExp | undefined): Names {
  const isNamed = named !== undefined && hasSegment(text, named);
  const isEscaped = text.search(ESCAPES) !== -1;
  if (words.length === 0) return isNamed || isEscaped ? { ...NO_NAMES, isNamed, isEscaped } : NO_NAMES;
  const { ends, names, starts, unusual } = searchFor(words);
  const lower = unusual.length > 0 ? text.toLowerCase() : '';
  return {
    isNamed,
    isEscaped,
    whole: new Set([...unusual.filter((word) => lower.includes(word)), ...wordsIn(text, names)]),
    starts: new Set(wordsIn(text, starts)),
    ends: lazy(() => new Set(wordsIn(text, SEGMENTS, ends))),
  };
}

/** Whether a segment is one of the names, or a start and an end together; between these there may be one character that separates words. */
export function isAmong({ ends, starts, whole }: Names, segment: string): boolean {
  const word = segment.toLowerCase();
  if (whole.has(word)) return true;
  return [...starts].some(
    (start) =>
      word.startsWith(start) &&
      [...ends()].some((end) => word.endsWith(end) && start.length + end.length >= word.length - 1),
  );
}

/** `\x2f`, `\u{6c}` */
const ESCAPES = /\\[ux]/gu;

/**
 * Where a text has segments, or starts of them, the shortest too, or escapes: what is only the end of a segment is nothing without its start.
 */
export function* placesIn(text: string, segments: readonly string[]): Generator<number> {
  yield* placesOf(text, ESCAPES);
  if (segments.length === 0) return;
  const { anyStarts, unusual, whole } = searchFor(segments);
  const patterns = unusual.length > 0 ? [anyStarts, whole] : [anyStarts];
  for (const pattern of patterns) yield* placesOf(text, pattern);
}

/** The last characters of what a pattern finds (they are in the text that has it, where what encloses it is not), other than in what is no link. */
export function* placesOf(text: string, pattern: RegExp): Generator<number> {
  pattern.lastIndex = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) if (!isNoLink(text, index)) yield index + found.length - 1;
}

/** How some segments are searched for. Those that begin with a slash, or have other characters that enclose segments, are found by themselves. */
interface SegmentSearch {
  /** In lower case. */
  readonly unusual: readonly string[];
  /** Find a segment, or its start, with the character before it. */
  readonly names: RegExp;
  readonly starts: RegExp;
  /** Finds the shortest starts as well. */
  readonly anyStarts: RegExp;
  /** In lower case. A pattern for the ends of hundreds of words has to try all of them at each place. */
  readonly ends: ReadonlySet<string>;
  /** Finds a whole segment of either kind. */
  readonly whole: RegExp;
}

/** By the lists, of which each folder has its own, and by what is in them: the same for an app. */
const searchesByList = new WeakMap<readonly string[], SegmentSearch>();
const searchesByContent = new Map<string, SegmentSearch>();
const MAX_SEARCHES = 100;

function searchFor(segments: readonly string[]): SegmentSearch {
  const known = searchesByList.get(segments);
  if (known) return known;
  const content = segments.join();
  let search = searchesByContent.get(content);
  if (!search) {
    if (searchesByContent.size >= MAX_SEARCHES) searchesByContent.clear();
    searchesByContent.set(content, (search = createSearch(segments)));
  }
  searchesByList.set(segments, search);
  return search;
}

/** A shorter start of a segment is anything. */
const MIN_START = 3;
/** So is a shorter end. */
const MIN_END = 2;

function createSearch(segments: readonly string[]): SegmentSearch {
  const lower = [...new Set(segments.map((segment) => segment.toLowerCase()))];
  const names = lower.filter((segment) => !ENCLOSING.test(segment));
  const pattern = (alternatives: readonly string[]): RegExp =>
    new RegExp(alternatives.length === 0 ? '(?!)' : alternatives.join('|'), 'giu');
  const enclosed = (words: readonly string[]): string[] =>
    words.length === 0 ? [] : [`['"\`/}](?:${words.join('|')})(?=['"\`/?#$\\\\])`];
  return {
    unusual: lower.filter((segment) => ENCLOSING.test(segment)),
    names: pattern(enclosed(names.map(escaped))),
    starts: pattern(enclosed(names.map((word) => startOf(word, MIN_START)))),
    anyStarts: pattern(enclosed(names.map((word) => startOf(word, 1)))),
    ends: new Set(names.flatMap(endsOf)),
    whole: pattern([
      ...lower.filter((segment) => segment.startsWith('/')).map(escaped),
      ...enclosed(lower.filter((segment) => !segment.startsWith('/')).map(escaped)),
    ]),
  };
}

/** A pattern for all starts of a word that have so many letters: `log(?:i(?:n)?)?`. */
function startOf(word: string, min: number): string {
  const letters = Array.from(word, escaped);
  const least = letters.splice(0, min).join('');
  return least + letters.reduceRight((rest, letter) => `(?:${letter}${rest})?`, '');
}

/** All ends of a word that are long enough. */
const endsOf = (word: string): string[] =>
  Array.from({ length: Math.max(1, word.length - MIN_END + 1) }, (_, index) => word.slice(index));

const escaped = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`);

/** `from '@/lib/auth'`, `import('./login')`, `` fetch(`/api/chats/${id}/stream`) ``: as far as the quote, or something behind it. */
const WITHIN_NO_LINK =
  /\b(?:from|import|require)\s*\(?\s*['"][^'"\n]*$|(?<![.\w$])fetch\(\s*(?:'[^'\n]*|"[^"\n]*|`[^`\n]*)$/u;
const MAX_BEFORE = 200;

/** Whether a place in a text is in the name of a module, or in the URL of a `fetch()`: what is only named there is no link. */
const isNoLink = (text: string, index: number): boolean =>
  WITHIN_NO_LINK.test(text.slice(Math.max(0, index - MAX_BEFORE), index + 1));

/** Whether a text has a segment that a pattern finds, other than in what is no link. */
function hasSegment(text: string, segments: RegExp): boolean {
  segments.lastIndex = 0;
  for (let found = segments.exec(text); found; found = segments.exec(text)) {
    if (!isNoLink(text, found.index)) return true;
  }
  return false;
}
