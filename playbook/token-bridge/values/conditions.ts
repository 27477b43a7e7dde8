/** What the flags of a bridge depend on: conditions over the values that the WorkOS hooks return, own state, and whatever else there is. */
import type { Node } from '../../../analysis/syntax/ast.ts';
import * as flow from '../../../analysis/flow/conditions.ts';
import type { WorkOSValue } from '../../libraries/entry.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';

export interface Atom {
  /** Two atoms of one key are the same value. */
  readonly key: string;
  /** `used`: a token that `use()` brought. */
  readonly value: WorkOSValue | 'flag' | 'opaque' | 'ref' | 'state' | 'used';
  /** The `useState` call of a state, with the member that is read of it; the `useRef` call of a ref. */
  readonly state?: Ref;
  /** What the state has to be: `status === 'busy'`. Its truth counts where this is undefined. */
  readonly equals?: number | string;
  /** Where the bridge's own file reads it. */
  readonly at: Node;
}

export type Condition = flow.Condition<Atom>;

/** Whether Convex asks for a token: only where `isLoading` is false and `isAuthenticated` true. */
export const isAsking = (
  { isAuthenticated, isLoading }: { readonly isAuthenticated: Condition; readonly isLoading: Condition },
  world: flow.World,
): boolean => !flow.holds(isLoading, world) && flow.holds(isAuthenticated, world);

/** A signed-in page at rest, as the WorkOS hooks describe it. */
export const AT_REST: flow.World = new Map([
  ['auth.loading', false],
  ['token.loading', false],
  ['token.error', false],
  ['token.value', true],
  ['user', true],
]);
