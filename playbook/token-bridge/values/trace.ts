/** Where a value in a React hook comes from, and what it is to a bridge: of a WorkOS SDK, a state, a ref, or something else. */
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { Path } from '../../../analysis/syntax/bindings/declarations.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import type * as flow from '../../../analysis/flow/origins.ts';
import { alternativesIn, calleesIn, memberIn, originsIn } from '../../../analysis/flow/origins.ts';
import { hookOf, reactIn } from './hooks.ts';
import { storeSetBy } from './stores.ts';
import type { WorkOSValue } from '../../libraries/entry.ts';
import { type Role, isServerToken, roleOf, roleOfExport, sdkOf } from '../sdk.ts';

export type Origin =
  /** A member of a WorkOS SDK. `at` is the call of the hook. */
  | { readonly kind: 'workos'; readonly role: Role; readonly at: Ref }
  /** A package's function, or what one returned. */
  | { readonly kind: 'package'; readonly module: string; readonly name: string; readonly called: boolean }
  /** What `getAccessToken()` or `refresh()` answered. */
  | { readonly kind: 'answer' }
  /** The value (`setter`: the function that sets it) of `useState`, `useReducer` or `useTransition`. `at` is the call. */
  | { readonly kind: 'setter' | 'state'; readonly at: Ref }
  /** A member of the JSON that a request is answered with: `(await fetch('/api/token').then((response) => response.json())).token`. */
  | { readonly kind: 'fetched'; readonly request: Ref; readonly path: Path }
  /** `ref.current` of a `useRef`, as a whole. */
  | { readonly kind: 'ref'; readonly at: Ref }
  | Extract<flow.Origin, { kind: 'expression' | 'function' | 'global' | 'parameter' | 'unknown' }>;

/** What a value of a WorkOS SDK is; undefined for any other. */
export const roleOfOrigin = (origin: Origin): Role | undefined => (origin.kind === 'workos' ? origin.role : undefined);

/** Whether a function asks WorkOS for a token. */
export const isTokenRequest = (origin: Origin): boolean => ['ask', 'forced'].includes(roleOfOrigin(origin)?.kind ?? '');

/** Whether a value is one that a WorkOS hook returns, as it is now: the token, the user … */
export function isValue(origin: Origin, name: WorkOSValue): boolean {
  const role = roleOfOrigin(origin);
  return role?.kind === 'value' && role.name === name;
}

const UNKNOWN: Origin = { kind: 'unknown' };

/** The origins of an expression: several where it differs between branches. Conditionals and `??` count as expressions at their top. */
export const originsOf = (ref: Ref, loader: ModuleLoader): readonly Origin[] =>
  originsIn(ref, reactIn(loader)).flatMap((origin) => meaningsFor(origin, loader));

/** Like `originsOf`, with the arms of conditionals, `??`, `||` and `&&` taken apart. */
export const alternativeOrigins = (ref: Ref, loader: ModuleLoader): readonly Origin[] =>
  alternativesIn(ref, reactIn(loader)).flatMap((origin) => meaningsFor(origin, loader));

/** What a callee may be: like `alternativeOrigins`, with what a ref holds in place of the ref, and the function that a state was made with. */
export const calleesOf = (ref: Ref, loader: ModuleLoader): readonly Origin[] =>
  calleesIn(ref, reactIn(loader)).flatMap((origin) => meaningsFor(origin, loader));

/** The expression that a property of an object holds, through spreads; undefined when it is not known. */
export const memberOf = (ref: Ref, path: Path, loader: ModuleLoader): Ref | undefined =>
  memberIn(ref, path, reactIn(loader));

/** What a callback of `then()` is given is what the promise comes to, where that is a token. */
function meaningsFor(origin: flow.Origin, loader: ModuleLoader): readonly Origin[] {
  if (origin.kind === 'parameter' && origin.path.length === 0) {
    const store = storeSetBy(origin.function, origin.index, origin.file, loader);
    if (store) return [{ kind: 'setter', at: store.made }];
  }
  const awaited = origin.kind === 'parameter' ? origin.awaited.flatMap((one) => meaningsFor(one, loader)) : [];
  return awaited.some(({ kind }) => kind === 'answer' || kind === 'fetched') ? awaited : [meaningFor(origin, loader)];
}

function meaningFor(origin: flow.Origin, loader: ModuleLoader): Origin {
  switch (origin.kind) {
    case 'export': {
      const { at, module, name, path } = origin;
      return sdkOf(module) && path.length === 0
        ? { kind: 'workos', role: roleOfExport(module, name), at }
        : { kind: 'package', module, name, called: false };
    }
    case 'result':
      return resultOf(origin.callee, origin.at, loader);
    case 'kept':
      return keptValue(origin.at, loader);
    default:
      return origin;
  }
}

/** What a call of something gives. `createClient()` of authkit-js gives the same members as the hook of authkit-react. */
function resultOf(callee: flow.Origin, at: Ref, loader: ModuleLoader): Origin {
  const request = callee.kind === 'result' ? requestOf(callee) : undefined;
  if (request) return { kind: 'fetched', request, path: at.path };
  const called = meaningFor(callee, loader);
  if (called.kind === 'package') return { ...called, called: true };
  if (called.kind !== 'workos') return UNKNOWN;
  if (at.path.length === 0 && ['ask', 'forced'].includes(called.role.kind)) return { kind: 'answer' };
  const sdk = callee.kind === 'export' && callee.path.length === 0 ? sdkOf(callee.module) : undefined;
  const steps = at.path.filter((step) => typeof step === 'string');
  if (callee.kind !== 'export' || !sdk || steps.length < at.path.length) return UNKNOWN;
  const { module, name } = callee;
  if (isServerToken(module, name, steps)) return { kind: 'answer' };
  return /^use[A-Z]|^createClient$/u.test(name)
    ? { kind: 'workos', role: roleOf(sdk, name, steps), at }
    : { kind: 'package', module, name, called: true };
}

/** The call of `fetch()` of whose response something is the method `json`. */
function requestOf({ at, callee }: Extract<flow.Origin, { kind: 'result' }>): Ref | undefined {
  const isFetch = callee.kind === 'global' && callee.name === 'fetch';
  return isFetch && at.path.length === 1 && at.path[0] === 'json' ? { ...at, path: [] } : undefined;
}

/** The value of a hook that keeps one, or what sets it. */
function keptValue(at: Ref, loader: ModuleLoader): Origin {
  const [slot, ...path] = at.path;
  if (hookOf(at, loader) === 'useRef')
    return slot === undefined || slot === 'current' ? { kind: 'ref', at: { ...at, path: [] } } : UNKNOWN;
  if (slot === '1') return { kind: 'setter', at: { ...at, path: [] } };
  return slot === '0' ? { kind: 'state', at: { ...at, path } } : UNKNOWN;
}
