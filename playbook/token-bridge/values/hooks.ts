/** React's hooks as the code of a file writes them: their calls, the names these are declared with, and what is put into refs, states and contexts. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../../../analysis/once.ts';
import { type Node, isFunction, propertyName, unwrap, wrapped } from '../../../analysis/syntax/ast.ts';
import type { Path } from '../../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { type Variable, readsOf, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { Meaning } from '../../../analysis/flow/library.ts';
import type { Tracer } from '../../../analysis/flow/origins.ts';
import { returnedExpressions } from '../../../analysis/flow/paths.ts';
import { contextAt, reactExport } from '../../react.ts';
import { storeMeaning } from './stores.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { expressionAt } from '../../../analysis/syntax/bindings/expressions.ts';

/** The name of React's hook that a call calls. */
export function hookOf({ file, node }: Ref, loader: ModuleLoader): string | undefined {
  return node.type === 'CallExpression' ? reactExport({ file, node: node.callee }, loader) : undefined;
}

const EFFECTS = new Set(['useEffect', 'useInsertionEffect', 'useLayoutEffect']);

/** Whether a call makes an effect. */
export const isEffect = (call: Ref, loader: ModuleLoader): boolean => EFFECTS.has(hookOf(call, loader) ?? '');

/** The variable that a hook's call is declared with: `x` of `const x = useRef()`. */
function declaredBy(ref: Ref, slot?: number): Variable | undefined {
  const call = wrapped(ref.node);
  const declarator = call.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.init !== call) return undefined;
  const { id } = declarator;
  const name = slot === undefined ? id : id.type === 'ArrayPattern' ? id.elements[slot] : undefined;
  return name?.type === 'Identifier' ? variableOf(ref.file, name) : undefined;
}

function declaredReads(ref: Ref, slot?: number): readonly Node[] {
  const variable = declaredBy(ref, slot);
  return variable ? readsOf(variable) : [];
}

/** The assignments to `current` of a ref, with the initial value first. */
export function refValues(ref: Ref): Ref[] {
  const initial = ref.node.type === 'CallExpression' ? ref.node.arguments[0] : undefined;
  const values: Ref[] = initial ? [{ ...ref, node: initial, path: [] }] : [];
  return [...values, ...refAssignments(ref).map((node) => ({ ...ref, node: node.right, path: [] }))];
}

export function refAssignments(ref: Ref): TSESTree.AssignmentExpression[] {
  return declaredReads(ref).flatMap((read) => {
    const member = read.parent;
    const assignment = member?.type === 'MemberExpression' && member.object === read ? member.parent : undefined;
    return assignment?.type === 'AssignmentExpression' && assignment.left === member ? [assignment] : [];
  });
}

/** Whether code puts something into what a ref holds: `cache.current.token = token`. */
const isMemberAssigned = (ref: Ref): boolean =>
  declaredReads(ref).some((read) => {
    const member = read.parent?.parent;
    if (member?.type !== 'MemberExpression' || member.object !== read.parent) return false;
    return member.parent.type === 'AssignmentExpression' && member.parent.left === member;
  });

/** The calls of a state's setter in its file. */
export function setterCalls(ref: Ref): TSESTree.CallExpression[] {
  return declaredReads(ref, 1).flatMap((read) =>
    read.parent?.type === 'CallExpression' && read.parent.callee === read ? [read.parent] : [],
  );
}

/** The promises whose result a state is set to: `getAccessToken().then(setToken)`. */
export function setterPromises(ref: Ref): Ref[] {
  return declaredReads(ref, 1).flatMap((read): Ref[] => {
    const call = read.parent;
    if (call?.type !== 'CallExpression' || call.arguments[0] !== read || call.callee.type !== 'MemberExpression')
      return [];
    return propertyName(call.callee) === 'then' ? [{ ...ref, node: call.callee.object, path: [] }] : [];
  });
}

/** The promise that handlers are added to: `getAccessToken()` of `getAccessToken().then((token) => token ?? null, () => null)`. */
export function promiseOf(node: Node): Node {
  const { callee } = node.type === 'CallExpression' ? node : {};
  const isSettled = callee?.type === 'MemberExpression' && HANDLING.includes(propertyName(callee) ?? '');
  return isSettled ? promiseOf(unwrap(callee.object)) : node;
}

