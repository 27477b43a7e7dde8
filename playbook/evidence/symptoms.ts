/** What of the symptoms a piece of evidence shows. */
import type { SYMPTOMS } from './symptom-kinds.ts';

export type SymptomName = keyof typeof SYMPTOMS;

/** So many of one kind are a loop, and not an accident. */
export const LOOP = 5;

/** Something that the evidence shows, with what was seen in words of our own: nothing of the evidence itself is repeated but known texts and paths. */
export interface Symptom {
  readonly name: SymptomName;
  /** Lines for a person: what was seen, and where in the evidence. */
  readonly seen: readonly string[];
  /** How often. */
  readonly count: number;
  /** When, in milliseconds since 1970, where the evidence says it. In order. */
  readonly times: readonly number[];
  /** The URL path of the page on which it happened. */
  readonly page?: string;
  /** The URL path that was asked for: `/sign-out`. */
  readonly path?: string;
  readonly redirectUri?: string;
  /** Places of the project that the evidence names: stack frames of the log. */
  readonly frames: readonly string[];
}

/** Tokens that the evidence holds, to be judged; they are printed nowhere. */
export interface Evidence {
  readonly symptoms: readonly Symptom[];
  readonly tokens: readonly string[];
}
