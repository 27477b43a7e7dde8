/**
 * `userManagement.getAuthorizationUrl()` of `@workos-inc/node` sets no verifier cookie: since authkit-nextjs 3.0.0 a sign-in that it starts cannot
 * finish at `handleAuth()` (PLAYBOOK §9).
 */
import type { TSESTree } from '@typescript-eslint/types';
import { createEvaluator } from '../../analysis/values/evaluate.ts';
import { type Value, alternativesOf, knownText } from '../../analysis/values/values.ts';
import { isNullish } from '../../analysis/values/comparisons.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type App, type Project, type Route, isAtLeast, pathnameOf } from '../../project/project.ts';
import { modulesNamedIn } from '../../project/modules/named-modules.ts';
import type { Finder, Finding } from '../finding.ts';
import { PKCE_VERSION, AUTHKIT } from '../libraries/authkit-nextjs.ts';
import { type Use, usesOf, workosLoader } from '../libraries/index.ts';

export type AuthorizationUrlMessageId = 'rawAuthorizationUrl';

type UrlFinding = Finding<AuthorizationUrlMessageId, never>;

export const findRawAuthorizationUrls: Finder<undefined, AuthorizationUrlMessageId, never> = (file, project) => {
  if (isAtLeast(project.versionOf(file.path, AUTHKIT), PKCE_VERSION) !== true) return [];
  return usesOf(file, workosLoader(project)).flatMap((use) => findingOf(use, file, project) ?? []);
};

function findingOf(use: Use, file: SourceFile, project: Project): UrlFinding | undefined {
  if (use.node.type !== 'CallExpression' || !use.name.endsWith('userManagement.getAuthorizationUrl')) return undefined;
  if (hasOwnVerifier(use.node, file, project)) return undefined;
  const callback = callbackOf(use, file, project);
  if (!callback) return undefined;
  return {
    messageId: 'rawAuthorizationUrl',
    data: { callback: project.display(callback.path) },
    range: use.node.range,
    unfixable: 'getSignInUrl() has other options, and is asynchronous',
  };
}

/** `codeChallenge`: who makes a verifier of their own keeps it as well, and may do so in the very cookie that `handleAuth()` reads. */
function hasOwnVerifier(call: TSESTree.CallExpression, file: SourceFile, project: Project): boolean {
  const [options] = call.arguments;
  if (!options) return false;
  const evaluator = createEvaluator({ loader: project });
  const from = { file, node: options };
  return isNullish(evaluator.member(evaluator.evaluate(from), 'codeChallenge', from)) !== true;
}

/** The route of `handleAuth()` at which the sign-in arrives: by its redirect URI, or because the app has no other callback. */
function callbackOf({ node }: Use, file: SourceFile, project: Project): Route | undefined {
  const [app, other] = project.appsFor(file.path);
  if (!app || other || node.type !== 'CallExpression') return undefined;
  const [options] = node.arguments;
  const evaluator = createEvaluator({ loader: project });
  const from = options && { file, node: options };
  const paths = from ? pathsOf(evaluator.member(evaluator.evaluate(from), 'redirectUri', from)) : [];
  const callbacks = callbacksOf(app, project);
  if (paths.length === 0) return callbacks.byHand === 0 ? callbacks.made[0] : undefined;
  const reached = paths.map((path) => project.servingRoute(app, path));
  return callbacks.made.find((route) => reached.every((served) => served?.path === route.path));
}

/** The paths of a redirect URI, where all of them are known. */
function pathsOf(uri: Value): readonly string[] {
  const paths = alternativesOf(uri).map((value) => {
    const known = knownText(value) ?? lastKnownPath(value);
    if (known === undefined) return undefined;
    return URL.canParse(known) ? new URL(known).pathname : pathnameOf(known);
  });
  return paths.every((path) => path !== undefined) ? paths : [];
}

// `${process.env.APP_URL}/callback`
function lastKnownPath(value: Value): string | undefined {
  const last = value.type === 'text' ? value.parts.at(-1) : undefined;
  return last?.kind === 'known' && last.text.startsWith('/') ? last.text : undefined;
}

const BY_HAND = /\bauthenticateWith\w+/u;

interface Callbacks {
  readonly made: readonly Route[];
  readonly byHand: number;
}

/** Whether a route, or a file that it imports, exchanges a code by itself. */
function finishesByHand({ path }: Route, text: string, project: Project): boolean {
  if (BY_HAND.test(text)) return true;
  return modulesNamedIn(text, 'values').some((module) => {
    const target = project.resolve(module, path);
    return target !== undefined && BY_HAND.test(project.facts.text(target) ?? '');
  });
}

function callbacksOf(app: App, project: Project): Callbacks {
  const made: Route[] = [];
  let byHand = 0;
  for (const route of project.routesOf(app)) {
    if (route.kind !== 'route' && route.kind !== 'api') continue;
    const text = project.facts.text(route.path) ?? '';
    if (finishesByHand(route, text, project)) byHand += 1;
    const file = text.includes('handleAuth') ? project.sourceFile(route.path) : undefined;
    const isMade =
      file && usesOf(file, workosLoader(project)).some(({ entry }) => entry.finishesSignIn === 'handler-factory');
    if (isMade) made.push(route);
  }
  return { made, byHand };
}
