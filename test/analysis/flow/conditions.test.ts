/** Formulas: what they are when their atoms are known, unknown, or the same one twice. */
import { describe, expect, it } from 'vitest';
import {
  type Atom,
  type Condition,
  all,
  any,
  atom,
  atomsOf,
  choose,
  holds,
  known,
  mayHold,
  not,
  replaceAtoms,
  truthIn,
  truthWhere,
  worldsOf,
} from '../../../analysis/flow/conditions.ts';

const [a, b, c] = ['a', 'b', 'c'].map((key) => atom<Atom>({ key })) as [
  Condition<Atom>,
  Condition<Atom>,
  Condition<Atom>,
];

describe('in every world', () => {
  it.each<[string, Condition<Atom>, boolean | undefined]>([
    ['a && !a is false', all([a, not(a)]), false],
    ['a || !a is true', any([a, not(a)]), true],
    ['a && b depends', all([a, b]), undefined],
    ['(a ? b : !b) && a && !b is false', all([choose(a, b, not(b)), a, not(b)]), false],
    ['!(a && b) || a is true', any([not(all([a, b])), a]), true],
    ['nothing at all is true', all([]), true],
    ['none of nothing is true', any([]), false],
    ['a ? b : b depends', choose(a, b, b), undefined],
  ])('%s', (_, condition, expected) => {
    expect(truthIn(condition)).toBe(expected);
    expect(mayHold(condition)).toBe(expected !== false);
  });

  it('decides what depends on more atoms than there are worlds to try', () => {
    const many = Array.from({ length: 60 }, (_, index) => atom<Atom>({ key: String(index) }));
    expect(truthIn(all([...many, not(any(many))]))).toBe(false);
  });

  it('gives up on what takes too long, and says that it may be so', () => {
    const pairs = Array.from({ length: 40 }, (_, index) =>
      any([atom<Atom>({ key: `l${String(index)}` }), atom<Atom>({ key: `r${String(index)}` })]),
    );
    expect(truthIn(all([all(pairs), not(all(pairs))]))).toBe(undefined);
  });
});

describe('with what is fixed', () => {
  it.each<[string, Condition<Atom>, Record<string, boolean>, boolean | undefined]>([
    ['a && b where a is false', all([a, b]), { a: false }, false],
    ['a && b where a is true', all([a, b]), { a: true }, undefined],
    ['a ? b : c where both are true', choose(a, b, c), { b: true, c: true }, true],
  ])('%s', (_, condition, fixed, expected) => {
    expect(truthIn(condition, new Map(Object.entries(fixed)))).toBe(expected);
  });
});

describe('one look at each atom', () => {
  const truths: Record<string, boolean> = { a: true, b: false };
  it.each<[string, Condition<Atom>, boolean | undefined]>([
    ['a && c is unknown', all([a, c]), undefined],
    ['b && c is false', all([b, c]), false],
    ['c && !c is unknown: an atom is not held against itself', all([c, not(c)]), undefined],
    ['c ? b : b is false', { kind: 'if', test: c, then: b, otherwise: b }, false],
  ])('%s', (_, condition, expected) => {
    expect(truthWhere(condition, ({ key }) => (typeof key === 'string' ? truths[key] : undefined))).toBe(expected);
  });

  it('does not look at what no longer counts', () => {
    const looked: unknown[] = [];
    truthWhere(any([a, b]), ({ key }) => {
      looked.push(key);
      return true;
    });
    expect(looked).toEqual(['a']);
  });
});

it('an atom that a world does not have is false in it', () => {
  expect(holds(not(a), new Map())).toBe(true);
});

it('puts other conditions in the place of atoms, and none in the place of one that has none', () => {
  const by = ({ key }: Atom): Condition<Atom> | undefined => (key === 'a' ? known(false) : key === 'b' ? c : undefined);
  expect(replaceAtoms(any([a, b]), by)).toEqual(c);
  expect(replaceAtoms(all([a, c]), by)).toEqual(known(false));
  expect(replaceAtoms(all([b, c]), by)).toBe(undefined);
});

it('lists atoms in the order in which they are read, those of shared parts once', () => {
  const shared = all([a, b]);
  expect(atomsOf(any([shared, c, shared])).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
});

it('makes no worlds where there are too many', () => {
  expect(worldsOf([all([a, b])], new Map([['a', true]]))).toHaveLength(2);
  expect(
    worldsOf(
      Array.from({ length: 9 }, (_, index) => atom<Atom>({ key: String(index) })),
      new Map(),
    ),
  ).toEqual([]);
});
