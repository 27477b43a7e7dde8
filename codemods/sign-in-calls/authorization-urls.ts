/**
 * `userManagement.getAuthorizationUrl()` next to `handleAuth()`: since 3.0.0 such a sign-in can't finish (PLAYBOOK §9). Where it asks for AuthKit's
 * own page with what `getSignInUrl()` has as well, it becomes that.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Edit, insertBefore, remove, replace, styleOf } from '../../analysis/edits/edits.ts';
import { importedAs } from '../../analysis/edits/imports.ts';
import { isPlainValue, unusedEdits, unusedWithout } from '../../analysis/edits/unused.ts';
import {
  type FunctionNode,
  type Node,
  enclosingFunction,
  literalText,
  propertyName,
  unwrap,
  wrapped,
  type Range,
} from '../../analysis/syntax/ast.ts';
import { definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { hasDirective } from '../../analysis/syntax/directives.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import { type SignInFix, type SignInPlace, callAt } from './place.ts';
import type { SignInRoutes } from './sign-in-route.ts';
import { targetsOf } from './url-targets.ts';
import { AUTHKIT } from '../../playbook/libraries/authkit-nextjs.ts';
import { knownExport } from '../../playbook/libraries/index.ts';
import { isNameTaken } from '../../analysis/syntax/bindings/scopes.ts';

/** Options that both functions have, with the same meaning. */
const SHARED = new Set(['loginHint', 'organizationId', 'redirectUri']);
/** What is given by the function itself. */
const IMPLIED = new Set(['clientId', 'provider', 'screenHint']);

/**
 * Fixes the call at a place that `findRawAuthorizationUrls` reports. Where `getSignInUrl()` can't be called, as in a page, one of the app's route
 * handlers may take over.
 */
export function fixAuthorizationUrl(place: SignInPlace): SignInFix {
  const { file, project, routes } = place;
  const call = callAt(place)?.call;
  const [options, other] = call?.arguments ?? [];
  if (!call || options?.type !== 'ObjectExpression' || other)
    return { reason: 'getSignInUrl() has other options than those that are put together here' };
  const read = readOptions(options, file, project);
  if ('reason' in read) return read;
  const owner = enclosingFunction(call);
  if (owner && mayAwait(owner, file)) return fixByCall(call, owner, read, place);
  if (owner && routes && read.kept.every(isOwnRedirectUri)) return fixByRoute(call, read.name, routes, place);
  return {
    reason: 'getSignInUrl() is asynchronous, and sets a cookie: only a server action or a route handler can call it',
  };
}

/** `await getSignInUrl()` */
function fixByCall(
  call: TSESTree.CallExpression,
  owner: FunctionNode,
  read: ReadOptions,
  place: SignInPlace,
): SignInFix {
  const { file } = place;
  const needed = { module: AUTHKIT, name: read.name };
  if (isNameTaken(file, read.name) && importedAs(file, needed) !== read.name)
    return { reason: `'${read.name}' is another name in this file` };
  const own = [call.callee.range, ...read.gone.map((property) => property.range)];
  const { parent } = wrapped(call);
  if (parent?.type === 'MemberExpression') return { reason: 'its result is worked on where it is made' };
  const isAwaited = parent?.type === 'AwaitExpression';
  const edits: Edit[] = [
    replace(call.callee, isAwaited ? read.name : `await ${read.name}`),
    ...withoutProperties(read, file),
    ...unusedBeside(call, own, place),
    ...(owner.async ? [] : [asyncEdit(owner)]),
  ];
  return {
    rewrite: {
      edits,
      needed: [needed],
      at: call.range[0],
      message: `${read.name}() starts the sign-in that handleAuth() finishes.`,
    },
  };
}

/** `redirect('/sign-in')`: only where all that becomes of the URL is a redirect of Next.js, which takes a path as well. */
function fixByRoute(
  call: TSESTree.CallExpression,
  name: ReadOptions['name'],
  routes: SignInRoutes,
  place: SignInPlace,
): SignInFix {
  const { file, project } = place;
  const targets = targetsOf({ file, node: wrapped(call) }, project) ?? [];
  if (targets.length === 0 || targets.some((target) => target.kind !== 'next' || target.edits.length > 0))
    return { reason: 'where its URL goes is not known (redirect() can take a path instead)' };
  const answer = routes.pathOf(name, false, file);
  if (!answer.ok) return answer;
  const { quote } = styleOf(file);
  return {
    rewrite: {
      edits: [replace(call, quote + answer.path + quote), ...unusedBeside(call, [call.range], place)],
      at: call.range[0],
      message: `The route handler at ${answer.path} starts the sign-in that handleAuth() finishes.`,
    },
  };
}

