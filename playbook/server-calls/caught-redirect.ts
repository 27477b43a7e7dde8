/**
 * Calls that leave by an exception of Next.js's (`redirect()`, `withAuth({ ensureSignedIn: true })`, `signOut()`), in a `try` whose `catch`
 * does not let it through: users get what the catch answers (PLAYBOOK §9).
 */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  hasNode,
  isFunction,
  propertyName,
  unwrap,
  walk,
  walkOwnCode,
} from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import { callsReachedFrom, isCallReachable, type ReachedCall } from '../../analysis/flow/reached-calls.ts';
import { readsOf, variableOf } from '../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { describeText } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';
import type { Finder, Finding } from '../finding.ts';
import { holds } from '../libraries/conditions.ts';
import { useAt } from '../libraries/index.ts';
import { AUTHKIT, createServerEvaluator, createSignedOutEvaluator, isClientFile } from './server-code.ts';

export type CaughtRedirectMessageId = 'caughtRedirect' | 'discardedRedirect';

type CaughtFinding = Finding<CaughtRedirectMessageId, never>;

const NAVIGATION = 'next/navigation';

interface Asked {
  readonly file: SourceFile;
  readonly project: Project;
  readonly evaluator: Evaluator;
  readonly signedOut: Evaluator;
}

/** Whether a file may catch a redirect, told by its text: it catches something, and has a word for what redirects. */
export function mayCatchRedirect(text: string): boolean {
  return /\btry\b|\.catch\s*\(/u.test(text) && /redirect|auth|sign-?out|switchTo|refreshSession/iu.test(text);
}

export const findCaughtRedirects: Finder<undefined, CaughtRedirectMessageId, never> = (file, project) => {
  if (isClientFile(file) || project.versionOf(file.path, AUTHKIT) === undefined) return [];
  const asked: Asked = {
    file,
    project,
    evaluator: createServerEvaluator(project),
    signedOut: createSignedOutEvaluator(project),
  };
  const findings = new Map<Node, CaughtFinding>();
  walk(file.ast, (node) => {
    const swallowed =
      node.type === 'TryStatement'
        ? swallowedByTry(node, asked)
        : node.type === 'CallExpression'
          ? swallowedByCatchMethod(node, asked)
          : [];
    for (const finding of swallowed) findings.set(finding.place, finding.finding);
  });
  return [...findings.values()].sort((a, b) => a.range[0] - b.range[0]);
};

interface Swallowed {
  readonly place: Node;
  readonly finding: CaughtFinding;
}

function swallowedByTry(node: TSESTree.TryStatement, asked: Asked): readonly Swallowed[] {
  const returnsLast = node.finalizer ? leavesByReturn(node.finalizer) : false;
  if (!returnsLast && (!node.handler || letsThrough(node.handler.body, node.handler.param, asked))) return [];
  const messageId = returnsLast ? 'discardedRedirect' : 'caughtRedirect';
  const answers = !returnsLast && node.handler !== null && answersSignedOut(node.handler.body, asked);
  return redirectsFrom(node.block, asked)
    .filter((found) => !(answers && found.isForSignedOut) && !leadsToSame(found, node.handler, asked))
    .map((found) => swallowed(found, messageId));
}

// withAuth({ ensureSignedIn: true }).catch(() => null)
function swallowedByCatchMethod(node: TSESTree.CallExpression, asked: Asked): readonly Swallowed[] {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'catch') return [];
  const [argument, other] = node.arguments;
  const handler = argument && unwrap(argument);
  if (other || !isFunction(handler) || letsThrough(handler.body, handler.params[0], asked)) return [];
  const promised = unwrap(callee.object);
  if (promised.type !== 'CallExpression') return [];
  const found = redirectAt({ file: asked.file, node: promised, via: [] }, asked);
  if (!found || (found.isForSignedOut && answersSignedOut(handler.body, asked))) return [];
  return [swallowed(found, 'caughtRedirect')];
}

interface Redirect {
  readonly place: Node;
  readonly name: string;
  /** It redirects visitors without a session, to sign in. */
  readonly isForSignedOut: boolean;
  /** The call of `redirect()`; undefined for what has a target of its own. */
  readonly call: Located<TSESTree.CallExpression> | undefined;
}

