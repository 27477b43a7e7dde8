/** A formula over the values that the WorkOS hooks return, own state, and whatever else there is. It answers questions by trying values, so nothing is guessed. */
import type { Node } from '../../../analysis/syntax/ast.ts';
import type { WorkOSValue } from '../sdk.ts';
import type { Ref } from './call-contexts.ts';

export interface Atom {
  /** Two atoms of one key are the same value. */
  readonly key: string;
  readonly value: WorkOSValue | 'flag' | 'opaque' | 'ref' | 'state';
  /** The `useState` call of a state, with the member that is read of it; the `useRef` call of a ref. */
  readonly state?: Ref;
  /** What the state has to be: `status === 'busy'`. Its truth counts where this is undefined. */
  readonly equals?: number | string;
  /** Where the bridge's own file reads it. */
  readonly at: Node;
}

export type Condition =
  | { readonly kind: 'known'; readonly value: boolean }
  | { readonly kind: 'atom'; readonly atom: Atom }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'if'; readonly test: Condition; readonly then: Condition; readonly otherwise: Condition };

export const known = (value: boolean): Condition => ({ kind: 'known', value });
export const not = (of: Condition): Condition => (of.kind === 'known' ? known(!of.value) : { kind: 'not', of });

export function combine(kind: 'and' | 'or', left: Condition, right: Condition): Condition {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind === 'known') return one.value === (kind === 'or') ? one : other;
  }
  return { kind, left, right };
}

/** The atoms of a formula, in the order in which they are read. */
export function atomsOf(condition: Condition): Atom[] {
  const atoms: Atom[] = [];
  // Parts that a formula has in several places are looked at once.
  const seen = new Set<Condition>();
  const stack = [condition];
  for (let one = stack.pop(); one; one = stack.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (one.kind === 'atom') atoms.push(one.atom);
    else if (one.kind === 'not') stack.push(one.of);
    else if (one.kind === 'if') stack.push(one.otherwise, one.then, one.test);
    else if (one.kind !== 'known') stack.push(one.right, one.left);
  }
  return atoms;
}

export type World = ReadonlyMap<string, boolean>;

/** The value of a formula where every atom has one; an atom without one counts as false. */
export function holds(condition: Condition, world: World): boolean {
  switch (condition.kind) {
    case 'known':
      return condition.value;
    case 'atom':
      return world.get(condition.atom.key) ?? false;
    case 'not':
      return !holds(condition.of, world);
    case 'and':
      return holds(condition.left, world) && holds(condition.right, world);
    case 'or':
      return holds(condition.left, world) || holds(condition.right, world);
    case 'if':
      return holds(condition.test, world) ? holds(condition.then, world) : holds(condition.otherwise, world);
  }
}

const MAX_FREE = 8;

/**
 * Every world that agrees with what is fixed, the atoms that are left free taking each value. Empty when there are too
 * many of them: then nothing can be said.
 */
export function worldsOf(conditions: readonly Condition[], fixed: World): World[] {
  const free = new Set(
    conditions
      .flatMap(atomsOf)
      .map(({ key }) => key)
      .filter((key) => !fixed.has(key)),
  );
  if (free.size > MAX_FREE) return [];
  let worlds: Map<string, boolean>[] = [new Map(fixed)];
  for (const key of free) {
    worlds = worlds.flatMap((world) => [new Map(world).set(key, false), new Map(world).set(key, true)]);
  }
  return worlds;
}

/** The value of a formula when every world agrees on it; undefined when they differ. */
export function truthIn(condition: Condition, fixed: World): boolean | undefined {
  const [first, ...others] = worldsOf([condition], fixed).map((world) => holds(condition, world));
  return first !== undefined && others.every((value) => value === first) ? first : undefined;
}

/** A signed-in page at rest, as the WorkOS hooks describe it. */
export const AT_REST: World = new Map<string, boolean>([
  ['auth.loading', false],
  ['token.loading', false],
  ['token.error', false],
  ['token.value', true],
  ['user', true],
]);
