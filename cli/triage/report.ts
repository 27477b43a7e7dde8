/** What `triage` returns: the answers of a case, always in the same form. */
import type { TrafficEvent } from '../../playbook/evidence/har/events.ts';
import type { SymptomName } from '../../playbook/evidence/symptoms.ts';
import type { Line } from './lines.ts';

export interface Answer {
  readonly symptom: SymptomName;
  /** The number of the failure in the playbook; 0 for the versions of packages. */
  readonly failure: number;
  readonly title: string;
  /** What was seen in the evidence, in words of our own. */
  readonly seen: readonly string[];
  /** Once, now and then, or in bursts; undefined where the evidence has no times. */
  readonly frequency: Frequency | undefined;
  readonly why: string;
  readonly lines: readonly Line[];
  /** What to look at, where the rules find no line. */
  readonly lookAt: string;
  readonly fix: string;
  /** The codemods that make the edit. */
  readonly codemods: readonly string[];
  /** A command or a click that shows that it is gone. */
  readonly verify: string;
  /** Milliseconds since 1970, or since midnight where a log has no dates; sorted. */
  readonly times: readonly number[];
}

export interface Frequency {
  /** In words: `in bursts, 20 times in 3 s, since 2026-11-27T09:30:00.000Z`. */
  readonly text: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/** A step of a sign-in, looked at without evidence. */
export interface Step {
  readonly title: string;
  readonly status: 'ok' | 'wrong';
  /** What files can't tell, and what would. */
  readonly unknown: string | undefined;
}

export interface CaseReport {
  readonly answers: readonly Answer[];
  /** Only where no evidence was given. */
  readonly steps: readonly Step[];
  /** The requests of HARs that matter, in order. */
  readonly events: readonly TrafficEvent[];
  readonly omitted: number;
  readonly notes: readonly string[];
  /** Whether it is known that nothing is wrong: all of the evidence was understood, and nothing contradicts. */
  readonly isKnown: boolean;
}

export type Verdict = 'found' | 'nothing-found' | 'unknown';

export const verdictOfReport = ({ answers, isKnown }: CaseReport): Verdict =>
  answers.length > 0 ? 'found' : isKnown ? 'nothing-found' : 'unknown';

/** Times of a log without dates are counted from midnight. */
const DAY = 86_400_000;

/** A moment as a report shows it. */
export function shownTime(time: number): string {
  const iso = new Date(time).toISOString();
  return time < DAY ? iso.slice(11, 23) : iso;
}
