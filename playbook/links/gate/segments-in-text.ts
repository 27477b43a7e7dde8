/** Which segments of paths a text names, as a whole or in parts that are joined to them. Nothing is parsed. */

/**
 * What some texts have of a segment: all of it; or its start where the rest is joined to it, or its end: `` `/log${'in'}` `` has both. What
 * one module has and another one has may be put together in a third.
 */
export interface Parts {
  readonly isWhole: boolean;
  /** In lower case. */
  readonly starts: readonly string[];
  /** In lower case; found when they are asked for, for most texts have no start. */
  readonly ends: () => readonly string[];
}

export const NOTHING: readonly string[] = [];

export const NONE: Parts = { isWhole: false, starts: NOTHING, ends: () => NOTHING };
export const WHOLE: Parts = { isWhole: true, starts: NOTHING, ends: () => NOTHING };

export const hasParts = ({ ends, isWhole, starts }: Parts): boolean =>
  isWhole || starts.length > 0 || ends().length > 0;

export function together(one: Parts, other: Parts, words: readonly string[]): Parts {
  if (other === NONE || one.isWhole) return one;
  if (one === NONE || other.isWhole) return other;
  return joined([...one.starts, ...other.starts], [one.ends, other.ends], words);
}

/** Between a start and an end there may be one character that separates words. */
const isMadeOf = (word: string, starts: Iterable<string>, ends: () => Iterable<string>): boolean =>
  [...starts].some(
    (start) =>
      word.startsWith(start) &&
      [...ends()].some((end) => word.endsWith(end) && start.length + end.length >= word.length - 1),
  );

function joined(starts: readonly string[], ends: readonly Parts['ends'][], words: readonly string[]): Parts {
  let all: readonly string[] | undefined;
  const allEnds = () => (all ??= [...new Set(ends.flatMap((found) => found()))]);
  const isWhole = starts.length > 0 && words.some((segment) => isMadeOf(segment.toLowerCase(), starts, allEnds));
  return isWhole ? WHOLE : { isWhole, starts: [...new Set(starts)], ends: allEnds };
}

/** Which segments some texts have, in lower case, and which starts and ends of them. */
export interface Names {
  readonly whole: ReadonlySet<string>;
  readonly starts: ReadonlySet<string>;
  readonly ends: ReadonlySet<string>;
}

export const NO_NAMES: Names = { whole: new Set(), starts: new Set(), ends: new Set() };

export function allNames(all: readonly Names[]): Names {
  const some = all.filter((names) => names !== NO_NAMES);
  const [only, ...others] = some;
  if (only === undefined || others.length === 0) return only ?? NO_NAMES;
  return {
    whole: new Set(some.flatMap(({ whole }) => [...whole])),
    starts: new Set(some.flatMap(({ starts }) => [...starts])),
    ends: new Set(some.flatMap(({ ends }) => [...ends])),
  };
}

