/** Names of variables that are one another but for a slip of the hand. */
import { editDistance } from '../analysis/texts/edit-distance.ts';

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
  return name.replace(/\D/gu, '') === other.replace(/\D/gu, '') && isNear(name, other);
}

const letters = (name: string): string => name.replaceAll(/[^A-Za-z\d]/gu, '').toUpperCase();

// Most names differ in length already.
const isNear = (name: string, other: string): boolean =>
  Math.abs(name.length - other.length) <= MAX_DISTANCE && editDistance(name, other) <= MAX_DISTANCE;
