/** Names of variables that are one another but for a slip of the hand. */

/** Shorter names are too easily others of their own. */
const MIN_LENGTH = 10;
const MAX_DISTANCE = 2;

/**
 * Whether a name is most likely meant to be another one: the same but for underscores and case, or for one or two letters
 * within. A name that goes on where the other ends (`WORKOS_CLIENT_ID_DEV`), or differs in a number, is another variable.
 */
export function isMisspellingOf(name: string, other: string): boolean {
  if (name === other || Math.min(name.length, other.length) < MIN_LENGTH) return false;
  if (name.startsWith(other) || other.startsWith(name) || name.endsWith(other) || other.endsWith(name)) return false;
  if (letters(name) === letters(other)) return true;
  return name.replace(/\D/gu, '') === other.replace(/\D/gu, '') && distance(name, other) <= MAX_DISTANCE;
}

const letters = (name: string): string => name.replaceAll(/[^A-Za-z\d]/gu, '').toUpperCase();

/** The number of letters to change, add, remove or swap; more than the limit count as one more than it. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MAX_DISTANCE) return MAX_DISTANCE + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwap) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
