/** Everything that is wrong with a bridge, each cause once: what the four rules report, and what the rewrite mends. */
import { type Node, enclosingFunction, walk } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { type Bridge, bridgesOf } from './bridge.ts';
import { type ReachedCall, callsFrom, lastSite, placeIn } from './calls.ts';
import { usesReactCompiler } from './compiler.ts';
import { AT_REST, atomsOf, holds, worldsOf } from '../values/conditions.ts';
import { type Feedback, feedbacksOf } from './feedback.ts';
import { guardOf, nameOf } from './guards.ts';
import { setterCalls } from '../values/hooks.ts';
import { type Retry, retryOf } from './retry.ts';
import type { ForcedKind } from '../sdk.ts';
import { type Change, changesOfFetcher } from './stability.ts';
import { type Snapshot, staleAnswer } from './snapshot-token.ts';
import { escapes, uncaughtThrow } from './throws.ts';
import { originsOf } from '../values/trace.ts';

export interface Forced {
  readonly call: ReachedCall;
  readonly by: ForcedKind;
  /** The place in the bridge's file, and the name of what is called there. */
  readonly at: Node;
  readonly name: string;
}

export type Loop =
  | { readonly kind: 'feedback'; readonly at: Node; readonly feedback: Feedback; readonly forced: Forced | undefined }
  | {
      readonly kind: 'unstable';
      readonly at: Node;
      readonly change: Extract<Change, { kind: 'eachRender' }>;
      readonly forced: Forced | undefined;
    }
  | { readonly kind: 'retry'; readonly at: Node; readonly retry: Retry; readonly forced: Forced };

export interface Thrown {
  readonly at: Node;
  readonly name: string;
  readonly when: 'here' | 'when the request fails' | 'when WorkOS fails';
}

export interface Diagnosis {
  readonly bridge: Bridge;
  readonly calls: readonly ReachedCall[];
  /** The causes of a loop, the first one to be reported, the others beside it. */
  readonly loops: readonly Loop[];
  /** A forced refresh that is neither held back nor part of a loop. */
  readonly forced: Forced | undefined;
  readonly snapshot: Snapshot | undefined;
  /** The first call whose failure leaves the fetcher. */
  readonly thrown: Thrown | undefined;
  /** Whether `isAuthenticated` does without `useAccessToken().error`, although the token comes from there. */
  readonly ignoresError: boolean;
}

const known = new WeakMap<SourceFile, { readonly project: Project; readonly diagnoses: readonly Diagnosis[] }>();

/** The diagnoses of a file's WorkOS bridges; made once for the four rules. */
export function diagnosesOf(file: SourceFile, project: Project): readonly Diagnosis[] {
  const cached = known.get(file);
  if (cached?.project === project) return cached.diagnoses;
  const diagnoses = bridgesOf(file, project).flatMap((bridge) => diagnose(bridge, project) ?? []);
  known.set(file, { project, diagnoses });
  return diagnoses;
}

function diagnose(bridge: Bridge, project: Project): Diagnosis | undefined {
  if (!mayBeSignedIn(bridge) || isReportedElsewhere(bridge, project)) return undefined;
  const { file, functions } = bridge;
  const calls = functions.flatMap((fetcher) => callsFrom(fetcher, project));
  const changes = changesOfFetcher(bridge, {
    loader: project,
    file,
    isCompiled: () => usesReactCompiler(bridge, project),
  });
  const snapshot = functions
    .map((fetcher) => staleAnswer(fetcher, calls, project))
    .find((found) => found !== undefined);
  if (!isOfWorkOS(bridge, calls, snapshot, project)) return undefined;

  const all = calls.flatMap((call) => forcedCall(call, bridge));
  const retries = all.map((forced) => ({
    forced,
    retry: retryOf(forced.call, calls, project),
    guard: guardOf(forced.call, project),
  }));
  const free = retries.filter(({ guard }) => guard !== 'coolDown' && guard !== 'check');
  const kinds = [...new Set(free.map(({ forced }) => forced.by))];
  const feedbacks = feedbacksOf(bridge, kinds, calls, changes, project);
  const first = free[0]?.forced;
  // One more attempt at once is two refreshes where WorkOS fails; a second one makes a series of it.
  const again = free.filter(({ retry }) => retry?.kind === 'noDelay' && retry.by === 'catch');
  const isSeries = ({ by }: Retry): boolean => by !== 'catch' || again.length > 1;
  const loops: Loop[] = [
    ...feedbacks.map((feedback): Loop => ({ kind: 'feedback', at: feedback.at, feedback, forced: first })),
    ...changes.flatMap((change): Loop[] =>
      change.kind === 'eachRender' ? [{ kind: 'unstable', at: change.at, change, forced: first }] : [],
    ),
    ...free.flatMap(({ forced, retry }): Loop[] =>
      retry && retry.kind !== 'delayed' && isSeries(retry)
        ? [{ kind: 'retry', at: placeOfRetry(retry, forced, bridge), retry, forced }]
        : [],
    ),
  ];
  // A refresh whose failure is answered by a back-off is the back-off's first attempt.
  const isHeldBack = retries.some(({ retry }) => retry?.kind === 'delayed');
  const plain = free.find(({ retry, guard }) => guard === undefined && retry === undefined)?.forced;
  const thrown = calls.find(escapes);
  return {
    bridge,
    calls,
    loops,
    forced: loops.length === 0 && !isHeldBack ? plain : undefined,
    snapshot: snapshot && functions.some(({ at }) => at.file === file) ? snapshot : undefined,
    thrown:
      bridge.name === 'getAccessToken'
        ? undefined
        : thrown
          ? placed(thrown, bridge)
          : (directlyThrown(bridge, project) ?? ownThrow(bridge)),
    ignoresError: ignoresError(bridge, calls, project),
  };
}

