/**
 * Where a redirect URI flows (PLAYBOOK §4): the options of AuthKit's and WorkOS's functions, found by binding, and
 * assignments to the variables that AuthKit reads.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, literalText, propertyName, unwrap, walk } from '../../analysis/ast.ts';
import { type Located, definitionOf, importsOf } from '../../analysis/bindings.ts';
import { declarationOf } from '../../analysis/declarations.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import { readsOf, variableOf } from '../../analysis/scopes.ts';
import type { SourceFile } from '../../analysis/source-file.ts';

/**
 * - `proxy`: decides for every sign-in of the app; - `sign-in`: one sign-in; - `callback`: where the callback sends
 * people on to; - `sign-out`: where WorkOS sends people after signing out; - `variable`: `process.env.… = …`.
 */
export type SinkKind = 'callback' | 'proxy' | 'sign-in' | 'sign-out' | 'variable';

interface SinkFunction {
  readonly kind: SinkKind;
  /** Which argument holds the options. */
  readonly argument: number;
  readonly option: string;
}

const proxy: SinkFunction = { kind: 'proxy', argument: 0, option: 'redirectUri' };
const signIn: SinkFunction = { kind: 'sign-in', argument: 0, option: 'redirectUri' };

const AUTHKIT_NEXT = '@workos-inc/authkit-nextjs';

/** The server exports of authkit-nextjs that take one (`src/middleware.ts`, `src/auth.ts`, `src/authkit-callback-route.ts`). */
const AUTHKIT_FUNCTIONS: Readonly<Record<string, SinkFunction>> = {
  authkitMiddleware: proxy,
  authkitProxy: proxy,
  authkit: { ...proxy, argument: 1 },
  getSignInUrl: signIn,
  getSignUpUrl: signIn,
  getAuthorizationUrl: signIn,
  handleAuth: { kind: 'callback', argument: 0, option: 'baseURL' },
  signOut: { kind: 'sign-out', argument: 0, option: 'returnTo' },
};

const VARIABLES = new Set(['WORKOS_REDIRECT_URI', 'NEXT_PUBLIC_WORKOS_REDIRECT_URI']);

export interface CallSink {
  readonly kind: Exclude<SinkKind, 'variable'>;
  /** The function as people know it: `authkitProxy()`. */
  readonly name: string;
  readonly node: TSESTree.CallExpression;
  readonly file: SourceFile;
  /** The options as written; undefined when the call has none. */
  readonly options: Located | undefined;
  readonly option: string;
}

export interface VariableSink {
  readonly kind: 'variable';
  readonly name: string;
  readonly node: TSESTree.AssignmentExpression;
  readonly file: SourceFile;
  readonly value: Located;
}

export type Sink = CallSink | VariableSink;

/** What shows that a file may have a sink of its own. */
const DIRECT = [AUTHKIT_NEXT, 'getAuthorizationUrl', 'WORKOS_REDIRECT_URI'];

/** What a file's text holds when it may have a sink. */
export const SINK_NEEDLES = [...DIRECT, ...Object.keys(AUTHKIT_FUNCTIONS)];

const cache = new WeakMap<SourceFile, WeakMap<ModuleLoader, readonly Sink[]>>();

/** The sinks of a file, in source order. */
export function sinksOf(file: SourceFile, loader: ModuleLoader): readonly Sink[] {
  const known = cache.get(file)?.get(loader);
  if (known) return known;
  const sinks: Sink[] = [];
  const visit = (node: Node) => {
    const sink =
      node.type === 'CallExpression'
        ? callSink(file, node, loader)
        : node.type === 'AssignmentExpression'
          ? variableSink(file, node)
          : undefined;
    if (sink) sinks.push(sink);
  };
  if (DIRECT.some((needle) => file.text.includes(needle))) walk(file.ast, visit);
  else {
    // AuthKit's functions under their own names, handed on by a module of the project.
    for (const { name, variable } of importsOf(file)) {
      if (!Object.hasOwn(AUTHKIT_FUNCTIONS, name)) continue;
      for (const read of readsOf(variable)) if (read.parent?.type === 'CallExpression') visit(read.parent);
    }
  }
  const byLoader = cache.get(file) ?? new WeakMap<ModuleLoader, readonly Sink[]>();
  cache.set(file, byLoader.set(loader, sinks));
  return sinks;
}

