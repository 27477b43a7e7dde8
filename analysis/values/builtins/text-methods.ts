/** What the methods of strings and patterns give for text that is partly known. */
import type { Located } from '../../syntax/bindings/definitions.ts';
import {
  MAX_ITEMS,
  type Part,
  type TextValue,
  type Value,
  alternativesOf,
  knownNumber,
  knownText,
  listOf,
  literal,
  text,
} from '../values.ts';
import { MAX_TEXT, concatenate } from '../concatenation.ts';
import { MAX_STEPS_TO_TRY, stepsToTry } from './patterns.ts';

function replacedText(
  value: TextValue,
  name: 'replace' | 'replaceAll',
  args: readonly Value[],
  from: Located,
): Value | undefined {
  const known = knownText(value);
  const texts = args.map((arg) => knownText(arg));
  const [first, second] = texts;
  if (known !== undefined && first !== undefined && second !== undefined && texts.every((arg) => arg !== undefined)) {
    const pieces = name === 'replaceAll' ? known.split(first).length : 2;
    // Patterns of the replacement (`$&`) may each be the whole text.
    const length = second.includes('$') ? second.length * (known.length + 1) : second.length;
    if (known.length + pieces * length > MAX_TEXT) return undefined;
    return text(name === 'replace' ? known.replace(first, second) : known.replaceAll(first, second), from);
  }
  const replaced = known === undefined ? undefined : replacedIn(known, args, from);
  if (replaced) return replaced;
  // Replacing in a text of which parts are unknown most often tidies slashes: the parts stay.
  return value.parts.some(({ kind }) => kind !== 'known') ? { ...value, from } : undefined;
}

/** What a method of a string gives; undefined when the analysis does not know it, or the text. */
export function callTextMethod(
  value: TextValue,
  name: string,
  args: readonly Value[],
  from: Located,
): Value | undefined {
  const known = knownText(value);
  const [first] = args.map((arg) => knownText(arg));
  switch (name) {
    case 'toString':
    case 'valueOf':
      return value;
    case 'trim':
    case 'trimEnd':
    case 'trimStart':
      return mapKnown(value, (part, index) => trimPart(part, name, index, value.parts.length), from);
    case 'toLowerCase':
      return mapKnown(value, (part) => part.toLowerCase(), from);
    case 'toUpperCase':
      return mapKnown(value, (part) => part.toUpperCase(), from);
    case 'concat':
      return concatenate([value, ...args], from);
    case 'startsWith':
    case 'endsWith':
      return testEdge(value, name, first, from);
    case 'includes':
      if (first !== undefined && value.parts.some((part) => part.kind === 'known' && part.text.includes(first))) {
        return literal(true, from);
      }
      return known !== undefined && first !== undefined ? literal(false, from) : undefined;
    case 'replace':
    case 'replaceAll':
      return replacedText(value, name, args, from);
    case 'slice':
    case 'substring': {
      const [start, end] = args.map(knownNumber);
      if (known === undefined || start === undefined || (args.length > 1 && end === undefined)) return undefined;
      return text(known[name](start, end), from);
    }
    case 'split':
      if (known === undefined || first === undefined) return undefined;
      return splitText(known, first, from);
    default:
      return undefined;
  }
}

function splitText(known: string, separator: string, from: Located): Value | undefined {
  const pieces = known.split(separator);
  if (pieces.length > MAX_ITEMS) return undefined;
  return listOf(
    pieces.map((piece) => text(piece, from)),
    from,
  );
}

/** A text with a part of it replaced: by what is not known (`path.replace('[locale]', locale)`), or where a pattern fits. */
function replacedIn(known: string, [what, by]: readonly Value[], from: Located): Value | undefined {
  const searched = what && knownText(what);
  if (searched !== undefined && by && by.type !== 'function') {
    const at = known.indexOf(searched);
    return at === -1
      ? text(known, from)
      : concatenate([text(known.slice(0, at), from), by, text(known.slice(at + searched.length), from)], from);
  }
  const replacement = by && knownText(by);
  const regex = what && regexFor(what, known);
  if (!regex || replacement === undefined || (known.length + 1) * (replacement.length + 1) > MAX_TEXT) return undefined;
  return text(known.replace(regex, replacement), from);
}

function trimPart(part: string, method: string, index: number, count: number): string {
  let trimmed = part;
  if (method !== 'trimEnd' && index === 0) trimmed = trimmed.trimStart();
  if (method !== 'trimStart' && index === count - 1) trimmed = trimmed.trimEnd();
  return trimmed;
}

/** Whether a text starts or ends with another. What is known of it may be too short to say so, and still differ. */
function testEdge(
  { parts }: TextValue,
  method: 'endsWith' | 'startsWith',
  edge: string | undefined,
  from: Located,
): Value | undefined {
  if (edge === undefined) return undefined;
  const part = method === 'startsWith' ? parts[0] : parts.at(-1);
  if (!part) return literal(edge === '', from);
  if (part.kind !== 'known') return undefined;
  if (part.text[method](edge)) return literal(true, from);
  return parts.length > 1 && edge[method](part.text) ? undefined : literal(false, from);
}

function mapKnown(value: TextValue, change: (part: string, index: number) => string, from: Located): TextValue {
  const parts = value.parts.map((part, index): Part =>
    part.kind === 'known' ? { ...part, text: change(part.text, index) } : part,
  );
  return { type: 'text', parts: parts.filter((part) => part.kind !== 'known' || part.text !== ''), from };
}

/** The pattern that a value is, if it is written somewhere as a literal and trying it on a text ends soon. */
function regexFor(value: Value, tried: string): RegExp | undefined {
  const node =
    value.type === 'unknown' && value.definition.kind === 'value' && value.definition.path.length === 0
      ? value.definition.node
      : undefined;
  if (node?.type !== 'Literal' || !('regex' in node)) return undefined;
  const { flags, pattern } = node.regex;
  if (stepsToTry(pattern, flags, tried.length) > MAX_STEPS_TO_TRY) return undefined;
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

/** What `/sign-?out/i.test(value)` gives for text that is known; undefined for any other. */
export function testPattern(pattern: Value, value: Value | undefined, from: Located): Value | undefined {
  const answers = (value ? alternativesOf(value) : []).map((one) => {
    const known = knownText(one);
    return known === undefined ? undefined : regexFor(pattern, known)?.test(known);
  });
  const [first] = answers;
  return first === undefined || answers.some((answer) => answer !== first) ? undefined : literal(first, from);
}
