/**
 * Conditions as formulas. They answer questions by trying values, so nothing is guessed: `a && !a` is false, `a || !a` true, whatever `a` is.
 * What an atom means depends on who asks: a test in the code, a value of a hook.
 */

export interface Atom {
  /** Two atoms of one key have the same truth. */
  readonly key: object | string;
}

export type Condition<A extends Atom> =
  | { readonly kind: 'known'; readonly value: boolean }
  | { readonly kind: 'atom'; readonly atom: A }
  | { readonly kind: 'not'; readonly of: Condition<A> }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition<A>[] }
  | { readonly kind: 'if'; readonly test: Condition<A>; readonly then: Condition<A>; readonly otherwise: Condition<A> };

type Known = Condition<never>;

const TRUE: Known = { kind: 'known', value: true };
const FALSE: Known = { kind: 'known', value: false };

export const known = (value: boolean): Known => (value ? TRUE : FALSE);
/** Whether a condition holds, or does not, whatever its atoms are. */
export const isAlways = (condition: Condition<Atom>): boolean => condition.kind === 'known' && condition.value;
export const isNever = (condition: Condition<Atom>): boolean => condition.kind === 'known' && !condition.value;
export const atom = <A extends Atom>(of: A): Condition<A> => ({ kind: 'atom', atom: of });

export function not<A extends Atom>(of: Condition<A>): Condition<A> {
  if (of.kind === 'known') return known(!of.value);
  return of.kind === 'not' ? of.of : { kind: 'not', of };
}

/** True where all are; of none, true. */
export const all = <A extends Atom>(conditions: readonly Condition<A>[]): Condition<A> => joined('and', conditions);
/** True where one is; of none, false. */
export const any = <A extends Atom>(conditions: readonly Condition<A>[]): Condition<A> => joined('or', conditions);

function joined<A extends Atom>(kind: 'and' | 'or', conditions: readonly Condition<A>[]): Condition<A> {
  const ends = kind === 'or';
  const open = conditions.filter((one) => one.kind !== 'known' || one.value === ends);
  if (open.some((one) => one.kind === 'known')) return known(ends);
  const [only] = open;
  if (!only) return known(!ends);
  return open.length === 1 ? only : { kind, of: open };
}

const GROUP = 16;

/**
 * Gives the first so many of some conditions as a few that together are true where all of them are: what stands before each statement of a long list
 * is the same for the next one, but for the last group.
 */
export function grouped<A extends Atom>(conditions: readonly Condition<A>[]): (count: number) => Condition<A>[] {
  const levels = [conditions];
  for (let below = conditions; below.length >= GROUP;) {
    const groups = Array.from({ length: Math.floor(below.length / GROUP) }, (_, index) =>
      all(below.slice(index * GROUP, (index + 1) * GROUP)),
    );
    levels.push(groups);
    below = groups;
  }
  return (count) => {
    const first: Condition<A>[] = [];
    let taken = 0;
    for (const [level, groups] of [...levels.entries()].toReversed()) {
      const size = GROUP ** level;
      const end = Math.floor(count / size);
      first.push(...groups.slice(taken / size, end));
      taken = Math.max(taken, end * size);
    }
    return first;
  };
}

/** `test ? then : otherwise`. */
export function choose<A extends Atom>(test: Condition<A>, then: Condition<A>, otherwise: Condition<A>): Condition<A> {
  if (test.kind === 'known') return test.value ? then : otherwise;
  if (then.kind === 'known' && otherwise.kind === 'known') {
    if (then.value === otherwise.value) return then;
    return then.value ? test : not(test);
  }
  return { kind: 'if', test, then, otherwise };
}

/** The atoms of a condition, in the order in which they are read. */
export function atomsOf<A extends Atom>(condition: Condition<A>): A[] {
  const atoms: A[] = [];
  // Parts that a condition has in several places are looked at once.
  const seen = new Set<Condition<A>>();
  const stack = [condition];
  for (let one = stack.pop(); one; one = stack.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (one.kind === 'atom') atoms.push(one.atom);
    else if (one.kind === 'not') stack.push(one.of);
    else if (one.kind === 'if') stack.push(one.otherwise, one.then, one.test);
    else if (one.kind !== 'known') stack.push(...one.of.toReversed());
  }
  return atoms;
}

