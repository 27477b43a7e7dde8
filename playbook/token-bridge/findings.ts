/** From diagnoses to what the four rules report: one finding a bridge and rule, at the line to change. */
import { type Node, type Range, isFunction, unwrap } from '../../analysis/syntax/ast.ts';
import { type SourceFile, positionAt } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import type { Finding } from '../finding.ts';
import { conditionOf } from './values/read-condition.ts';
import { type Diagnosis, type Loop, type Forced, diagnosesOf } from './detect/diagnosis.ts';
import type { Feedback } from './detect/effects/feedback.ts';
import type { Edit } from '../../analysis/edits/edits.ts';
import { tokenKeysIn } from './detect/provider-key.ts';
import { refreshEffectsOf } from './detect/effects/refresh-effects.ts';
import { switchesOrganization } from './detect/organizations.ts';
import { removeEffect, removeKey } from './fix/remove-cause.ts';
import { rewriteOf } from './fix/rewrite.ts';
import { testsBefore } from '../../analysis/flow/paths.ts';
import { isSameForEachToken } from './detect/tokens/token-life.ts';

/** A file without any of these texts has no bridge, and refreshes no token. */
export const BRIDGE_NEEDLES = /fetchAccessToken|ConvexProviderWithAuth|useAccessToken|refreshAuth|\bsetAuth\b/u;

export type LoopMessage =
  | 'loopingFlag'
  | 'loopingDep'
  | 'loopingError'
  | 'stuckDep'
  | 'keyedByToken'
  | 'refreshInEffect'
  | 'loopingState'
  | 'newEachRender'
  | 'newEachRenderForced'
  | 'newDepEachRender'
  | 'retriedAtOnce'
  | 'retriedForEver'
  | 'suspends';

/** Findings of `no-token-refresh-loop`. */
export function findRefreshLoops(file: SourceFile, project: Project): Finding<LoopMessage, LoopSuggestion>[] {
  return distinct<LoopMessage, LoopSuggestion>([
    ...bridgeLoops(file, project),
    ...tokenKeysIn(file, project).map(({ attribute, value }) => ({
      messageId: 'keyedByToken' as const,
      data: { value: text(file, value) },
      range: attribute.range,
      ...(attribute.type === 'JSXAttribute'
        ? asFix(removeKey(attribute, file, project), 'removeKey')
        : { unfixable: 'the key is in an object that is spread' }),
    })),
    ...refreshEffectsOf(file, project).map((found) => ({
      messageId: 'refreshInEffect' as const,
      data: { call: found.call, when: found.dep ? `'${text(file, found.dep)}'` : 'every render' },
      range: found.at.range,
      ...(switchesOrganization(file.path, project)
        ? { unfixable: 'this app switches organizations, and the refresh may bring the new one' }
        : asFix(removeEffect(found, file, project), 'removeEffect', 'the effect does more than refresh')),
    })),
  ]);
}

export type LoopSuggestion = 'removeEffect' | 'removeKey' | 'rewrite';

const bridgeLoops = (file: SourceFile, project: Project): Finding<LoopMessage, 'rewrite'>[] =>
  eachBridge(file, project, (diagnosis) => {
    const [loop, ...others] = diagnosis.loops;
    if (!loop) return [];
    const { messageId, data } = describe(loop, file);
    const fixed = fixOf(diagnosis, project);
    const along = fixed.fix ? tokenErrorsOf(diagnosis, diagnosis.thrown) : [];
    const places = [...others, ...along].map(({ at }) => at);
    const also = alsoOf(places, loop.at, file);
    return [
      { messageId, data: { ...data, name: nameOf(diagnosis.bridge.name), also }, range: loop.at.range, ...fixed },
    ];
  });

const nameOf = (name: string): string => (name === 'setAuth' ? 'the function given to setAuth()' : name);

function asFix<Id extends string>(
  edits: readonly Edit[] | undefined,
  id: Id,
  otherwise = 'the code around it is written in a way that can not be edited',
): Pick<Finding<string, Id>, 'fix' | 'fixMessageId' | 'unfixable'> {
  return edits ? { fix: { safety: 'review', edits }, fixMessageId: id } : { unfixable: otherwise };
}

const text = (file: SourceFile, node: Node): string => {
  const whole = file.text.slice(node.range[0], node.range[1]).replace(/\s+/gu, ' ');
  return whole.length > 60 ? `${whole.slice(0, 57)}...` : whole;
};

