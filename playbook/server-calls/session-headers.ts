/**
 * `authkit(request)` returns headers that have to reach the browser and the page: the renewed session cookie, the PKCE cookie of a sign-in,
 * and what `withAuth()` reads. Thrown away, they sign users out for good (PLAYBOOK §8).
 */
import { dirname, join } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  hasNode,
  propertyName,
  unwrap,
  walkOwnCode,
  closest,
} from '../../analysis/syntax/ast.ts';
import { type Located } from '../../analysis/syntax/bindings/definitions.ts';
import { hasDirective } from '../../analysis/syntax/directives.ts';
import { assumptionsOf, isReachable } from '../../analysis/flow/flow-values.ts';
import { leavesOf } from '../../analysis/flow/origins.ts';
import { mayComplete } from '../../analysis/flow/reachability.ts';
import { moduleRequestsOf } from '../../analysis/syntax/bindings/module-requests.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { type App, type Project, isAtLeast } from '../../project/project.ts';
import { proxyFilesOf, proxyFolderOf } from '../../project/proxy-files.ts';
import type { Edit } from '../../analysis/edits/edits.ts';
import type { Finder, Finding } from '../finding.ts';
import type { ResponseCall } from '../made-response.ts';
import { type Use, usesOf, workosLoader } from '../libraries/index.ts';
import { type Result, evaluatorFor, resultOf } from './authkit-result.ts';
import { loopsIntoResponse, carriersOf } from './header-carriers.ts';
import { type SeenResponse, responseAt } from './responses.ts';
import { pageLeftOut } from './page-headers.ts';

import { type Replacement, replacementIn } from './replaced-headers.ts';
import { type FixDraft, finishDrafts, handlerFix, replacementFix, responseFix } from './session-headers-fix.ts';
import { valueNamed } from '../../analysis/syntax/objects.ts';
import { calledDefinition } from '../proxy/proxy-exports.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';
import { expressionOf, expressionAt } from '../../analysis/syntax/bindings/expressions.ts';

export type SessionHeadersMessageId =
  | 'copiedHeaders'
  | 'droppedInHandler'
  | 'droppedInProxy'
  | 'leakedHeaders'
  | 'pageWithoutHeaders'
  | 'redirectWithoutHeaders'
  | 'replacedHeaders'
  | 'responseWithoutHeaders';

export type SessionHeadersSuggestionId = 'addToRequest' | 'sendHeaders' | 'useWithAuth';

type HeadersFinding = Finding<SessionHeadersMessageId, SessionHeadersSuggestionId>;

/** A finding whose edits are not complete yet. */
interface Draft {
  readonly finding: HeadersFinding;
  readonly fix?: FixDraft | undefined;
  /** What the edit does, where it is not to return AuthKit's response. */
  readonly fixMessageId?: SessionHeadersSuggestionId;
}

/** Since then its README no longer shows `next({ headers })`; `handleAuthkitHeaders()` is there since 2.13.0. */
const HANDLES_HEADERS = '3.0.0';
const handlesHeaders = ({ path }: SourceFile, project: Project): boolean =>
  isAtLeast(project.versionOf(path, AUTHKIT), HANDLES_HEADERS) !== false;

const UNFIXABLE = 'which response needs the headers is your decision';

export const findDroppedSessionHeaders: Finder<undefined, SessionHeadersMessageId, SessionHeadersSuggestionId> = (
  file,
  project,
) => {
  const drafts = usesOf(file, workosLoader(project))
    .filter(({ entry }) => entry.returnsSessionHeaders === true)
    .flatMap((use) => draftsOf(use, file, project));
  const fixes = finishDrafts(
    drafts.map(({ fix }) => fix),
    file,
  );
  return drafts.map((draft, index) => withFix(draft, fixes[index]));
};

function withFix({ finding, fixMessageId = 'sendHeaders' }: Draft, edits: readonly Edit[] | undefined): HeadersFinding {
  if (!edits) return finding;
  const { unfixable, ...rest } = finding;
  return unfixable === undefined ? finding : { ...rest, fix: { safety: 'review', edits }, fixMessageId };
}

