/** Everything that is wrong with a bridge, each cause once: what the four rules report, and what the rewrite fixes. */
import { onceForBoth } from '../../../analysis/once.ts';
import type { Node } from '../../../analysis/syntax/ast.ts';
import type { Site } from '../../../analysis/flow/calls/call-walk.ts';
import { hasDirective } from '../../../analysis/syntax/directives.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { type Bridge, bridgesOf } from './bridge.ts';
import { type ReachedCall, asksForToken, callsFrom, placeIn } from './calls.ts';
import { usesReactCompiler } from './compiler.ts';
import { AT_REST, isAsking } from '../values/conditions.ts';
import { atomsOf, worldsOf } from '../../../analysis/flow/conditions.ts';
import { type Feedback, type Refreshes, feedbacksOf } from './effects/feedback.ts';
import { calleeName } from '../../../analysis/flow/timers.ts';
import { guardOf } from './guards.ts';
import { setAuthBridges } from './set-auth.ts';
import { withRoutes } from './tokens/token-routes.ts';
import { switchesOrganization } from './organizations.ts';
import { type FlagFault, flagFaultsOf } from './flag-faults.ts';
import { type Retry, retryOf } from './effects/retry.ts';
import type { ForcedKind } from '../../libraries/entry.ts';
import { suspensionsOf } from './suspensions.ts';
import { type Change, changesOfFetcher } from './stability.ts';
import { type Snapshot, staleAnswer } from './tokens/snapshot-token.ts';
import { escapes, uncaughtThrow } from '../../../analysis/flow/exceptions/rejections.ts';
import { calleesOf, originsOf, roleOfOrigin } from '../values/trace.ts';

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
  | { readonly kind: 'retry'; readonly at: Node; readonly retry: Retry; readonly forced: Forced }
  | { readonly kind: 'suspends'; readonly at: Node; readonly forced?: undefined };

export interface Thrown {
  readonly at: Node;
  readonly name: string;
  readonly when: 'here' | 'when the request fails' | 'when WorkOS fails';
}

export interface Diagnosis {
  readonly bridge: Bridge;
  readonly calls: readonly ReachedCall[];
  /** The causes of a loop, the first one to be reported, the others with it. */
  readonly loops: readonly Loop[];
  /** A forced refresh that is neither held back nor part of a loop. */
  readonly forced: Forced | undefined;
  readonly snapshot: Snapshot | undefined;
  /** The first call whose failure leaves the fetcher. */
  readonly thrown: Thrown | undefined;
  /**
   * The same without the forced refresh, whose failure is gone with it. A fetcher that asks for nothing else asks `getAccessToken()` in its place,
   * which may throw as well.
   */
  readonly thrownBesides: Thrown | undefined;
  /** Whether a refresh is forced that at most a mutex holds back. */
  readonly mayForce: boolean;
  /** Whether the app switches organizations in the browser, so that only a forced refresh brings the new one to Convex. */
  readonly keepsForced: boolean;
  /** What the two flags say while there is no token. */
  readonly flagFaults: readonly FlagFault[];
  readonly flickers: boolean;
}

/** The diagnoses of a file's WorkOS bridges; made once for the four rules. */
export const diagnosesOf = onceForBoth((file: SourceFile, project: Project): readonly Diagnosis[] =>
  [...bridgesOf(file, project), ...setAuthBridges(file, project)].flatMap((bridge) => diagnose(bridge, project) ?? []),
);

