/** What a refresh changes in what the bridge returns: each change makes Convex call `setAuth` again. */
import type { Node } from '../../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../../analysis/syntax/source-file.ts';
import type { Bridge } from '../bridge.ts';
import { type ReachedCall, asksForToken } from '../calls.ts';
import { conditionOf, readerFor } from '../../values/read-condition.ts';
import { AT_REST, type Atom, type Condition, isAsking } from '../../values/conditions.ts';
import { type World, atomsOf, holds, worldsOf } from '../../../../analysis/flow/conditions.ts';
import type { Ref } from '../../../../analysis/flow/calls/call-contexts.ts';
import { testsBefore } from '../../../../analysis/flow/paths.ts';
import { hookOf } from '../../values/hooks.ts';
import type { ForcedKind, WorkOSValue } from '../../../libraries/entry.ts';
import type { Change } from '../stability.ts';
import { callsThatSet, setTo } from '../../values/states.ts';
import { type FetcherWrites, writesOfFetcher } from './fetcher-effects.ts';

export interface Feedback {
  /** The place in the bridge's file that lets it through. */
  readonly at: Node;
  readonly through: 'dep' | 'isAuthenticated' | 'isLoading';
  readonly value: WorkOSValue | 'state';
  /** The call of `useState` and the like, where it is a state. */
  readonly state?: Ref | undefined;
}

/** The refreshes that a fetcher starts. */
export interface Refreshes {
  /** How it forces them, where nothing holds that back. */
  readonly forced: readonly ForcedKind[];
  /** Whether a request may bring another token: by force, or by `getAccessToken()` when the old one expires. */
  readonly renews: boolean;
  /** Whether nothing holds back a request to AuthKit's token store, whose `error` it resets and sets again when WorkOS fails (`_refreshToken` in `tokenStore.ts`). */
  readonly resetsError: boolean;
}

/** What the hooks change while (and after) a refresh of this kind runs. */
const EFFECTS: Readonly<
  Record<ForcedKind, { readonly toggles: readonly WorkOSValue[]; readonly replaces: readonly WorkOSValue[] }>
> = {
  refresh: { toggles: ['token.loading'], replaces: ['token.value'] },
  refreshAuth: { toggles: ['auth.loading'], replaces: ['user'] },
  refreshSession: { toggles: [], replaces: [] },
  forceRefresh: { toggles: [], replaces: [] },
};

/** The feedbacks of what the fetcher does, those of `isLoading` first. */
export function feedbacksOf(
  bridge: Bridge,
  { forced, renews, resetsError }: Refreshes,
  calls: readonly ReachedCall[],
  changes: readonly Change[],
  loader: ModuleLoader,
): Feedback[] {
  const writes = writesOfFetcher(
    bridge.file,
    bridge.functions.map(({ at }) => ({ file: at.file, function: at.node })),
    calls,
    loader,
  );
  const read = [
    bridge.isLoading,
    bridge.isAuthenticated,
    ...changes.flatMap((change) =>
      change.kind === 'primitive' ? [conditionOf(change.ref, loader, bridge.file, change.at)] : [],
    ),
  ].flatMap(atomsOf);
  const ofStates = read.filter((atom) => isSeen(atom, forced, loader) && writes.isToggled(atom));
  const toggles = new Set<string>([
    ...forced.flatMap((kind) => EFFECTS[kind].toggles),
    ...(resetsError ? ['token.error'] : []),
    ...ofStates.map(({ key }) => key),
  ]);
  const replaced = new Set<string>([
    ...forced.flatMap((kind) => [...EFFECTS[kind].toggles, ...EFFECTS[kind].replaces]),
    ...(renews ? ['token.value'] : []),
    ...(resetsError ? ['token.error'] : []),
  ]);
  const context: Context = {
    bridge,
    toggles,
    replaced,
    writes,
    loader,
    isForced: forced.length > 0,
    stopsAtError: stopsAtError(calls, loader),
  };
  return [...flagFeedbacks(context), ...changes.flatMap((change) => depFeedback(change, context))];
}

/**
 * Whether no refresh is reached without a look at the last one's error: with `error` in its deps, `if (error) return null;` ends with the first
 * failure. It does not end a feedback through a flag: Convex's second request meets the function that has not seen the error (observed).
 */
function stopsAtError(calls: readonly ReachedCall[], loader: ModuleLoader): boolean {
  return calls.every(
    (call) =>
      !asksForToken(call) ||
      call.sites.some((site) =>
        testsBefore(site.node, site.function).some(({ node: test }) =>
          atomsOf(conditionOf({ ...site.ref, node: test, path: [] }, loader)).some(
            ({ value }) => value === 'token.error',
          ),
        ),
      ),
  );
}

