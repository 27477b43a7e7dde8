/** What was observed, for docs/verified.md: words and truth values alone, which are the same in every run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATES } from './apps.ts';
import { FOLDER, type State } from './common.ts';

type Observation = Readonly<Record<string, boolean | number | string>>;
type Observations = Record<string, Record<string, Partial<Record<State, Observation>>>>;

const FILE = join(FOLDER, 'observations.json');

function change(by: (all: Observations) => void): void {
  const all = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Observations) : {};
  by(all);
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}

/** Keeps an observation of a group. */
export function record(group: string, name: string, state: State, seen: Observation): void {
  change((all) => {
    ((all[group] ??= {})[name] ??= {})[state] = seen;
  });
}

/** Puts a group in the order of its cases, whichever came first, and drops what is none of them any more. */
export function tidy(group: string, names: readonly string[]): void {
  change((all) => {
    const seen = all[group] ?? {};
    all[group] = Object.fromEntries(
      names.flatMap((name) => {
        const one = seen[name];
        const states = STATES.flatMap((state) => (one?.[state] ? [[state, one[state]] as const] : []));
        return states.length > 0 ? [[name, Object.fromEntries(states)]] : [];
      }),
    );
  });
}
