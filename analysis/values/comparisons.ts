/** How values come out in tests: whether they are true, unset, or equal; undefined where that is not known. */
import { type OneOfValue, type Part, type Value, alternativesOf, knownText } from './values.ts';

/** Whether JavaScript takes the value for true; undefined when that is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.type) {
    case 'text':
      if (value.parts.some(isFilled)) return true;
      return value.parts.length === 0 ? false : value.truth;
    case 'literal':
      return Boolean(value.value);
    case 'oneOf':
      return agreed(value.values.map(truthOf));
    case 'unknown':
      return value.isSet === true ? true : value.truth;
    default:
      return true;
  }
}

/**
 * A value of which a test has shown how it comes out: where `a || b` gives `a`, that is true. So `unknown || true` is true, whatever
 * the unknown is.
 */
export function knownToBe(truth: boolean, value: Exclude<Value, OneOfValue>): Exclude<Value, OneOfValue> {
  return value.type === 'text' || value.type === 'unknown' ? { ...value, truth } : value;
}

function isFilled(part: Part): boolean {
  if (part.kind === 'known') return part.text !== '';
  return part.kind === 'env' ? part.presence === 'set' : part.value.isSet === true;
}

/** Whether the value is null or undefined; undefined when that is not known. */
export function isNullish(value: Value): boolean | undefined {
  switch (value.type) {
    case 'literal':
      return value.value === null || value.value === undefined;
    case 'text': {
      if (value.truth === true) return false;
      const [only] = value.parts;
      return value.parts.length === 1 && only?.kind === 'env' && only.presence === 'maybe' ? undefined : false;
    }
    case 'oneOf':
      return agreed(value.values.map(isNullish));
    case 'unknown':
      return value.isSet === true || value.truth === true ? false : undefined;
    default:
      return false;
  }
}

/** Whether `===` holds between two values; undefined when that is not known. */
export function areEqual(a: Value, b: Value): boolean | undefined {
  if (a.type === 'oneOf' || b.type === 'oneOf') {
    return agreed(alternativesOf(a).flatMap((left) => alternativesOf(b).map((right) => areEqual(left, right))));
  }
  if (a.type === 'unknown' || b.type === 'unknown') return undefined;
  if (a.type === 'literal' && b.type === 'literal') return a.value === b.value;
  if (a.type === 'text' && b.type === 'text') {
    const [left, right] = [knownText(a), knownText(b)];
    if (left !== undefined && right !== undefined) return left === right;
    return (left === '' && truthOf(b) === true) || (right === '' && truthOf(a) === true) ? false : undefined;
  }
  if (a.type !== b.type) {
    const [unset, other] = a.type === 'literal' ? [a, b] : [b, a];
    return unset.type === 'literal' && unset.value === undefined && isNullish(other) === undefined ? undefined : false;
  }
  return undefined;
}

/** The same of `==`: what is unset equals what is unset. What else is of another type is turned into one of the same, which is not followed. */
export function areLooselyEqual(a: Value, b: Value): boolean | undefined {
  if (a.type === 'oneOf' || b.type === 'oneOf') {
    return agreed(alternativesOf(a).flatMap((left) => alternativesOf(b).map((right) => areLooselyEqual(left, right))));
  }
  const [left, right] = [isNullish(a), isNullish(b)];
  if (left === true) return right;
  if (right === true) return left;
  const isOfOneType =
    a.type === b.type && (a.type !== 'literal' || b.type !== 'literal' || typeof a.value === typeof b.value);
  return isOfOneType ? areEqual(a, b) : undefined;
}

function agreed(answers: readonly (boolean | undefined)[]): boolean | undefined {
  const [first] = answers;
  return answers.every((answer) => answer === first) ? first : undefined;
}
