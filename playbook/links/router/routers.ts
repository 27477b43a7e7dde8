/** Which values are a router of Next.js: what its hook gives, and what a parameter is handed. */
import type { TSESTree } from '@typescript-eslint/types';
import { returnedExpressions } from '../../../analysis/flow/paths.ts';
import { type FunctionNode, type Node, attributeNamed } from '../../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { functionOf } from '../../../analysis/syntax/functions.ts';
import type { Path } from '../../../analysis/syntax/bindings/declarations.ts';
import { readsOfFunction } from '../../../analysis/values/iterations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { declaredTypeOf } from '../../../analysis/syntax/types.ts';
import { knownDefinition, knownExport } from '../../libraries/index.ts';
import { reactExport } from '../../react.ts';

const ROUTER_TYPE = /^(?:AppRouterInstance|NextRouter)$/u;

/** Functions of the project that hand a router on. */
const MAX_HOPS = 5;

/** Whether an expression calls the hook that gives a router, which does nothing else. */
export function isRouterHookCall({ file, node }: Located, loader: ModuleLoader): boolean {
  if (node.type !== 'CallExpression' || node.arguments.length > 0) return false;
  return knownExport({ file, node: node.callee }, loader)?.entry.router === 'hook';
}

/** Whether a function is the `prefetch` of a router: `router.prefetch`, or what was destructured from one. */
export function isRouterPrefetch(callee: Located, loader: ModuleLoader): boolean {
  return isRouterPrefetchBy(definitionOf(callee, loader), loader);
}

/** The same of a definition that was found already: of what a function is given. */
export const isRouterPrefetchBy = (definition: Definition, loader: ModuleLoader): boolean =>
  isPrefetch(definition, loader, MAX_HOPS);

function isPrefetch(definition: Definition, loader: ModuleLoader, hops: number): boolean {
  if (definition.kind === 'unknown' || definition.path.at(-1) !== 'prefetch') return false;
  return isRouter({ ...definition, path: definition.path.slice(0, -1) }, loader, hops);
}

/** Whether the member of an expression at a path is a router. What spreads one into an object hands its `prefetch` on. */
const isRouterAt = (expression: Located, path: Path, loader: ModuleLoader, hops: number): boolean =>
  isPrefetch(definitionOf(expression, loader, [...path, 'prefetch']), loader, hops);

function isRouter(definition: Definition, loader: ModuleLoader, hops: number): boolean {
  if (hops === 0) return false;
  // import Router from 'next/router'; Router.prefetch(…)
  if (definition.kind === 'export') return knownDefinition(definition, loader)?.entry.router === 'object';
  if (definition.kind === 'parameter')
    return isTypedRouter(definition, loader) || isHandedRouter(definition, loader, hops);
  if (definition.kind !== 'value' || definition.node.type !== 'CallExpression') return false;
  return isGivenRouter({ file: definition.file, node: definition.node }, definition.path, loader, hops);
}

/** Whether what a call gives (or a member of it) is a router. */
function isGivenRouter(
  { file, node }: Located<TSESTree.CallExpression>,
  path: Path,
  loader: ModuleLoader,
  hops: number,
): boolean {
  const hook = definitionOf({ file, node: node.callee }, loader);
  if (knownDefinition(hook, loader)?.entry.router === 'hook') return path.length === 0;
  if (hook.kind === 'export') return isKeptRouter({ file, node }, path, loader, hops);
  // const useNav = () => { const router = useRouter(); return { router }; }
  const own = functionOf(hook);
  return (
    own !== undefined &&
    returnedExpressions(own.node).some((result) => isRouterAt({ file: own.file, node: result }, path, loader, hops - 1))
  );
}

/** Whether React keeps a router there: `useRef(router).current`, `useContext(RouterContext)`. */
function isKeptRouter(
  { file, node }: Located<TSESTree.CallExpression>,
  path: Path,
  loader: ModuleLoader,
  hops: number,
): boolean {
  const [held] = node.arguments;
  if (!held) return false;
  const hook = reactExport({ file, node: node.callee }, loader);
  if (hook === 'useRef')
    return path.length === 1 && path[0] === 'current' && isRouterAt({ file, node: held }, [], loader, hops - 1);
  if ((hook !== 'useContext' && hook !== 'use') || path.length > 0) return false;
  // createContext<AppRouterInstance | null>(null)
  const context = definitionOf({ file, node: held }, loader);
  if (context.kind !== 'value' || context.node.type !== 'CallExpression') return false;
  const [type] = context.node.typeArguments?.params ?? [];
  const types = type?.type === 'TSUnionType' ? type.types : type ? [type] : [];
  return types.some((one) => isRouterType({ file: context.file, node: one }, loader, hops - 1));
}