function callSink(file: SourceFile, node: TSESTree.CallExpression, loader: ModuleLoader): CallSink | undefined {
  const callee = unwrap(node.callee);
  const found = authKitFunction({ file, node: callee }, loader) ?? workosFunction(file, callee);
  if (!found || found.function.kind === 'variable') return undefined;
  const { argument, kind, option } = found.function;
  const before = node.arguments.slice(0, argument + 1);
  // A spread argument hides which is which.
  if (before.some(({ type }) => type === 'SpreadElement')) return undefined;
  const options = node.arguments[argument];
  return { kind, name: found.name, node, file, options: options && { file, node: options }, option };
}

interface FoundFunction {
  readonly name: string;
  readonly function: SinkFunction;
}

function authKitFunction(callee: Located, loader: ModuleLoader): FoundFunction | undefined {
  const name = nameOfLazy(callee) ?? nameOfExport(callee, loader);
  if (name === undefined) return undefined;
  const found = Object.hasOwn(AUTHKIT_FUNCTIONS, name) ? AUTHKIT_FUNCTIONS[name] : undefined;
  return found && { name: `${name}()`, function: found };
}

function nameOfExport(callee: Located, loader: ModuleLoader): string | undefined {
  if (!mayBeAuthKit(callee)) return undefined;
  const definition = definitionOf(callee, loader);
  if (definition.kind !== 'export' || definition.module !== AUTHKIT_NEXT) return undefined;
  const [name, ...more] = definition.name === '*' ? definition.path : [definition.name, ...definition.path];
  return typeof name === 'string' && more.length === 0 ? name : undefined;
}

// `import('@workos-inc/authkit-nextjs').then(({ getSignInUrl }) => getSignInUrl(…))`
function nameOfLazy({ file, node }: Located): string | undefined {
  const root = node.type === 'MemberExpression' ? unwrap(node.object) : node;
  const variable = root.type === 'Identifier' ? variableOf(file, root) : undefined;
  const declaration = variable && declarationOf(variable);
  if (declaration?.kind !== 'parameter' || declaration.index !== 0) return undefined;
  const call = declaration.function.parent;
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : undefined;
  if (callee?.type !== 'MemberExpression' || propertyName(callee) !== 'then') return undefined;
  const module = unwrap(callee.object);
  if (module.type !== 'ImportExpression' || literalText(module.source) !== AUTHKIT_NEXT) return undefined;
  const [name, ...more] = [...declaration.path, ...(node.type === 'MemberExpression' ? [propertyName(node)] : [])];
  return typeof name === 'string' && more.length === 0 ? name : undefined;
}

// Tells from the file alone; a module of the project is looked into only for a name that AuthKit has.
function mayBeAuthKit({ file, node }: Located): boolean {
  if (node.type === 'MemberExpression') return Object.hasOwn(AUTHKIT_FUNCTIONS, propertyName(node) ?? '');
  const variable = node.type === 'Identifier' ? variableOf(file, node) : undefined;
  const declaration = variable && declarationOf(variable);
  if (declaration?.kind === 'import') return declaration.module === AUTHKIT_NEXT || Object.hasOwn(AUTHKIT_FUNCTIONS, declaration.name);
  return declaration?.kind === 'value' && file.text.includes(AUTHKIT_NEXT);
}

// `workos.userManagement.getAuthorizationUrl` wherever the client comes from: no other SDK has this pair of names.
function workosFunction(file: SourceFile, callee: Node): FoundFunction | undefined {
  if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'getAuthorizationUrl') return undefined;
  const object = unwrap(callee.object);
  const name =
    object.type === 'MemberExpression'
      ? propertyName(object)
      : object.type === 'Identifier'
        ? namedByDestructuring(file, object)
        : undefined;
  return name === 'userManagement' ? { name: 'userManagement.getAuthorizationUrl()', function: signIn } : undefined;
}

// `const { userManagement } = new WorkOS(…)`
function namedByDestructuring(file: SourceFile, identifier: TSESTree.Identifier): string | undefined {
  return variableOf(file, identifier)?.defs[0]?.name.parent.type === 'Property' ? identifier.name : undefined;
}

function variableSink(file: SourceFile, node: TSESTree.AssignmentExpression): VariableSink | undefined {
  const left = unwrap(node.left);
  if (left.type !== 'MemberExpression' || !['=', '||=', '??='].includes(node.operator)) return undefined;
  const name = propertyName(left);
  const object = unwrap(left.object);
  if (name === undefined || !VARIABLES.has(name) || object.type !== 'MemberExpression' || propertyName(object) !== 'env') {
    return undefined;
  }
  const root = unwrap(object.object);
  if (root.type !== 'Identifier' || root.name !== 'process') return undefined;
  return { kind: 'variable', name: `process.env.${name}`, node, file, value: { file, node: node.right } };
}