function describe(loop: Loop, file: SourceFile): { messageId: LoopMessage; data: Record<string, string> } {
  const call = loop.forced?.name ?? '';
  const value = text(file, loop.at);
  switch (loop.kind) {
    case 'feedback':
      return describeFeedback(loop.feedback, { call, value });
    case 'unstable':
      if (loop.at.parent?.type === 'ArrayExpression' || ['created', 'object'].includes(loop.change.cause))
        return { messageId: 'newDepEachRender', data: { value, ...describeDep(loop.at, loop.change) } };
      return {
        messageId: loop.forced ? 'newEachRenderForced' : 'newEachRender',
        data: {
          ...(loop.forced && { call }),
          fix: loop.change.cause === 'noDeps' ? `Give ${loop.change.hook}() its dependencies` : WRAP_IT,
        },
      };
    case 'retry':
      return {
        messageId: loop.retry.kind === 'noEnd' ? 'retriedForEver' : 'retriedAtOnce',
        data: { call, how: HOW[loop.retry.by] },
      };
    case 'suspends':
      return { messageId: 'suspends', data: { value } };
  }
}

const WRAP_IT = 'Wrap it in useCallback()';

/** What a dependency is, and what to do about it: a literal (`[getAccessToken, {}]`) has no place there. */
function describeDep(
  at: Node,
  change: Extract<Loop, { kind: 'unstable' }>['change'],
): { what: string; instead: string } {
  const isOfFunction = isFunction(unwrap(at));
  if (isOfFunction || /^(?:Array|New|Object)Expression$/u.test(unwrap(at).type))
    return { what: isOfFunction ? 'function' : 'object', instead: 'Remove it' };
  switch (change.cause) {
    case 'created':
      return { what: 'object', instead: 'Make it once, with useMemo() or in the module' };
    case 'object':
      return { what: 'object', instead: 'Depend on the members that are used' };
    case 'noDeps':
      return {
        what: change.hook === 'useMemo' ? 'value' : 'function',
        instead: `Give its ${change.hook}() dependencies`,
      };
    case 'function':
      return { what: 'function', instead: WRAP_IT };
  }
}

function describeFeedback(
  { through, value: kind }: Feedback,
  { call, value }: { readonly call: string; readonly value: string },
): { messageId: LoopMessage; data: Record<string, string> } {
  const where = through === 'dep' ? 'the identity of fetchAccessToken' : through;
  if (kind === 'state') return { messageId: 'loopingState', data: { value, where } };
  if (kind === 'token.error') return { messageId: 'loopingError', data: { value, where } };
  if (through === 'dep') return { messageId: call === '' ? 'stuckDep' : 'loopingDep', data: { value } };
  // refreshAuth() sets what useAuth() returns: there it is the call that has to go.
  const fix =
    kind === 'auth.loading' || kind === 'user'
      ? 'Return getAccessToken() instead of that call'
      : `Use ${through === 'isLoading' ? 'useAuth().loading' : 'the user of useAuth()'}`;
  return { messageId: 'loopingFlag', data: { value, where, call, fix } };
}

/** What repeats a refresh, as a sentence goes on. */
const HOW = {
  catch: 'where it has just failed',
  interval: 'by setInterval()',
  loop: 'in a loop',
  recursion: 'by a function that calls itself',
} as const;

/** The other places that the same edit fixes, by their lines; by their text where the line is the one of the report. */
function alsoOf(places: readonly Node[], first: Node, file: SourceFile): string {
  const lineOf = (at: Node): number => positionAt(file.text, at.range[0]).line;
  const shown = places
    .filter((at) => at !== first)
    .map((at) => (lineOf(at) === lineOf(first) ? `'${text(file, at)}'` : `line ${String(lineOf(at))}`));
  return shown.length === 0 ? '' : ` See also ${[...new Set(shown)].join(', ')}.`;
}

/** Findings of `no-forced-token-refresh`. */
export const findForcedRefreshes = (file: SourceFile, project: Project): Finding<ForcedMessage, 'rewrite'>[] =>
  eachBridge(file, project, (diagnosis) => {
    const { forced } = diagnosis;
    if (!forced || diagnosis.keepsForced) return [];
    const messageId = forcedMessageOf(diagnosis, forced, project);
    const range = branchOf(forced.at, file, project);
    return [{ messageId, data: { call: forced.name }, range, ...fixOf(diagnosis, project) }];
  });

/** From `if (forceRefreshToken)` to the refresh, where it is in such a branch: what has to go. */
function branchOf(at: Node, file: SourceFile, project: Project): Range {
  for (let current: Node = at; current.parent && !isFunction(current); current = current.parent) {
    const { parent } = current;
    if (parent.type !== 'IfStatement' || parent.consequent !== current) continue;
    const condition = conditionOf({ file, node: parent.test, path: [] }, project);
    if (condition.kind === 'atom' && condition.atom.value === 'flag') return [parent.range[0], at.range[1]];
  }
  return at.range;
}

