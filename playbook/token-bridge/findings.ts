/** From diagnoses to what the four rules report: one finding a bridge and rule, at the line to change. */
import { type Node, type Range, isFunction } from '../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { positionAt } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import type { Finding } from '../finding.ts';
import { conditionOf } from './values/read-condition.ts';
import { type Diagnosis, type Loop, diagnosesOf } from './detect/diagnosis.ts';
import { rewriteOf } from './fix/rewrite.ts';

/** A file without this text has no bridge. */
export const BRIDGE_NEEDLES = ['fetchAccessToken', 'ConvexProviderWithAuthKit'];

export type LoopMessage =
  | 'loopingFlag'
  | 'loopingDep'
  | 'loopingState'
  | 'newEachRender'
  | 'newEachRenderForced'
  | 'newDepEachRender'
  | 'retriedAtOnce'
  | 'retriedForEver';

/** Findings of `no-token-refresh-loop`. */
export function findRefreshLoops(file: SourceFile, project: Project): Finding<LoopMessage, 'rewrite'>[] {
  return distinct(
    diagnosesOf(file, project).flatMap((diagnosis) => {
      const [loop, ...others] = diagnosis.loops;
      if (!loop) return [];
      const { messageId, data } = describe(loop, file);
      return [
        {
          messageId,
          data: { ...data, name: diagnosis.bridge.name, also: alsoOf(others, loop, file) },
          range: loop.at.range,
          ...mended(diagnosis, project),
        },
      ];
    }),
  );
}

const text = (file: SourceFile, node: Node): string => {
  const whole = file.text.slice(node.range[0], node.range[1]).replace(/\s+/gu, ' ');
  return whole.length > 60 ? `${whole.slice(0, 57)}...` : whole;
};

function describe(loop: Loop, file: SourceFile): { messageId: LoopMessage; data: Record<string, string> } {
  const call = loop.forced?.name ?? '';
  const value = text(file, loop.at);
  switch (loop.kind) {
    case 'feedback': {
      const { through, value: kind } = loop.feedback;
      if (kind === 'state' && through !== 'dep') return { messageId: 'loopingState', data: { value, through } };
      if (kind === 'state')
        return { messageId: 'loopingState', data: { value, through: 'the deps of fetchAccessToken' } };
      return through === 'dep'
        ? { messageId: 'loopingDep', data: { value, call } }
        : { messageId: 'loopingFlag', data: { value, through, call } };
    }
    case 'unstable':
      if (loop.change.cause === 'object') return { messageId: 'newDepEachRender', data: { value } };
      return loop.forced
        ? { messageId: 'newEachRenderForced', data: { call } }
        : { messageId: 'newEachRender', data: {} };
    case 'retry':
      return {
        messageId: loop.retry.kind === 'noEnd' ? 'retriedForEver' : 'retriedAtOnce',
        data: { call, how: HOW[loop.retry.by] },
      };
  }
}

const HOW = {
  catch: 'where it has just failed',
  interval: 'by setInterval()',
  loop: 'in a loop',
  recursion: 'by a function that calls itself',
} as const;

/** The other places, by their lines; by their text where the line is the one of the report. */
function alsoOf(others: readonly Loop[], first: Loop, file: SourceFile): string {
  const lineOf = (at: Node): number => positionAt(file.text, at.range[0]).line;
  const places = others
    .filter(({ at }) => at !== first.at)
    .map(({ at }) => (lineOf(at) === lineOf(first.at) ? `'${text(file, at)}'` : `line ${String(lineOf(at))}`));
  return places.length === 0 ? '' : ` The same happens by ${[...new Set(places)].join(', ')}.`;
}

/** Findings of `no-forced-token-refresh`. */
export function findForcedRefreshes(file: SourceFile, project: Project): Finding<'forced', 'rewrite'>[] {
  return distinct(
    diagnosesOf(file, project).flatMap((diagnosis) => {
      const { forced } = diagnosis;
      return forced
        ? [
            {
              messageId: 'forced',
              data: { call: forced.name },
              range: branchOf(forced.at, file, project),
              ...mended(diagnosis, project),
            },
          ]
        : [];
    }),
  );
}

/** From `if (forceRefreshToken)` to the refresh, where it stands in such a branch: what is to go. */
function branchOf(at: Node, file: SourceFile, project: Project): Range {
  for (let current: Node = at; current.parent && !isFunction(current); current = current.parent) {
    const { parent } = current;
    if (parent.type !== 'IfStatement' || parent.consequent !== current) continue;
    const condition = conditionOf({ file, node: parent.test, path: [] }, file, project);
    if (condition.kind === 'atom' && condition.atom.value === 'flag') return [parent.range[0], at.range[1]];
  }
  return at.range;
}

/** Findings of `no-stale-access-token`. */
export function findStaleTokens(file: SourceFile, project: Project): Finding<'stale', 'rewrite'>[] {
  return distinct(
    diagnosesOf(file, project).flatMap((diagnosis) => {
      const { snapshot } = diagnosis;
      if (!snapshot) return [];
      return [
        {
          messageId: 'stale',
          data: { value: text(file, snapshot.node), of: OF[snapshot.of] },
          range: snapshot.node.range,
          ...mended(diagnosis, project),
        },
      ];
    }),
  );
}

const OF = {
  closure: 'the value of the last render',
  ref: 'a ref',
  state: 'a state',
  storage: "a value in the browser's storage",
} as const;

export interface TokenErrorOptions {
  readonly errorState: boolean;
}

/** Findings of `handle-token-error`. */
export function findUnhandledTokenErrors(
  file: SourceFile,
  project: Project,
  { errorState }: TokenErrorOptions,
): Finding<'canThrow' | 'ignoredError', 'rewrite'>[] {
  return distinct(
    diagnosesOf(file, project).flatMap((diagnosis): Finding<'canThrow' | 'ignoredError', 'rewrite'>[] => {
      const { bridge, ignoresError, thrown } = diagnosis;
      if (thrown)
        return [
          {
            messageId: 'canThrow',
            data: { call: thrown.name, when: thrown.when },
            range: thrown.at.range,
            ...mended(diagnosis, project),
          },
        ];
      if (!errorState || !ignoresError) return [];
      const range: Range = bridge.authenticated?.file === file ? bridge.authenticated.node.range : bridge.object.range;
      return [{ messageId: 'ignoredError', data: {}, range, ...mended(diagnosis, project) }];
    }),
  );
}

function mended(
  diagnosis: Diagnosis,
  project: Project,
): Pick<Finding<string, 'rewrite'>, 'fix' | 'fixMessageId' | 'unfixable'> {
  if (diagnosis.bridge.name !== 'fetchAccessToken')
    return { unfixable: 'a hook for ConvexProviderWithAuthKit has a form of its own' };
  const rewrite = rewriteOf(diagnosis, project);
  if (!rewrite.ok) return { unfixable: rewrite.reason };
  return { fix: { safety: 'review', edits: rewrite.edits }, fixMessageId: 'rewrite' };
}

/** Two bridges that share a fetcher have one mistake. */
function distinct<MessageId extends string>(
  findings: readonly Finding<MessageId, 'rewrite'>[],
): Finding<MessageId, 'rewrite'>[] {
  return findings.filter(
    (finding, index) =>
      findings.findIndex(({ messageId, range }) => messageId === finding.messageId && range[0] === finding.range[0]) ===
      index,
  );
}
