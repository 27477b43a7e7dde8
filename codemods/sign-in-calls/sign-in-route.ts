/**
 * The route handler that starts a sign-in, for pages that may no longer do it while they render (PLAYBOOK §7): one that the app has, or a
 * new one that the proxy lets visitors reach.
 */
import { basename, join } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import { type Edit, type TextStyle, insertItemAfter, replace, styleOf } from '../../analysis/edits/edits.ts';
import {
  type FunctionNode,
  isFunction,
  literalText,
  propertyName,
  unwrap,
  contains,
  nodesOf,
} from '../../analysis/syntax/ast.ts';
import { definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { exportsOf } from '../../analysis/syntax/bindings/exports.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Use, usesOf } from '../../playbook/libraries/index.ts';
import { covers } from '../../playbook/proxy/matcher/coverage.ts';
import { readMatcher } from '../../playbook/proxy/matcher/read-matcher.ts';
import { readProxyOptions } from '../../playbook/proxy/options.ts';
import { signInRouteAt } from '../../playbook/sign-in/routes.ts';
import type { App, Project, Route } from '../../project/project.ts';
import { runningProxiesOf } from '../../project/proxy-files.ts';
import type { Draft } from '../workspace/draft.ts';
import { AUTHKIT } from '../../playbook/libraries/authkit-nextjs.ts';

export type SignInCall = 'getSignInUrl' | 'getSignUpUrl';

export type RouteAnswer =
  | { readonly ok: true; readonly path: string; readonly returns: boolean }
  /** Why there is none; ends without a full stop. */
  | { readonly ok: false; readonly reason: string };

const NAMES: Readonly<Record<SignInCall, readonly string[]>> = {
  getSignInUrl: ['/sign-in', '/auth/sign-in', '/api/auth/sign-in'],
  getSignUpUrl: ['/sign-up', '/auth/sign-up', '/api/auth/sign-up'],
};

/** Of several routes the one by such a name is meant for links. */
const USUAL = /\/(?:sign|log)[-_]?(?:in|up)$/u;

/**
 * Which routes may take over: `new` is made where the app has none, and of several one with a usual name is taken, or else the shortest path;
 * `existing`: the app's only one, or none.
 */
export type RouteChoice = 'existing' | 'new';

/** The sign-in routes of one app, each looked for once, and made when it is first asked for. */
export class SignInRoutes {
  /** The app whose routes these are. */
  readonly app: App;
  readonly #project: Project;
  readonly #draft: Draft;
  readonly #choice: RouteChoice;
  readonly #known = new Map<string, RouteAnswer>();
  #hasOpened = false;

  constructor(app: App, project: Project, draft: Draft, choice: RouteChoice = 'new') {
    this.app = app;
    this.#project = project;
    this.#draft = draft;
    this.#choice = choice;
  }

  /**
   * The path of the route that calls a function of AuthKit; `returns`: and that sends users back to where `?returnTo=` says. A new one is written
   * like the file that asks.
   */
  pathOf(call: SignInCall, returns: boolean, like: SourceFile): RouteAnswer {
    const [existing, other] = this.#existing(call);
    if (this.#choice === 'existing') {
      const reason = other
        ? `several route handlers of the app call ${call}(), and which one is meant is your decision`
        : `no route handler of the app calls ${call}() (codemod upgrade-authkit writes one)`;
      if (!existing || other) return { ok: false, reason };
    }
    const key = `${call} ${String(existing !== undefined && returns)}`;
    let answer = this.#known.get(key);
    if (!answer) {
      answer = existing ? this.#reused(existing, call, returns) : this.#created(call, like);
      this.#known.set(key, answer);
    }
    return answer;
  }

  #existing(call: SignInCall): readonly Route[] {
    const found = this.#project.routesOf(this.app).filter((route) => {
      if (route.kind !== 'route' || route.pattern.includes('[')) return false;
      const file = fileWith(route.path, call, this.#project);
      const calls = file && new Set(signInCalls(file, this.#project).map(({ name }) => name));
      return (
        file &&
        calls?.size === 1 &&
        calls.has(call) &&
        sendsAway(file, this.#project) &&
        signInRouteAt(this.#project, route.path, {
          pathname: route.pattern,
          shown: route.pattern,
          needsRoute: true,
        }) !== undefined
      );
    });
    return found.sort(
      (a, b) => Number(USUAL.test(b.pattern)) - Number(USUAL.test(a.pattern)) || a.pattern.length - b.pattern.length,
    );
  }

  #reused({ path, pattern }: Route, call: SignInCall, returns: boolean): RouteAnswer {
    this.#openInProxy(pattern);
    if (!returns) return { ok: true, path: pattern, returns };
    const file = this.#project.sourceFile(path);
    const edits = file && returningEdits(file, call, this.#project);
    if (!file || !edits)
      return {
        ok: false,
        reason: `${this.#project.display(path)} does not send users back to the page that they asked for`,
      };
    this.#draft.rewrite(file, {
      edits,
      ...(edits[0] && { at: edits[0].range[0], message: `${call}() takes the page to return to from ?returnTo=.` }),
    });
    return { ok: true, path: pattern, returns };
  }

  #created(call: SignInCall, like: SourceFile): RouteAnswer {
    const { appDir } = this.app;
    if (appDir === undefined) return { ok: false, reason: 'the app has no App Router for a route handler' };
    const patterns = new Set(this.#project.routesOf(this.app).map(({ pattern }) => pattern));
    // No path can be next to an optional catch-all below it.
    const path = NAMES[call].find(
      (name) => ![...patterns].some((each) => each === name || each.startsWith(`${name}/[[`)),
    );
    if (path === undefined) return { ok: false, reason: 'no usual path is free for a route handler that calls it' };
    if (this.app.locales.length > 0 || [...patterns].some((each) => /^\/\[(?:locale|lang|lng)\]/u.test(each)))
      return { ok: false, reason: 'a route handler has to be written, and the app has a locale in its paths' };
    const proxy = this.#openInProxy(path);
    if (proxy !== undefined) return { ok: false, reason: proxy };
    const isTyped = this.#project.facts.kind(join(this.app.root, 'tsconfig.json')) === 'file';
    const extension = isTyped ? 'ts' : 'js';
    if (!this.app.pageExtensions.includes(extension))
      return {
        ok: false,
        reason: 'a route handler has to be written, and the app names its pages in a way of its own',
      };
    const file = join(appDir, ...path.split('/').slice(1), `route.${extension}`);
    this.#draft.create(file, routeText(call, isTyped, styleOf(like)));
    return { ok: true, path, returns: true };
  }

  /** Lets the proxy leave a path open. Says why that can't be; undefined when it is, or need not be. */
  #openInProxy(path: string): string | undefined {
    const [proxy, other] = runningProxiesOf(this.#project.facts, this.app);
    if (!proxy) return undefined;
    const file = other ? undefined : this.#project.sourceFile(proxy.path);
    const options = file && readProxyOptions(file, this.#project);
    const unknown = `${this.#project.display(proxy.path)} may keep visitors from a new ${path}`;
    if (!file || !options) return unknown;
    const matcher = readMatcher(file);
    const isCovered =
      matcher === 'everything' || (matcher && covers(matcher, path.split('/').slice(1), this.app)) === true;
    if (!isCovered && /\bredirectUri\b/u.test(file.text.slice(...options.call.range)))
      return `the matcher of ${this.#project.display(proxy.path)} does not cover a new ${path}`;
    if (options.isEnabled === false || !isCovered) return undefined;
    const isOpen = options.openPaths?.some(({ pattern }) => pattern.kind === 'regexp' && pattern.matches(path));
    if (isOpen === true) return undefined;
    const list = options.isEnabled === true ? openListOf(options.call) : undefined;
    if (!list) return unknown;
    const { quote } = styleOf(file);
    const last = list.elements.at(-1);
    // Two first items would have no comma between them.
    if (!last && this.#hasOpened) return unknown;
    this.#hasOpened = true;
    const item = quote + path + quote;
    const edits = last
      ? insertItemAfter(file, last, item, ',')
      : [replace([list.range[0] + 1, list.range[1] - 1], item)];
    this.#draft.rewrite(file, { edits, at: list.range[0], message: `Visitors may reach ${path}.` });
    return undefined;
  }
}

function fileWith(path: string, word: string, project: Project): SourceFile | undefined {
  return project.facts.text(path)?.includes(word) === true ? project.sourceFile(path) : undefined;
}

const signInCalls = (file: SourceFile, project: Project): readonly Use[] =>
  usesOf(file, project).filter(({ library, name }) => library.modules.includes(AUTHKIT) && Object.hasOwn(NAMES, name));

/** Whether a handler redirects: another one may tell the URL to code in the browser. */
const sendsAway = (file: SourceFile, project: Project): boolean =>
  usesOf(file, project).some(({ entry }) => entry.leavesByException === 'always' || entry.response === 'redirect');

/** `unauthenticatedPaths: […]`, where it is written in the call. */
function openListOf(call: TSESTree.CallExpression): TSESTree.ArrayExpression | undefined {
  const list = nodesOf(call, 'Property')
    .flatMap((property) => (propertyName(property) === 'unauthenticatedPaths' ? [unwrap(property.value)] : []))
    .findLast((value) => value.type === 'ArrayExpression');
  return list?.elements.every((item) => item && literalText(item) !== undefined) === true ? list : undefined;
}

/** The edits that make a handler return users to `?returnTo=`; none where it does so already. Undefined where it is not that plain. */
function returningEdits(file: SourceFile, call: SignInCall, project: Project): readonly Edit[] | undefined {
  if (/\.get\(['"]returnTo['"]\)/u.test(file.text)) return [];
  const [use, other] = signInCalls(file, project);
  const handler = exportsOf(file).named.get('GET');
  const definition = handler?.kind === 'local' ? definitionOf({ file, node: handler.node }, project) : undefined;
  if (!use || other || use.name !== call || definition?.kind !== 'value' || !isFunction(definition.node))
    return undefined;
  const made = definition.node;
  if (use.node.type !== 'CallExpression' || definition.file !== file || !contains(made, use.node)) return undefined;
  const [request] = made.params;
  if (request && request.type !== 'Identifier') return undefined;
  const { quote } = styleOf(file);
  const url = `new URL(${request?.name ?? 'request'}.url)`;
  const option = `returnTo: ${url}.searchParams.get(${quote}returnTo${quote}) ?? undefined`;
  const given = withOption(use.node, option, file);
  return given && !request ? [withRequest(made, file), ...given] : given;
}

/** Gives a handler without parameters the request. */
function withRequest(handler: FunctionNode, { path, text }: SourceFile): Edit {
  const start = text.indexOf('(', handler.type === 'FunctionDeclaration' ? handler.id?.range[1] : handler.range[0]);
  return { range: [start + 1, start + 1], text: /\.tsx?$/u.test(basename(path)) ? 'request: Request' : 'request' };
}

/** The edits that give a call one more option; undefined where its options are no plain object, or have one of that name. */
function withOption(
  { arguments: [options, other], callee, range }: TSESTree.CallExpression,
  option: string,
  file: SourceFile,
): Edit[] | undefined {
  if (!options) return [replace([callee.range[1], range[1]], `({ ${option} })`)];
  if (other || options.type !== 'ObjectExpression') return undefined;
  const last = options.properties.at(-1);
  const isPlain = options.properties.every((one) => one.type === 'Property' && propertyName(one) !== 'returnTo');
  return last && isPlain ? insertItemAfter(file, last, option, ',') : undefined;
}

/** The text of a new route handler. */
function routeText(call: SignInCall, isTyped: boolean, { eol, indentUnit, quote, semicolons }: TextStyle): string {
  const end = semicolons ? ';' : '';
  return [
    `import { ${call} } from '${AUTHKIT}'${end}`,
    `import { redirect } from 'next/navigation'${end}`,
    '',
    `export async function GET(request${isTyped ? ': Request' : ''}) {`,
    `${indentUnit}const { searchParams } = new URL(request.url)${end}`,
    `${indentUnit}const returnTo = searchParams.get('returnTo') ?? undefined${end}`,
    `${indentUnit}redirect(await ${call}({ returnTo }))${end}`,
    '}',
    '',
  ]
    .join(eol)
    .replaceAll("'", quote);
}
