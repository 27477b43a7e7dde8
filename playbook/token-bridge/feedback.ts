/** What a forced refresh changes in what the bridge returns: each change makes Convex call `setAuth` again. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, unwrap } from '../../analysis/ast.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import type { Bridge } from './bridge.ts';
import type { ReachedCall } from './calls.ts';
import { conditionOf, stateKey } from './condition.ts';
import { AT_REST, type Atom, type Condition, type World, atomsOf, holds, worldsOf } from './formula.ts';
import { isInTimer } from './guards.ts';
import type { ForcedKind, WorkOSValue } from './sdk.ts';
import type { Change } from './stability.ts';
import type { Ref } from './trace.ts';
import { setterCalls } from './hooks.ts';

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
  const states = statesSetBy(calls);
  const toggledAtoms = [...atomsOf(bridge.isLoading), ...atomsOf(bridge.isAuthenticated)].filter((atom) => isToggled(atom, states));
  const toggledStates = [...states].filter(([, values]) => [...values].filter((value) => typeof value !== 'symbol').length > 1);
  const ofStates = forced.length > 0 ? [...toggledAtoms, ...toggledStates.map(([key]) => ({ key }))] : [];
  const toggles = new Set<string>([...forced.flatMap((kind) => EFFECTS[kind].toggles), ...ofStates.map(({ key }) => key)]);
  const replaced = new Set<string>(forced.flatMap((kind) => [...EFFECTS[kind].toggles, ...EFFECTS[kind].replaces]));
  const changed = new Map([...states].map(([key, values]) => [key, values.has(ANOTHER) ? 'always' : values.has(PERHAPS) ? 'perhaps' : undefined] as const));
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
  for (const { equals, key, state } of conditions.flatMap(atomsOf)) {
    if (!state || !toggles.has(key)) continue;
    const whole = state.node.type === 'CallExpression' ? state.node.arguments[0] : undefined;
    const initial = state.path.length === 0 ? whole : whole && propertyOf(whole, state.path[0]);
    world.set(key, initial?.type === 'Literal' && (equals === undefined ? Boolean(initial.value) : initial.value === equals));
  }
  return world;
}

interface DepContext {
  readonly toggles: ReadonlySet<string>;
  readonly replaced: ReadonlySet<string>;
  readonly changed: ReadonlyMap<string, 'always' | 'perhaps' | undefined>;
  readonly loader: ModuleLoader;
  readonly isForced: boolean;
}

function depFeedback(bridge: Bridge, change: Change, context: DepContext): Feedback[] {
  const found = (value: Feedback['value']): Feedback[] => [{ at: change.at, through: 'dep', value }];
  switch (change.kind) {
    case 'with':
      return context.replaced.has(change.value) ? found(change.value) : [];
    case 'withState': {
      const key = stateKey(change.state);
      if (context.toggles.has(key) || context.changed.get(key) === 'always') return found('state');
      // A token that comes from the cache is the same string again, and sets nothing off.
      if (!context.isForced) return [];
      return context.changed.get(key) !== undefined || mirrors(change.state, context) ? found('state') : [];
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

/** Another value each time: `setSeen({ … })`. */
const ANOTHER = Symbol('another');
/** A value that may be another. */
const PERHAPS = Symbol('perhaps');
type SetValue = Exclude<TSESTree.Literal['value'], object> | typeof ANOTHER | typeof PERHAPS | undefined;

/** The values that the fetcher sets each state to, and each member of one, by the keys of their atoms. */
function statesSetBy(calls: readonly ReachedCall[]): Map<string, Set<SetValue>> {
  const values = new Map<string, Set<SetValue>>();
  for (const { what, sites } of calls) {
    const site = sites.at(-1);
    // What a timer sets later is a back-off, not an echo of the call.
    if (what.kind !== 'setState' || !site || sites.some(({ node }) => isInTimer(node))) continue;
    const { state } = what;
    const add = (path: Ref['path'], value: SetValue): void => {
      const key = stateKey({ ...state, path });
      values.set(key, (values.get(key) ?? new Set()).add(value));
    };
    const [given] = site.node.type === 'CallExpression' ? site.node.arguments : [];
    for (const value of valuesOf(given)) if (typeof value !== 'symbol' || !isInHandler(site.node)) add([], value);
    for (const [name, value] of membersOf(given)) add([name], value);
  }
  return values;
}

function valuesOf(given: Node | undefined): SetValue[] {
  const value = given && unwrap(given);
  if (!value) return [undefined];
  if (value.type === 'Literal') return [literalValue(value)];
  if (value.type === 'ObjectExpression' || value.type === 'ArrayExpression') return [ANOTHER];
  if (value.type !== 'ArrowFunctionExpression') return [PERHAPS];
  // `(n) => n + 1` counts what is under way, and `(n) => n - 1` ends it.
  if (value.body.type === 'BinaryExpression') return value.body.operator === '+' ? [ANOTHER, 1] : value.body.operator === '-' ? [ANOTHER, 0] : [ANOTHER];
  if (value.body.type === 'UnaryExpression' && value.body.operator === '!') return [true, false];
  return [value.body.type === 'ObjectExpression' ? ANOTHER : PERHAPS];
}

/** The literals in `setState({ busy: true })` and `setState((old) => ({ ...old, busy: true }))`. */
function membersOf(given: Node | undefined): [string, SetValue][] {
  const value = given && unwrap(given);
  const object = value?.type === 'ArrowFunctionExpression' ? unwrap(value.body) : value;
  if (object?.type !== 'ObjectExpression') return [];
  return object.properties.flatMap((property): [string, SetValue][] => {
    const name = property.type === 'Property' ? propertyName(property) : undefined;
    return property.type === 'Property' && name !== undefined && property.value.type === 'Literal' ? [[name, literalValue(property.value)]] : [];
  });
}

const literalValue = ({ value }: TSESTree.Literal): SetValue => (typeof value === 'object' && value !== null ? ANOTHER : value ?? undefined);

function propertyOf(object: Node, name: Ref['path'][number] | undefined): Node | undefined {
  if (object.type !== 'ObjectExpression') return undefined;
  return object.properties.flatMap((property) => (property.type === 'Property' && propertyName(property) === name ? [property.value] : []))[0];
}

/** Whether the fetcher makes an atom true and false. */
function isToggled({ equals, state }: Atom, states: ReadonlyMap<string, ReadonlySet<SetValue>>): boolean {
  const values = [...((state && states.get(stateKey(state))) ?? [])].filter((value) => typeof value !== 'symbol');
  const truths = values.map((value) => (equals === undefined ? Boolean(value) : value === equals));
  return truths.includes(true) && truths.includes(false);
}

function isInHandler(node: Node): boolean {
  for (let current = node.parent; current; current = current.parent) if (current.type === 'CatchClause') return true;
  return false;
}
