/** Which calls, and which headers of an answer, end the session of who asks. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, literalText, propertyName, unwrap, unwrapAwait } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { type Concern, type ModuleLoader, loaderFor } from '../../analysis/syntax/bindings/modules.ts';
import type { Evaluator, EvaluatorOptions } from '../../analysis/values/evaluate.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { roundsOf } from '../../analysis/values/iterations.ts';
import { type Value, alternativesOf, knownText, objectWith, text, unknown } from '../../analysis/values/values.ts';
import { knownDefinition } from '../libraries/index.ts';
import { cookieNames, isSessionCookie, isSessionName, namesOfCookie } from './cookie-names.ts';

/** Functions of cookie packages that write or delete a cookie whose name they are given (`cookie`, `nookies`, `cookies-next`). */
const COOKIE_FUNCTION = /^(?:serialize|stringifySetCookie|destroyCookie|deleteCookie|setCookie)$/u;

/** The URL of WorkOS that ends the session of who comes by it: to ask for it ends none. */
export const LOGOUT_URL = 'getLogoutUrl()';

/** The path of that URL, where someone writes it out (workos/workos-node src/user-management/user-management.ts). */
export const LOGOUT_PATH = 'user_management/sessions/logout';

/**
 * What libraries call it; a function of the project's own does one of the other things, there or in what it imports. Whole texts are searched, in
 * which a pattern that ignores case and begins with `\b` takes five times as long.
 */
const ENDS = /(?<!\w)(?:signOut|getLogoutUrl|(?:invalidate|revoke)Session)\b|clear-site-data|sessions\/logout/iu;

