/**
 * Mutated fixtures through all rules and codemods, in one process. `npm run fuzz` (run.mjs) says how many, and of which seed, and which part of
 * them is this process's.
 */
import { expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { createRandom } from '../../helpers/random.ts';
import { movedTo, readSeeds, type Seed } from './corpus.ts';
import { type Fault, lint, outcomeOf, type Thoroughness } from './faults.ts';
import { PLACES } from './forms.ts';
import { createMutator, type Mutator } from './mutations.ts';
import { smaller } from './smaller.ts';

const COUNT = Number(process.env['AUTHKIT_FUZZ_INPUTS'] ?? 1000);
const SEED = Number(process.env['AUTHKIT_FUZZ_SEED'] ?? 1);
/** The number of the first input: of a slice, or of one that failed. */
const FROM = Number(process.env['AUTHKIT_FUZZ_FROM'] ?? 0);
/** `0/2`: the first half. */
const [PART = 0, PARTS = 1] = (process.env['AUTHKIT_FUZZ_PART'] ?? '')
  .split('/')
  .flatMap((n) => (n ? [Number(n)] : []));

/** What all rules together may take for one text, in milliseconds of CPU. */
const BUDGET = 200;
/** What takes so long by itself is no matter of a slow machine: it hangs. */
const HANGS = 10 * BUDGET;

/** What costs more than the rest is asked of every so many inputs. */
const EDITOR_EVERY = 8;
const TOGETHER_EVERY = 3;
const ALL: Thoroughness = { inEditor: true, together: true };

interface Input {
  readonly number: number;
  readonly seed: Seed;
  readonly text: string;
  readonly isParsed: boolean;
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

/** The least of three: what was compiled or collected meanwhile is not the text's. */
const costOf = ({ seed, text }: Input): number =>
  Math.min(
    ...[1, 2, 3].map(() =>
      cpuOf(() => {
        lint(seed, text);
      }),
    ),
  );

/** Each input has a seed of its own, so that one can be made again without those before it. */
function inputOf(seeds: readonly Seed[], number: number, mutate: Mutator): Input {
  const random = createRandom(SEED * 1_000_003 + number);
  const fixture = random.pick(seeds);
  const seed = random.chance(0.08) ? movedTo(random.pick(PLACES), fixture) : fixture;
  return { number, seed, ...mutate(seed.path, seed.text, random) };
}

function shown({ fault, number, seed, text }: Failure): string {
  const least = smaller(text, (one) => outcomeOf(seed, one, ALL).fault?.kind === fault.kind);
  const details = outcomeOf(seed, least, ALL).fault?.details ?? fault.details;
  return `--- seed ${String(SEED)}, input ${String(number)}: ${seed.name}\n${fault.kind}\n${details}\n--- of:\n${JSON.stringify(least).slice(0, 4000)}\n${least.slice(0, 4000)}`;
}

const add = (counts: Map<string, number>, names: readonly string[]): void => {
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
};

it(`${String(COUNT)} inputs of seed ${String(SEED)} break no promise`, () => {
  const seeds = readSeeds();
  const mutate = createMutator();
  const failed = new Set<string>();
  const slow: { readonly cost: number; readonly input: Input }[] = [];
  const reported = new Map<string, number>();
  let [done, parsing, edited] = [0, 0, 0];
  for (let number = FROM + PART; number < COUNT; number += PARTS) {
    const input = inputOf(seeds, number, mutate);
    done += 1;
    if (input.isParsed) parsing += 1;
    const start = performance.now();
    const turn = Math.floor((number - FROM) / PARTS);
    const outcome = outcomeOf(input.seed, input.text, {
      inEditor: turn % EDITOR_EVERY === 0,
      together: turn % TOGETHER_EVERY === 0,
    });
    if (performance.now() - start > BUDGET) {
      const cost = costOf(input);
      if (cost > BUDGET) {
        slow.push({ cost, input });
        console.log(`${String(Math.round(cost))} ms: input ${String(number)}, ${input.seed.name}`);
      }
    }
    add(reported, outcome.reported);
    if (outcome.edited.length > 0) edited += 1;
    const { fault } = outcome;
    if (!fault || failed.has(fault.kind)) continue;
    failed.add(fault.kind);
    // At once: to make it smaller takes a while.
    console.log(`input ${String(number)}: ${fault.kind}`);
    console.log(shown({ ...input, fault }));
  }
  console.log(
    `${String(done)} inputs of seed ${String(SEED)}, ${String(parsing)} of them parse, and ${String(edited)} have an edit; over ${String(BUDGET)} ms of CPU: ${String(slow.length)}`,
  );
  const silent = Object.keys(rules).filter((name) => !reported.has(name));
  expect([...failed]).toEqual([]);
  expect(slow.filter(({ cost }) => cost > HANGS).map(({ input }) => input.number)).toEqual([]);
  expect(parsing).toBeGreaterThan(done / 2);
  expect(edited).toBeGreaterThan(done / 10);
  // Of few inputs some rules may have nothing.
  if (done >= 1000) expect(silent).toEqual([]);
});