const HANDLING = ['then', 'catch', 'finally'];

/** The promise of which an expression is what `use()` brought. */
export function usedPromise({ file, node, path }: Ref, loader: ModuleLoader): Ref | undefined {
  const call = path.length === 0 ? expressionAt({ file, node }, loader, 'CallExpression') : undefined;
  const promise = call?.node.arguments[0];
  return promise && hookOf({ ...call, path: [] }, loader) === 'use'
    ? { file: call.file, node: promiseOf(unwrap(promise)), path: [] }
    : undefined;
}

/** Follows values through React's hooks, and through stores. */
export const reactIn: (loader: ModuleLoader) => Tracer = onceFor((loader) => ({
  loader,
  library: {
    meaningOf: (call) => meaningOf(call, loader) ?? storeMeaning(call, reactIn(loader)),
    keptBy: (expression) => refOfCurrent(expression, loader),
    valuesOf: (kept) => valuesOf(kept, loader),
  },
}));

function meaningOf(call: Ref, loader: ModuleLoader): Meaning | undefined {
  const hook = hookOf(call, loader);
  if (hook === undefined) return undefined;
  const [first, second] = call.node.type === 'CallExpression' ? call.node.arguments : [];
  const [slot, ...members] = call.path;
  if (hook === 'useRef' && slot === 'current' && members.length > 0) return heldMember(call, members);
  if (KEEPING.has(hook)) return { kind: 'keeps' };
  if (!first) return { kind: 'unknown' };
  const given: Ref = { ...call, node: first };
  if (hook === 'useMemo') return { kind: 'returns', of: { ...given, path: [] } };
  if (hook === 'useSyncExternalStore' && second) return { kind: 'returns', of: { ...call, node: second, path: [] } };
  if (HANDING_ON.has(hook)) return { kind: 'gives', values: [given] };
  if (hook !== 'use' && hook !== 'useContext') return { kind: 'unknown' };
  const { provided = [] } = contextAt(given, loader) ?? {};
  if (provided.length > 0) return { kind: 'gives', values: provided.map((value) => ({ ...value, path: call.path })) };
  return hook === 'use' ? { kind: 'gives', values: [given], isAwaited: true } : { kind: 'unknown' };
}

/** A member of what a ref holds, which is as it was given as long as nothing else is put there. */
const heldMember = (call: Ref, members: Path): Meaning =>
  isMemberAssigned(call)
    ? { kind: 'unknown' }
    : { kind: 'gives', values: refValues(call).map((value) => ({ ...value, path: [...value.path, ...members] })) };

const KEEPING = new Set(['useReducer', 'useRef', 'useState', 'useTransition']);
const HANDING_ON = new Set(['cache', 'useCallback', 'useDeferredValue', 'useEffectEvent']);

/** The `useRef` call of `ref.current`, which holds another value at another time, however often it is assigned. */
function refOfCurrent({ file, frame, node }: Ref, loader: ModuleLoader): Ref | undefined {
  if (node.type !== 'MemberExpression' || propertyName(node) !== 'current') return undefined;
  const held = expressionAt({ file, node: node.object }, loader);
  // What a hook of the project keeps in a ref may be an argument of it: `useLatest(accessToken)`.
  const call: Ref | undefined = held && { ...held, path: [], frame };
  return call && hookOf(call, loader) === 'useRef' ? call : undefined;
}

/** All that is put into a ref; the function that a state is made with where nothing can set another: `const [fetcher] = useState(() => async () => …)`. */
function valuesOf(kept: Ref, loader: ModuleLoader): readonly Ref[] | undefined {
  const hook = hookOf(kept, loader);
  const [slot, ...members] = kept.path;
  if (members.length > 0) return undefined;
  if (hook === 'useRef') return slot === undefined || slot === 'current' ? refValues(kept) : undefined;
  const [maker] = kept.node.type === 'CallExpression' ? kept.node.arguments : [];
  if (hook !== 'useState' || slot !== '0' || !isFunction(maker) || declaredBy({ ...kept, path: [] }, 1))
    return undefined;
  return returnedExpressions(maker).map((node) => ({ ...kept, node, path: [] }));
}