function draftsOf(use: Use, file: SourceFile, project: Project): Draft[] {
  if (use.node.type !== 'CallExpression') return [];
  const result = resultOf(use.node, file);
  if (result === undefined) return [];
  const isInProxy = !runsInHandler(file, project);
  if (result.headers.length === 0)
    return [
      {
        finding: {
          messageId: isInProxy ? 'droppedInProxy' : 'droppedInHandler',
          data: {},
          range: use.node.range,
          unfixable: isInProxy ? UNFIXABLE : 'the session of withAuth() has no authorizationUrl, and needs the proxy',
        },
        fix: isInProxy ? undefined : handlerFix(use.node, file, project),
        fixMessageId: 'useWithAuth',
      },
    ];
  if (!isInProxy) return [];
  return [...responsesOf(use.node, result, file, project), ...pageDraftsOf(use.node, result, file, project)];
}

function pageDraftsOf(node: Node, { headers }: Result, file: SourceFile, project: Project): Draft[] {
  const response = pageLeftOut(node, headers, file, project);
  if (!response) return [];
  const data = { response: `${response.name}()` };
  return [{ finding: { messageId: 'pageWithoutHeaders', data, range: response.call.range, unfixable: UNFIXABLE } }];
}

/**
 * Route handlers, server actions, what renders, and the helpers of these: there the response is not the proxy's, and `withAuth()` is what to call.
 * A helper is the proxy's where the proxy imports it.
 */
function runsInHandler(file: SourceFile, project: Project): boolean {
  if (hasDirective(file.ast, 'use server')) return true;
  // A new proxy has no file on disk yet.
  const app = project.appOf(file.path);
  if (isNamedLikeProxy(file, app)) return false;
  return !app || !proxyFilesOf(project.facts, app).some((path) => imports(project.sourceFile(path), file, project, 3));
}

/** A proxy by its name, where Next.js looks for one; anywhere, where no app is known. */
function isNamedLikeProxy({ path }: SourceFile, app: App | undefined): boolean {
  if (!/[\\/](?:proxy|middleware)\.[^\\/]+$/u.test(path)) return false;
  return !app || [app.root, join(app.root, 'src'), proxyFolderOf(app)].includes(dirname(path));
}

function imports(from: SourceFile | undefined, target: SourceFile, project: Project, depth: number): boolean {
  if (!from || depth === 0) return false;
  return moduleRequestsOf(from).some(({ module }) => {
    const imported = project.load(module, from.path);
    return imported?.path === target.path || imports(imported, target, project, depth - 1);
  });
}

/** The responses of a proxy that go out without the headers, behind the call that returned them. */
function responsesOf(call: TSESTree.CallExpression, result: Result, file: SourceFile, project: Project): Draft[] {
  const { headers, urls } = result;
  const owner = enclosingFunction(call);
  const block = owner && closest(call, (node) => node.type === 'BlockStatement');
  if (!owner || !block) return [];
  const sent: Sent = {
    headers: new Set(headers),
    carriers: carriersOf(owner.body, headers, file, project),
    urls: carriersOf(owner.body, urls, file, project),
  };
  const evaluators = { signedIn: evaluatorFor(call, project, true), signedOut: evaluatorFor(call, project, false) };
  const findings: Draft[] = [];
  // Next.js takes nothing for `NextResponse.next()`; what another function makes of it no one knows.
  const isEntry = isProxyFunction({ file, node: owner }, project);
  const nothing = (node: Node): HeadersFinding => ({
    messageId: 'responseWithoutHeaders',
    data: { response: 'Returning nothing' },
    range: node.range,
    unfixable: UNFIXABLE,
  });
  const isReached = (node: Node): boolean =>
    [evaluators.signedIn, evaluators.signedOut].some((each) => isReachable(each, { file, node }));
  const replacedDraft = (made: SeenResponse, returned: Node, replacement: Replacement): Draft => ({
    finding: {
      messageId: 'replacedHeaders',
      data: { response: `${made.name}()` },
      range: made.call.range,
      unfixable: UNFIXABLE,
    },
    ...(made.call === returned
      ? { fix: responseFix(made, call, result, { file, project }) }
      : { fix: replacementFix(replacement, call, result, { file, project }), fixMessageId: 'addToRequest' as const }),
  });
  // Where a response that is made in the proxy itself replaces the headers of the request.
  const replacementOf = ({ call: response, kind, through }: SeenResponse): Replacement | undefined =>
    kind === 'next' && through.length === 0 && contains(owner, response)
      ? replacementIn(response, headers, file, project)
      : undefined;
  walkOwnCode(owner, (node) => {
    if (node.type !== 'ReturnStatement' || node.range[0] < call.range[1] || !contains(block, node)) return;
    if (!node.argument && isEntry && isReached(node)) findings.push({ finding: nothing(node) });
    for (const returned of node.argument ? leavesOf(node.argument) : []) {
      const made = responseAt({ file, node: returned }, project);
      const replacement = made && replacementOf(made);
      if (made && replacement) {
        const isFound = findings.some(({ finding: { range } }) => range === made.call.range);
        if (!isFound && isReached(returned)) findings.push(replacedDraft(made, returned, replacement));
        continue;
      }
      const finding = made && judge({ file, node: returned }, made, sent, evaluators, project);
      // A response in a variable may be read before it is returned.
      const fix = finding && made.call === returned ? responseFix(made, call, result, { file, project }) : undefined;
      if (finding) findings.push({ finding, fix });
    }
  });
  // Where only some paths come to the call, the others may well end so.
  const isAtEnd =
    isEntry &&
    block === owner.body &&
    [evaluators.signedIn, evaluators.signedOut].some((each) => mayComplete(owner.body, assumptionsOf(each, file)));
  if (isAtEnd) findings.push({ finding: nothing(call) });
  const copies = handlesHeaders(file, project) ? loopsIntoResponse(headers, file, project) : [];
  return [
    ...findings,
    ...copies.map((range): Draft => ({
      finding: { messageId: 'copiedHeaders', data: {}, range, unfixable: UNFIXABLE },
    })),
  ];
}

