/**
 * AuthKit calls that set a cookie while a Server Component renders, which is refused since 3.0.0 (PLAYBOOK §7): a URL for signing in becomes the
 * path of a route handler, `ensureSignedIn` a redirect to it. Only what is plain; the rest is for a person.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Edit, indentAt, insertAfter, insertBefore, replace, styleOf } from '../../analysis/edits/edits.ts';
import { importedAs } from '../../analysis/edits/imports.ts';
import { withoutStatement } from '../../analysis/edits/removals.ts';
import { type Node, enclosingFunction, propertyName, wrapped } from '../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type SignInFix, type SignInPlace, callAt } from './place.ts';
import type { SignInCall, SignInRoutes } from './sign-in-route.ts';
import { targetsOf } from './url-targets.ts';
import { isNameTaken } from '../../analysis/syntax/bindings/scopes.ts';
import { soleValue } from '../../analysis/syntax/objects.ts';

const REDIRECT = { module: 'next/navigation', name: 'redirect' } as const;

/** Fixes the call at a place that `findCookieWrites` reports. */
export function fixCookieWrite({ routes, ...place }: SignInPlace): SignInFix {
  if (!routes) return { reason: 'it belongs to no app' };
  const { call, name } = callAt(place) ?? {};
  if (call && (name === 'getSignInUrl' || name === 'getSignUpUrl')) return fixUrl(call, name, { ...place, routes });
  if (call && name === 'withAuth') return fixEnsureSignedIn(call, { ...place, routes });
  return { reason: 'what the page does instead is your decision' };
}

type PlaceInApp = Required<SignInPlace> & { readonly routes: SignInRoutes };

// --- getSignInUrl() ---

function fixUrl(call: TSESTree.CallExpression, name: SignInCall, { file, project, routes }: PlaceInApp): SignInFix {
  if (call.arguments.length > 0)
    return { reason: `${name}() has options, which the route handler would have to take over` };
  const outer = wrapped(call).parent;
  if (outer?.type !== 'AwaitExpression') return { reason: `${name}() is not awaited where it is called` };
  const value = wrapped(outer);
  const targets = targetsOf({ file, node: value }, project);
  if (targets?.length === 0) return withoutUnusedUrl(value, name, file);
  if (!targets)
    return {
      reason: 'where its URL goes is not known (an href of <a> or <Link> and redirect() can take a path instead)',
    };
  if (routes.app.basePath !== '' && targets.some(({ kind }) => kind === 'browser'))
    return { reason: 'an <a> needs the base path in front' };
  const answer = routes.pathOf(name, false, file);
  if (!answer.ok) return answer;
  const { quote } = styleOf(file);
  const mark = value.type === 'JSXExpressionContainer' ? '"' : quote;
  const edits: Edit[] = [replace(value, mark + answer.path + mark)];
  edits.push(...targets.flatMap((target) => (target.file === file ? target.edits : [])));
  const elsewhere = targets.filter((target) => target.file !== file && target.edits.length > 0);
  return {
    elsewhere,
    rewrite: { edits, at: call.range[0], message: `${name}() is called by the route handler at ${answer.path}.` },
  };
}

/** No one reads the URL: the statement goes, and no route is needed. */
function withoutUnusedUrl(value: Node, name: SignInCall, file: SourceFile): SignInFix {
  const statement = value.parent?.parent;
  if (statement?.type !== 'VariableDeclaration' || statement.declarations.length !== 1)
    return { reason: 'its URL is not used' };
  return {
    rewrite: {
      edits: [withoutStatement(file, statement)],
      at: value.range[0],
      message: `${name}() is removed: nothing uses its URL.`,
    },
  };
}

// --- withAuth({ ensureSignedIn: true }) ---

function fixEnsureSignedIn(call: TSESTree.CallExpression, { file, project, routes }: PlaceInApp): SignInFix {
  const statement = statementOf(call);
  const check = statement && checkOf(statement, file);
  if (!check || !hasOnlyEnsureSignedIn(call))
    return { reason: 'the redirect to a route handler has to be written by hand' };
  const { app } = routes;
  const route = project.routeOfFile(app, file.path);
  if (route?.kind !== 'page' || route.pattern.includes('[') || app.basePath !== '' || !isOfPage(statement))
    return {
      reason: 'which page users return to after signing in is not known here; redirect to the sign-in route yourself',
    };
  const redirect = redirectName(file);
  if (redirect === undefined) return { reason: `'redirect' is another name in this file` };
  const answer = routes.pathOf('getSignInUrl', true, file);
  if (!answer.ok) return answer;
  const { eol, quote, semicolons } = styleOf(file);
  const indent = indentAt(file.text, statement.range[0]);
  const end = semicolons ? ';' : '';
  const target = `${quote}${answer.path}?returnTo=${route.pattern}${quote}`;
  const edits = [
    replace([call.callee.range[1], call.range[1]], '()'),
    ...check.edits,
    insertAfter(statement, `${eol}${indent}if (!${check.user}) ${redirect}(${target})${end}`),
  ];
  const needed = redirect === REDIRECT.name ? [REDIRECT] : [];
  return {
    rewrite: {
      edits,
      needed,
      at: call.range[0],
      message: `Visitors without a session are sent to the route handler at ${answer.path}, which returns them to ${route.pattern}.`,
    },
  };
}

type AuthStatement = TSESTree.ExpressionStatement | TSESTree.VariableDeclaration;

/** The statement of `await withAuth(…)`, where it is nothing else. */
function statementOf(call: TSESTree.CallExpression): AuthStatement | undefined {
  const outer = wrapped(call).parent;
  if (outer?.type !== 'AwaitExpression') return undefined;
  const { parent } = wrapped(outer);
  if (parent?.type === 'ExpressionStatement') return parent;
  if (parent?.type !== 'VariableDeclarator' || parent.parent.declarations.length !== 1) return undefined;
  return parent.parent.kind === 'const' ? parent.parent : undefined;
}

/** How the user is named behind the statement, and the edits that name it. */
function checkOf(statement: AuthStatement, file: SourceFile): { user: string; edits: readonly Edit[] } | undefined {
  const isFree = !isNameTaken(file, 'user');
  if (statement.type === 'ExpressionStatement')
    return isFree ? { user: 'user', edits: [insertBefore(statement, 'const { user } = ')] } : undefined;
  const [{ id }] = statement.declarations;
  if (id.type === 'Identifier') return { user: `${id.name}.user`, edits: [] };
  if (id.type !== 'ObjectPattern') return undefined;
  const [first] = id.properties;
  for (const property of id.properties) {
    if (property.type !== 'Property' || propertyName(property) !== 'user') continue;
    return property.value.type === 'Identifier' ? { user: property.value.name, edits: [] } : undefined;
  }
  return first && isFree ? { user: 'user', edits: [insertBefore(first, 'user, ')] } : undefined;
}

function hasOnlyEnsureSignedIn({ arguments: [options, other] }: TSESTree.CallExpression): boolean {
  const value = other ? undefined : soleValue(options, 'ensureSignedIn');
  return value?.type === 'Literal' && value.value === true;
}

/** Whether a statement is in the page itself, not in a function inside that may run later. */
function isOfPage(statement: Node): boolean {
  const owner = enclosingFunction(statement);
  return owner !== undefined && statement.parent?.parent === owner && enclosingFunction(owner) === undefined;
}

/** What the file may call `redirect`; undefined where something else has that name. */
function redirectName(file: SourceFile): string | undefined {
  return importedAs(file, REDIRECT) ?? (isNameTaken(file, REDIRECT.name) ? undefined : REDIRECT.name);
}