type Parameter = Extract<Definition, { kind: 'parameter' }>;

/** Whether a function is called with a router, or a component used with one. */
function isHandedRouter(
  { file, function: owner, index, path }: Parameter,
  loader: ModuleLoader,
  hops: number,
): boolean {
  return readsOfFunction(file, owner).some((read) => {
    const given = handedAt(read, index, path);
    if (given) return isRouterAt({ file, node: given.node }, given.path, loader, hops - 1);
    // export default withRouter(Page)
    const call = read.parent;
    if (
      call?.type !== 'CallExpression' ||
      call.callee === read ||
      index !== 0 ||
      path.length !== 1 ||
      path[0] !== 'router'
    )
      return false;
    return knownExport({ file, node: call.callee }, loader)?.entry.router === 'wrapper';
  });
}

/** What stands at a use of a function for one of its parameters: `warm(router)`, `<Warm router={router} />`. */
function handedAt(read: Node, index: number, path: Path): { node: Node; path: Path } | undefined {
  const { parent } = read;
  if (parent?.type === 'CallExpression' && parent.callee === read) {
    const argument = parent.arguments[index];
    return argument && argument.type !== 'SpreadElement' ? { node: argument, path } : undefined;
  }
  if (parent?.type !== 'JSXOpeningElement' || index !== 0) return undefined;
  const [name, ...rest] = path;
  const value = typeof name === 'string' ? attributeNamed(parent, name)?.value : undefined;
  return value ? { node: value, path: rest } : undefined;
}

/** Whether the type of a parameter says that it is a router: `AppRouterInstance`, `ReturnType<typeof useRouter>`. */
function isTypedRouter({ file, function: owner, index, path }: Parameter, loader: ModuleLoader): boolean {
  const own = typeOfParameter(owner, index);
  let typed: Located | undefined = own && { file, node: own };
  for (const step of path) typed = typed && typeof step === 'string' ? memberType(typed, step, loader) : undefined;
  return typed !== undefined && isRouterType(typed, loader, MAX_HOPS);
}

function isRouterType(typed: Located, loader: ModuleLoader, hops: number): boolean {
  const type = typed.node;
  if (hops === 0 || type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  const { name } = type.typeName;
  const declared = declaredTypeOf(typed.file, name, loader);
  if (declared?.kind === 'export') return declared.module.startsWith('next/') && ROUTER_TYPE.test(declared.name);
  // type Router = ReturnType<typeof useRouter>
  if (declared?.type.node.type === 'TSTypeAliasDeclaration')
    return isRouterType({ file: declared.type.file, node: declared.type.node.typeAnnotation }, loader, hops - 1);
  // ReturnType<typeof useRouter>
  const [query] = name === 'ReturnType' ? (type.typeArguments?.params ?? []) : [];
  if (query?.type !== 'TSTypeQuery' || query.exprName.type !== 'Identifier') return false;
  const { exprName } = query;
  // An import of types alone gives no value to follow.
  const hook = declaredTypeOf(typed.file, exprName.name, loader);
  const known =
    hook?.kind === 'export'
      ? knownDefinition({ ...hook, path: [] }, loader)
      : knownExport({ file: typed.file, node: exprName }, loader);
  return known?.entry.router === 'hook';
}

function typeOfParameter({ params }: FunctionNode, index: number): Node | undefined {
  const parameter = params[index];
  const property = parameter?.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  const pattern = property?.type === 'AssignmentPattern' ? property.left : property;
  return pattern && 'typeAnnotation' in pattern ? pattern.typeAnnotation?.typeAnnotation : undefined;
}

// { router: AppRouterInstance }, or an interface or alias by its name.
function memberType({ file, node: type }: Located, name: string, loader: ModuleLoader): Located | undefined {
  const declared =
    type.type === 'TSTypeReference' && type.typeName.type === 'Identifier'
      ? declaredTypeOf(file, type.typeName.name, loader)
      : undefined;
  const holder: Located = declared?.kind === 'own' ? declared.type : { file, node: type };
  for (const member of membersOf(holder.node)) {
    if (member.type !== 'TSPropertySignature') continue;
    const key = member.key.type === 'Identifier' ? member.key.name : undefined;
    const typed = key === name ? member.typeAnnotation?.typeAnnotation : undefined;
    if (typed) return { file: holder.file, node: typed };
  }
  return undefined;
}

function membersOf(type: Node): readonly TSESTree.TypeElement[] {
  if (type.type === 'TSTypeAliasDeclaration') return membersOf(type.typeAnnotation);
  if (type.type === 'TSInterfaceDeclaration') return type.body.body;
  return type.type === 'TSTypeLiteral' ? type.members : [];
}
