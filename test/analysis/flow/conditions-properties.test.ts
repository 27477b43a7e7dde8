/** Formulas next to their truth table. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Atom,
  type Condition,
  all,
  any,
  atom,
  atomsOf,
  choose,
  holds as holdsIn,
  known,
  mayHold,
  not,
  replaceAtoms,
  truthIn,
  truthWhere,
  type World,
  worldsOf,
} from '../../../analysis/flow/conditions.ts';
import { holds } from '../../helpers/properties.ts';

const KEYS = ['a', 'b', 'c', 'd'] as const;

/** A condition, and the same as a function of what its atoms are. */
interface Formula {
  readonly condition: Condition<Atom>;
  readonly value: (world: World) => boolean;
}

const { formula } = fc.letrec<{ formula: Formula }>((tie) => {
  const parts = fc.array(tie('formula'), { maxLength: 3 });
  return {
    formula: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'formula' },
      fc
        .constantFrom(...KEYS)
        .map((key): Formula => ({ condition: atom({ key }), value: (world) => world.get(key) === true })),
      fc.boolean().map((is): Formula => ({ condition: known(is), value: () => is })),
      tie('formula').map((of): Formula => ({ condition: not(of.condition), value: (world) => !of.value(world) })),
      parts.map((of): Formula => ({
        condition: all(of.map(({ condition }) => condition)),
        value: (world) => of.every(({ value }) => value(world)),
      })),
      parts.map((of): Formula => ({
        condition: any(of.map(({ condition }) => condition)),
        value: (world) => of.some(({ value }) => value(world)),
      })),
      fc.tuple(tie('formula'), tie('formula'), tie('formula')).map(([test, then, otherwise]): Formula => ({
        condition: choose(test.condition, then.condition, otherwise.condition),
        value: (world) => (test.value(world) ? then : otherwise).value(world),
      })),
    ),
  };
});

/** Some atoms, with what they are. */
const fixed = fc
  .array(fc.tuple(fc.constantFrom(...KEYS), fc.boolean()), { maxLength: 4 })
  .map((values): World => new Map(values));

/** Every world of all atoms that agrees with what is fixed. */
function tableOf(given: World): World[] {
  return Array.from({ length: 2 ** KEYS.length }, (_, row) => {
    return new Map(KEYS.map((key, index) => [key, given.get(key) ?? ((row >> index) & 1) === 1]));
  });
}

it('a condition is what the formula is, in every world', () => {
  holds(
    fc.property(formula, ({ condition, value }) => {
      for (const world of tableOf(new Map())) expect(holdsIn(condition, world)).toBe(value(world));
    }),
    500,
  );
});

it('it may hold where one row of the table is true, and has a truth where all rows that are left are the same', () => {
  holds(
    fc.property(formula, fixed, ({ condition, value }, given) => {
      const rows = new Set(tableOf(given).map(value));
      expect(mayHold(condition, given)).toBe(rows.has(true));
      expect(truthIn(condition, given)).toBe(rows.size === 1 ? rows.has(true) : undefined);
    }),
    1000,
  );
});

it('what is known of it where atoms are unknown is so in every world', () => {
  holds(
    fc.property(formula, fixed, ({ condition, value }, given) => {
      const truth = truthWhere(condition, ({ key }) => given.get(key));
      if (truth !== undefined) expect(new Set(tableOf(given).map(value))).toEqual(new Set([truth]));
    }),
    1000,
  );
});

it('its worlds are as many as the atoms that are free have values, and each agrees with what is fixed', () => {
  holds(
    fc.property(formula, fixed, ({ condition }, given) => {
      const free = new Set(atomsOf(condition).flatMap(({ key }) => (given.has(key) ? [] : [key])));
      const worlds = worldsOf([condition], given);
      expect(new Set(worlds.map((world) => JSON.stringify([...world].sort()))).size).toBe(2 ** free.size);
      for (const world of worlds) for (const [key, is] of given) expect(world.get(key)).toBe(is);
    }),
  );
});

it('with other formulas in the place of its atoms it is the formula of them', () => {
  holds(
    fc.property(formula, fc.array(formula, { minLength: 4, maxLength: 4 }), ({ condition, value }, others) => {
      const by = (key: Atom['key']) => others[KEYS.findIndex((one) => one === key)];
      const replaced = replaceAtoms(condition, ({ key }) => by(key)?.condition);
      for (const world of tableOf(new Map())) {
        const inner = new Map(KEYS.map((key) => [key, by(key)?.value(world) ?? false]));
        expect(replaced && holdsIn(replaced, world)).toBe(value(inner));
      }
    }),
  );
});