/** Whether React shows a value that the fetcher sets and resets. */
function isSeen({ state, value }: Atom, forced: readonly ForcedKind[], loader: ModuleLoader): boolean {
  // A ref shows when something else renders the hook: a refresh that it hears of.
  if (value === 'ref') return forced.some((kind) => EFFECTS[kind].toggles.length > 0);
  // A state that is set and reset while a token comes from the cache is batched away: it takes a refresh to show. A transition is shown at once.
  return forced.length > 0 || (state !== undefined && hookOf(state, loader) === 'useTransition');
}

interface Context {
  readonly bridge: Bridge;
  readonly toggles: ReadonlySet<string>;
  readonly replaced: ReadonlySet<string>;
  readonly writes: FetcherWrites;
  readonly loader: ModuleLoader;
  readonly isForced: boolean;
  readonly stopsAtError: boolean;
}

function flagFeedbacks(context: Context): Feedback[] {
  const {
    bridge: { isAuthenticated, isLoading },
    toggles,
  } = context;
  const resting = restingWorlds([isLoading, isAuthenticated], context, (world) => isAsking(context.bridge, world));
  // `isGuest || !!user`: a guest's session is not WorkOS's, and neither is its token.
  const ofWorkOS = resting.filter(
    (world) => !holds(isAuthenticated, new Map([...world, ['user', false], ['token.value', false]])),
  );
  const worlds = ofWorkOS.length > 0 ? ofWorkOS : resting;
  return [...toggles].flatMap((key): Feedback[] => {
    for (const [through, flag] of [
      ['isLoading', isLoading],
      ['isAuthenticated', isAuthenticated],
    ] as const) {
      const atom = flippedBy(key, flag, worlds);
      if (atom) return [{ at: atom.at, through, value: valueOf(atom), state: atom.state }];
    }
    return [];
  });
}

/** The atom with which a condition changes, whatever else is so. */
const flippedBy = (key: string, condition: Condition, worlds: readonly World[]): Atom | undefined =>
  worlds.length > 0 && worlds.every((world) => isFlippedBy(key, condition, world))
    ? atomsOf(condition).find((one) => one.key === key)
    : undefined;

/** Whether a condition changes with one of its atoms. */
export const isFlippedBy = (key: string, condition: Condition, world: World): boolean =>
  holds(condition, world) !== holds(condition, new Map(world).set(key, !(world.get(key) ?? false)));

const valueOf = ({ value }: Atom): Feedback['value'] =>
  value === 'opaque' || value === 'flag' || value === 'ref' || value === 'used' ? 'state' : value;

/** The worlds at rest. A state of the hook's own has the value it starts with; or, where it never starts at rest and other code sets it, any. */
function restingWorlds(
  conditions: readonly Condition[],
  { toggles, writes }: Context,
  atRest: (world: World) => boolean,
): World[] {
  const own = conditions.flatMap(atomsOf).filter(({ key, state }) => state !== undefined && toggles.has(key));
  const started = new Map([...AT_REST, ...own.map((atom) => [atom.key, writes.startsTrue(atom) ?? false] as const)]);
  const worlds = worldsOf(conditions, started).filter(atRest);
  if (worlds.length > 0 || !own.some(writes.isSetElsewhere)) return worlds;
  return worldsOf(conditions, AT_REST).filter(atRest);
}

function depFeedback(change: Change, context: Context): Feedback[] {
  const { bridge } = context;
  const found = (value: Feedback['value'], state?: Ref): Feedback[] => [
    { at: change.at, through: 'dep', value, state },
  ];
  switch (change.kind) {
    case 'with': {
      const isEnded = change.value === 'token.error' && context.stopsAtError;
      return context.replaced.has(change.value) && !isEnded ? found(change.value) : [];
    }
    case 'withState': {
      const how = context.writes.changeOf(change.state);
      if (how === 'always') return found('state', change.state);
      // A token that comes from the cache is the same string again, and sets nothing off.
      return context.isForced &&
        (how !== undefined ||
          copiedInto(change.state, bridge.file, context.loader).some((value) => context.replaced.has(value)))
        ? found('state', change.state)
        : [];
    }
    case 'primitive': {
      const condition = conditionOf(change.ref, context.loader, bridge.file, change.at);
      const worlds = restingWorlds([condition], context, () => true);
      for (const key of context.toggles) {
        if (key === 'token.error' && context.stopsAtError) continue;
        const atom = flippedBy(key, condition, worlds);
        if (atom) return found(valueOf(atom), atom.state);
      }
      return [];
    }
    case 'eachRender':
      return [];
  }
}

/** The values of the WorkOS hooks that a state is set to a copy of. */
export const copiedInto = (state: Ref, file: SourceFile, loader: ModuleLoader): readonly string[] =>
  callsThatSet(state, file, loader).flatMap((call) =>
    (setTo(state, call, call.node, readerFor(state.file, loader)) ?? []).flatMap(({ value }) => {
      const condition = value.kind === 'value' ? conditionOf(value.ref, loader, state.file) : undefined;
      return condition?.kind === 'atom' ? [condition.atom.value] : [];
    }),
  );