/** The truth of a condition whose atoms may be unknown: undefined where it depends on one of those. An atom is asked for when it counts. */
export function truthWhere<A extends Atom>(
  condition: Condition<A>,
  truthOf: (atom: A) => boolean | undefined,
): boolean | undefined {
  switch (condition.kind) {
    case 'known':
      return condition.value;
    case 'atom':
      return truthOf(condition.atom);
    case 'not': {
      const truth = truthWhere(condition.of, truthOf);
      return truth === undefined ? undefined : !truth;
    }
    case 'and':
    case 'or': {
      const ends = condition.kind === 'or';
      let isOpen = false;
      for (const one of condition.of) {
        const truth = truthWhere(one, truthOf);
        if (truth === ends) return ends;
        isOpen ||= truth === undefined;
      }
      return isOpen ? undefined : !ends;
    }
    case 'if': {
      const test = truthWhere(condition.test, truthOf);
      if (test !== undefined) return truthWhere(test ? condition.then : condition.otherwise, truthOf);
      const then = truthWhere(condition.then, truthOf);
      return then !== undefined && then === truthWhere(condition.otherwise, truthOf) ? then : undefined;
    }
  }
}

/** What is left of a condition when each atom is replaced; undefined where one has no replacement. */
export function replaceAtoms<A extends Atom, B extends Atom>(
  condition: Condition<A>,
  by: (atom: A) => Condition<B> | undefined,
): Condition<B> | undefined {
  switch (condition.kind) {
    case 'known':
      return condition;
    case 'atom':
      return by(condition.atom);
    case 'not': {
      const of = replaceAtoms(condition.of, by);
      return of && not(of);
    }
    case 'and':
    case 'or': {
      const parts: Condition<B>[] = [];
      for (const one of condition.of) {
        const part = replaceAtoms(one, by);
        if (!part) return undefined;
        // What follows does not count: `false && unknown`.
        if (part.kind === 'known' && part.value === (condition.kind === 'or')) return part;
        parts.push(part);
      }
      return joined(condition.kind, parts);
    }
    case 'if': {
      const test = replaceAtoms(condition.test, by);
      if (test?.kind === 'known') return replaceAtoms(test.value ? condition.then : condition.otherwise, by);
      const then = test && replaceAtoms(condition.then, by);
      const otherwise = then && replaceAtoms(condition.otherwise, by);
      return test && then && otherwise && choose(test, then, otherwise);
    }
  }
}

/** What each atom is. */
export type World = ReadonlyMap<Atom['key'], boolean>;

/** The truth of a condition in a world; an atom that the world does not have counts as false. */
export const holds = <A extends Atom>(condition: Condition<A>, world: World): boolean =>
  truthWhere(condition, ({ key }) => world.get(key) ?? false) === true;

const MAX_FREE = 8;

/**
 * Every world that agrees with what is fixed, the atoms that are left free having each value. Empty when there are too
 * many of them: then nothing can be said.
 */
export function worldsOf<A extends Atom>(conditions: readonly Condition<A>[], fixed: World): World[] {
  const keys = conditions.flatMap((condition) => atomsOf(condition).map(({ key }) => key));
  const free = new Set(keys.filter((key) => !fixed.has(key)));
  if (free.size > MAX_FREE) return [];
  let worlds: Map<Atom['key'], boolean>[] = [new Map(fixed)];
  for (const key of free)
    worlds = worlds.flatMap((world) => [new Map(world).set(key, false), new Map(world).set(key, true)]);
  return worlds;
}

/** So many atoms are looked at before a question is given up. */
const MAX_LOOKS = 10_000;

/** The truth of a condition when every world agrees on it; undefined when they differ, or are too many to try. */
export function truthIn<A extends Atom>(condition: Condition<A>, fixed: World = new Map()): boolean | undefined {
  if (condition.kind === 'known') return condition.value;
  if (!mayHold(condition, fixed)) return false;
  return mayHold(not(condition), fixed) ? undefined : true;
}

/** Whether some world makes a condition true. Tries values for the atoms that count, in their order; yes where that takes too long. */
export function mayHold<A extends Atom>(condition: Condition<A>, fixed: World = new Map()): boolean {
  const world = new Map(fixed);
  let looks = MAX_LOOKS;
  const search = (): boolean => {
    let open: Atom['key'] | undefined;
    const truth = truthWhere(condition, ({ key }) => {
      looks -= 1;
      const value = world.get(key);
      if (value === undefined) open ??= key;
      return value;
    });
    if (truth !== undefined || open === undefined || looks < 0) return truth ?? true;
    for (const value of [true, false]) {
      world.set(open, value);
      if (search()) return true;
    }
    world.delete(open);
    return false;
  };
  return search();
}
