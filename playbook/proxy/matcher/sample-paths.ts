/** URL paths that a route serves: what a visitor might write into its dynamic segments. */
import { decoded } from '../../../project/routes/route-match.ts';

const WORDS = ['a', '1', 'some-page', 'en', 'de', 'b2f1c0de-0000-4000-8000-000000000000'];
const MAX_WORDS = 16;
const MAX_SAMPLES = 240;

/**
 * Some paths that a route of these segments serves. `hints` are texts whose words may be meant for a segment: `/(en|de)/:path*` of a matcher.
 */
export function samplePaths(segments: readonly string[], hints: readonly string[]): readonly string[] {
  const hinted = hints.flatMap((hint) => hint.match(/[\w-]+/gu) ?? []);
  // `/orders/orders` is a path of `/orders/[id]`, and no one meant it.
  const words = [...new Set([...WORDS, ...hinted])].filter((word) => !segments.includes(word)).slice(0, MAX_WORDS);
  const choices = segments.map((segment) => choicesFor(segment, words));
  const count = choices.reduce((product, each) => product * each.length, 1);
  if (count <= MAX_SAMPLES) return product(choices).map(pathOf);
  // Too many to try each with each: the same word everywhere, and each word once in each place.
  const longest = Math.max(...choices.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => pathOf(choices.map((each) => each[index % each.length] ?? [])));
}

const LOCALE_SEGMENT = /^\[(?:\w*locale|lang(?:uage)?|lng)(?:code)?\]$/iu;
const LOCALE = /^[a-z]{2}(?:-\w{2,4})?$/iu;

function choicesFor(segment: string, words: readonly string[]): readonly (readonly string[])[] {
  if (!segment.startsWith('[')) return [[decoded(segment)]];
  // `/admin/:path*` is meant for no locale of `/[locale]/orders`.
  if (LOCALE_SEGMENT.test(segment)) return words.filter((word) => LOCALE.test(word)).map((word) => [word]);
  if (!segment.includes('...')) return words.map((word) => [word]);
  const lists = words.flatMap((word) => [[word], [word, 'a']]);
  return segment.startsWith('[[') ? [[], ...lists] : lists;
}

function product(choices: readonly (readonly (readonly string[])[])[]): (readonly string[])[][] {
  return choices.reduce<(readonly string[])[][]>(
    (paths, each) => paths.flatMap((path) => each.map((choice) => [...path, choice])),
    [[]],
  );
}

const pathOf = (parts: readonly (readonly string[])[]): string => `/${parts.flat().join('/')}`;