function diagnose(bridge: Bridge, project: Project): Diagnosis | undefined {
  if (!mayBeSignedIn(bridge) || isReportedElsewhere(bridge, project)) return undefined;
  const { file, functions } = bridge;
  const calls = withRoutes(
    file,
    [...functions.flatMap((fetcher) => callsFrom(fetcher, project)), ...directRefreshes(bridge, project)],
    project,
  );
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
  const feedbacks = feedbacksOf(bridge, refreshesOf(calls, free, snapshot, project), calls, changes, project);
  const first = free[0]?.forced;
  // One more attempt at once is two refreshes where WorkOS fails; a second one makes a series of it.
  const again = free.filter(({ retry }) => retry?.kind === 'noDelay' && retry.by === 'catch');
  const isSeries = ({ by }: Retry): boolean => by !== 'catch' || again.length > 1;
  const loops: Loop[] = [
    ...suspensionsOf(bridge, project).map((at): Loop => ({ kind: 'suspends', at })),
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
  const { faults, flickers } = flagFaultsOf(bridge, project);
  const plain = free.find(({ retry, guard }) => guard === undefined && retry === undefined)?.forced;
  const forced = loops.length === 0 && !isHeldBack ? plain : undefined;
  // The provider for AuthKit catches what its hook throws.
  const thrownIn = (some: typeof calls) =>
    bridge.name === 'getAccessToken' ? undefined : thrownBy(bridge, some, project);
  const thrown = thrownIn(calls);
  const besides = calls.filter((call) => call !== forced?.call);
  return {
    bridge,
    calls,
    loops,
    forced,
    snapshot: snapshot?.file === file ? snapshot : undefined,
    thrown,
    thrownBesides: besides.some(asksForToken) ? thrownIn(besides) : thrown,
    mayForce: free.some(({ retry }) => retry?.kind !== 'delayed') && !isHeldBack,
    // All of the app is read for it.
    get keepsForced() {
      return all.length > 0 && switchesOrganization(file.path, project);
    },
    flagFaults: faults,
    flickers,
  };
}

/** `fetchAccessToken: refresh`: Convex itself makes the call. */
const directRefreshes = ({ fetcher }: Bridge, project: Project): ReachedCall[] =>
  calleesOf(fetcher, project).flatMap((origin): ReachedCall[] => {
    const role = roleOfOrigin(origin);
    return role?.kind === 'forced' ? [{ what: role, sites: [] }] : [];
  });

/** Whether a failure of this call leaves the fetcher. */
function mayReject({ sites, what }: ReachedCall, project: Project): boolean {
  // refreshAuth() returns an error instead of throwing (authkit-nextjs, src/components/authkit-provider.tsx).
  const mayFail =
    what.kind === 'ask' ||
    (what.kind === 'forced' && what.by !== 'refreshAuth') ||
    (what.kind === 'global' && what.name === 'fetch') ||
    (what.kind === 'project' && sites.length === 1 && sites.every((site) => callsServerAction(site, project)));
  return mayFail && sites.length > 0 && sites.toReversed().every((site) => escapes(site, project));
}

/** A server action, called in the browser, is a request. */
function callsServerAction({ file, node, ref }: Site, project: Project): boolean {
  if (node.type !== 'CallExpression' || hasDirective(file.ast, 'use server')) return false;
  return calleesOf({ ...ref, node: node.callee }, project).some(
    (callee) => callee.kind === 'function' && hasDirective(callee.at.file.ast, 'use server'),
  );
}

/** What the fetcher refreshes. A fetcher that returns a copy of the token asks for none as long as it has one. */
function refreshesOf(
  calls: readonly ReachedCall[],
  free: readonly { readonly forced: Forced }[],
  snapshot: Snapshot | undefined,
  project: Project,
): Refreshes {
  const asks = snapshot ? [] : calls.filter(({ what }) => what.kind === 'ask' && what.mayForce !== true);
  const isFree = (call: ReachedCall): boolean => !['check', 'coolDown'].includes(guardOf(call, project) ?? '');
  const forced = [...new Set(free.map(({ forced: { by } }) => by))];
  return {
    forced,
    renews: asks.length > 0 || (!snapshot && calls.some(({ what }) => what.kind === 'forced' && what.by === 'refresh')),
    resetsError: asks.some(isFree) || (!snapshot && forced.includes('refresh')),
  };
}

function mayBeSignedIn(bridge: Bridge): boolean {
  const { isLoading } = bridge;
  const conditions = [isLoading, bridge.isAuthenticated];
  const worlds = worldsOf(conditions, new Map());
  const mayBe = worlds.length === 0 ? worldsOf([], new Map()) : worlds;
  return mayBe.some((world) => isAsking(bridge, world)) || atomsOf(isLoading).length > 8;
}

// A hook that returns another file's bridge: the cause is in that file, and is reported there.
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
    calls.some(asksForToken) ||
    originsOf(bridge.fetcher, project).some(({ kind }) => kind === 'workos') ||
    [...atomsOf(bridge.isLoading), ...atomsOf(bridge.isAuthenticated)].some(({ key }) => AT_REST.has(key))
  );
}

function forcedCall(call: ReachedCall, bridge: Bridge): Forced[] {
  const at = placeIn(bridge.file, call) ?? bridge.fetcher.node;
  return call.what.kind === 'forced' ? [{ call, by: call.what.by, at, name: nameIn(bridge.file, at, call) }] : [];
}

function nameIn(file: SourceFile, at: Node, call: ReachedCall): string {
  const text = at.type === 'CallExpression' ? calleeName(at.callee) : '';
  // Convex makes the call: the value may have any name.
  if (call.sites.length === 0 && call.what.kind === 'forced') return `${call.what.by}()`;
  const isItself = call.sites.at(-1)?.node === at;
  const options = isItself && call.what.kind === 'forced' && call.what.by === 'forceRefresh' ? '{ forceRefresh }' : '';
  return `${text || file.text.slice(at.range[0], Math.min(at.range[1], at.range[0] + 40))}(${options})`;
}

function thrownBy(bridge: Bridge, calls: readonly ReachedCall[], project: Project): Thrown | undefined {
  const { file, fetcher } = bridge;
  const call = calls.find((one) => mayReject(one, project));
  if (!call) return directlyThrown(bridge, calls, project) ?? ownThrow(bridge);
  const at = placeIn(file, call) ?? fetcher.node;
  const when = asksForToken(call) ? 'when WorkOS fails' : 'when the request fails';
  return { at, name: nameIn(file, at, call), when };
}

/** `fetchAccessToken: getAccessToken`, or `refresh`. */
function directlyThrown(
  { file, fetcher }: Bridge,
  calls: readonly ReachedCall[],
  project: Project,
): Thrown | undefined {
  const isDirect =
    calls.some(({ sites, what }) => what.kind === 'forced' && sites.length === 0) ||
    calleesOf(fetcher, project).some((origin) => roleOfOrigin(origin)?.kind === 'ask');
  return isDirect && fetcher.file === file
    ? { at: fetcher.node, name: `${calleeName(fetcher.node)}()`, when: 'when WorkOS fails' }
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