/** The calls and headers that clear a cookie or a session (see below); what is deleted where something holds is a row of a database. */
const CLEARS =
  /\.(?:delete(?!\(\s*\{\s*where\b)|destroy)\(|(?<!\w)de(?:stroy|lete)Cookie\(|max-?age['"]?\s*[:=]\s*(?:0\b|-)|new Date\(\s*(?:0|['"](?:1970|Thu, 01))|1970|\.set\([^()]*,\s*(?:''|"")/iu;

/** What is cleared: a store of cookies, or a session that knows how to end itself. A set, a cache or a database has the same methods. */
const COOKIES = /cookie/iu;
const SESSION = /sess|WORKOS_COOKIE_NAME/iu;

const emptiesCookies = (text: string): boolean => text.includes('.getAll(') && CLEARS.test(text);

/**
 * What helpers of a handler have to do with it, where one of them may end the session. The name of the cookie may come from elsewhere.
 */
export const SESSION_END: Concern = {
  of: 'code',
  text: {
    test: (text) =>
      ENDS.test(text) ||
      emptiesCookies(text) ||
      ((COOKIES.test(text) || (SESSION.test(text) && text.includes('.destroy('))) && CLEARS.test(text)),
  },
};

/** Whether code may end a session, by its text. */
export const mayEndSessionIn = (text: string): boolean =>
  ENDS.test(text) ||
  emptiesCookies(text) ||
  (SESSION.test(text) && (COOKIES.test(text) || text.includes('.destroy(')) && CLEARS.test(text));

/** Whether code may clear a cookie whose name it is given. */
export const mayClearCookieIn = (text: string): boolean => COOKIES.test(text) && CLEARS.test(text);

/** Whether code may name a cookie of a session, `names` included. */
export const mayNameSessionIn = (text: string, names: readonly string[]): boolean =>
  SESSION.test(text) || names.some((name) => text.includes(name));

/**
 * What ends the session at a node, in the words of a message: `signOut()`. Undefined for any other node. `names` are cookies of a session whose names
 * do not show it.
 */
export function sessionEndAt(place: Located, evaluator: Evaluator, names: readonly string[]): string | undefined {
  const { file, node } = place;
  if (node.type === 'CallExpression') return endingCall({ file, node }, evaluator, names);
  // headers: { 'Set-Cookie': 'wos-session=; Max-Age=0' }
  if (node.type === 'Property') return endingHeader(propertyName(node), { file, node: node.value }, evaluator);
  // headers: [['Set-Cookie', 'wos-session=; Max-Age=0']]
  const [name, value] = node.type === 'ArrayExpression' && node.elements.length === 2 ? node.elements : [];
  return value ? endingHeader(literalText(name), { file, node: value }, evaluator) : undefined;
}

/** Exports of packages that end it, by whatever name: those of the tables, and of packages for cookies. */
const OF_PACKAGES: Concern = {
  of: 'exports',
  text: new RegExp(`${ENDS.source}|(?<!\\w)serialize\\b|stringifySetCookie|(?:destroy|delete|set)Cookie`, 'iu'),
};

/** The function of a library that ends the session, which may stand as a handler itself: AuthKit's `signOut`. */
export function sessionEndingExport(definition: Definition, loader: ModuleLoader): string | undefined {
  const known = knownDefinition(definition, loader);
  return known?.entry.endsSession === true ? `${known.name.slice(known.name.lastIndexOf('.') + 1)}()` : undefined;
}

function endingCall(
  { file, node }: Located<TSESTree.CallExpression>,
  evaluator: Evaluator,
  names: readonly string[],
): string | undefined {
  const callee = unwrap(node.callee);
  const { loader } = evaluator.options;
  // A function of the project's own is looked into elsewhere.
  const isNamed = ENDING_METHODS.has(nameOf(callee) ?? '');
  const definition = definitionOf({ file, node: callee }, isNamed ? loader : loaderFor(loader, OF_PACKAGES));
  const ended = sessionEndingExport(definition, loader) ?? endedByLibrary(callee, definition);
  if (ended !== undefined) return ended;
  if (callee.type !== 'MemberExpression') return cookieFunction({ file, node }, definition, evaluator);
  const method = propertyName(callee);
  switch (method) {
    case 'getLogoutUrl':
      return LOGOUT_URL;
    case 'destroy':
      return isSession({ file, node: callee.object }, evaluator) ? 'session.destroy()' : undefined;
    case 'delete':
    case 'set':
    case 'append':
    case 'setHeader':
    case 'appendHeader': {
      const cookie = clearedCookie({ file, node }, method, evaluator, names);
      if (cookie !== undefined) return `deletes the cookie '${cookie}'`;
      const [name, value] = node.arguments;
      return name && value
        ? endingHeader(knownText(evaluator.evaluate({ file, node: name })), { file, node: value }, evaluator)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** What WorkOS and Clerk, or Lucia, call it to end a session for good. */
const ENDING_METHODS = new Set(['invalidateSession', 'revokeSession', 'signOut']);

const nameOf = (callee: Node): string | undefined =>
  callee.type === 'MemberExpression' ? propertyName(callee) : callee.type === 'Identifier' ? callee.name : undefined;

// supabase.auth.signOut(), NextAuth(…).signOut: what a library made, so that no one can look into it.
function endedByLibrary(callee: Node, definition: Definition): string | undefined {
  const name = nameOf(callee);
  if (name === undefined || !ENDING_METHODS.has(name)) return undefined;
  const isOfLibrary =
    definition.kind === 'export' ||
    definition.kind === 'unknown' ||
    (definition.kind === 'value' && definition.path.at(-1) === name);
  return isOfLibrary ? `${name}()` : undefined;
}

/** Whether an expression is the session of iron-session and its like, by its name or by that of the function that gives it. */
function isSession(expression: Located, evaluator: Evaluator): boolean {
  const isNamed = (node: Node): boolean => /sess(?:ion)?$/iu.test(lastName(node)) && isSessionName(lastName(node));
  if (isNamed(expression.node)) return true;
  const made = definitionOf(expression, evaluator.options.loader);
  return (
    made.kind === 'value' && made.path.length === 0 && made.node.type === 'CallExpression' && isNamed(made.node.callee)
  );
}

function lastName(node: Node): string {
  const expression = unwrapAwait(node);
  if (expression.type === 'MemberExpression') return propertyName(expression) ?? '';
  return expression.type === 'Identifier' ? expression.name : '';
}

/** The name of a session cookie that a call clears: `cookies().delete('wos-session')`, `.set(name, '', { maxAge: 0 })`. */
function clearedCookie(
  { file, node }: Located<TSESTree.CallExpression>,
  method: string,
  evaluator: Evaluator,
  names: readonly string[],
): string | undefined {
  const [first, second, third] = node.arguments;
  if (!first || (method !== 'delete' && method !== 'set') || !mayHoldCookies({ file, node: node.callee }, evaluator))
    return undefined;
  // `db.update(table).set({ … })`
  if (method === 'set' && !second && !endsAtOnce({ file, node: first })) return undefined;
  const session = cookieNames({ file, node: first }, evaluator).find((name) => isSessionCookie(name, names));
  if (session === undefined || !isRoundFor(session, { file, node: first }, evaluator)) return undefined;
  if (method === 'delete') return session;
  const isEmptied =
    second !== undefined && valuesOf({ file, node: second }, evaluator).every((value) => knownText(value) === '');
  return isEmptied || endsAtOnce({ file, node: third ?? second ?? first }) ? session : undefined;
}

/** Whether a cookie of that name comes by, where a loop goes through a list of names: `if (name === 'wos-session') continue;` leaves it out. */
function isRoundFor(cookie: string, name: Located, evaluator: Evaluator): boolean {
  return roundsOf(evaluator, name).some(
    (round) =>
      !round ||
      (namesOfCookie(evaluator.evaluate(name, round)).includes(cookie) && isReachable(evaluator, name, round)),
  );
}

/** What `store.getAll()` is for who is signed in: the session's cookie is in the list, and others may be. */
export const cookiesOfVisitor =
  (names: readonly string[]): NonNullable<EvaluatorOptions['interpret']> =>
  ({ file, node }) => {
    // store.getAll('theme') and searchParams.getAll('id') are of one name.
    const callee = node.type === 'CallExpression' && node.arguments.length === 0 ? unwrap(node.callee) : undefined;
    if (callee?.type !== 'MemberExpression' || propertyName(callee) !== 'getAll') return undefined;
    const from = { file, node };
    const items = (names.length > 0 ? names : ['wos-session']).map((name) => ({
      value: objectWith({ name: text(name, from), value: { ...unknown(from), isSet: true } }, false, from),
      certain: true,
    }));
    return { type: 'array', items, open: true, from };
  };

/** Whether `delete` and `set` of an object may be those of cookies: headers, a query and a map have them as well. */
function mayHoldCookies({ file, node }: Located, evaluator: Evaluator): boolean {
  const callee = unwrap(node);
  if (callee.type !== 'MemberExpression') return false;
  if (/(?:headers?|params|query|storage|cache|map|formdata|url)$/iu.test(lastName(callee.object))) return false;
  const definition = definitionOf({ file, node: callee.object }, evaluator.options.loader);
  if ((definition.kind !== 'value' && definition.kind !== 'parameter') || definition.path.length > 0) return true;
  const { file: source, node: made } =
    definition.kind === 'value' ? definition : { ...definition, node: definition.function.params[definition.index] };
  return (
    !made ||
    !/^(?:new\s+|\w+\??:\s*)(?:FormData|Headers|URLSearchParams|(?:Weak)?(?:Map|Set))\b/u.test(
      source.text.slice(...made.range),
    )
  );
}

const valuesOf = (expression: Located, evaluator: Evaluator): readonly Value[] =>
  alternativesOf(evaluator.evaluate(expression));

/** Whether a cookie's options say that it is over. */
function endsAtOnce({ file, node }: Located): boolean {
  return /max-?age['"]?\s*:\s*(?:0\b|-\d)|new Date\((?:0|['"](?:1970|Thu, 01 Jan 1970))/iu.test(
    file.text.slice(...node.range),
  );
}

// serialize('session', '', { maxAge: -1 }), destroyCookie(ctx, 'session')
function cookieFunction(
  { file, node }: Located<TSESTree.CallExpression>,
  callee: Definition,
  evaluator: Evaluator,
): string | undefined {
  if (callee.kind !== 'export' || !COOKIE_FUNCTION.test(callee.name)) return undefined;
  const cookie = node.arguments
    .flatMap((argument) => cookieNames({ file, node: argument }, evaluator))
    .find(isSessionName);
  if (cookie === undefined) return undefined;
  const ends = callee.name.startsWith('de') || endsAtOnce({ file, node });
  return ends ? `deletes the cookie '${cookie}'` : undefined;
}

/** `Set-Cookie: wos-session=; Max-Age=0`, written by hand, and `Clear-Site-Data: "cookies"`. */
function endingHeader(name: string | undefined, value: Located, evaluator: Evaluator): string | undefined {
  if (name === undefined || !/^(?:set-cookie|clear-site-data)$/iu.test(name)) return undefined;
  for (const header of valuesOf(value, evaluator).flatMap(headerTexts)) {
    if (/^clear/iu.test(name) && /cookies|\*/u.test(header)) return 'the header Clear-Site-Data';
    const cookie =
      /^(?<cookie>[^=;\s]*sess[^=;\s]*)=(?:;|\s*$|.*;\s*max-age=(?:0|-\d+)(?:\s*;|\s*$)|.*;\s*expires=[^;]*1970)/iu.exec(
        header,
      )?.groups?.['cookie'];
    if (isSessionName(cookie)) return `deletes the cookie '${cookie}'`;
  }
  return undefined;
}

function headerTexts(value: Value): string[] {
  if (value.type === 'array') return value.items.flatMap((item) => alternativesOf(item.value).flatMap(headerTexts));
  if (value.type !== 'text') return [];
  return [value.parts.map((part) => (part.kind === 'known' ? part.text : 'x')).join('')];
}
