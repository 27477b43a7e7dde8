/**
 * Calls that leave by an exception of Next.js's (`redirect()`, `withAuth({ ensureSignedIn: true })`, `signOut()`), in a `try` whose `catch`
 * does not let it through: users get what the catch answers (PLAYBOOK §9).
 */
import { dirname } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode, isFunction, propertyName, unwrap, walk } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import { functionAt } from '../../analysis/syntax/functions.ts';
import { flightOutOf } from '../../analysis/flow/exceptions/exception-flight.ts';
import { callsReachedFrom } from '../../analysis/flow/calls/reached-calls.ts';
import { readsOf, variableOf, isGlobal } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { describeText } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';
import type { Finder, Finding } from '../finding.ts';
import { createImportTest } from '../../project/modules/imports.ts';
import { isOpenRoute } from '../proxy/protection.ts';
import { useAt } from '../libraries/index.ts';
import { isClientText, isClientFile } from '../../analysis/syntax/directives.ts';
import { type Answer, type Asked, answerToSignedOut, letsThrough, swallows } from './catches.ts';
import { type Redirect, leadsToRedirect, redirectAt, redirectsFrom } from './redirects.ts';
import { type ProxyProtection, createServerEvaluator, createVisitorEvaluator, proxyProtection } from './server-code.ts';
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
  if (!catches && !REDIRECTS.test(text)) return false;
  const project = open();
  return (
    project.dependsOn(dirname(path), AUTHKIT) &&
    (catches || leadsToCatch(project, text, path)) &&
    leadsToRedirect(project, text, path)
  );
}

const CATCHES = /\btry\b|\.(?:allSettled|catch|then)\s*\(/u;
const REDIRECTS = /ensureSignedIn|\b(?:signOut|[rR]edirect)\s*\(/u;

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
    for (const { finding, isForSignedOut, place } of swallowed)
      if (!isForSignedOut || !isGuarded()) findings.set(place, finding);
  });
  return [...findings.values()].sort((a, b) => a.range[0] - b.range[0]);
};

interface Swallowed {
  readonly place: Node;
  readonly isForSignedOut: boolean;
  readonly finding: CaughtFinding;
}

function swallowedByTry(node: TSESTree.TryStatement, asked: Asked): readonly Swallowed[] {
  const returnsLast = node.finalizer ? leavesByReturn(node.finalizer) : false;
  if (!returnsLast && (!node.handler || letsThrough(node.handler.body, node.handler.param, asked))) return [];
  const messageId = returnsLast ? 'discardedRedirect' : 'caughtRedirect';
  const answer = returnsLast || !node.handler ? undefined : answerToSignedOut(node.handler.body, asked);
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

/** The redirects of a promise: its own call, and what runs in the `then()` behind it. */
function promisedIn(promise: Node, asked: Asked): readonly Redirect[] {
  const node = unwrap(promise);
  if (node.type !== 'CallExpression') return [];
  const callee = unwrap(node.callee);
  const name = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (callee.type !== 'MemberExpression' || (name !== 'then' && name !== 'finally')) {
    const own = redirectAt({ file: asked.file, node, ref: { file: asked.file, node, path: [] }, via: [] }, asked);
    return own ? [own] : [];
  }
  const [argument, other] = node.arguments;
  const next = argument && unwrap(argument);
  return [
    ...(other ? [] : promisedIn(callee.object, asked)),
    ...(isFunction(next) ? redirectsFrom(next.body, asked) : []),
  ];
}

/** `handle(async () => { … })`, where `handle` of the project calls what it is given in a `try` that swallows. */
function swallowedByWrapper(node: TSESTree.CallExpression, asked: Asked): readonly Swallowed[] {
  const { file, project } = asked;
  return node.arguments.flatMap((argument, index) => {
    const callback = unwrap(argument);
    if (!isFunction(callback)) return [];
    const wrapper = functionAt({ file, node: node.callee }, project);
    if (!wrapper) return [];
    const param = wrapper.node.params[index];
    const variable = param?.type === 'Identifier' ? variableOf(wrapper.file, param) : undefined;
    const handlers = (variable ? readsOf(variable) : []).map((read) =>
      handlerAround(read, callback.async, { ...asked, file: wrapper.file }),
    );
    const [handler] = handlers;
    // One call of it that is not caught may be the one that runs.
    if (!handler || handlers.some((each) => each === undefined) || returnsError(handler, wrapper.file)) return [];
    const answer = answerToSignedOut(handler.body, { ...asked, file: wrapper.file });
    return redirectsFrom(callback.body, asked)
      .filter((found) => !isAnswered(found, answer))
      .map((found) => swallowed(found, 'caughtRedirect'));
  });
}

/** `return [null, error]`: what becomes of it is for the caller to say. */
function returnsError({ body, param }: TSESTree.CatchClause, file: SourceFile): boolean {
  const error = param?.type === 'Identifier' ? variableOf(file, param) : undefined;
  return (
    (error ? readsOf(error) : []).some(({ parent }) =>
      ['ArrayExpression', 'Property', 'ReturnStatement'].includes(parent?.type ?? ''),
    ) && hasNode(body, ({ type }) => type === 'ReturnStatement')
  );
}

/** The `catch` that swallows what a function throws that is called at `read`; a promise has to be waited for in its `try`. */
function handlerAround(read: Node, isPromise: boolean, asked: Asked): TSESTree.CatchClause | undefined {
  const { file } = asked;
  if (read.parent?.type !== 'CallExpression' || read.parent.callee !== read) return undefined;
  let handler: TSESTree.CatchClause | undefined;
  flightOutOf({ file, node: read.parent }, isPromise ? 'rejected' : 'thrown', file.ast, ({ node }) => {
    if (swallows(node, asked)) handler = node.handler ?? undefined;
    return handler !== undefined;
  });
  return handler;
}

const swallowed = ({ isForSignedOut, place, shown }: Redirect, messageId: CaughtRedirectMessageId): Swallowed => ({
  place,
  isForSignedOut,
  finding: {
    messageId,
    data: { call: shown },
    range: place.range,
    unfixable: 'whether to move the call out of the try, or to rethrow first, is your decision',
  },
});

/** Then a redirect to sign in is not missed. Nothing is an answer only to who asks AuthKit for the session itself. */
const isAnswered = ({ asksForSession, isForSignedOut }: Redirect, answer: Answer | undefined): boolean =>
  answer === 'refusal' ? isForSignedOut : answer === 'nothing' && asksForSession;

const leavesByReturn = (block: TSESTree.BlockStatement): boolean =>
  block.body.some(({ type }) => type === 'ReturnStatement');

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