/** Convex asks for a token only where `isLoading` is false and `isAuthenticated` true. */
function mayBeSignedIn({ isLoading, isAuthenticated }: Bridge): boolean {
  const conditions = [isLoading, isAuthenticated];
  const worlds = worldsOf(conditions, new Map());
  const mayBe = worlds.length === 0 ? worldsOf([], new Map()) : worlds;
  return (
    mayBe.some((world) => !holds(isLoading, world) && holds(isAuthenticated, world)) || atomsOf(isLoading).length > 8
  );
}

// A hook that hands on another file's bridge: the cause stands there, and is reported there.
function isReportedElsewhere({ file, functions }: Bridge, project: Project): boolean {
  return (
    functions.length > 0 &&
    functions.every(
      ({ at }) =>
        at.file !== file &&
        bridgesOf(at.file, project).some((other) => other.functions.some((one) => one.at.node === at.node)),
    )
  );
}

function isOfWorkOS(
  bridge: Bridge,
  calls: readonly ReachedCall[],
  snapshot: Snapshot | undefined,
  project: Project,
): boolean {
  return (
    snapshot !== undefined ||
    calls.some(({ what }) => what.kind === 'ask' || what.kind === 'forced') ||
    originsOf(bridge.fetcher, project).some(({ kind }) => kind === 'workos') ||
    [...atomsOf(bridge.isLoading), ...atomsOf(bridge.isAuthenticated)].some(({ key }) => AT_REST.has(key))
  );
}

function forcedCall(call: ReachedCall, bridge: Bridge): Forced[] {
  const at = placeIn(bridge.file, call) ?? bridge.fetcher.node;
  return call.what.kind === 'forced' ? [{ call, by: call.what.by, at, name: nameIn(bridge.file, at, call) }] : [];
}

function nameIn(file: SourceFile, at: Node, call: ReachedCall): string {
  const text = at.type === 'CallExpression' ? nameOf(at.callee) : '';
  const site = lastSite(call);
  const isItself = site?.node === at;
  const options = isItself && call.what.kind === 'forced' && call.what.by === 'forceRefresh' ? '{ forceRefresh }' : '';
  return `${text || file.text.slice(at.range[0], Math.min(at.range[1], at.range[0] + 40))}(${options})`;
}

function placed(call: ReachedCall, { file, fetcher }: Bridge): Thrown {
  const at = placeIn(file, call) ?? fetcher.node;
  return {
    at,
    name: nameIn(file, at, call),
    when: call.what.kind === 'global' ? 'when the request fails' : 'when WorkOS fails',
  };
}

/** `fetchAccessToken: getAccessToken`. */
function directlyThrown({ file, fetcher }: Bridge, project: Project): Thrown | undefined {
  const isDirect = originsOf(fetcher, project).some((origin) => origin.kind === 'workos' && origin.role.kind === 'ask');
  return isDirect && fetcher.file === file
    ? { at: fetcher.node, name: `${nameOf(fetcher.node)}()`, when: 'when WorkOS fails' }
    : undefined;
}

/** `if (!token) throw new Error('no token');` */
function ownThrow({ file, functions }: Bridge): Thrown | undefined {
  const at = functions
    .map((fetcher) => (fetcher.at.file === file ? uncaughtThrow(fetcher.at.node) : undefined))
    .find((found) => found !== undefined);
  return at && { at, name: 'fetchAccessToken()', when: 'here' };
}

function placeOfRetry(retry: Retry, forced: Forced, { file }: Bridge): Node {
  return retry.site.file === file && retry.by !== 'loop' && retry.by !== 'interval' ? retry.node : forced.at;
}

function ignoresError(
  { file, isAuthenticated, name }: Bridge,
  calls: readonly ReachedCall[],
  project: Project,
): boolean {
  const usesHook =
    name === 'fetchAccessToken' &&
    calls.some(
      ({ what }) => (what.kind === 'ask' && what.sdk === 'next') || (what.kind === 'forced' && what.by === 'refresh'),
    );
  const atoms = atomsOf(isAuthenticated);
  if (!usesHook || atoms.some(({ value }) => value === 'token.error')) return false;
  // What can't be taken apart may still hang on it: `status === 'in'`, a state that an effect keeps.
  return !atoms.some(({ at, value }) => (value === 'opaque' || value === 'state') && readsError(at, 0));

  function readsError(node: Node, depth: number): boolean {
    let found = false;
    walk(node, (child) => {
      if (found || depth > 4) return false;
      if (child.type !== 'Identifier' && child.type !== 'MemberExpression') return true;
      found = originsOf({ file, node: child, path: [] }, project).some((origin) => {
        if (origin.kind === 'workos') return origin.role.kind === 'value' && origin.role.name === 'token.error';
        if (origin.kind === 'state')
          return setterCalls(origin.at).some((call) => readsError(enclosingFunction(call)?.body ?? call, depth + 1));
        return (
          origin.kind === 'expression' &&
          origin.at.file === file &&
          origin.at.node !== child &&
          readsError(origin.at.node, depth + 1)
        );
      });
      return !found;
    });
    return found;
  }
}
