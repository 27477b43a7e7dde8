/**
 * Where a redirect URI flows (PLAYBOOK §4): the options of AuthKit's and WorkOS's functions, found by binding, and
 * assignments to the variables that AuthKit reads.
 */
import { basename } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, literalText, propertyName, unwrap, walk, wrapped } from '../../../analysis/syntax/ast.ts';
import {
  type Definition,
  type Located,
  definitionOf,
  isExportOf,
} from '../../../analysis/syntax/bindings/definitions.ts';
import { importsOf } from '../../../analysis/syntax/bindings/imports.ts';
import { declarationOf } from '../../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { readsOf, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { authkitNextjs, authkitNextjsComponents, AUTHKIT } from '../../libraries/authkit-nextjs.ts';
import type { Entry, RedirectSink } from '../../libraries/entry.ts';
import { NOT_ALONE, workosLoader } from '../../libraries/index.ts';
import { WORKOS_CLIENT } from '../../libraries/workos-node.ts';
import { mentions } from '../../../analysis/syntax/mentions.ts';

/**
 * - `proxy`: decides for every sign-in of the app; - `sign-in`: one sign-in; - `callback`: where the callback sends
 * people on to; - `sign-out`: where WorkOS sends people after signing out; - `variable`: `process.env.… = …`.
 */
export type SinkKind = 'callback' | 'proxy' | 'sign-in' | 'sign-out' | 'variable';

const AUTHKIT_COMPONENTS = `${AUTHKIT}/components`;

/** The entries of a table that take a redirect URI. */
const sinksIn = (entries: Readonly<Record<string, Entry>>): Readonly<Record<string, RedirectSink>> =>
  Object.fromEntries(
    Object.entries(entries).flatMap(([name, { redirectSink }]) => (redirectSink ? [[name, redirectSink]] : [])),
  );

/** The server exports of authkit-nextjs that take one. */
const AUTHKIT_FUNCTIONS = sinksIn(authkitNextjs.exports);

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
  /** Called in the browser, where only `NEXT_PUBLIC_` variables are. */
  readonly isInBrowser: boolean;
  /** Whether nothing replaces the option when it is left out: in WorkOS's own client. */
  readonly isRequired: boolean;
}

export interface VariableSink {
  readonly kind: 'variable';
  readonly name: string;
  /** `process.env.NAME = …`, or the property of `env` in a `next.config`. */
  readonly node: TSESTree.AssignmentExpression | TSESTree.Property;
  readonly file: SourceFile;
  readonly value: Located;
}

export type Sink = CallSink | VariableSink;

/** What shows that a file may have a sink of its own. */
const DIRECT = [AUTHKIT, 'getAuthorizationUrl', 'getLogoutUrl', 'WORKOS_REDIRECT_URI'];

// `authkit` is a part of the package's name; the other functions are given a redirect URI, or send none. The last two are of files that hand one to a
// wrapper of the project's own.
const NEEDLES = new RegExp(
  [
    ...Object.entries(AUTHKIT_FUNCTIONS).map(([name, { kind }]) =>
      kind === 'proxy' ? (name === 'authkit' ? String.raw`\bauthkit\b(?!-)` : name) : name + NOT_ALONE,
    ),
    'getLogoutUrl',
    'WORKOS_REDIRECT_URI',
    'redirectUri',
    'returnTo',
  ].join('|'),
  'u',
);

/** Whether a file may have a sink, or call a wrapper around one: by its text, and a proxy by its name. */
export function mayHaveSink(text: string, path: string): boolean {
  return NEEDLES.test(text) || /[/\\](?:proxy|middleware)\.[cm]?[jt]sx?$/u.test(path);
}

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
          : node.type === 'Property' && isConfig
            ? configSink(file, node)
            : undefined;
    if (sink) sinks.push(sink);
  };
  const isConfig = basename(file.path).startsWith('next.config.');
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
  // Of a call that is given nothing only the proxy's matters, and where it comes from need not be found out.
  if (node.arguments.length === 0 && !mayBeProxy(node.callee)) return undefined;
  const callee: Located = { file, node: unwrap(node.callee) };
  const found = authKitFunction(callee, loader) ?? workosFunction(callee, loader) ?? hookFunction(callee, loader);
  return found && sinkOf(found, file, node);
}

