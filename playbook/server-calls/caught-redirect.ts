/**
 * Calls that leave by an exception of Next.js's (`redirect()`, `withAuth({ ensureSignedIn: true })`, `signOut()`), in a `try` whose `catch`
 * does not let it through: users get what the catch answers (PLAYBOOK §9).
 */
import { dirname } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, enclosingFunction, propertyName, unwrap, walk } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import { functionAt } from '../../analysis/syntax/functions.ts';
import { callsReachedFrom } from '../../analysis/flow/calls/reached-calls.ts';
import { isGlobal } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { describeText } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';
import type { Finder, Finding } from '../finding.ts';
import { createImportTest } from '../../project/modules/imports.ts';
import { isOpenRoute } from '../proxy/protection.ts';
import { useAt } from '../libraries/index.ts';
import { isClientText, isClientFile } from '../../analysis/syntax/directives.ts';
import { type Answer, type Asked, answerToSignedOut, letsThrough, returnsException, returnsLast } from './catches.ts';
import { type Redirect, isBehindGuard, leadsToRedirect, promisedIn, redirectsFrom } from './redirects.ts';
import { isInGuardedComponent } from './guarded-components.ts';
import { swallowedByHelper } from './swallowing-helpers.ts';
import {
  type ProxyProtection,
  createServerEvaluator,
  createVisitorEvaluator,
  isServerAction,
  proxyProtection,
} from './server-code.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';
import { promiseMethod } from '../../analysis/flow/exceptions/rejections.ts';

export type CaughtRedirectMessageId = 'caughtRedirect' | 'discardedRedirect';

type CaughtFinding = Finding<CaughtRedirectMessageId, never>;

/**
 * Whether a file may catch a redirect: it catches something (or what it is wrapped in may), runs on the server, and comes to a call that
 * redirects. A helper that does may have any name (`requireUser()`).
 */
export function mayCatchRedirect(text: string, path: string, open: () => Project): boolean {
  if (isClientText(text)) return false;
  const catches = CATCHES.test(text);
  if (!catches && !REDIRECTS.test(text) && !WRAPS.test(text)) return false;
  const project = open();
  return (
    project.dependsOn(dirname(path), AUTHKIT) &&
    (catches || leadsToCatch(project, text, path)) &&
    leadsToRedirect(project, text, path)
  );
}

