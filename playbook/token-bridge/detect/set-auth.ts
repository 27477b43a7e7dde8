/** `client.setAuth(fetcher)` of Convex's own clients, called by hand or through a helper of the project: a bridge without flags. */
import {
  type FunctionNode,
  type Node,
  enclosingFunction,
  isFunction,
  propertyName,
  unwrap,
  walk,
  nodesOf,
} from '../../../analysis/syntax/ast.ts';
import { type Definition, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { type Concern, type ModuleLoader, loaderFor } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { known } from '../../../analysis/flow/conditions.ts';
import { type Ref, contextOfCall, type CallRef } from '../../../analysis/flow/calls/call-contexts.ts';
import { createImportTest } from '../../../project/modules/imports.ts';
import type { Project } from '../../../project/project.ts';
import { knownDefinition } from '../../libraries/index.ts';
import { refValues } from '../values/hooks.ts';
import { returnedExpressions } from '../../../analysis/flow/paths.ts';
import { type Origin, alternativeOrigins } from '../values/trace.ts';
import { type Bridge, functionsOf } from './bridge.ts';
import { declaredTypeOf } from '../../../analysis/syntax/types.ts';

const SET_AUTH = 'setAuth';
const NAMES_SET_AUTH: Concern = { of: 'code', text: /\bsetAuth\b/u };
const MAX_DEPTH = 4;
const MAX_CALLS = 200;

/** The bridges that a file makes with `setAuth()`. */
export function setAuthBridges(file: SourceFile, project: Project): Bridge[] {
  return leadsToSetAuth(project, file.text, file.path) ? bridgesIn(file, project) : [];
}

const leadsToSetAuth = createImportTest(NAMES_SET_AUTH);

function bridgesIn(file: SourceFile, loader: ModuleLoader): Bridge[] {
  let left = MAX_CALLS;
  return nodesOf(file.ast, 'CallExpression').flatMap((node) => {
    const home = node.arguments.length > 0 && left > 0 ? outermostFunction(node) : undefined;
    const fetcher = home && fetcherOf({ file, node, path: [] }, loader, 0, () => (left -= 1) > 0);
    return home && fetcher ? [bridgeOf(file, node, home, fetcher, loader)] : [];
  });
}

function bridgeOf(file: SourceFile, object: Node, home: FunctionNode, fetcher: Ref, loader: ModuleLoader): Bridge {
  return {
    file,
    object,
    name: SET_AUTH,
    home,
    fetcher,
    functions: functionsOf(fetcher, loader).slice(0, 1),
    isLoading: known(false),
    isAuthenticated: known(true),
    loading: undefined,
    authenticated: undefined,
  };
}

/** What a call hands to a client of Convex as its fetcher: itself, or in a function of the project that it is given to. */
function fetcherOf(call: CallRef, loader: ModuleLoader, depth: number, mayGoOn: () => boolean): Ref | undefined {
  const { callee, arguments: given } = call.node;
  const [first] = given;
  if (callee.type === 'MemberExpression' && propertyName(callee) === SET_AUTH) {
    const fetcher = first && first.type !== 'SpreadElement' ? { ...call, node: first, path: [] } : undefined;
    return fetcher && isConvexClient({ ...call, node: callee.object, path: [] }, loader, 0) ? fetcher : undefined;
  }
  if (depth >= MAX_DEPTH || !given.some(mayBeFunction)) return undefined;
  const definition = definitionOf({ file: call.file, node: callee }, loaderFor(loader, NAMES_SET_AUTH));
  if (
    definition.kind !== 'value' ||
    !isFunction(definition.node) ||
    !NAMES_SET_AUTH.text.test(definition.file.text) ||
    !mayGoOn()
  )
    return undefined;
  const helper = { file: definition.file, node: definition.node, path: [] };
  const frame = contextOfCall(helper, call);
  let found: Ref | undefined;
  walk(definition.node.body, (node) => {
    if (!found && node.type === 'CallExpression')
      found = fetcherOf({ file: definition.file, node, path: [], frame }, loader, depth + 1, mayGoOn);
    return !found;
  });
  return found;
}

const mayBeFunction = (node: Node): boolean =>
  isFunction(node) || ['Identifier', 'MemberExpression'].includes(unwrap(node).type);

function outermostFunction(node: Node): FunctionNode | undefined {
  let found = enclosingFunction(node);
  for (let next = found; next; next = enclosingFunction(next)) found = next;
  return found;
}

/** Whether an expression is a client of Convex that asks for tokens: made by `new`, by `useConvex()`, or of such a type. */
function isConvexClient(ref: Ref, loader: ModuleLoader, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  return alternativeOrigins(ref, loader).some((origin) => isClient(origin, loader, depth));
}

function isClient(origin: Origin, loader: ModuleLoader, depth: number): boolean {
  switch (origin.kind) {
    case 'package':
      return origin.called && isClientMaker({ ...origin, kind: 'export', path: [] }, loader);
    case 'expression': {
      const { file, node } = origin.at;
      if (node.type !== 'NewExpression') return false;
      return isClientMaker(definitionOf({ file, node: node.callee }, loader), loader);
    }
    case 'ref':
      return refValues(origin.at).some((value) => isConvexClient(value, loader, depth + 1));
    case 'state': {
      const [initial] = origin.at.node.type === 'CallExpression' ? origin.at.node.arguments : [];
      if (!initial) return false;
      const values = isFunction(initial) ? returnedExpressions(initial) : [initial];
      return values.some((node) => isConvexClient({ ...origin.at, node, path: [] }, loader, depth + 1));
    }
    case 'parameter':
      return isOfClientType(origin, loader);
    default:
      return false;
  }
}

/** `(client: ConvexReactClient)`, of an import of Convex's. */
function isOfClientType(
  { file, function: owner, index }: Origin & { kind: 'parameter' },
  loader: ModuleLoader,
): boolean {
  const parameter = owner.params[index];
  const annotation = parameter?.type === 'Identifier' ? parameter.typeAnnotation?.typeAnnotation : undefined;
  if (annotation?.type !== 'TSTypeReference' || annotation.typeName.type !== 'Identifier') return false;
  const declared = declaredTypeOf(file, annotation.typeName.name, loader);
  return declared?.kind === 'export' && isClientMaker({ ...declared, path: [] }, loader);
}

/** Whether something is a class or a hook of Convex's that gives a client to which `setAuth()` hands a fetcher. */
const isClientMaker = (definition: Definition, loader: ModuleLoader): boolean =>
  knownDefinition(definition, loader)?.entry.returns?.[SET_AUTH]?.takesFetcher === true;
