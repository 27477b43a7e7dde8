/** All that is known of packages, and how code is asked for it: by binding, through aliases, re-exports and what calls return. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceForBoth } from '../../analysis/once.ts';
import { type Node, propertyName, unwrap, walk } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { type Concern, type ModuleLoader, loaderFor } from '../../analysis/syntax/bindings/modules.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { authkitNextjs, authkitNextjsComponents } from './authkit-nextjs.ts';
import { authkitJs, authkitReact, authkitRemix, authkitTanstackStart } from './authkit-others.ts';
import { convexBrowser, convexReact, convexWorkos, convexWorkosAuthkit } from './convex.ts';
import type { Entry, Library, When } from './entry.ts';
import {
  intlMiddleware,
  nextCache,
  nextForm,
  nextHeaders,
  nextIntl,
  nextLink,
  nextNavigation,
  nextRouter,
  nextServer,
  nextViewTransitions,
  nuqs,
  react,
  routerWrappers,
} from './next.ts';
import { betterAuth, invariants, nodeAssert, trpc } from './others.ts';
import { jotai, reactQuery, swr, valtio, zustand } from './stores.ts';
import { WORKOS_CLIENT, workosNode } from './workos-node.ts';

export type { Entry, Library } from './entry.ts';

export const LIBRARIES: readonly Library[] = [
  authkitNextjs,
  authkitNextjsComponents,
  authkitReact,
  authkitJs,
  authkitTanstackStart,
  authkitRemix,
  workosNode,
  convexReact,
  convexBrowser,
  convexWorkos,
  convexWorkosAuthkit,
  react,
  nextCache,
  nextLink,
  nextForm,
  nextHeaders,
  nextNavigation,
  nextRouter,
  nextServer,
  nextIntl,
  intlMiddleware,
  nextViewTransitions,
  nuqs,
  routerWrappers,
  zustand,
  jotai,
  valtio,
  reactQuery,
  swr,
  betterAuth,
  nodeAssert,
  invariants,
  trpc,
];

const byModule = new Map(LIBRARIES.flatMap((library) => library.modules.map((module) => [module, library] as const)));

/** The library behind a module specifier; undefined for one that no table has. */
export const libraryOf = (module: string): Library | undefined => byModule.get(module);

/** A known export, or a member of one or of what it returns, that an expression stands for. */
export interface KnownExport {
  readonly library: Library;
  /** As the package names it: `signOut`, `useAuth().signOut`, `NextResponse.json`. */
  readonly name: string;
  readonly entry: Entry;
}

/** Calls around one another: `createNavigation(routing).useRouter().prefetch`. */
const MAX_CALLS = 6;

const escaped = (text: string): string => text.replace(/[./]/gu, String.raw`\$&`);

/** Modules by which a name may stand for an export of a table. React's one is named with its module: every component imports that. */
const OF_TABLES: Concern = {
  of: 'exports',
  text: new RegExp(
    [...byModule.keys()]
      .map((module) => (module === 'react' ? String.raw`\bcache\b[^'"]*['"]react` : `['"]${escaped(module)}`))
      .join('|'),
    'u',
  ),
};