/** Whether a function is the one that Next.js calls, with nothing around it that may answer in its place. */
function isProxyFunction({ file, node }: Located<FunctionNode>, project: Project): boolean {
  if (!isNamedLikeProxy(file, project.appOf(file.path))) return false;
  return expressionOf(calledDefinition(file, project))?.node === node;
}

interface Evaluators {
  readonly signedIn: Evaluator;
  readonly signedOut: Evaluator;
}

/** Where the code has what `authkit()` returned. */
interface Sent {
  /** The headers themselves. */
  readonly headers: ReadonlySet<Node>;
  /** The headers, and whatever they may have been put into. */
  readonly carriers: ReadonlySet<Node>;
  /** The same of the URL of the sign-in. */
  readonly urls: ReadonlySet<Node>;
}

function judge(
  returned: Located,
  response: SeenResponse,
  { carriers, headers, urls }: Sent,
  { signedIn, signedOut }: Evaluators,
  project: Project,
): HeadersFinding | undefined {
  const { file, node } = returned;
  const finding = (messageId: SessionHeadersMessageId): HeadersFinding => ({
    messageId,
    data: { response: `${response.name}()` },
    range: node.range,
    unfixable: UNFIXABLE,
  });
  if (hasNode(node, (each) => carriers.has(each))) {
    return handlesHeaders(file, project) &&
      response.kind === 'next' &&
      isLeak(response.call, headers, { file, project })
      ? finding('leakedHeaders')
      : undefined;
  }
  const places = [response.call, ...response.through];
  if (places.some((place) => hasNode(place, (each) => carriers.has(each)))) return undefined;
  if (isReachable(signedIn, returned)) return finding('responseWithoutHeaders');
  if (!isReachable(signedOut, returned)) return undefined;
  if (response.kind === 'redirect')
    return hasNode(response.call, (each) => urls.has(each)) ? finding('redirectWithoutHeaders') : undefined;
  // A refusal needs nothing: no page is rendered, and no session is lost.
  return response.kind === 'body' ? undefined : finding('responseWithoutHeaders');
}

// NextResponse.next({ headers }), and not inside of `request`; what partitionAuthkitHeaders() makes of them leaks nothing
function isLeak(
  { arguments: [argument] }: ResponseCall,
  headers: ReadonlySet<Node>,
  { file, project }: { readonly file: SourceFile; readonly project: Project },
): boolean {
  const given = argument && valueNamed(expressionAt({ file, node: argument }, project)?.node, 'headers');
  const value = given && unwrap(given);
  // `new Headers(headers)`, `Object.fromEntries(headers)`
  const copied = value && isCopy(value) ? value.arguments[0] : value;
  return copied !== undefined && headers.has(unwrap(copied));
}

function isCopy(node: Node): node is ResponseCall {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return false;
  const { callee } = node;
  return callee.type === 'Identifier'
    ? callee.name === 'Headers'
    : callee.type === 'MemberExpression' && propertyName(callee) === 'fromEntries';
}
