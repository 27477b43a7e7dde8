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

export function namesIn(text: string, words: readonly string[]): Names {
  if (words.length === 0) return NO_NAMES;
  const { end, unusual, start, wanted } = patternsFor(words);
  const lower = text.toLowerCase();
  const whole = new Set(unusual.filter((word) => lower.includes(word)));
  for (const { 0: segment, index } of text.matchAll(SEGMENTS)) {
    const word = segment.toLowerCase();
    if (wanted.has(word) && !isModuleName(text, index - 1)) whole.add(word);
  }
  const names = { whole, starts: new Set(found(text, start)), ends: new Set(found(text, end)) };
  return whole.size + names.starts.size + names.ends.size === 0 ? NO_NAMES : names;
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
  const { end, start, whole } = patternsFor(segments);
  if (hasSegment(text, whole)) return WHOLE;
  return joined(found(text, start), [() => found(text, end)], segments);
}

const found = (text: string, pattern: RegExp): string[] =>
  text.search(pattern) === -1 ? [] : [...text.matchAll(pattern)].map(([chunk]) => chunk.slice(1, -1).toLowerCase());

interface SegmentPatterns {
  /** The segments, in lower case; those that begin with a slash, or have other characters that enclose segments, by themselves. */
  readonly wanted: ReadonlySet<string>;
  readonly unusual: readonly string[];
  readonly whole: RegExp;
  readonly start: RegExp;
  readonly end: RegExp;
}

/** By the segments: every file of an app is asked with the same ones. */
const patterns = new Map<string, SegmentPatterns>();
const MAX_PATTERNS = 100;

function patternsFor(segments: readonly string[]): SegmentPatterns {
  const key = segments.join();
  let known = patterns.get(key);
  if (!known) {
    if (patterns.size >= MAX_PATTERNS) patterns.clear();
    patterns.set(key, (known = patternsOf(segments)));
  }
  return known;
}

/** A shorter start of a segment is anything. */
const MIN_START = 3;
/** So is a shorter end. */
const MIN_END = 2;

function patternsOf(segments: readonly string[]): SegmentPatterns {
  const open = '[\'"`/}]';
  const close = '[\'"`/?#$\\\\]';
  const split = segments
    .filter((segment) => !segment.startsWith('/'))
    .map((segment) => Array.from(segment, (character) => escaped(character)));
  const whole = segments.map((segment) =>
    segment.startsWith('/') ? escaped(segment) : `${open}${escaped(segment)}${close}`,
  );
  const starts = split.map((characters) => {
    const rest = characters.slice(MIN_START).reduceRight((inner, character) => `(?:${character}${inner})?`, '');
    return `${open}${characters.slice(0, MIN_START).join('')}${rest}${close}`;
  });
  const ends = split.map((characters) => {
    const rest = characters.slice(0, -MIN_END).reduce((inner, character) => `(?:${inner}${character})?`, '');
    return `${open}${rest}${characters.slice(-MIN_END).join('')}${close}`;
  });
  const oneOf = (alternatives: readonly string[], flags: string): RegExp =>
    new RegExp(alternatives.length === 0 ? '(?!)' : alternatives.join('|'), flags);
  const lower = segments.map((segment) => segment.toLowerCase());
  return {
    wanted: new Set(lower),
    unusual: lower.filter((segment) => ENCLOSING.test(segment)),
    whole: oneOf(whole, 'giu'),
    start: oneOf(starts, 'giu'),
    end: oneOf(ends, 'giu'),
  };
}

const escaped = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}]/gu, String.raw`\$&`);

const WITHIN_MODULE_NAME = /\b(?:from|import|require)\s*\(?\s*['"][^'"\n]*$/u;
const MAX_MODULE_NAME = 200;

/** Whether the name of a module begins where a text has a quote, or before that. */
const isModuleName = (text: string, index: number): boolean =>
  WITHIN_MODULE_NAME.test(text.slice(Math.max(0, index - MAX_MODULE_NAME), index + 1));

/** Whether a text has a segment that a pattern (with the flag `g`) finds; the name of a module that is imported is none. */
export function hasSegment(text: string, segments: RegExp): boolean {
  segments.lastIndex = 0;
  for (let found = segments.exec(text); found; found = segments.exec(text)) {
    if (!isModuleName(text, found.index)) return true;
  }
  return false;
}
