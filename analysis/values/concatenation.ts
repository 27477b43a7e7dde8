/** Texts that are joined, by a template, by `+` or by `join()`. */
import { reachLimit } from '../limits.ts';
import type { Located } from '../syntax/bindings/definitions.ts';
import {
  MAX_ALTERNATIVES,
  type OneOfValue,
  type Part,
  type Value,
  alternativesOf,
  knownNumber,
  literal,
  oneOf,
  unknown,
} from './values.ts';

/** No path or URL is longer, or has more pieces: names that double each other would fill the memory. */
export const MAX_TEXT = 100_000;
const MAX_PARTS = 1_000;

/** Joins values to one text, as a template does. Alternatives multiply; what is no text becomes an unknown part. */
export function concatenate(values: readonly Value[], from: Located): Value {
  let texts: (readonly Part[])[] = [[]];
  for (const value of values) {
    const pieces = alternativesOf(value).map(partsOf);
    texts = texts.flatMap((left) => pieces.map((right) => join(left, right)));
    if (texts.length > MAX_ALTERNATIVES) return unknown(from);
    if (texts.some(isTooLong)) {
      reachLimit(from.file.path);
      return unknown(from);
    }
  }
  return oneOf(
    texts.map((parts) => ({ type: 'text', parts, from })),
    from,
  );
}

/** What `+` gives where one of the values is text; undefined for others. */
export function addedText(values: readonly Value[], from: Located): Value | undefined {
  const start = values.findIndex((value) =>
    alternativesOf(value).some(({ type }) => type === 'text' || type === 'url'),
  );
  return start === -1
    ? undefined
    : concatenate([...summed(values.slice(0, start), from), ...values.slice(start)], from);
}

/** What comes before the first text is added up: `1 + 2 + 'a'` is `3a`. */
function summed(values: readonly Value[], from: Located): readonly Value[] {
  if (values.length < 2) return values;
  const numbers = values.map(knownNumber).filter((number) => number !== undefined);
  if (numbers.length === values.length)
    return [
      literal(
        numbers.reduce((sum, number) => sum + number),
        from,
      ),
    ];
  // What is not known may be a number, which the others are added to.
  return values.some(({ type }) => type === 'literal') ? [unknown(from)] : values;
}

function isTooLong(parts: readonly Part[]): boolean {
  if (parts.length > MAX_PARTS) return true;
  return parts.reduce((length, part) => length + (part.kind === 'known' ? part.text.length : 1), 0) > MAX_TEXT;
}

function partsOf(value: Exclude<Value, OneOfValue>): readonly Part[] {
  switch (value.type) {
    case 'text':
      return value.parts;
    case 'url':
      return value.href.parts;
    case 'literal':
      return [{ kind: 'known', text: String(value.value) }];
    case 'unknown':
      return [{ kind: 'unknown', value }];
    default:
      return [{ kind: 'unknown', value: unknown(value.from) }];
  }
}

function join(left: readonly Part[], right: readonly Part[]): readonly Part[] {
  const [last, first] = [left.at(-1), right[0]];
  if (last?.kind === 'known' && first?.kind === 'known') {
    return [
      ...left.slice(0, -1),
      { kind: 'known', text: last.text + first.text, from: last.from ?? first.from },
      ...right.slice(1),
    ];
  }
  return [...left, ...right];
}
