/** What a forced refresh changes in what the bridge returns: each change makes Convex call `setAuth` again. */
import type { Node } from '../../analysis/ast.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import type { Bridge } from './bridge.ts';
import type { ReachedCall } from './calls.ts';
import { AT_REST, type Atom, type Condition, type World, atomsOf, conditionOf, holds, worldsOf } from './condition.ts';
import { isInTimer } from './guards.ts';
import type { ForcedKind, WorkOSValue } from './sdk.ts';
import type { Change } from './stability.ts';
import type { Ref } from './trace.ts';
import { setterCalls } from './trace.ts';

export interface Feedback {
  /** The place in the bridge's file that lets it through. */
  readonly at: Node;
  readonly through: 'dep' | 'isAuthenticated' | 'isLoading';
  readonly value: WorkOSValue | 'state';
}

/** What the hooks change while (and after) a refresh of this kind runs. */
const EFFECTS: Readonly<Record<ForcedKind, { readonly toggles: readonly WorkOSValue[]; readonly replaces: readonly WorkOSValue[] }>> = {
  // Each failure is another error object: in the deps, it sets the next attempt off.
  refresh: { toggles: ['token.loading'], replaces: ['token.value', 'token.error'] },
  refreshAuth: { toggles: ['auth.loading'], replaces: ['user'] },
  refreshSession: { toggles: [], replaces: [] },
  forceRefresh: { toggles: [], replaces: [] },
};

/** The feedbacks of what the fetcher does, those of `isLoading` first. */
export function feedbacksOf(
  bridge: Bridge,
  forced: readonly ForcedKind[],
  calls: readonly ReachedCall[],
  changes: readonly Change[],
  loader: ModuleLoader,
): Feedback[] {
  // A state that is set and reset while an answer comes from the cache is batched away by React: it takes a refresh to show.
  const toggledStates = forced.length > 0 ? statesSetBy(calls).filter(({ isToggled }) => isToggled) : [];
  const toggles = new Set<string>([...forced.flatMap((kind) => EFFECTS[kind].toggles), ...toggledStates.map(({ key }) => key)]);
  const replaced = new Set<string>(forced.flatMap((kind) => [...EFFECTS[kind].toggles, ...EFFECTS[kind].replaces]));
  const changed = new Map(statesSetBy(calls).flatMap(({ change, key }) => (change ? [[key, change] as const] : [])));
  return [...flagFeedbacks(bridge, toggles), ...changes.flatMap((change) => depFeedback(bridge, change, { toggles, replaced, changed, loader, isForced: forced.length > 0 }))];
}

function flagFeedbacks({ isLoading, isAuthenticated }: Bridge, toggles: ReadonlySet<string>): Feedback[] {
  const atRest = (world: World): boolean => !holds(isLoading, world) && holds(isAuthenticated, world);
  const resting = worldsOf([isLoading, isAuthenticated], restingWorld([isLoading, isAuthenticated], toggles)).filter(atRest);
  // `isGuest || !!user`: a guest's session is none of WorkOS's, and its token is no WorkOS token.
  const ofWorkOS = resting.filter((world) => !holds(isAuthenticated, new Map([...world, ['user', false], ['token.value', false]])));
  const worlds = ofWorkOS.length > 0 ? ofWorkOS : resting;
  return [...toggles].flatMap((key): Feedback[] => {
    const isFlipped = (flag: Condition) => worlds.length > 0 && worlds.every((world) => holds(flag, world) !== holds(flag, flip(world, key)));
    for (const [through, flag] of [
      ['isLoading', isLoading],
      ['isAuthenticated', isAuthenticated],
    ] as const) {
      const atom = isFlipped(flag) ? atomsOf(flag).find((one) => one.key === key) : undefined;
      if (atom) return [{ at: atom.at, through, value: valueOf(atom) }];
    }
    return [];
  });
}

const valueOf = ({ value }: Atom): Feedback['value'] => (value === 'opaque' || value === 'flag' || value === 'ref' ? 'state' : value);

const flip = (world: World, key: string): World => new Map(world).set(key, !(world.get(key) ?? false));