const ENCLOSING = /['"`/}?#$\\]/u;
/** What is between two characters that may enclose a segment. */
const SEGMENTS = /(?<=['"`/}])[^'"`/}?#$\\]{1,200}(?=['"`/?#$\\])/gu;

/** What a text has of some words between such characters, in lower case. */
function* wordsIn(text: string, isWanted: (word: string) => boolean): Generator<string> {
  for (const { 0: segment, index } of text.matchAll(SEGMENTS)) {
    const word = segment.toLowerCase();
    if (isWanted(word) && !isNoLink(text, index - 1)) yield word;
  }
}

export function namesIn(text: string, words: readonly string[]): Names {
  if (words.length === 0) return NO_NAMES;
  const { ends, segments, starts, unusual } = searchFor(words);
  const lower = unusual.length > 0 ? text.toLowerCase() : '';
  const found = [...wordsIn(text, (word) => segments.has(word) || starts.has(word) || ends.has(word))];
  const names = {
    whole: new Set([...unusual.filter((word) => lower.includes(word)), ...found.filter((word) => segments.has(word))]),
    starts: new Set(found.filter((word) => starts.has(word))),
    ends: new Set(found.filter((word) => ends.has(word))),
  };
  return names.whole.size + names.starts.size + names.ends.size === 0 ? NO_NAMES : names;
}

export function isAmong({ ends, starts, whole }: Names, segment: string): boolean {
  const word = segment.toLowerCase();
  return whole.has(word) || isMadeOf(word, starts, () => ends);
}

/**
 * What a text has of some segments. A whole one is in a path: `'login'`, `/login?`, `` }/login` ``; one that begins with a slash is the
 * start of a path. The name of a module that is imported is none: `@/lib/auth`.
 */
export function partsOfSegments(text: string, segments: readonly string[]): Parts {
  if (segments.length === 0) return NONE;
  const { ends, start, starts, whole } = searchFor(segments);
  if (hasSegment(text, whole)) return WHOLE;
  const found = start.test(text) ? [...wordsIn(text, (word) => starts.has(word))] : NOTHING;
  return joined(found, [() => [...wordsIn(text, (word) => ends.has(word))]], segments);
}

/** How some segments are searched for. Those that begin with a slash, or have other characters that enclose segments, are found by themselves. */
interface SegmentSearch {
  /** In lower case, as the rest. */
  readonly segments: ReadonlySet<string>;
  readonly unusual: readonly string[];
  readonly starts: ReadonlySet<string>;
  readonly ends: ReadonlySet<string>;
  /** Finds a whole segment. */
  readonly whole: RegExp;
  /** Finds what may be the start of one: most texts have none, and need not be taken apart. */
  readonly start: RegExp;
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
  const lower = segments.map((segment) => segment.toLowerCase());
  const [paths, names] = [
    lower.filter((segment) => segment.startsWith('/')),
    lower.filter((segment) => !segment.startsWith('/')),
  ];
  const lengths = (segment: string, least: number): number[] =>
    Array.from({ length: Math.max(0, segment.length - least) + 1 }, (_, index) =>
      Math.min(least + index, segment.length),
    );
  const oneOf = (words: readonly string[]): string => `(?:${[...new Set(words)].map(escaped).join('|')})`;
  const enclosed = (words: readonly string[], rest: string): string[] =>
    words.length === 0 ? [] : [`['"\`/}]${oneOf(words)}${rest}`];
  const pattern = (alternatives: readonly string[], flags: string): RegExp =>
    new RegExp(alternatives.length === 0 ? '(?!)' : alternatives.join('|'), flags);
  return {
    segments: new Set(lower),
    unusual: lower.filter((segment) => ENCLOSING.test(segment)),
    starts: new Set(names.flatMap((name) => lengths(name, MIN_START).map((length) => name.slice(0, length)))),
    ends: new Set(names.flatMap((name) => lengths(name, MIN_END).map((length) => name.slice(-length)))),
    whole: pattern([...paths.map(escaped), ...enclosed(names, `['"\`/?#$\\\\]`)], 'giu'),
    start: pattern(
      enclosed(
        names.map((name) => name.slice(0, MIN_START)),
        '',
      ),
      'iu',
    ),
  };
}

const escaped = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`);

/** `from '@/lib/auth'`, `import('./login')`, `` fetch(`/api/chats/${id}/stream`) ``: as far as the quote, or something behind it. */
const WITHIN_NO_LINK =
  /\b(?:from|import|require)\s*\(?\s*['"][^'"\n]*$|(?<![.\w$])fetch\(\s*(?:'[^'\n]*|"[^"\n]*|`[^`\n]*)$/u;
const MAX_BEFORE = 200;

/** Whether a place in a text is in the name of a module, or in the URL of a `fetch()`: what is only named there is no link. */
const isNoLink = (text: string, index: number): boolean =>
  WITHIN_NO_LINK.test(text.slice(Math.max(0, index - MAX_BEFORE), index + 1));

/** Whether a text has a segment that a pattern (with the flag `g`) finds, other than in what is no link. */
export function hasSegment(text: string, segments: RegExp): boolean {
  segments.lastIndex = 0;
  for (let found = segments.exec(text); found; found = segments.exec(text)) {
    if (!isNoLink(text, found.index)) return true;
  }
  return false;
}
