/** States that a library keeps outside of components (zustand, jotai, valtio): which store a hook or a name reads, and what is written to it. */
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  isFunction,
  propertyName,
  unwrap,
  walk,
} from '../../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import type { Path } from '../../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Ref, contextOfCall, type CallRef } from '../../../analysis/flow/calls/call-contexts.ts';
import type { Meaning } from '../../../analysis/flow/library.ts';
import { type Tracer, calleesIn, memberIn } from '../../../analysis/flow/origins.ts';
import { returnedExpressions } from '../../../analysis/flow/paths.ts';
import { type Entry, knownExport } from '../../libraries/index.ts';

/** A call that makes a store, and how its values are kept. */
export interface Store {
  readonly made: CallRef;
  readonly kind: NonNullable<Entry['store']>;
}

const entryOf = (file: SourceFile, node: Node, loader: ModuleLoader): Entry | undefined =>
  node.type === 'Identifier' || node.type === 'MemberExpression'
    ? knownExport({ file, node }, loader)?.entry
    : undefined;

/** The store that a call makes: `create(…)`, `create<State>()(…)`, `atom(null)`, `proxy({ … })`. */
export function storeMadeBy({ file, node }: Located, loader: ModuleLoader): Store | undefined {
  if (node.type !== 'CallExpression' || node.arguments.length === 0) return undefined;
  const callee = unwrap(node.callee);
  const maker = callee.type === 'CallExpression' && callee.arguments.length === 0 ? unwrap(callee.callee) : callee;
  const kind = entryOf(file, maker, loader)?.store;
  return kind && (maker === callee || kind === 'members') ? { kind, made: { file, node, path: [] } } : undefined;
}

function storeNamedBy(definition: Definition, loader: ModuleLoader): Store | undefined {
  return definition.kind === 'value' ? storeMadeBy(definition, loader) : undefined;
}

/** What a kept value's path begins with, as a list of `useState()` has it: the value, and what sets it. */
const VALUE = '0';
const SETTER = '1';

/** What the path of a call's result is, where a store makes or reads it. */
export function storeMeaning(call: Ref, tracer: Tracer): Meaning | undefined {
  const { loader } = tracer;
  const { file, node, path } = call;
  if (node.type !== 'CallExpression') return undefined;
  const own = storeMadeBy(call, loader);
  if (own) return ofStoreItself(own, path);
  const [first, second] = node.arguments;
  const reads = entryOf(file, node.callee, loader)?.readsStore;
  if (reads) {
    const store = first && storeNamedBy(definitionOf({ file, node: first }, loader), loader);
    if (!store) return { kind: 'unknown' };
    if (reads === 'members') return membersOf(store, second, path, tracer);
    return reads === 'pair' ? kept(store, path) : kept(store, [reads === 'setter' ? SETTER : VALUE, ...path]);
  }
  const callee = definitionOf({ file, node: node.callee }, loader);
  const store = storeNamedBy(callee, loader);
  if (store?.kind !== 'members' || callee.kind !== 'value') return undefined;
  const [method, ...rest] = callee.path;
  if (method === undefined) return membersOf(store, first, path, tracer);
  return method === 'getState' && rest.length === 0 ? membersOf(store, undefined, path, tracer) : { kind: 'unknown' };
}

const kept = ({ made }: Store, path: Path): Meaning => ({ kind: 'keeps', as: { ...made, path } });

function ofStoreItself(store: Store, path: Path): Meaning {
  const [first] = path;
  if (first === VALUE || first === SETTER) return kept(store, path);
  if (store.kind === 'object') return kept(store, [VALUE, ...path]);
  return first === 'setState' && path.length === 1 ? kept(store, [SETTER]) : { kind: 'unknown' };
}

/** What `useStore((state) => state.token)` and `useStore().token` read: an action is the function that it is. */
function membersOf(store: Store, selector: Node | undefined, path: Path, tracer: Tracer): Meaning {
  const selected = selector ? selectedBy(selector) : [];
  if (!selected) return { kind: 'unknown' };
  const members = [...selected, ...path];
  const action = actionAt(store, members, tracer);
  return action ? { kind: 'gives', values: [action] } : kept(store, [VALUE, ...members]);
}

