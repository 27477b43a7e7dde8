/** The requests of a HAR that matter to a sign-in, for the timeline and the table of a report. */
import { hostOf, pathOf } from '../urls.ts';
import type { SymptomName } from '../symptoms.ts';
import type { Request } from './entry.ts';

export type RequestKind = 'page' | 'prefetch' | 'router' | 'server action' | 'sign-in' | 'socket' | 'other';

export interface TrafficEvent {
  readonly kind: RequestKind;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
  /** What it did, in words of our own; empty where it did nothing of note. */
  readonly effect: string;
  readonly symptom: SymptomName | undefined;
}

/** More of one kind and effect are counted. */
const MAX_ALIKE = 200;
const MAX_EVENTS = 2_000;

export interface EventRecorder {
  readonly add: (request: Request, kind: RequestKind, effect?: string, symptom?: SymptomName) => void;
  readonly events: () => readonly TrafficEvent[];
  /** How many were left out. */
  readonly omitted: () => number;
}

export function createEventRecorder(): EventRecorder {
  const events: TrafficEvent[] = [];
  const alike = new Map<string, number>();
  let omitted = 0;
  return {
    add({ method, status, time, url }, kind, effect = '', symptom) {
      const key = `${kind} ${effect}`;
      const count = alike.get(key) ?? 0;
      alike.set(key, count + 1);
      if (count >= MAX_ALIKE || events.length >= MAX_EVENTS) omitted += 1;
      else
        events.push({
          kind,
          time,
          method: methodOf(method),
          host: hostOf(url),
          path: pathOf(url),
          status,
          effect,
          symptom,
        });
    },
    events: () => events.toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0)),
    omitted: () => omitted,
  };
}

/** A method is one of HTTP's; whatever else is in its place is not repeated. */
const methodOf = (method: string): string => (/^[A-Z]{3,8}$/u.test(method) ? method : '?');