/** Findings of `no-stale-access-token`. */
export const findStaleTokens = (file: SourceFile, project: Project): Finding<'stale', 'rewrite'>[] =>
  eachBridge(file, project, (diagnosis) => {
    const { loops, snapshot } = diagnosis;
    if (!snapshot || loops.some(({ kind }) => kind === 'suspends')) return [];
    const data = { value: text(file, snapshot.node), of: OF[snapshot.of] };
    return [{ messageId: 'stale', data, range: snapshot.node.range, ...fixOf(diagnosis, project) }];
  });

const OF = {
  closure: 'the token of the last render',
  prop: 'a token that the server rendered',
  query: 'a token that a query keeps',
  ref: 'a token kept in a ref',
  state: 'a token kept in a state',
  store: 'a token kept in a store',
  storage: "a token kept in the browser's storage",
  variable: 'a token kept in a variable of the module',
} as const;

export type TokenErrorMessage = 'canThrow' | 'signedOutFirst' | 'waitsForToken' | 'waitsSignedOut';

interface TokenError {
  readonly messageId: TokenErrorMessage;
  readonly data: Readonly<Record<string, string>>;
  readonly at: Node;
}

/** Findings of `handle-token-error`. What a loop's edit fixes as well is listed in the loop's report. */
export const findUnhandledTokenErrors = (file: SourceFile, project: Project): Finding<TokenErrorMessage, 'rewrite'>[] =>
  eachBridge(file, project, (diagnosis) => {
    const { thrown, thrownBesides } = diagnosis;
    // One cause, one report.
    const isOfForced = thrown?.at !== thrownBesides?.at && diagnosis.forced !== undefined && !diagnosis.keepsForced;
    const errors = tokenErrorsOf(diagnosis, isOfForced ? thrownBesides : thrown);
    if (errors.length === 0) return [];
    const fixed = fixOf(diagnosis, project);
    if (diagnosis.loops.length > 0 && fixed.fix) return [];
    return errors.map(({ at, data, messageId }) => ({ messageId, data, range: at.range, ...fixed }));
  });

function tokenErrorsOf({ bridge: { file }, flagFaults }: Diagnosis, thrown: Diagnosis['thrown']): TokenError[] {
  return [
    ...(thrown
      ? [{ messageId: 'canThrow', data: { call: thrown.name, when: thrown.when }, at: thrown.at } as const]
      : []),
    ...flagFaults.map(({ at, isOfVisitors, kind }) => {
      const messageId: TokenErrorMessage =
        kind === 'flashes' ? 'signedOutFirst' : isOfVisitors ? 'waitsSignedOut' : 'waitsForToken';
      return { messageId, data: { value: text(file, at) }, at };
    }),
  ];
}

function fixOf(
  diagnosis: Diagnosis,
  project: Project,
): Pick<Finding<string, 'rewrite'>, 'fix' | 'fixMessageId' | 'unfixable'> {
  if (diagnosis.bridge.name === 'getAccessToken')
    return { unfixable: 'a hook for ConvexProviderWithAuthKit has a form of its own' };
  const rewrite = rewriteOf(diagnosis, project);
  if (!rewrite.ok) return { unfixable: rewrite.reason };
  return { fix: { safety: 'review', edits: rewrite.edits }, fixMessageId: 'rewrite' };
}

const eachBridge = <MessageId extends string>(
  file: SourceFile,
  project: Project,
  findingsOf: (diagnosis: Diagnosis) => Finding<MessageId, 'rewrite'>[],
): Finding<MessageId, 'rewrite'>[] => distinct(diagnosesOf(file, project).flatMap(findingsOf));

/** Two bridges that share a fetcher have one mistake. */
function distinct<MessageId extends string, Id extends string>(
  findings: readonly Finding<MessageId, Id>[],
): Finding<MessageId, Id>[] {
  return findings.filter(
    (finding, index) =>
      findings.findIndex(({ messageId, range }) => messageId === finding.messageId && range[0] === finding.range[0]) ===
      index,
  );
}

export type ForcedMessage = 'forced' | 'forcedAlways' | 'repeated';

/** What is to be said of a forced refresh: a fetcher that is given no flag refreshes whatever Convex asks for. */
function forcedMessageOf({ bridge, calls }: Diagnosis, { call }: Forced, project: Project): ForcedMessage {
  if (call.sites.length === 0) return 'forcedAlways';
  if (bridge.functions.length === 0 || bridge.functions.some(({ at }) => at.node.params.length > 0)) return 'forced';
  const asks = calls.some(({ what }) => what.kind === 'ask' && what.mayForce !== true);
  const isConditional = call.sites.some(({ file, function: owner, node, ref }) =>
    testsBefore(node, owner).some((test) => !isSameForEachToken({ ...ref, file, node: test.node, path: [] }, project)),
  );
  return asks && isConditional ? 'repeated' : 'forcedAlways';
}
