/** What a program reads of a case: triage.schema.json has the form. */
import { redact } from '../../../analysis/texts/redact.ts';
import { type Answer, type CaseReport, verdictOfReport } from '../report.ts';

/** Raised when a field is renamed or removed, or changes its meaning. */
export const JSON_VERSION = 1;

export function asJson(report: CaseReport): string {
  const { events, notes, omitted, steps } = report;
  const json = {
    version: JSON_VERSION,
    kind: 'case',
    verdict: verdictOfReport(report),
    answers: report.answers.map(answerOf),
    steps: steps.map(({ status, title, unknown }) => ({ title, status, unknown: unknown ?? null })),
    requests: events.map(({ symptom, time, ...event }) => ({
      time: time === undefined ? null : isoOf(time),
      ...event,
      symptom: symptom ?? null,
    })),
    requestsOmitted: omitted,
    notes,
  };
  const clean = (_key: string, value: unknown): unknown => (typeof value === 'string' ? redact(value) : value);
  return `${JSON.stringify(json, clean, 2)}\n`;
}

function answerOf({ frequency, lines, times: _times, ...answer }: Answer) {
  return {
    ...answer,
    frequency: frequency ? { ...frequency, first: isoOf(frequency.first), last: isoOf(frequency.last) } : null,
    locations: lines.map(({ codemod, ...line }) => ({ ...line, codemod: codemod ?? null })),
  };
}

const isoOf = (time: number): string => new Date(time).toISOString();