/** The edits that remove what some ranges alone used, a client of WorkOS among it, outside of the call. */
function unusedBeside(call: Node, gone: readonly Range[], { file, project }: SignInPlace): Edit[] {
  const isDisposable = (node: Node) => isPlainValue(node) || isClientMade(node, file, project);
  const edits = unusedEdits(file, gone, unusedWithout(file, gone, isDisposable), isDisposable);
  return edits.filter(({ range }) => range[1] <= call.range[0] || range[0] >= call.range[1]);
}

/** The one that AuthKit takes by itself. */
function isOwnRedirectUri(property: TSESTree.Property): boolean {
  if (propertyName(property) !== 'redirectUri') return false;
  const value = unwrap(property.value);
  return value.type === 'MemberExpression' && propertyName(value) === 'NEXT_PUBLIC_WORKOS_REDIRECT_URI';
}

interface ReadOptions {
  readonly options: TSESTree.ObjectExpression;
  readonly name: 'getSignInUrl' | 'getSignUpUrl';
  readonly kept: readonly TSESTree.Property[];
  readonly gone: readonly TSESTree.Property[];
}

function readOptions(
  options: TSESTree.ObjectExpression,
  file: SourceFile,
  project: Project,
): ReadOptions | { readonly reason: string } {
  const byName = new Map<string, TSESTree.Property>();
  for (const property of options.properties) {
    const name = property.type === 'Property' ? propertyName(property) : undefined;
    if (property.type !== 'Property' || name === undefined) return { reason: 'its options are not written out here' };
    byName.set(name, property);
  }
  const foreign = [...byName.keys()].find((name) => !SHARED.has(name) && !IMPLIED.has(name));
  if (foreign !== undefined) return { reason: `getSignInUrl() has no option like ${foreign}` };
  const textOf = (name: string) => {
    const property = byName.get(name);
    return property && (literalText(unwrap(property.value)) ?? '?');
  };
  if (textOf('provider') !== 'authkit')
    return {
      reason: "getSignInUrl() always leads to AuthKit's own page; a sign-in at a provider needs a callback of its own",
    };
  const clientId = byName.get('clientId');
  if (clientId && !isOwnClientId(clientId.value, file, project))
    return { reason: 'its client id is not known to be WORKOS_CLIENT_ID' };
  const hint = textOf('screenHint') ?? 'sign-in';
  if (hint !== 'sign-in' && hint !== 'sign-up') return { reason: 'whether it signs in or up is not known' };
  const properties = [...byName];
  return {
    options,
    name: hint === 'sign-up' ? 'getSignUpUrl' : 'getSignInUrl',
    kept: properties.flatMap(([name, property]) => (SHARED.has(name) ? [property] : [])),
    gone: properties.flatMap(([name, property]) => (SHARED.has(name) ? [] : [property])),
  };
}

/** `process.env.WORKOS_CLIENT_ID`, itself or by a constant. */
function isOwnClientId(node: Node, file: SourceFile, project: Project): boolean {
  const found = definitionOf({ file, node }, project);
  return (
    found.kind === 'global' &&
    found.name === 'process' &&
    found.path.length === 2 &&
    found.path[0] === 'env' &&
    found.path[1] === 'WORKOS_CLIENT_ID'
  );
}

function isClientMade(node: Node, file: SourceFile, project: Project): boolean {
  const made = unwrap(node);
  if (made.type !== 'NewExpression' && made.type !== 'CallExpression') return false;
  return knownExport({ file, node: made.callee }, project)?.entry.makesWorkOSClient === true;
}

const ROUTE = /[\\/]route\.[jt]sx?$/u;

/** Whether a function may wait, and set cookies: a route handler, or a server action. */
function mayAwait(owner: FunctionNode, file: SourceFile): boolean {
  const isAction = hasDirective(file.ast, 'use server') || hasDirective(owner, 'use server');
  const isHandler =
    ROUTE.test(file.path) && owner.type === 'FunctionDeclaration' && owner.parent.type === 'ExportNamedDeclaration';
  return (owner.async && (isAction || ROUTE.test(file.path))) || (isHandler && !owner.returnType);
}

const asyncEdit = (owner: FunctionNode): Edit => insertBefore(owner, 'async ');

/** The list without the properties that are not kept; no argument where none is. */
function withoutProperties({ kept, options }: ReadOptions, { text }: SourceFile): readonly Edit[] {
  if (kept.length === 0) return [remove(options)];
  const [first, last] = [options.properties[0], options.properties.at(-1)];
  if (!first || !last || kept.length === options.properties.length) return [];
  const isBroken = text.slice(options.range[0], first.range[0]).includes('\n');
  const separator = isBroken ? `,${text.slice(options.range[0] + 1, first.range[0])}` : ', ';
  return [replace([first.range[0], last.range[1]], kept.map((each) => text.slice(...each.range)).join(separator))];
}