// By its name here: any but those of AuthKit's other functions.
function mayBeProxy(callee: Node): boolean {
  const name =
    callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? propertyName(callee) : '';
  const known = name !== undefined && Object.hasOwn(AUTHKIT_FUNCTIONS, name) ? AUTHKIT_FUNCTIONS[name] : undefined;
  return known === undefined || known.kind === 'proxy';
}

/** A call of a function that `definition` stands for, if that is one of AuthKit's, whatever its name is here. */
export function sinkNamed(
  definition: Definition,
  file: SourceFile,
  node: TSESTree.CallExpression,
): CallSink | undefined {
  const name = exportedName(definition);
  const found = name === undefined ? undefined : functionNamed(name);
  return found && sinkOf(found, file, node);
}

function sinkOf(found: FoundFunction, file: SourceFile, node: TSESTree.CallExpression): CallSink | undefined {
  const { argument, kind, member: option } = found.function;
  const before = node.arguments.slice(0, argument + 1);
  // A spread argument hides which is which.
  if (before.some(({ type }) => type === 'SpreadElement')) return undefined;
  const options = node.arguments[argument];
  return {
    kind,
    name: found.name,
    node,
    file,
    options: options && { file, node: options },
    option,
    isInBrowser: found.isInBrowser ?? false,
    isRequired: found.isRequired ?? false,
  };
}

interface FoundFunction {
  readonly name: string;
  readonly function: RedirectSink;
  readonly isInBrowser?: boolean;
  readonly isRequired?: boolean;
}

function authKitFunction(callee: Located, loader: ModuleLoader): FoundFunction | undefined {
  const name = nameOfLazy(callee) ?? nameOfExport(callee, loader);
  return name === undefined ? undefined : functionNamed(name);
}

function functionNamed(name: string): FoundFunction | undefined {
  const found = Object.hasOwn(AUTHKIT_FUNCTIONS, name) ? AUTHKIT_FUNCTIONS[name] : undefined;
  return found && { name: `${name}()`, function: found };
}

function nameOfExport(callee: Located, loader: ModuleLoader): string | undefined {
  return mayBeAuthKit(callee) ? exportedName(definitionOf(callee, workosLoader(loader))) : undefined;
}

function exportedName(definition: Definition): string | undefined {
  if (definition.kind !== 'export' || definition.module !== AUTHKIT) return undefined;
  const [name, ...more] = definition.name === '*' ? definition.path : [definition.name, ...definition.path];
  return typeof name === 'string' && more.length === 0 ? name : undefined;
}

// `import('@workos-inc/authkit-nextjs').then(({ getSignInUrl }) => getSignInUrl(…))`
function nameOfLazy({ file, node }: Located): string | undefined {
  if (!mentions(file, 'then')) return undefined;
  const root = node.type === 'MemberExpression' ? unwrap(node.object) : node;
  const variable = root.type === 'Identifier' ? variableOf(file, root) : undefined;
  const declaration = variable && declarationOf(variable);
  if (declaration?.kind !== 'parameter' || declaration.index !== 0) return undefined;
  const call = declaration.function.parent;
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : undefined;
  if (callee?.type !== 'MemberExpression' || propertyName(callee) !== 'then') return undefined;
  const module = unwrap(callee.object);
  if (module.type !== 'ImportExpression' || literalText(module.source) !== AUTHKIT) return undefined;
  const [name, ...more] = [...declaration.path, ...(node.type === 'MemberExpression' ? [propertyName(node)] : [])];
  return typeof name === 'string' && more.length === 0 ? name : undefined;
}

// Tells from the file alone; a module of the project is looked into only for a name that AuthKit has.
function mayBeAuthKit({ file, node }: Located): boolean {
  if (node.type === 'MemberExpression') return Object.hasOwn(AUTHKIT_FUNCTIONS, propertyName(node) ?? '');
  const variable = node.type === 'Identifier' ? variableOf(file, node) : undefined;
  const declaration = variable && declarationOf(variable);
  if (declaration?.kind === 'import')
    return declaration.module === AUTHKIT || Object.hasOwn(AUTHKIT_FUNCTIONS, declaration.name);
  return declaration?.kind === 'value' && mentions(file, AUTHKIT);
}

