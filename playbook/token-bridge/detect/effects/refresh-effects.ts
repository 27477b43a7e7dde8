/**
 * Effects that refresh the token whenever what they depend on is what the refresh changes: a loop of their own, with or without Convex (PLAYBOOK section 2,
 * "More loops").
 */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  isFunction,
  propertyName,
  unwrap,
  nodesOf,
} from '../../../../analysis/syntax/ast.ts';
import { pathTo } from '../../../../analysis/flow/paths.ts';
import { conditionFor } from '../../../../analysis/flow/sources.ts';
import type { SourceFile } from '../../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../../project/project.ts';
import { AT_REST, type Atom, type Condition } from '../../values/conditions.ts';
import { type World, all, atom, replaceAtoms, truthIn } from '../../../../analysis/flow/conditions.ts';
import { isEffect } from '../../values/hooks.ts';
import { calleesOf } from '../../values/trace.ts';
import { conditionOf, readerFor } from '../../values/read-condition.ts';
import type { Site } from '../../../../analysis/flow/calls/call-walk.ts';
import { type ReachedCall, callsFrom } from '../calls.ts';
import { copiedInto, isFlippedBy } from './feedback.ts';
import { calleeName } from '../../../../analysis/flow/timers.ts';
import { guardOf } from '../guards.ts';
import { handlersAround } from '../../../../analysis/flow/exceptions/rejections.ts';
import { type Change, changesOfDeps } from '../stability.ts';

export interface RefreshEffect {
  /** The call of `useEffect`. */
  readonly effect: TSESTree.CallExpression;
  readonly callback: FunctionNode;
  readonly refresh: Node;
  readonly at: Node;
  /** What is called, and the dependency that it changes. */
  readonly call: string;
  readonly dep: Node | undefined;
}

/** What the hooks say where an effect may run again and again: WorkOS well, WorkOS failing with an old token and without one, no token at all. */
const CIRCUMSTANCES: readonly World[] = [
  AT_REST,
  new Map([...AT_REST, ['token.error', true]]),
  new Map([...AT_REST, ['token.error', true], ['token.value', false]]),
  new Map([...AT_REST, ['token.value', false]]),
];

/** The effects of a file that run again because of what they do. */
export const refreshEffectsOf = (file: SourceFile, project: Project): RefreshEffect[] =>
  nodesOf(file.ast, 'CallExpression').flatMap((node) =>
    isEffect({ file, node, path: [] }, project) ? loopOf(node, file, project) : [],
  );

function loopOf(call: TSESTree.CallExpression, file: SourceFile, project: Project): RefreshEffect[] {
  const [callback] = call.arguments;
  if (!isFunction(callback)) return [];
  const changes = changesOfDeps({ file, node: call, path: [] }, { file, loader: project, isCompiled: () => false });
  if (changes.length === 0) return [];
  const calls = callsFrom({ kind: 'function', at: { file, node: callback, path: [] } }, project);
  for (const one of calls) {
    const by = one.what.kind === 'forced' ? one.what.by : undefined;
    const [site] = one.sites;
    if ((by !== 'refresh' && by !== 'refreshAuth') || !site || !runsThrough(one, project) || guardOf(one, project))
      continue;
    const reached = reachedWhen(one, project);
    const change =
      reached &&
      CIRCUMSTANCES.flatMap((world) =>
        truthIn(reached, world) === true ? changes.filter((each) => isChanged(each, by, world, project, file)) : [],
      )[0];
    const last = one.sites.at(-1)?.node ?? site.node;
    if (change) {
      return [
        {
          effect: call,
          callback,
          refresh: last,
          at: site.node,
          call: `${calleeName(last.type === 'CallExpression' ? last.callee : last)}()`,
          dep: change.at === call ? undefined : change.at,
        },
      ];
    }
  }
  return [];
}

/** Whether a call runs with the effect: each function on the way is called there, not handed to something else. */
function runsThrough({ sites }: ReachedCall, project: Project): boolean {
  return sites.every((site, index) => {
    const next = sites[index + 1];
    if (!runsAtOnce(site)) return false;
    if (!next) return true;
    const { node, ref } = site;
    return (
      node.type === 'CallExpression' &&
      calleesOf({ ...ref, node: node.callee, path: [] }, project).some(
        (origin) => origin.kind === 'function' && origin.at.node === next.function,
      )
    );
  });
}

/** Whether a call runs with the function around it: not in a timer, a listener, or where something has failed. */
function runsAtOnce(site: Site): boolean {
  if (handlersAround(site).length > 0) return false;
  for (let current: Node | undefined = site.node; current && current !== site.function; current = current.parent) {
    if (!isFunction(current)) continue;
    const { parent } = current as { parent?: Node };
    const isCalled = parent?.type === 'CallExpression' && unwrap(parent.callee) === current;
    const isLink =
      parent?.type === 'CallExpression' &&
      parent.callee.type === 'MemberExpression' &&
      ['finally', 'then'].includes(propertyName(parent.callee) ?? '');
    if (!isCalled && !isLink) return false;
  }
  return true;
}

/** The condition under which a call is reached. */
function reachedWhen({ sites }: ReachedCall, project: Project): Condition | undefined {
  const conditions = sites.map((site) =>
    conditionFor(
      pathTo(site.node, site.function),
      site.ref,
      site.node,
      readerFor(site.file, project),
      (kind) => kind !== 'throws',
    ),
  );
  const known = conditions.filter((condition) => condition !== undefined);
  if (known.length < conditions.length) return undefined;
  // `if (seen)` of a state that is a copy of the token asks for the token.
  return replaceAtoms<Atom, Atom>(all(known), (one) =>
    one.state && one.equals === undefined && copiedInto(one.state, one.state.file, project).includes('token.value')
      ? atom({ ...one, key: 'token.value' })
      : atom(one),
  );
}

/** Whether a refresh changes a dependency under some circumstances. */
function isChanged(
  change: Change,
  by: 'refresh' | 'refreshAuth',
  world: World,
  project: Project,
  file: SourceFile,
): boolean {
  const isFailing = world.get('token.error') === true;
  const toggled = by === 'refresh' ? ['token.loading', ...(isFailing ? ['token.error'] : [])] : ['auth.loading'];
  const replaced = by === 'refresh' ? 'token.value' : 'user';
  const isFresh = !isFailing && world.get('token.value') === true;
  switch (change.kind) {
    case 'eachRender':
      return true;
    case 'with':
      return toggled.includes(change.value) || (change.value === replaced && isFresh);
    case 'primitive': {
      const condition = conditionOf(change.ref, project, file, change.at);
      return toggled.some((key) => isFlippedBy(key, condition, world));
    }
    case 'withState':
      return isFresh && copiedInto(change.state, file, project).includes(replaced);
  }
}