// A state of the hook's own has the value it starts with, when that is written out.
function restingWorld(conditions: readonly Condition[], toggles: ReadonlySet<string>): World {
  const world = new Map(AT_REST);
  for (const { key, state } of conditions.flatMap(atomsOf)) {
    if (!state || !toggles.has(key)) continue;
    const initial = state.node.type === 'CallExpression' ? state.node.arguments[0] : undefined;
    world.set(key, initial?.type === 'Literal' && Boolean(initial.value));
  }
  return world;
}

interface DepContext {
  readonly toggles: ReadonlySet<string>;
  readonly replaced: ReadonlySet<string>;
  readonly changed: ReadonlyMap<string, 'always' | 'perhaps'>;
  readonly loader: ModuleLoader;
  readonly isForced: boolean;
}

function depFeedback(bridge: Bridge, change: Change, context: DepContext): Feedback[] {
  const found = (value: Feedback['value']): Feedback[] => [{ at: change.at, through: 'dep', value }];
  switch (change.kind) {
    case 'with':
      return context.replaced.has(change.value) ? found(change.value) : [];
    case 'withState': {
      const key = keyOf(change.state);
      if (context.toggles.has(key) || context.changed.get(key) === 'always') return found('state');
      // A token that comes from the cache is the same string again, and sets nothing off.
      if (!context.isForced) return [];
      return context.changed.has(key) || mirrors(change.state, context) ? found('state') : [];
    }
    case 'primitive': {
      const condition = conditionOf(change.ref, bridge.file, context.loader, change.at);
      const worlds = worldsOf([condition], restingWorld([condition], context.toggles));
      for (const key of context.toggles) {
        const atom = atomsOf(condition).find((one) => one.key === key);
        if (atom && worlds.length > 0 && worlds.every((world) => holds(condition, world) !== holds(condition, flip(world, key)))) {
          return found(valueOf(atom));
        }
      }
      return [];
    }
    case 'eachRender':
      return [];
  }
}

/** Whether an effect copies a value that the refresh replaces into a state. */
function mirrors(state: Ref, { loader, replaced }: DepContext): boolean {
  return setterCalls(state).some(({ arguments: [value] }) => {
    if (!value) return false;
    const condition = conditionOf({ ...state, node: value, path: [] }, state.file, loader);
    return condition.kind === 'atom' && replaced.has(condition.atom.value);
  });
}

interface SetState {
  readonly key: string;
  /** Set to what is true and to what is false. */
  readonly isToggled: boolean;
  /** Set, outside of a handler, to another value each time, or to one that may be another. */
  readonly change: 'always' | 'perhaps' | undefined;
}

const keyOf = (state: Ref): string => `state ${state.file.path} ${String(state.node.range[0])} `;

function statesSetBy(calls: readonly ReachedCall[]): SetState[] {
  const values = new Map<string, Set<boolean | 'always' | 'perhaps'>>();
  for (const { what, sites } of calls) {
    const site = sites.at(-1);
    // What a timer sets later is a back-off, not an echo of the call.
    if (what.kind !== 'setState' || !site || sites.some(({ node }) => isInTimer(node))) continue;
    const [value] = site.node.type === 'CallExpression' ? site.node.arguments : [];
    const known = values.get(keyOf(what.state)) ?? new Set();
    if (!value || value.type === 'Literal') known.add(Boolean(value?.value));
    else if (!isInHandler(site.node)) known.add(isNew(value) ? 'always' : 'perhaps');
    values.set(keyOf(what.state), known);
  }
  return [...values].map(([key, known]) => ({
    key,
    isToggled: known.has(true) && known.has(false),
    change: known.has('always') ? 'always' : known.has('perhaps') ? 'perhaps' : undefined,
  }));
}

/** `setCount((n) => n + 1)`, `setSeen({ … })`: never the value that was there. */
function isNew(value: Node): boolean {
  if (value.type === 'ArrowFunctionExpression') return value.body.type === 'BinaryExpression' || value.body.type === 'ObjectExpression';
  return value.type === 'ObjectExpression' || value.type === 'ArrayExpression';
}

function isInHandler(node: Node): boolean {
  for (let current = node.parent; current; current = current.parent) if (current.type === 'CatchClause') return true;
  return false;
}
