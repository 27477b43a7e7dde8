/** Writes the page of a case. */
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reasonOf } from '../../files/problem.ts';
import type { Terminal } from '../../output/terminal.ts';
import { UsageError } from '../../usage.ts';
import { shownPath, statsOf } from '../evidence/inputs.ts';
import type { CaseReport } from '../report.ts';
import { generatorOf } from '../../output/html-page.ts';
import { asHtml } from './html.ts';

/** Throws a `UsageError`, before any evidence is read, where the file holds something else than an older page of ours. */
export function assertWritable(given: string, { cwd }: Terminal): void {
  const path = resolve(cwd, given);
  const stats = statsOf(path);
  if (!stats) return;
  const isOurs = stats.isFile() && headOf(path).includes(generatorOf('triage'));
  if (!isOurs)
    throw new UsageError(
      `--html ${shownPath(given)} exists, and is not a page that triage has written. Name another file.`,
      { showHelp: false },
    );
}

function headOf(path: string): string {
  const head = Buffer.alloc(2000);
  const descriptor = openSync(path, 'r');
  try {
    return head.toString('utf8', 0, readSync(descriptor, head));
  } finally {
    closeSync(descriptor);
  }
}

/** Throws a `UsageError` where the file can't be written. */
export function writeHtml(given: string, report: CaseReport, { cwd, err }: Terminal): void {
  try {
    writeFileSync(resolve(cwd, given), asHtml(report));
  } catch (error) {
    throw new UsageError(`--html ${shownPath(given)} can't be written: ${reasonOf(error)}.`, { showHelp: false });
  }
  err(`The page is in ${shownPath(given)}.\n`);
}
