/** Which values are a router of Next.js: what its hook gives, and what a parameter is handed. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, attributeName, isFunction, resultsOf } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import type { Path } from '../../analysis/syntax/declarations.ts';
import { readsOfFunction } from '../../analysis/values/iterations.ts';
import type { ModuleLoader } from '../../analysis/syntax/modules.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { reactExport } from '../react.ts';

/** Modules whose `useRouter` is that of Next.js, or hands its `prefetch` on. */
const ROUTER_MODULES = new Set([
  '@bprogress/next',
  '@bprogress/next/app',
  'next-intl/client',
  'next-nprogress-bar',
  'next-view-transitions',
  'next/navigation',
  'next/navigation.js',
  'next/router',
  'next/router.js',
  'nextjs-toploader/app',
  'nextjs-toploader/pages',
]);

const ROUTER_HOOK = /^use(?:Transition)?Router$/u;
const ROUTER_TYPE = /^(?:AppRouterInstance|NextRouter)$/u;

/** Functions of the project that hand a router on. */
const MAX_HOPS = 5;

/** Whether an expression calls the hook that gives a router, which does nothing else. */
export function isRouterHookCall({ file, node }: Located, loader: ModuleLoader): boolean {
  if (node.type !== 'CallExpression' || node.arguments.length > 0) return false;
  const hook = definitionOf({ file, node: node.callee }, loader);
  if (hook.kind === 'export') return ROUTER_MODULES.has(hook.module) && ROUTER_HOOK.test(hook.name);
  return hook.kind === 'value' && hook.path.length === 1 && isMadeByNavigation(hook, loader);
}

/** Whether a function is the `prefetch` of a router: `router.prefetch`, or what was taken out of one. */
export function isRouterPrefetch(callee: Located, loader: ModuleLoader): boolean {
  return isPrefetch(definitionOf(callee, loader), loader, MAX_HOPS);
}

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
  if (definition.kind === 'export') {
    return definition.module.startsWith('next/router') && definition.name === 'default' && definition.path.length === 0;
  }
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
  if (hook.kind === 'export') {
    if (ROUTER_MODULES.has(hook.module)) return path.length === 0 && ROUTER_HOOK.test(hook.name);
    // const ref = useRef(router); ref.current.prefetch(…)
    const [held] = node.arguments;
    const isRef =
      held &&
      path.length === 1 &&
      path[0] === 'current' &&
      reactExport({ file, node: node.callee }, loader) === 'useRef';
    return isRef === true && isRouterAt({ file, node: held }, [], loader, hops - 1);
  }
  if (hook.kind !== 'value') return false;
  // const useNav = () => { const router = useRouter(); return { router }; }
  if (isFunction(hook.node) && hook.path.length === 0) {
    return resultsOf(hook.node).some((result) => isRouterAt({ file: hook.file, node: result }, path, loader, hops - 1));
  }
  return path.length === 0 && isMadeByNavigation(hook, loader);
}

// const { useRouter } = createNavigation(routing)
function isMadeByNavigation(
  { file, node, path }: Extract<Definition, { kind: 'value' }>,
  loader: ModuleLoader,
): boolean {
  if (path.at(-1) !== 'useRouter' || node.type !== 'CallExpression') return false;
  const factory = definitionOf({ file, node: node.callee }, loader);
  return factory.kind === 'export' && factory.module === 'next-intl/navigation';
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
    const wrapper = definitionOf({ file, node: call.callee }, loader);
    return wrapper.kind === 'export' && wrapper.module.startsWith('next/router') && wrapper.name === 'withRouter';
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
  const attribute = parent.attributes.find((one) => one.type === 'JSXAttribute' && attributeName(one) === name);
  return attribute?.type === 'JSXAttribute' && attribute.value ? { node: attribute.value, path: rest } : undefined;
}

/** Whether the type of a parameter says that it is a router: `AppRouterInstance`, `ReturnType<typeof useRouter>`. */
function isTypedRouter({ file, function: owner, index, path }: Parameter, loader: ModuleLoader): boolean {
  let type = typeOfParameter(owner, index);
  for (const step of path) type = type && typeof step === 'string' ? memberType(file, type, step) : undefined;
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  const { name } = type.typeName;
  const imported = importedAs(file, name);
  if (imported) return imported.module.startsWith('next/') && ROUTER_TYPE.test(imported.name);
  const [query] = name === 'ReturnType' ? (type.typeArguments?.params ?? []) : [];
  if (query?.type !== 'TSTypeQuery' || query.exprName.type !== 'Identifier') return false;
  const hook = importedAs(file, query.exprName.name);
  if (!hook) return false;
  if (ROUTER_MODULES.has(hook.module)) return ROUTER_HOOK.test(hook.name);
  const made = definitionOf({ file, node: query.exprName }, loader);
  return made.kind === 'value' && made.path.at(-1) === 'useRouter';
}

function typeOfParameter({ params }: FunctionNode, index: number): Node | undefined {
  const parameter = params[index];
  const property = parameter?.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  const pattern = property?.type === 'AssignmentPattern' ? property.left : property;
  return pattern && 'typeAnnotation' in pattern ? pattern.typeAnnotation?.typeAnnotation : undefined;
}

// { router: AppRouterInstance }, or an interface or alias of the file.
function memberType(file: SourceFile, type: Node, name: string): Node | undefined {
  const declared =
    type.type === 'TSTypeReference' && type.typeName.type === 'Identifier'
      ? declaredType(file, type.typeName.name)
      : type;
  const members =
    declared?.type === 'TSTypeLiteral'
      ? declared.members
      : declared?.type === 'TSInterfaceDeclaration'
        ? declared.body.body
        : [];
  for (const member of members) {
    if (member.type !== 'TSPropertySignature') continue;
    const key = member.key.type === 'Identifier' ? member.key.name : undefined;
    if (key === name) return member.typeAnnotation?.typeAnnotation;
  }
  return undefined;
}

function declaredType({ ast }: SourceFile, name: string): Node | undefined {
  for (const statement of ast.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'TSInterfaceDeclaration' && declaration.id.name === name) return declaration;
    if (declaration?.type === 'TSTypeAliasDeclaration' && declaration.id.name === name)
      return declaration.typeAnnotation;
  }
  return undefined;
}

/** Where an import takes a name from, of a type as well. */
function importedAs({ ast }: SourceFile, local: string): { module: string; name: string } | undefined {
  for (const statement of ast.body) {
    if (statement.type !== 'ImportDeclaration') continue;
    for (const specifier of statement.specifiers) {
      if (specifier.local.name !== local || specifier.type !== 'ImportSpecifier') continue;
      const { imported } = specifier;
      return { module: statement.source.value, name: imported.type === 'Identifier' ? imported.name : imported.value };
    }
  }
  return undefined;
}