const swallowed = ({ name, place }: Redirect, messageId: CaughtRedirectMessageId): Swallowed => ({
  place,
  finding: {
    messageId,
    data: { call: `${name}()` },
    range: place.range,
    unfixable: 'whether the call goes behind the try, or the catch rethrows first, is for you to say',
  },
});

/** The calls in a block of `try` whose exception arrives in its `catch`. */
function redirectsFrom(block: TSESTree.BlockStatement, asked: Asked): readonly Redirect[] {
  const { file, project } = asked;
  const calls = callsReachedFrom(
    { file, node: block },
    // A call in another file is told by what it is called there: its own file says the rest.
    { loader: project, enters: (target) => target.file === file || target.file.text.includes('@workos-inc/') },
  );
  return calls.flatMap((call) => {
    const found = redirectAt(call, asked);
    if (!found) return [];
    return arrivesAt(block, call, asked) ? [found] : [];
  });
}

function redirectAt(call: ReachedCall, { evaluator, file: own, project, signedOut }: Asked): Redirect | undefined {
  const { file, node, via } = call;
  if (node.type !== 'CallExpression') return undefined;
  const use = useAt({ file, node }, project);
  if (
    !use?.entry.leavesByException ||
    use.entry.isRefusal === true ||
    holds(use.entry.leavesByException, { file, node }, evaluator) !== true
  )
    return undefined;
  if (!isCallReachable(call, use.entry.startsSignIn === undefined ? evaluator : signedOut)) return undefined;
  return {
    place: via.find((site) => site.file === own)?.node ?? node,
    name: use.name,
    isForSignedOut: use.entry.startsSignIn !== undefined,
    call: use.library.name === NAVIGATION ? { file, node } : undefined,
  };
}

/** How an exception is on its way: thrown, or as a promise that is rejected and nobody has waited for yet. */
type Flight = 'rejected' | 'thrown';

/** Whether what a call throws arrives in the `catch` of a block: through every helper on the way, past every nearer `catch`. */
function arrivesAt(block: TSESTree.BlockStatement, { file, node, via }: ReachedCall, asked: Asked): boolean {
  let flight: Flight | undefined = isAsynchronous({ file, node }, asked) ? 'rejected' : 'thrown';
  for (const site of [{ file, node }, ...[...via].reverse()]) flight = flight && outOf(site, flight, block, asked);
  return flight === 'thrown';
}

/** AuthKit's functions give promises; those of Next.js throw. */
const isAsynchronous = ({ file, node }: Located, { project }: Asked): boolean =>
  node.type === 'CallExpression' && useAt({ file, node }, project)?.library.name === AUTHKIT;

/** How an exception at a place comes out of the helper that the place is in, or out of `block`; undefined where it does not. */
function outOf({ file, node }: Located, start: Flight, block: Node, asked: Asked): Flight | undefined {
  let flight = start;
  let isInCallback = false;
  for (let current: Node = node; current.parent && current !== block; current = current.parent) {
    const { parent } = current;
    if (isFunction(parent)) {
      // A rejected promise leaves a function only as what it returns.
      if (flight === 'rejected' && current !== parent.body) return undefined;
      if (flight === 'rejected' && parent.body.type === 'BlockStatement' && !isReturned(node, parent)) return undefined;
      if (parent.async) flight = 'rejected';
      if (!isCallback(parent)) return flight;
      isInCallback = true;
    } else if (parent.type === 'AwaitExpression') flight = 'thrown';
    else if (parent.type === 'TryStatement' && current === parent.block && current !== block) {
      if (flight === 'thrown' && swallows(parent, { ...asked, file })) return undefined;
    } else if (parent.type === 'VariableDeclarator' || parent.type === 'ExportDefaultDeclaration') {
      // `const load = cache(async () => …)`: the wrapper is the helper. Of any other promise that is kept nobody knows who waits for it.
      if (isInCallback) return flight;
      if (flight === 'rejected') return undefined;
    } else if (parent.type === 'ExpressionStatement' && flight === 'rejected') return undefined;
  }
  return flight;
}

