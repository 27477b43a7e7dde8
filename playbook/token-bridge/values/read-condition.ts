/**
 * What `isLoading` and `isAuthenticated` depend on: conditions over the values that the WorkOS hooks return, states and refs of the hook's own, and
 * Convex's request. `analysis/flow/truth.ts` takes expressions apart; this says what is known of the values that are left.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, unwrap } from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Ref, FunctionRef } from '../../../analysis/flow/calls/call-contexts.ts';
import { atom, atomsOf, known, not } from '../../../analysis/flow/conditions.ts';
import type { Constant } from '../../../analysis/flow/constants.ts';
import { conditionOver, returnedSources } from '../../../analysis/flow/sources.ts';
import { type ValueReader, readerWith } from '../../../analysis/flow/truth.ts';
import type { Atom, Condition } from './conditions.ts';
import { reactIn, usedPromise } from './hooks.ts';
import { type BridgeReader, mirrored, stateKey } from './states.ts';
import { originsOf } from './trace.ts';

/** The truth of an expression. `at` is its place in the file of the bridge, where the expression itself is in another one. */
export const conditionOf = (ref: Ref, loader: ModuleLoader, file = ref.file, at = ref.node): Condition =>
  readerFor(file, loader).truth(ref, at);

/** A question about what a hook returns, combined from its returns. Undefined where one has no result, or a return is not known. */
export function conditionOfReturns(
  hook: FunctionRef,
  loader: ModuleLoader,
  of: (returned: Ref) => Condition | undefined,
): Condition | undefined {
  const sources = returnedSources(hook, hook.node, readerFor(hook.file, loader));
  return sources && conditionOver(sources, (value) => (value.kind === 'value' ? of(value.ref) : undefined));
}

/** What reads conditions, for one question about the bridge of a file. */
export const readerFor = (file: SourceFile, loader: ModuleLoader): BridgeReader =>
  readerWith<Atom>({
    ...reactIn(loader),
    file,
    truthOfValue,
    equalsConstant,
    unknown: (key, at) => atom<Atom>({ key: `opaque ${key}`, value: 'opaque', at }),
  });

const ofValue = (value: Atom['value'], key: string, at: Node, state?: Ref): Condition =>
  atom<Atom>({ key, value, at, ...(state && { state }) });

function truthOfValue(ref: Ref, at: Node, reader: ValueReader<Atom>): Condition | undefined {
  if (ref.node.type === 'BinaryExpression') return isPositive({ ...ref, node: ref.node }, at, reader);
  const promise = usedPromise(ref, reader.loader);
  if (promise && originsOf(promise, reader.loader).some(({ kind }) => kind === 'answer'))
    return ofValue('used', `used ${ref.file.path} ${String(ref.node.range[0])}`, at);
  const [origin, second] = originsOf(ref, reader.loader);
  if (!origin || second) return undefined;
  switch (origin.kind) {
    case 'workos': {
      const { role } = origin;
      if (role.kind === 'value') return role.name === 'token' ? undefined : ofValue(role.name, role.name, at);
      return role.kind === 'ask' || role.kind === 'forced' ? known(true) : undefined;
    }
    // Convex's own request: `fetchAccessToken({ forceRefreshToken })`.
    case 'parameter':
      return origin.path[0] === 'forceRefreshToken' ? ofValue('flag', 'flag', at) : undefined;
    case 'ref':
      return ofValue('ref', `ref ${stateKey(origin.at)}`, at, origin.at);
    case 'state': {
      const own = ofValue('state', stateKey(origin.at), at, origin.at);
      const mirror = mirrored(origin.at, at, own, reader);
      return keptAtLoading(mirror && reader.truthOf(mirror)) ?? own;
    }
    case 'setter':
      return known(true);
    default:
      return undefined;
  }
}

/** `pending > 0` of a state, which counts. */
function isPositive(
  { node: { left, operator, right }, ...ref }: Ref & { readonly node: TSESTree.BinaryExpression },
  at: Node,
  reader: BridgeReader,
): Condition | undefined {
  const number = unwrap(right);
  if (number.type !== 'Literal' || typeof number.value !== 'number') return undefined;
  const comparison = `${operator} ${String(number.value)}`;
  const isNone = ['=== 0', '== 0', '< 1', '<= 0'].includes(comparison);
  if (!isNone && !['> 0', '>= 1', '!== 0', '!= 0'].includes(comparison)) return undefined;
  const count: Ref = { ...ref, node: left, path: [] };
  const [origin, second] = originsOf(count, reader.loader);
  if (origin?.kind !== 'state' || second) return undefined;
  return isNone ? not(reader.truth(count, at)) : reader.truth(count, at);
}

/** `status === 'busy'` of a state. */
function equalsConstant(ref: Ref, constant: Constant, at: Node, reader: ValueReader<Atom>): Condition | undefined {
  const { value } = constant;
  const [origin, second] = originsOf(ref, reader.loader);
  if (origin?.kind !== 'state' || second || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  const { at: state } = origin;
  const own = atom<Atom>({ key: `${stateKey(state)} = ${String(value)}`, value: 'state', state, equals: value, at });
  const mirror = mirrored(state, at, own, reader);
  const kept =
    mirror &&
    conditionOver(mirror, (one) => {
      if (one.kind === 'truth') return one.of;
      return one.kind === 'nothing' ? known(false) : reader.equalTo(constant, one.ref, one.at);
    });
  return keptAtLoading(kept) ?? own;
}

/** A condition at which an effect keeps a state, where it is one of the `loading` of a WorkOS hook. */
const keptAtLoading = (kept: Condition | undefined): Condition | undefined =>
  kept && atomsOf(kept).some(({ value }) => value === 'token.loading' || value === 'auth.loading') ? kept : undefined;
