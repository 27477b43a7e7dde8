/** Mutated fixtures through all rules and codemods, in one process. `npm run fuzz` (run.mjs) says how many, and of which seed. */
import { expect, it } from 'vitest';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import { createRandom } from '../../helpers/random.ts';
import { readSeeds, type Seed } from './corpus.ts';
import { type Fault, type Outcome, outcomeOf } from './faults.ts';
import { mutated } from './mutations.ts';
import { smaller } from './smaller.ts';

const COUNT = Number(process.env['AUTHKIT_FUZZ_INPUTS'] ?? 1000);
const SEED = Number(process.env['AUTHKIT_FUZZ_SEED'] ?? 1);

/** What one text may cost, in milliseconds of CPU. */
const BUDGET = 200;
/** All promises are checked, most of them several times over, in ESLint as well: so often more. */
const FACTOR = 5;

interface Input {
  readonly number: number;
  readonly seed: Seed;
  readonly text: string;
}

interface Failure extends Input {
  readonly fault: Fault;
}

function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { system, user } = process.cpuUsage(before);
  return (system + user) / 1000;
}

/** Each input has a seed of its own, so that one can be made again without those before it. */
function inputOf(seeds: readonly Seed[], number: number): Input {
  const random = createRandom(SEED * 1_000_003 + number);
  const seed = random.pick(seeds);
  return { number, seed, text: mutated(seed.path, seed.text, random) };
}

function shown({ fault, number, seed, text }: Failure): string {
  const least = smaller(text, (one) => outcomeOf(seed, one).fault?.kind === fault.kind);
  const details = outcomeOf(seed, least).fault?.details ?? fault.details;
  return `--- seed ${String(SEED)}, input ${String(number)}: ${seed.name}\n${fault.kind}\n${details}\n--- of:\n${JSON.stringify(least)}\n${least}`;
}

it(`${String(COUNT)} inputs of seed ${String(SEED)} break no promise`, () => {
  const seeds = readSeeds();
  const failed = new Set<string>();
  const slow: string[] = [];
  let [parsing, edited] = [0, 0];
  for (let number = 0; number < COUNT; number += 1) {
    const input = inputOf(seeds, number);
    const { seed, text } = input;
    if (parseSourceFile(seed.path, text).ok) parsing += 1;
    let outcome: Outcome | undefined;
    let cost = cpuOf(() => (outcome = outcomeOf(seed, text)));
    // Once more: what was compiled or collected meanwhile is not the text's.
    if (cost > BUDGET * FACTOR)
      cost = Math.min(
        cost,
        cpuOf(() => outcomeOf(seed, text)),
      );
    if (cost > BUDGET * FACTOR) slow.push(`${String(Math.round(cost))} ms: input ${String(number)}, ${seed.name}`);
    const { fault, isEdited = false } = outcome ?? {};
    if (isEdited) edited += 1;
    if (!fault || failed.has(fault.kind)) continue;
    failed.add(fault.kind);
    console.log(shown({ ...input, fault }));
  }
  console.log(
    `${String(COUNT)} inputs of seed ${String(SEED)}, ${String(parsing)} of them parse, and ${String(edited)} have an edit`,
  );
  console.log(`over ${String(BUDGET)} ms of CPU, ${String(FACTOR)} times over: ${String(slow.length)}`);
  for (const line of slow) console.log(line);
  expect([...failed]).toEqual([]);
  expect(parsing).toBeGreaterThan(COUNT / 2);
  expect(edited).toBeGreaterThan(COUNT / 10);
});