/** The methods of WorkOS's client that take one, whichever group they are in. */
const CLIENT_METHODS = sinksIn({ ...WORKOS_CLIENT.sso.members, ...WORKOS_CLIENT.userManagement.members });

const HOOK_SIGN_OUT = authkitNextjsComponents.exports['useAuth']?.returns?.['signOut']?.redirectSink;

// `workos.userManagement.getAuthorizationUrl` wherever the client comes from: no other SDK has these pairs of names.
function workosFunction({ file, node: callee }: Located, loader: ModuleLoader): FoundFunction | undefined {
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (callee.type !== 'MemberExpression' || method === undefined || !Object.hasOwn(CLIENT_METHODS, method))
    return undefined;
  const found = CLIENT_METHODS[method];
  const object = unwrap(callee.object);
  const name = object.type === 'MemberExpression' ? propertyName(object) : lastStepOf({ file, node: object }, loader);
  return found && (name === 'userManagement' || name === 'sso')
    ? { name: `${name}.${method}()`, function: found, isRequired: true }
    : undefined;
}

// `const { userManagement } = new WorkOS(…)`, `const users = getWorkOS().userManagement`
function lastStepOf(expression: Located, loader: ModuleLoader): unknown {
  const definition = definitionOf(expression, loader);
  if (definition.kind === 'unknown') return undefined;
  return definition.path.at(-1);
}

// `const { signOut } = useAuth()`: the hook calls the server's `signOut` with the same options (`src/components/authkit-provider.tsx`).
function hookFunction(callee: Located, loader: ModuleLoader): FoundFunction | undefined {
  const { file, node } = callee;
  const isNamed = node.type === 'Identifier' || (node.type === 'MemberExpression' && propertyName(node) === 'signOut');
  if (!isNamed || !mentions(file, AUTHKIT_COMPONENTS)) return undefined;
  const definition = definitionOf(callee, workosLoader(loader));
  if (definition.kind !== 'value' || definition.node.type !== 'CallExpression') return undefined;
  const [step, ...more] = definition.path;
  if (step !== 'signOut' || more.length > 0) return undefined;
  const isHook = isExportOf(
    { file: definition.file, node: definition.node.callee },
    [AUTHKIT_COMPONENTS],
    'useAuth',
    loader,
  );
  return isHook && HOOK_SIGN_OUT ? { name: 'signOut()', function: HOOK_SIGN_OUT, isInBrowser: true } : undefined;
}

function variableSink(file: SourceFile, node: TSESTree.AssignmentExpression): VariableSink | undefined {
  const left = unwrap(node.left);
  if (left.type !== 'MemberExpression' || !['=', '||=', '??='].includes(node.operator)) return undefined;
  const name = propertyName(left);
  const object = unwrap(left.object);
  if (
    name === undefined ||
    !VARIABLES.has(name) ||
    object.type !== 'MemberExpression' ||
    propertyName(object) !== 'env'
  ) {
    return undefined;
  }
  const root = unwrap(object.object);
  if (root.type !== 'Identifier' || root.name !== 'process') return undefined;
  return { kind: 'variable', name: `process.env.${name}`, node, file, value: { file, node: node.right } };
}

// `env: { NEXT_PUBLIC_WORKOS_REDIRECT_URI: … }` of a `next.config`: what the build bakes in.
function configSink(file: SourceFile, node: TSESTree.Property): VariableSink | undefined {
  const name = propertyName(node);
  const holder = node.parent.type === 'ObjectExpression' ? wrapped(node.parent).parent : undefined;
  if (name === undefined || !VARIABLES.has(name) || holder?.type !== 'Property' || propertyName(holder) !== 'env')
    return undefined;
  return { kind: 'variable', name: `env.${name}`, node, file, value: { file, node: node.value } };
}