/** The same for exports of WorkOS's packages alone. */
export const OF_WORKOS: Concern = { of: 'exports', text: /['"]@(?:workos|convex-dev\/workos)/u };

/**
 * Whether a module may use exports that mean something under a condition, or hand them on: its text has the package's name and theirs, or the package as
 * a whole. What depends on an option has the option as well, or is given something that may have it.
 */
export function textWithExports(when: (entry: Entry) => When | undefined): Pick<RegExp, 'test'> {
  const words = new Set<string>();
  const optional = new Set<string>();
  /** Whether an entry, or something inside, is meant. Then its name is looked for. */
  const collect = (name: string, entry: Entry): boolean => {
    const found = when(entry);
    const isInside = [entry.members, entry.returns]
      .flatMap((inner) => Object.entries(inner ?? {}))
      .map(([inner, one]) => collect(inner, one))
      .includes(true);
    if (found === undefined && !isInside) return false;
    if (isInside || found === undefined || found === 'always' || 'unless' in found) words.add(name);
    else {
      optional.add(name);
      words.add(found.option);
    }
    return true;
  };
  const libraries = LIBRARIES.filter(({ exports }) =>
    Object.entries(exports)
      .map(([name, entry]) => collect(name, entry))
      .includes(true),
  );
  const modules = new RegExp(libraries.flatMap((library) => library.modules.map(escaped)).join('|'), 'u');
  const oneOf = (names: ReadonlySet<string>): string => String.raw`\b(?:${[...names].join('|')})\b`;
  const given =
    optional.size === 0 ? [] : [oneOf(optional) + NOT_ALONE, String.raw`\bexport\s*\{[^}]*${oneOf(optional)}`];
  const uses = new RegExp([oneOf(words), ...given, WHOLE].join('|'), 'u');
  return { test: (text) => modules.test(text) && uses.test(text) };
}

/** Behind a name: not in a list of names, where it is imported, and not called without an argument. */
export const NOT_ALONE = String.raw`(?!\s*(?:[,}]|\(\s*\)))`;

/** `import * as auth from`, `export * from`, `export const auth = await import(…)`, `module.exports = require(…)`: the names may be in another file. */
const WHOLE = String.raw`\*\s*(?:as\s+[\w$]+\s*)?\bfrom\b|\bexports?\b[^;()]{0,200}\b(?:import|require)\s*\(`;

/** A loader for who asks for no others. */
export const workosLoader = (loader: ModuleLoader): ModuleLoader => loaderFor(loader, OF_WORKOS);

/** A loader for who asks what a name stands for, and cares for exports of the tables alone. */
export const knownLoader = (loader: ModuleLoader): ModuleLoader => loaderFor(loader, OF_TABLES);

/** What an expression stands for, if a table has it. Undefined for everything else, and for what can't be followed. */
export function knownExport(expression: Located, loader: ModuleLoader): KnownExport | undefined {
  return knownDefinition(definitionOf(expression, knownLoader(loader)), loader);
}

/** The same of a definition that was found already. What was called to make it is followed no further than a name is. */
export function knownDefinition(definition: Definition, loader: ModuleLoader): KnownExport | undefined {
  return lookUp(definition, knownLoader(loader), MAX_CALLS);
}

function lookUp(definition: Definition, loader: ModuleLoader, calls: number): KnownExport | undefined {
  if (definition.kind === 'export') return ofExport(definition);
  if (definition.kind !== 'value' || calls === 0) return undefined;
  const { file, node, path } = definition;
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const made = lookUp(definitionOf({ file, node: node.callee }, loader), loader, calls - 1);
  const [inner] = node.arguments;
  if (made?.entry.wraps === true && inner && path.length === 0)
    return lookUp(definitionOf({ file, node: inner }, loader), loader, calls - 1);
  return made && memberOf({ ...made, name: `${made.name}()` }, made.entry.returns, path.length > 0 ? path : [RESULT]);
}

/** What a call returns is itself called: `createMiddleware(routing)(request)`. */
const RESULT = '()';

function ofExport({ module, name, path }: Extract<Definition, { kind: 'export' }>): KnownExport | undefined {
  const library = byModule.get(module);
  if (!library) return undefined;
  // A namespace has the exports as members; CommonJS interop may put a default export's members there as well.
  const [first, ...rest] = name === '*' ? (path.length === 0 ? ['default'] : path) : [name, ...path];
  return memberOf({ library, name: '', entry: {} }, library.exports, [first, ...rest]);
}

function memberOf(
  owner: KnownExport,
  members: Readonly<Record<string, Entry>> | undefined,
  path: readonly unknown[],
): KnownExport | undefined {
  const [first, ...rest] = path;
  if (typeof first !== 'string' || !members || !Object.hasOwn(members, first)) return undefined;
  const entry = members[first];
  if (!entry) return undefined;
  const found = { library: owner.library, name: owner.name === '' ? first : `${owner.name}.${first}`, entry };
  return rest.length === 0 ? found : memberOf(found, entry.members, rest);
}

/** What a WorkOS client has in its groups, by name. */
const CLIENT_METHODS = new Set(Object.values(WORKOS_CLIENT).flatMap(({ members }) => Object.keys(members)));

/**
 * A member of a WorkOS client that comes from where no binding leads (`getWorkOS()`, `context.workos`): no other SDK has
 * these pairs of names. `name` is the pair: `userManagement.getAuthorizationUrl`.
 */
function workosClientMember({ file, node }: Located, loader: ModuleLoader): KnownExport | undefined {
  const name = node.type === 'MemberExpression' ? propertyName(node) : undefined;
  if (node.type !== 'MemberExpression' || name === undefined || !CLIENT_METHODS.has(name)) return undefined;
  const owner = unwrap(node.object);
  const group = owner.type === 'MemberExpression' ? propertyName(owner) : groupHeldBy({ file, node: owner }, loader);
  return memberOf({ library: workosNode, name: '', entry: {} }, WORKOS_CLIENT, [group, name]);
}

// `const { userManagement } = getWorkOS()`, `const users = getWorkOS().userManagement`, `({ userManagement }) => …`
function groupHeldBy(owner: Located, loader: ModuleLoader): unknown {
  const definition = definitionOf(owner, loader);
  const step = definition.kind === 'unknown' ? undefined : definition.path.at(-1);
  if (typeof step === 'string' && Object.hasOwn(WORKOS_CLIENT, step)) return step;
  return owner.node.type === 'Identifier' ? owner.node.name : undefined;
}

/** A place where a file uses a known export. */
export interface Use extends KnownExport {
  /** A call or `new`, a JSX element's opening tag, or the expression itself where it is handed on or exported. */
  readonly node: TSESTree.CallExpression | TSESTree.JSXOpeningElement | TSESTree.NewExpression;
  readonly file: SourceFile;
}

/** Every call, `new` and element of a known export in a file, in source order. */
export const usesOf = onceForBoth((file: SourceFile, loader: ModuleLoader): readonly Use[] => {
  const uses: Use[] = [];
  walk(file.ast, (node) => {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression' && node.type !== 'JSXOpeningElement') return;
    const found = useAt({ file, node }, loader);
    if (found) uses.push({ ...found, node, file });
  });
  return uses;
});

/** What the callee of a call, or the name of an element, stands for. */
export function useAt(
  { file, node }: Located<TSESTree.CallExpression | TSESTree.JSXOpeningElement | TSESTree.NewExpression>,
  loader: ModuleLoader,
): KnownExport | undefined {
  const named = node.type === 'JSXOpeningElement' ? node.name : unwrap(node.callee);
  if (named.type === 'JSXNamespacedName' || isGlobal(file, named)) return undefined;
  return (
    knownExport({ file, node: named }, loader) ??
    (node.type === 'CallExpression' ? workosClientMember({ file, node: named }, loader) : undefined)
  );
}

// Most calls of a file are of names that no table can have: tell without following them.
function isGlobal(file: SourceFile, node: Node): boolean {
  if (node.type === 'JSXIdentifier' && /^[a-z]/u.test(node.name)) return true;
  return (node.type === 'Identifier' || node.type === 'JSXIdentifier') && !variableOf(file, node);
}

/** Whether a package's function never gives control back: `redirect()`, which throws what Next.js catches. */
export const isEnding = ({ file, node }: Located<TSESTree.CallExpression>, loader: ModuleLoader): boolean =>
  (node.callee.type === 'Identifier' || node.callee.type === 'MemberExpression') &&
  knownExport({ file, node: node.callee }, loader)?.entry.leavesByException === 'always';