/** The members that a selector takes: `(state) => state.user.token`, `useShallow((state) => state.token)`. */
function selectedBy(selector: Node): string[] | undefined {
  const node = unwrap(selector);
  if (node.type === 'CallExpression' && node.arguments[0]) return selectedBy(node.arguments[0]);
  if (!isFunction(node)) return undefined;
  const [parameter] = node.params;
  const [returned, other] = returnedExpressions(node);
  if (parameter?.type !== 'Identifier' || !returned || other) return undefined;
  const members: string[] = [];
  let current = unwrap(returned);
  while (current.type === 'MemberExpression') {
    const name = propertyName(current);
    if (name === undefined) return undefined;
    members.unshift(name);
    current = unwrap(current.object);
  }
  return current.type === 'Identifier' && current.name === parameter.name ? members : undefined;
}

/** The function that makes the members of a store, through middleware: `create(persist((set) => ({ … }), options))`. */
function creatorOf({ kind, made: { node } }: Store): FunctionNode | undefined {
  if (kind !== 'members') return undefined;
  let current = node.arguments[0] && unwrap(node.arguments[0]);
  while (current?.type === 'CallExpression' && current.arguments[0]) current = unwrap(current.arguments[0]);
  return current && isFunction(current) ? current : undefined;
}

function actionAt(store: Store, members: Path, tracer: Tracer): Ref | undefined {
  const initial = initialOfStore(store, members);
  const member = initial && members.length > 0 ? memberIn({ ...initial, path: [] }, members, tracer) : undefined;
  return member && isFunction(unwrap(member.node)) ? member : undefined;
}

/** What a store starts with, of which a path is taken. */
export function initialOfStore(store: Store, path: Path): Ref | undefined {
  const creator = creatorOf(store);
  const node = store.kind === 'members' ? creator && returnedExpressions(creator)[0] : store.made.node.arguments[0];
  return node && { ...store.made, node: unwrap(node), path };
}

/** The store whose `set` a parameter is: the first one of the function that makes its members. */
export function storeSetBy(
  owner: FunctionNode,
  index: number,
  file: SourceFile,
  loader: ModuleLoader,
): Store | undefined {
  if (index !== 0) return undefined;
  for (let call: Node = owner.parent; call.type === 'CallExpression'; call = call.parent) {
    const store = storeMadeBy({ file, node: call }, loader);
    if (store) return creatorOf(store) === owner ? store : undefined;
  }
  return undefined;
}

/** Whether a function is made with a store. */
export function isOfStore({ file, node }: Ref, loader: ModuleLoader): boolean {
  for (let owner = enclosingFunction(node); owner; owner = enclosingFunction(owner))
    if (storeSetBy(owner, 0, file, loader)) return true;
  return false;
}

/** The calls that set a store, among those that a file makes: of its setter, and of actions that call it. */
export function storeCalls(
  state: Ref,
  file: SourceFile,
  isSetter: (callee: Ref) => boolean,
  tracer: Tracer,
): CallRef[] {
  const store = storeMadeBy(state, tracer.loader);
  const creator = store && creatorOf(store);
  const isOfCreator = (place: { readonly file: SourceFile; readonly node: Node }): boolean =>
    creator !== undefined && place.file.path === state.file.path && contains(creator, place.node);
  const found: CallRef[] = [];
  walk(file.ast, (node) => {
    if (node.type !== 'CallExpression' || isOfCreator({ file, node })) return;
    const call: CallRef = { file, node, path: [] };
    const callee: Ref = { ...call, node: node.callee };
    if (isSetter(callee)) found.push(call);
    if (!creator) return;
    for (const origin of calleesIn(callee, tracer)) {
      if (origin.kind !== 'function' || !isOfCreator(origin.at)) continue;
      const frame = contextOfCall(origin.at, call);
      walk(origin.at.node.body, (inner) => {
        if (inner.type === 'CallExpression' && isSetter({ ...origin.at, node: inner.callee, frame }))
          found.push({ ...origin.at, node: inner, frame });
      });
    }
  });
  return found;
}
