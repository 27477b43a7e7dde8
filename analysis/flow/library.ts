/** What a library's functions do with values, for those who follow them; given by whoever knows the library. */
import type { Ref } from './calls/call-contexts.ts';

export type Meaning =
  /** It gives one of these: `useCallback(f)` gives `f`. `isAwaited`: what the promise comes to. */
  | { readonly kind: 'gives'; readonly values: readonly Ref[]; readonly isAwaited?: boolean }
  /** It gives what a function returns, of which the path is taken: `useMemo(f)`. */
  | { readonly kind: 'returns'; readonly of: Ref }
  /** It keeps a value, which other code may change: `useState()`. `as`: where it is kept, if not by this call: in the store that a hook reads. */
  | { readonly kind: 'keeps'; readonly as?: Ref }
  /** That is not known. */
  | { readonly kind: 'unknown' };

export interface Library {
  /** What the path of a call's result is; undefined for a function that the library does not have. */
  meaningOf(call: Ref): Meaning | undefined;
  /** The call whose kept value an expression reads, where it is no binding of it: `ref.current`. */
  keptBy(expression: Ref): Ref | undefined;
  /** What a kept value may be, where it is called: all that a ref is ever given. Undefined where that is not known. */
  valuesOf(kept: Ref): readonly Ref[] | undefined;
}
