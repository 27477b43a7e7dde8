/** What was observed, for docs/verified.md: words and truth values alone, which are the same in every run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDER, type State } from './apps.ts';

export type Observation = Readonly<Record<string, boolean | number | string>>;
export type Observations = Record<string, Record<string, Partial<Record<State, Observation>>>>;

export const FILE = join(FOLDER, 'observations.json');

export function observations(): Observations {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Observations) : {};
}

/** Keeps an observation of the gallery `group`. */
export function record(group: string, name: string, state: State, seen: Observation): void {
  const all = observations();
  ((all[group] ??= {})[name] ??= {})[state] = seen;
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}
