/**
 * The one rewrite that the four rules share: the bridge in the playbook's form (PLAYBOOK section 2, "Right"). What can't be done
 * exactly is not done, and the reason is given.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { onceForBoth } from '../../../analysis/once.ts';
import { type FunctionNode, contains, ownNodesOf } from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { type Edit, mergeEdits } from '../../../analysis/edits/edits.ts';
import type { Project } from '../../../project/project.ts';
import { usesReactCompiler } from '../detect/compiler.ts';
import type { Atom } from '../values/conditions.ts';
import { type Bridge, enclosingHookCall } from '../detect/bridge.ts';
import type { Diagnosis } from '../detect/diagnosis.ts';
import { isValue, originsOf, roleOfOrigin } from '../values/trace.ts';
import { type EditBuilder, createBuilder, isRemoved, want } from './edit-builder.ts';
import { type FetcherContext, dropUnusedParameters, rewriteFetcher } from './fetcher/fetcher.ts';
import { editInPlace } from './fetcher/in-place.ts';
import { objectionTo } from './verify.ts';
import { rewriteFlags } from './flags.ts';
import { hugFunction } from './layout.ts';
import { memoise } from './memo.ts';
import { isTokenState } from '../detect/tokens/held-token.ts';
import { finish } from './unused.ts';
import { lostRef } from './fetcher/losses.ts';
import { roleOf, sdkOf } from '../sdk.ts';
import { refAssignments, setterCalls } from '../values/hooks.ts';

export type Rewrite =
  { readonly ok: true; readonly edits: readonly Edit[] } | { readonly ok: false; readonly reason: string };

const refuse = (reason: string): Rewrite => ({ ok: false, reason });

const NOT_DESTRUCTURED = 'the token does not come from a useAccessToken() that is destructured in the same function';

/** The edits that bring a bridge into the playbook's form, or why there are none. */
export const rewriteOf = onceForBoth((diagnosis: Diagnosis, project: Project) => firstSound(diagnosis, project));

/** Whether the effect around `setAuth()` runs again for another user; until there is one, `getAccessToken()` returns nothing. */
function dependsOnUser({ file, object }: Bridge, project: Project): boolean {
  const deps = enclosingHookCall(file, object, project)?.call.arguments[1];
  return (
    deps?.type === 'ArrayExpression' &&
    deps.elements.some(
      (element) =>
        element !== null &&
        originsOf({ file, node: element, path: [] }, project).some(
          (origin) => roleOfOrigin(origin)?.kind === 'other' || isValue(origin, 'user'),
        ),
    )
  );
}

/** How much of a fetcher changes, the least first: without its refreshes it may need no `catch`. */
const FETCHERS = ['none', 'uncaught', 'inPlace', 'rewrite'] as const;

interface Way {
  readonly fetcher: (typeof FETCHERS)[number];
  /** `ofAuth`: they no longer depend on the token at all; `atFault`: what is at fault goes; `kept`: they come from another hook. */
  readonly flags: 'atFault' | 'kept' | 'ofAuth';
}

const isInPlace = ({ fetcher }: Way): boolean => fetcher === 'inPlace' || fetcher === 'uncaught';

function waysFor({ flickers, loops, thrown }: Diagnosis): Way[] {
  const fetchers = FETCHERS.filter((fetcher) => thrown !== undefined || fetcher !== 'uncaught');
  const ways = (flags: Way['flags']): Way[] => fetchers.map((fetcher) => ({ fetcher, flags }));
  // What a WorkOS hook says of its own refreshes is harmless once nothing is forced; a state of the project's is set by each request.
  const isOfWorkOS = loops.every((loop) => loop.kind === 'feedback' && loop.feedback.value !== 'state');
  return [
    ...(flickers ? ways('ofAuth') : []),
    ...ways('atFault'),
    ...(isOfWorkOS ? [{ fetcher: 'inPlace', flags: 'kept' } as const] : []),
  ];
}

function firstSound(diagnosis: Diagnosis, project: Project): Rewrite {
  const { bridge } = diagnosis;
  const [fetcher, other] = bridge.functions;
  if (bridge.home.body.type !== 'BlockStatement')
    return refuse('the hook has no body of its own: give it a name and a block');
  const hooks = hooksIn(diagnosis, project);
  const node = fetcher?.at.node;
  if (!fetcher || !node || other) return refuse('fetchAccessToken is not one function of this file');
  if (fetcher.at.file !== bridge.file || !contains(bridge.home, node))
    return refuse('fetchAccessToken is made in another function');
  if (bridge.name === 'setAuth' && !dependsOnUser(bridge, project))
    return refuse('setAuth() has to be called again when the user is known: the effect has to depend on their id');
  let reason = NOT_DESTRUCTURED;
  for (const way of waysFor(diagnosis)) {
    const rewrite = attempt(way, diagnosis, { ...hooks, node }, project);
    const objection = rewrite.ok
      ? objectionTo(rewrite.edits, diagnosis, diagnosis.keepsForced, project)
      : rewrite.reason;
    if (rewrite.ok && objection === undefined) return rewrite;
    if (objection !== undefined && way.flags !== 'kept') reason = objection;
  }
  return refuse(reason);
}