const isCallback = (node: FunctionNode): boolean =>
  node.parent.type === 'CallExpression' && node.parent.arguments.some((argument) => argument === node);

function isReturned(node: Node, within: FunctionNode): boolean {
  for (let current: Node | undefined = node; current && current !== within; current = current.parent)
    if (current.type === 'ReturnStatement') return true;
  return false;
}

const swallows = (node: TSESTree.TryStatement, asked: Asked): boolean =>
  node.handler !== null && !letsThrough(node.handler.body, node.handler.param, asked);

const leavesByReturn = (block: TSESTree.BlockStatement): boolean =>
  block.body.some(({ type }) => type === 'ReturnStatement');

/** Whether the `catch` redirects to where the redirect in the `try` leads, or may: then nothing is lost. */
function leadsToSame({ call }: Redirect, handler: TSESTree.CatchClause | null, asked: Asked): boolean {
  if (!call || !handler) return false;
  const { evaluator, file, project } = asked;
  return callsReachedFrom({ file, node: handler.body }, { loader: project, enters: () => false }).some(({ node }) => {
    if (node.type !== 'CallExpression' || useAt({ file, node }, project)?.library.name !== NAVIGATION) return false;
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

const SIGNED_OUT_ANSWER = /\b40[13]\b|unauthori[sz]ed|unauthenticated|not (?:signed|logged) in/iu;

/**
 * Whether a `catch` is written for visitors without a session: it says 401, redirects them by itself, or gives nothing (`null`, `false`) to who
 * asks. Then the redirect to sign in is not missed.
 */
function answersSignedOut(body: Node, { file, project }: Asked): boolean {
  if (body.type !== 'BlockStatement') return isNothing(body);
  let isAnswered = false;
  walkOwnCode(body, (node) => {
    if (node.type === 'ReturnStatement') {
      isAnswered ||= !node.argument || isNothing(unwrap(node.argument));
      isAnswered ||= node.argument ? SIGNED_OUT_ANSWER.test(file.text.slice(...node.argument.range)) : false;
    }
    if (node.type === 'CallExpression')
      isAnswered ||= useAt({ file, node }, project)?.entry.leavesByException !== undefined;
  });
  return isAnswered;
}

const isNothing = (node: Node): boolean =>
  (node.type === 'Literal' && (node.value === null || node.value === false)) ||
  (node.type === 'Identifier' && node.name === 'undefined');

/**
 * Whether a `catch` lets what Next.js throws through: it throws, or hands the error to a function that may. Functions that only report errors
 * are known not to.
 */
function letsThrough(body: Node, param: Node | null | undefined, asked: Asked): boolean {
  const { file, project } = asked;
  const error = param?.type === 'Identifier' ? variableOf(file, param) : undefined;
  const reads = new Set<Node>(error ? readsOf(error) : []);
  return hasNode(body, (node) => {
    if (node.type === 'ThrowStatement') return true;
    if (node.type !== 'CallExpression') return false;
    const use = useAt({ file, node }, project);
    if (use?.entry.rethrows === true) return true;
    return node.arguments.some((argument) => reads.has(unwrap(argument))) && mayRethrow({ file, node }, asked);
  });
}

const REPORTS = /^(?:capture\w*|debug|error|info|log|report\w*|trace|track\w*|warn|String|notify)$/u;

function mayRethrow({ file, node }: Located<TSESTree.CallExpression>, { project }: Asked): boolean {
  const callee = unwrap(node.callee);
  const name =
    callee.type === 'MemberExpression' ? propertyName(callee) : callee.type === 'Identifier' ? callee.name : '';
  const target = definitionOf({ file, node: callee }, project);
  if (target.kind === 'value' && isFunction(target.node)) {
    return hasNode(
      target.node.body,
      (each) => each.type === 'ThrowStatement' || isRethrowing({ file: target.file, node: each }, project),
    );
  }
  if (target.kind === 'export') return /rethrow|redirect/iu.test(target.name);
  return !REPORTS.test(name ?? '');
}

const isRethrowing = ({ file, node }: Located, project: Project): boolean =>
  node.type === 'CallExpression' && useAt({ file, node }, project)?.entry.rethrows === true;
