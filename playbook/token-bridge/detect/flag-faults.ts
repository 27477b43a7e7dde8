/**
 * What `isLoading` and `isAuthenticated` say while there is no token: "loading" where none may ever come, or "not loading, not signed in" before the
 * first one, which makes a guard of the app send people to sign-in and back (PLAYBOOK section 2).
 */
import type { Node } from '../../../analysis/syntax/ast.ts';
import type { Project } from '../../../project/project.ts';
import { AT_REST, type Atom, type Condition, isAsking } from '../values/conditions.ts';
import { type World, atomsOf, holds, worldsOf } from '../../../analysis/flow/conditions.ts';
import type { Bridge } from './bridge.ts';
import { mountedIn } from './mounting.ts';
import { isTokenState } from './tokens/held-token.ts';

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

/** The render in which the user arrives: `useAccessToken()` begins to load in an effect after it (`useAccessToken.js`), unless the page has `initialAuth`. */
const USER_ARRIVES: World = new Map([...BEFORE_FIRST_TOKEN, ['token.loading', false]]);

/** What the flags say while there is no token. Only what holds whatever the values are that we don't know. */
export interface FlagFaults {
  readonly faults: readonly FlagFault[];
  /**
   * Whether they say "signed out" for one render as the user arrives: a guard that navigates in an effect leaves then. No fault by itself, for most apps
   * have no such guard; but no edit leaves it in a bridge.
   */
  readonly flickers: boolean;
}

export function flagFaultsOf(bridge: Bridge, project: Project): FlagFaults {
  const { file, isAuthenticated, isLoading } = bridge;
  const atoms = [isLoading, isAuthenticated].flatMap(atomsOf);
  const isOfToken = ({ state, value }: Atom): boolean =>
    value === 'token.value' ||
    value === 'token.loading' ||
    (value === 'state' && state !== undefined && isTokenState(state, project, file));
  const ofToken = atoms.filter(isOfToken);
  if (ofToken.length === 0) return NO_FAULTS;
  const states = ofToken.filter(({ state }) => state !== undefined).map(({ key }) => [key, false] as const);
  const resting = worldsOf(
    [isLoading, isAuthenticated],
    new Map([...AT_REST, ...states.map(([key]) => [key, true] as const)]),
  ).filter((world) => isAsking({ isAuthenticated, isLoading }, world));
  if (resting.length === 0) return NO_FAULTS;
  const isMounted = mountedIn(bridge, project);
  const isAlways = (says: (world: World) => boolean, ...changes: readonly World[]): boolean => {
    const worlds = resting.flatMap((world) => changes.map((change) => new Map([...world, ...states, ...change])));
    // Other files are only asked where it matters.
    return worlds.every(says) && worlds.every(isMounted);
  };
  const isLoadingIn = (world: World): boolean => holds(isLoading, world);
  const failing = (user: boolean): World[] =>
    [true, false].map((error) => new Map([...LOADED, ['user', user], ['token.error', error]]));
  const isOfVisitors = isAlways(isLoadingIn, ...failing(false));
  const faults: FlagFault[] = [];
  const waiting = isOfVisitors || isAlways(isLoadingIn, ...failing(true)) ? atomIn(isLoading, isOfToken) : undefined;
  if (waiting) faults.push({ kind: 'waits', at: waiting, isOfVisitors });
  const isSignedOutIn = (world: World): boolean => !holds(isLoading, world) && !holds(isAuthenticated, world);
  const early = isAlways(isSignedOutIn, BEFORE_FIRST_TOKEN) ? atomIn(isAuthenticated, isOfToken) : undefined;
  if (early) faults.push({ kind: 'flashes', at: early, isOfVisitors: false });
  return { faults, flickers: isAlways(isSignedOutIn, USER_ARRIVES) };
}

const NO_FAULTS: FlagFaults = { faults: [], flickers: false };

/** What waits, or comes too late: the token itself rather than its `loading`. */
function atomIn(condition: Condition, test: (atom: Atom) => boolean): Node | undefined {
  const atoms = atomsOf(condition).filter(test);
  return (atoms.find(({ value }) => value !== 'token.loading') ?? atoms[0])?.at;
}
