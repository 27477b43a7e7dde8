/** What the evidence of a case shows, whatever it was. */
import type { TrafficEvent } from '../../../playbook/evidence/har/events.ts';
import type { Symptom, SymptomName } from '../../../playbook/evidence/symptoms.ts';

export interface Case {
  readonly symptoms: readonly Symptom[];
  /** Never printed. */
  readonly tokens: readonly string[];
  /** Claims of a token whose text is not there. Never printed. */
  readonly claims: readonly Readonly<Record<string, unknown>>[];
  /** The variables of the Convex deployment, where the evidence lists them with their values. */
  readonly convexEnv: Readonly<Record<string, string>> | undefined;
  /** The requests of a HAR that matter. */
  readonly events: readonly TrafficEvent[];
  /** How many more of them there were. */
  readonly omitted: number;
  /** What was looked at, and what it proves of itself: one line for a person each. */
  readonly notes: readonly string[];
  /** Whether all evidence could be understood. */
  readonly isUnderstood: boolean;
}

export const NOTHING: Case = {
  symptoms: [],
  tokens: [],
  claims: [],
  convexEnv: undefined,
  events: [],
  omitted: 0,
  notes: [],
  isUnderstood: true,
};

export const TAKES =
  'triage takes a HAR, a log, an access token, the output of npx convex env list, the JSON of an auth-debug page, or an error text in quotes';

/** A symptom that was seen once, at no known time. */
export function symptom(name: SymptomName, seen: string): Symptom {
  return { name, seen: [seen], count: 1, times: [], frames: [] };
}

/** Several pieces of evidence as one case. */
export function together(cases: readonly Case[]): Case {
  return {
    symptoms: cases.flatMap(({ symptoms }) => symptoms),
    tokens: [...new Set(cases.flatMap(({ tokens }) => tokens))],
    claims: cases.flatMap(({ claims }) => claims),
    convexEnv: cases.findLast(({ convexEnv }) => convexEnv !== undefined)?.convexEnv,
    events: cases.flatMap(({ events }) => events).toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0)),
    omitted: cases.reduce((sum, { omitted }) => sum + omitted, 0),
    notes: cases.flatMap(({ notes }) => notes),
    isUnderstood: cases.every(({ isUnderstood }) => isUnderstood),
  };
}