const CATCHES = /\btry\b|\.(?:allSettled|catch|then)\s*\(/u;
const REDIRECTS = /ensureSignedIn|\bsignOut\b|\b[rR]edirect\s*\(/u;
/** `export const GET = withErrors(get)` */
const WRAPS = /\bexport\s+(?:const\s+\w+(?:\s*:[^=\n]{0,200})?\s*=\s*|default\s+)\w+\(/u;

/** Whether a function that a file is given may catch what it calls. */
const leadsToCatch = createImportTest({ of: 'code', text: CATCHES });

export const findCaughtRedirects: Finder<undefined, CaughtRedirectMessageId, never> = (file, project) => {
  if (isClientFile(file) || !project.dependsOn(file.path, AUTHKIT)) return [];
  const asked: Asked = {
    file,
    project,
    evaluator: createServerEvaluator(project),
    signedIn: createVisitorEvaluator(project, true),
    signedOut: createVisitorEvaluator(project, false),
  };
  const findings = new Map<Node, CaughtFinding>();
  // A proxy that sends all visitors to sign in has done so before the call is asked, unless it opens the path.
  let protection: ProxyProtection | undefined;
  let isOpen: boolean | undefined;
  const isGuarded = () =>
    (protection ??= proxyProtection(file, project)) === 'all' && !(isOpen ??= isOpenRoute(file, project));
  walk(file.ast, (node) => {
    const swallowed =
      node.type === 'TryStatement'
        ? swallowedByTry(node, asked)
        : node.type === 'CallExpression'
          ? [...swallowedByMethod(node, asked), ...swallowedByWrapper(node, asked), ...swallowedBySettling(node, asked)]
          : [];
    for (const { finding, redirect } of swallowed)
      if (
        !(redirect.isForSignedOut && isGuarded()) &&
        !isBehindGuard(redirect, asked) &&
        !isInGuardedComponent(redirect, asked)
      )
        findings.set(redirect.place, finding);
  });
  return [...findings.values()].sort((a, b) => a.range[0] - b.range[0]);
};

interface Swallowed {
  readonly redirect: Redirect;
  readonly finding: CaughtFinding;
}

function swallowedByTry(node: TSESTree.TryStatement, asked: Asked): readonly Swallowed[] {
  const isDiscarded = returnsLast(node);
  if (!isDiscarded && (!node.handler || letsThrough(node.handler.body, node.handler.param, asked))) return [];
  if (!isDiscarded && node.handler && isForCaller(node.handler, asked)) return [];
  const messageId = isDiscarded ? 'discardedRedirect' : 'caughtRedirect';
  const answer = isDiscarded || !node.handler ? undefined : answerToSignedOut(node.handler.body, asked);
  return redirectsFrom(node.block, asked)
    .filter((found) => !isAnswered(found, answer) && !leadsToSame(found, node.handler, asked))
    .map((found) => swallowed(found, messageId));
}

// withAuth({ ensureSignedIn: true }).then((auth) => auth.user).catch(() => null)
function swallowedByMethod(node: TSESTree.CallExpression, asked: Asked): readonly Swallowed[] {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return [];
  const name = propertyName(callee);
  const argument = name === 'catch' ? node.arguments[0] : name === 'then' ? node.arguments[1] : undefined;
  const handler = argument && handlerAt(argument, asked);
  if (!handler) return [];
  const answer = handler.body && answerToSignedOut(handler.body, { ...asked, file: handler.file });
  return promisedIn(callee.object, asked)
    .filter((found) => !isAnswered(found, answer))
    .map((found) => swallowed(found, 'caughtRedirect'));
}

// await Promise.allSettled([signOut(), clear()])
function swallowedBySettling(node: TSESTree.CallExpression, asked: Asked): readonly Swallowed[] {
  const [list] = node.arguments;
  if (list?.type !== 'ArrayExpression' || promiseMethod(node) !== 'allSettled') return [];
  const promises = list.elements.flatMap((element) =>
    element && element.type !== 'SpreadElement' ? promisedIn(element, asked) : [],
  );
  return promises.map((found) => swallowed(found, 'caughtRedirect'));
}

/** The function that is given a rejection, where it lets none through; without a body for one that only reports (`console.error`). */
function handlerAt(argument: Node, asked: Asked): { readonly file: SourceFile; readonly body?: Node } | undefined {
  const { file, project } = asked;
  const handler = unwrap(argument);
  if (handler.type === 'MemberExpression' && isGlobal(file, unwrap(handler.object), 'console')) return { file };
  const target = functionAt({ file, node: handler }, project);
  if (!target) return undefined;
  const { body, params } = target.node;
  return letsThrough(body, params[0], { ...asked, file: target.file }) ? undefined : { file: target.file, body };
}

/** `handle(async () => { … })`, where `handle` of the project calls what it is given in a `try` that swallows. */
const swallowedByWrapper = (node: TSESTree.CallExpression, asked: Asked): readonly Swallowed[] =>
  swallowedByHelper(node, asked)
    .filter(({ answer, redirect }) => !isAnswered(redirect, answer))
    .map(({ redirect }) => swallowed(redirect, 'caughtRedirect'));

const swallowed = (redirect: Redirect, messageId: CaughtRedirectMessageId): Swallowed => ({
  redirect,
  finding: {
    messageId,
    data: { call: redirect.shown },
    range: redirect.place.range,
    unfixable: 'whether to move the call out of the try, or to rethrow first, is your decision',
  },
});

/** Then a redirect to sign in is not missed. Nothing is an answer only to who asks AuthKit for the session itself. */
const isAnswered = ({ asksForSession, isForSignedOut }: Redirect, answer: Answer | undefined): boolean =>
  answer === 'refusal' ? isForSignedOut : answer === 'nothing' && asksForSession;

/** Whether a helper gives the exception to its caller, who may throw it. What a server action returns goes to the browser. */
function isForCaller(handler: TSESTree.CatchClause, asked: Asked): boolean {
  const owner = enclosingFunction(handler);
  return owner !== undefined && returnsException(handler, asked) && !isServerAction({ file: asked.file, node: owner });
}

/** Whether the `catch` redirects to where the redirect in the `try` leads, or may: then nothing is lost. */
function leadsToSame({ call }: Redirect, handler: TSESTree.CatchClause | null, asked: Asked): boolean {
  if (!call || !handler) return false;
  const { evaluator, file, project } = asked;
  return callsReachedFrom({ file, node: handler.body }, { loader: project, enters: () => false }).some(({ node }) => {
    if (node.type !== 'CallExpression' || useAt({ file, node }, project)?.entry.redirectsTo !== 'url') return false;
    const [target, other] = [call, { file, node }].map((each) => targetOf(each, evaluator));
    return target === undefined || other === undefined || target === other;
  });
}

/** The start of a redirect's target, as far as it is known; undefined where nothing is. */
function targetOf({ file, node }: Located<TSESTree.CallExpression>, evaluator: Evaluator): string | undefined {
  const [target] = node.arguments;
  const value = target && evaluator.evaluate({ file, node: target });
  return value?.type === 'text' ? describeText(value) : undefined;
}
