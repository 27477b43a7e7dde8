/** What the calls mean that a fetcher makes, directly or through other functions: it asks for a token, forces a refresh, sets a state. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, contains } from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { callChains } from '../../../analysis/flow/calls/call-chains.ts';
import type { Site } from '../../../analysis/flow/calls/call-walk.ts';
import { conditionOf } from '../values/read-condition.ts';
import { isFalsyLiteral } from '../../../analysis/flow/constants.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import type { ForcedKind, TokenMeaning } from '../../libraries/entry.ts';
import { type Origin, alternativeOrigins, calleesOf, memberOf, originsOf, roleOfOrigin } from '../values/trace.ts';

export type CallKind =
  | Extract<TokenMeaning, { kind: 'ask' }>
  | { readonly kind: 'forced'; readonly by: ForcedKind }
  /** A state of the hook's own is set. `state` is its call of `useState`, `useReducer` or `useTransition`. */
  | { readonly kind: 'setState'; readonly state: Ref }
  /** The function is on the way already. */
  | { readonly kind: 'recursion'; readonly function: FunctionNode }
  | { readonly kind: 'package'; readonly module: string; readonly name: string }
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'project' | 'unknown' };

export interface ReachedCall {
  readonly what: CallKind;
  /** From the fetcher's own code to the call; the last one is the call itself. */
  readonly sites: readonly Site[];
}

/** The calls that a function may make, in source order, each with the way to it. */
export function callsFrom({ at }: Origin & { readonly kind: 'function' }, loader: ModuleLoader): ReachedCall[] {
  const chains = callChains<Exclude<Origin, { kind: 'function' }>>(at, {
    calleesOf: (callee) => calleesOf(callee, loader),
    truthOf(test) {
      const condition = conditionOf(test, loader);
      return condition.kind === 'known' ? condition.value : undefined;
    },
  });
  return chains.flatMap(({ link, sites }): ReachedCall[] => {
    switch (link.kind) {
      case 'called':
        return [{ what: kindOf(link.callee, link.call, loader), sites }];
      case 'handed': {
        const role = roleOfOrigin(link.callee);
        return role?.kind === 'forced' || role?.kind === 'ask' ? [{ what: role, sites }] : [];
      }
      case 'entered':
        return [{ what: { kind: 'project' }, sites }];
      case 'recursion':
        return [{ what: link, sites }];
    }
  });
}

function kindOf(origin: Origin, call: Ref, loader: ModuleLoader): CallKind {
  switch (origin.kind) {
    case 'workos': {
      const { role } = origin;
      if (role.kind === 'forced') return role;
      if (role.kind !== 'ask') return { kind: 'unknown' };
      const [options] = (call.node as TSESTree.CallExpression).arguments;
      const isForced = role.mayForce && options && forcesRefresh({ ...call, node: options }, loader);
      return isForced === true ? { kind: 'forced', by: 'forceRefresh' } : role;
    }
    case 'setter':
      return { kind: 'setState', state: origin.at };
    case 'package':
      return { kind: 'package', module: origin.module, name: origin.name };
    case 'global':
      return { kind: 'global', name: origin.name };
    default:
      return { kind: 'unknown' };
  }
}

/** Whether options may hold a `forceRefresh` that is not false. */
function forcesRefresh(options: Ref, loader: ModuleLoader): boolean {
  return alternativeOrigins(options, loader).some((origin) => {
    if (origin.kind !== 'expression' || origin.at.node.type !== 'ObjectExpression') return false;
    const member = memberOf(origin.at, ['forceRefresh'], loader);
    // `...(forceRefreshToken && { forceRefresh: true })` has it somewhere inside.
    const values = !member
      ? []
      : member.path.length === 0
        ? [member]
        : originsOf(member, loader).flatMap((one) => (one.kind === 'expression' ? [one.at] : []));
    return values.some(({ node }) => !isFalsyLiteral(node));
  });
}

/** The place of a call in a file: the call itself, or the one in this file that leads to it. */
export function placeIn(file: SourceFile, { sites }: ReachedCall): Node | undefined {
  return sites.findLast((site) => site.file === file)?.node;
}

/** Whether a call asks for a token, by force or not. */
export const asksForToken = ({ what: { kind } }: ReachedCall): boolean => kind === 'ask' || kind === 'forced';

/** Whether one of the calls in a place forces a refresh. */
export const hasForced = (node: Node, calls: readonly ReachedCall[]): boolean =>
  callsIn(node, calls).some(({ what }) => what.kind === 'forced');

/** What a piece of the fetcher's own code leads to. */
export const callsIn = (code: Node, calls: readonly ReachedCall[]): readonly ReachedCall[] =>
  calls.filter(({ sites: [first] }) => first !== undefined && contains(code, first.node));
