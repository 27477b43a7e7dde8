/**
 * How long a regular expression of the linted code may take. It is the code of others: only a pattern whose work is bounded by what it
 * says is tried at all.
 */

/** Some milliseconds. */
export const MAX_STEPS_TO_TRY = 1_000_000;

/** A bounded quantifier up to this is counted as so many tries; a larger one as an endless one. */
const MAX_COUNT = 10;

/**
 * At most so many steps a backtracking engine takes to try a pattern on a text of some length; Infinity for a pattern that repeats a
 * group, for what groups repeat in each other is exponential (`(a|a)*`), and for one that is not understood.
 *
 * Each choice (`|`, `?`) doubles the ways, each unbounded quantifier multiplies them by the length of the text, as does each place where
 * a match may start.
 */
export function stepsToTry(pattern: string, flags: string, length: number): number {
  // Classes nest and hold strings under this flag.
  if (flags.includes('v')) return Infinity;
  let steps = length + 1;
  let isAfterGroup = false;
  for (let index = 0; index < pattern.length && steps <= MAX_STEPS_TO_TRY; index += 1) {
    const character = pattern.charAt(index);
    const wasAfterGroup = isAfterGroup;
    isAfterGroup = false;
    switch (character) {
      case '\\':
        index += 1;
        // A reference back compares a text of any length.
        if (/[1-9k]/u.test(pattern.charAt(index))) return Infinity;
        break;
      case '[':
        index = endOfClass(pattern, index);
        break;
      case '(':
        // `(?:`, `(?=`, `(?<name>`: the question mark repeats nothing.
        if (pattern.charAt(index + 1) === '?') index += 1;
        break;
      case ')':
        isAfterGroup = true;
        break;
      case '|':
      case '?':
        steps *= 2;
        break;
      case '*':
      case '+':
        if (wasAfterGroup) return Infinity;
        steps *= length + 1;
        break;
      case '{': {
        const count = /^\{(?<min>\d+)(?:,(?<max>\d*))?\}/u.exec(pattern.slice(index, index + 24))?.groups;
        if (!count) break;
        if (wasAfterGroup) return Infinity;
        const tries = triesOf(count['min'] ?? '', count['max']);
        steps *= tries === Infinity ? length + 1 : tries;
        break;
      }
      default:
    }
  }
  return steps;
}

/** Between how many repetitions `{min,max}` chooses; a count that is fixed leaves no choice. */
function triesOf(min: string, max: string | undefined): number {
  if (max === undefined) return 1;
  const tries = max === '' ? Infinity : Number(max) - Number(min) + 1;
  return tries > MAX_COUNT ? Infinity : Math.max(1, tries);
}

/** Where a class ends: nothing in it repeats or chooses. */
function endOfClass(pattern: string, start: number): number {
  let index = start + 1;
  while (index < pattern.length && pattern.charAt(index) !== ']') index += pattern.charAt(index) === '\\' ? 2 : 1;
  return index;
}
