/**
 * The one rewrite that the four rules share: the bridge in the playbook's form (PLAYBOOK section 2, "Right"). What can't be done
 * exactly is not done, and the reason is told.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { contains, enclosingFunction, walkOwnCode } from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings.ts';
import { type Edit, mergeEdits } from '../../../analysis/edits/edits.ts';
import type { Project } from '../../../project/project.ts';
import { usesReactCompiler } from '../detect/compiler.ts';
import type { Atom } from '../values/conditions.ts';
import type { Diagnosis } from '../detect/diagnosis.ts';
import { type EditBuilder, isRemoved, joinRemovals, want } from './edit-builder.ts';
import { rewriteFetcher } from './fetcher.ts';
import { rewriteFlags } from './flags.ts';
import { memoise } from './memo.ts';
import { finish } from './unused.ts';
import { roleOf, sdkOf } from '../sdk.ts';
import { refAssignments, setterCalls } from '../values/hooks.ts';

export type Rewrite =
  { readonly ok: true; readonly edits: readonly Edit[] } | { readonly ok: false; readonly reason: string };

const refuse = (reason: string): Rewrite => ({ ok: false, reason });

/** The edits that bring a bridge into the playbook's form, or why there are none. */
export function rewriteOf(diagnosis: Diagnosis, project: Project): Rewrite {
  const { bridge } = diagnosis;
  const { file, home } = bridge;
  const [fetcher, other] = bridge.functions;
  if (home.body.type !== 'BlockStatement') return refuse('the hook has no body of its own: give it a name and a block');
  const hooks = hooksIn(diagnosis, project);
  if (!hooks.ask) return refuse('the token does not come from useAccessToken() taken apart in the same function');
  const builder: EditBuilder = { file, home, edits: [], removed: [], used: new Set(), wanted: new Map() };
  const { pattern, sdk } = hooks.ask;
  let asked: string | undefined;
  const node = fetcher?.at.node;
  if (!fetcher || !node || other) return refuse('fetchAccessToken is not one function of this file');
  if (fetcher.at.file !== file || !contains(home, node)) return refuse('fetchAccessToken is made in another function');
  const problem =
    rewriteFetcher({
      builder,
      loader: project,
      node,
      calls: diagnosis.calls,
      ask: () => (asked = want(builder, pattern, 'getAccessToken')),
      mayBeUndefined: sdk === 'next',
      isHopeless: diagnosis.snapshot !== undefined || diagnosis.loops.some(({ kind }) => kind === 'retry'),
    }) ??
    rewriteFlags({
      builder,
      bridge,
      loader: project,
      isBad: badAtom(diagnosis, builder),
      auth: hooks.auth,
      token: sdk === 'next' ? pattern : undefined,
    }) ??
    memoise({
      builder,
      bridge,
      node,
      added: asked === undefined ? [] : [asked],
      isCompiled: () => usesReactCompiler(bridge, project),
      looping: diagnosis.loops.map(({ at }) => at),
      loader: project,
    });
  if (problem !== undefined) return refuse(problem);
  finish(builder, project);
  joinRemovals(builder);
  return mergeEdits(builder.edits, file.text)
    ? { ok: true, edits: builder.edits }
    : refuse('its parts overlap each other');
}

/** What no flag should hang on: the token's `loading`, a state that feeds back, one that only the old fetcher set. */
function badAtom({ loops }: Diagnosis, builder: EditBuilder): (atom: Atom) => boolean {
  const looping = new Set(loops.map(({ at }) => at));
  return ({ at, state, value }) => {
    if (!state) return value === 'token.loading';
    if (looping.has(at)) return true;
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
  walkOwnCode(home, (node) => {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern' || node.init?.type !== 'CallExpression')
      return;
    const definition = definitionOf({ file, node: node.init.callee }, project);
    const sdk = definition.kind === 'export' && definition.path.length === 0 ? sdkOf(definition.module) : undefined;
    if (!sdk || definition.kind !== 'export' || enclosingFunction(node) !== home) return;
    const isToken = definition.name === 'useAccessToken';
    if (isToken || (sdk === 'react' && roleOf(sdk, definition.name, ['getAccessToken']).kind === 'ask'))
      ask ??= { pattern: node.id, sdk };
    if (!isToken) auth ??= node.id;
  });
  return { ask, auth };
}