function attempt(
  way: Way,
  diagnosis: Diagnosis,
  { ask, auth, node }: Hooks & { readonly node: FunctionNode },
  project: Project,
): Rewrite {
  const { bridge, calls, flagFaults, keepsForced, loops, snapshot, thrown } = diagnosis;
  const { file, home } = bridge;
  const isAnew = way.fetcher === 'rewrite';
  if (isAnew && keepsForced) return refuse('this app switches organizations, and the refresh brings the new one');
  if (isAnew && !ask) return refuse(NOT_DESTRUCTURED);
  const builder = createBuilder(file, home);
  let asked: string | undefined;
  const states = loops.flatMap((loop) =>
    loop.kind === 'feedback' && loop.feedback.state ? [loop.feedback.state] : [],
  );
  const hasTokenDep = loops.some(
    (loop) => loop.kind === 'feedback' && loop.feedback.through === 'dep' && isOfToken(loop.feedback.value),
  );
  const context: FetcherContext = {
    builder,
    loader: project,
    node,
    calls,
    ask: () => (asked = ask && want(builder, ask.pattern, 'getAccessToken')),
    mayBeUndefined: ask?.sdk === 'next',
    stale: snapshot,
    isHopeless: snapshot !== undefined || loops.some(({ kind }) => kind === 'retry'),
    keepsForced,
    mayThrow: thrown !== undefined && way.fetcher !== 'uncaught',
    isBadGuard: hasTokenDep ? ({ value }) => isOfToken(value) : undefined,
    isBadState: (state) => states.some((one) => one.node === state.node),
  };
  if (isInPlace(way)) {
    if (!editInPlace(context)) return refuse('fetchAccessToken does more than ask for a token');
    dropUnusedParameters(context);
  }
  const isFaulty = flagFaults.length > 0 || (hasTokenDep && isMemoisedWith(node, bridge, project));
  const isBad = badAtom(way.flags, diagnosis, { builder, isFaulty, project });
  const problem =
    (isAnew ? rewriteFetcher(context) : undefined) ??
    rewriteFlags({ builder, bridge, loader: project, isBad, auth }) ??
    memoise({
      builder,
      bridge,
      node,
      added: asked === undefined ? [] : [asked],
      isCompiled: () => usesReactCompiler(bridge, project),
      looping: loops.map(({ at }) => at),
      loader: project,
    });
  if (problem !== undefined) return refuse(problem);
  return completed(builder, node, project);
}

/** The edits with what they leave to be done; refused where that can't be. */
function completed(builder: EditBuilder, node: FunctionNode, project: Project): Rewrite {
  finish(builder, project);
  const lost = lostRef(builder, node);
  if (lost !== undefined) return refuse(`other code reads what fetchAccessToken keeps in ${lost}`);
  hugFunction(builder, node, project);
  return builder.edits.length > 0 && mergeEdits(builder.edits, builder.file.text)
    ? { ok: true, edits: builder.edits }
    : refuse('its parts overlap each other');
}

/** `useMemo(() => ({ isAuthenticated: !!accessToken, fetchAccessToken: async () => … }), [accessToken])`: the flags' deps are the function's. */
const isMemoisedWith = (node: FunctionNode, { file, object }: Bridge, project: Project): boolean => {
  const around = enclosingHookCall(file, object, project);
  return around !== undefined && contains(around.call, node);
};

const isOfToken = (value: string): boolean => value.startsWith('token');

/**
 * What no flag should depend on: a state that feeds back, one that only the old fetcher set; and where a flag is at fault, all that comes of the token,
 * for `isAuthenticated` may ask for the token only while `isLoading` waits for it.
 */
function badAtom(
  flags: Way['flags'],
  { loops, snapshot }: Diagnosis,
  given: { readonly builder: EditBuilder; readonly isFaulty: boolean; readonly project: Project },
): (atom: Atom) => boolean {
  const { builder, project } = given;
  const isFaulty = given.isFaulty || flags === 'ofAuth';
  if (flags === 'kept') return () => false;
  const looping = new Set(loops.map(({ at }) => at));
  const isOfFlag = loops.some((loop) => loop.kind === 'feedback' && loop.feedback.through !== 'dep');
  return ({ at, state, value }) => {
    if (isOfToken(value)) return isFaulty || isOfFlag || snapshot !== undefined;
    if (value === 'used') return snapshot !== undefined || loops.some(({ kind }) => kind === 'suspends');
    if (!state) return false;
    if (looping.has(at) || (isFaulty && isTokenState(state, project, builder.file))) return true;
    const calls = value === 'ref' ? refAssignments(state) : setterCalls(state);
    return calls.length > 0 && calls.every((call) => isRemoved(builder, call));
  };
}

interface Hooks {
  readonly ask: { readonly pattern: TSESTree.ObjectPattern; readonly sdk: 'next' | 'react' } | undefined;
  readonly auth: TSESTree.ObjectPattern | undefined;
}

/** The patterns in which the hook takes the results of the WorkOS hooks apart. */
function hooksIn({ bridge: { file, home } }: Diagnosis, project: Project): Hooks {
  let ask: Hooks['ask'];
  let auth: Hooks['auth'];
  for (const { id, init } of ownNodesOf(home, 'VariableDeclarator')) {
    if (id.type !== 'ObjectPattern' || init?.type !== 'CallExpression') continue;
    const definition = definitionOf({ file, node: init.callee }, project);
    const sdk = definition.kind === 'export' && definition.path.length === 0 ? sdkOf(definition.module) : undefined;
    if (!sdk || definition.kind !== 'export') continue;
    const isToken = definition.name === 'useAccessToken';
    if (isToken || (sdk === 'react' && roleOf(sdk, definition.name, ['getAccessToken']).kind === 'ask'))
      ask ??= { pattern: id, sdk };
    if (!isToken) auth ??= id;
  }
  return { ask, auth };
}
