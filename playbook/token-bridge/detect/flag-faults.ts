/**
 * What `isLoading` and `isAuthenticated` say while there is no token: "loading" where none may ever come, or "not loading, not signed in" before the
 * first one, which makes a guard of the app send people to sign-in and back (PLAYBOOK section 2).
 */
import type { Node } from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import { AT_REST, type Atom, type Condition } from '../values/conditions.ts';
import { type World, atomsOf, holds, worldsOf } from '../../../analysis/flow/conditions.ts';
import type { Bridge } from './bridge.ts';
import { isTokenState } from './snapshot-token.ts';

export interface FlagFault {
  /**
   * - `waits`: `isLoading` stays true while WorkOS gives no token; `signedOut` also where no one is signed in
   * - `flashes`: neither loading nor signed in, before the first token
   */
  readonly kind: 'flashes' | 'waits';
  readonly at: Node;
  readonly isOfVisitors: boolean;
}

const LOADED: World = new Map([
  ['auth.loading', false],
  ['token.loading', false],
  ['token.value', false],
]);
const BEFORE_FIRST_TOKEN: World = new Map([
  ['auth.loading', false],
  ['token.loading', true],
  ['token.value', false],
  ['token.error', false],
  ['user', true],
]);

/** The faults of a bridge's flags. Only what holds whatever the values are that we don't know. */
export function flagFaultsOf({ file, isAuthenticated, isLoading }: Bridge, loader: ModuleLoader): FlagFault[] {
  const atoms = [isLoading, isAuthenticated].flatMap(atomsOf);
  const isOfToken = ({ state, value }: Atom): boolean =>
    value === 'token.value' ||
    value === 'token.loading' ||
    (value === 'state' && state !== undefined && isTokenState(state, loader, file));
  const ofToken = atoms.filter(isOfToken);
  if (ofToken.length === 0) return [];
  const states = ofToken.filter(({ state }) => state !== undefined).map(({ key }) => [key, false] as const);
  const resting = worldsOf(
    [isLoading, isAuthenticated],
    new Map([...AT_REST, ...states.map(([key]) => [key, true] as const)]),
  ).filter((world) => !holds(isLoading, world) && holds(isAuthenticated, world));
  if (resting.length === 0) return [];
  const isAlways = (says: (world: World) => boolean, ...changes: readonly World[]): boolean =>
    resting.every((world) => changes.every((change) => says(new Map([...world, ...states, ...change]))));
  const isLoadingIn = (world: World): boolean => holds(isLoading, world);
  const failing = (user: boolean): World[] =>
    [true, false].map((error) => new Map([...LOADED, ['user', user], ['token.error', error]]));
  const isOfVisitors = isAlways(isLoadingIn, ...failing(false));
  const faults: FlagFault[] = [];
  const waiting = isOfVisitors || isAlways(isLoadingIn, ...failing(true)) ? atomIn(isLoading, isOfToken) : undefined;
  if (waiting) faults.push({ kind: 'waits', at: waiting, isOfVisitors });
  const isFlash = isAlways((world) => !holds(isLoading, world) && !holds(isAuthenticated, world), BEFORE_FIRST_TOKEN);
  const early = isFlash ? atomIn(isAuthenticated, isOfToken) : undefined;
  if (early) faults.push({ kind: 'flashes', at: early, isOfVisitors: false });
  return faults;
}

/** What waits, or comes too late: the token itself rather than its `loading`. */
function atomIn(condition: Condition, test: (atom: Atom) => boolean): Node | undefined {
  const atoms = atomsOf(condition).filter(test);
  return (atoms.find(({ value }) => value !== 'token.loading') ?? atoms[0])?.at;
}
