/** Whether a handler turns a request away before it does anything: one by the router, or every `GET`. */
import type { TSESTree } from '@typescript-eslint/types';
import { returnedExpressions } from '../../analysis/flow/paths.ts';
import {
  type FunctionNode,
  type Node,
  propertyName,
  unwrap,
  walkOwnCode,
  unwrapAwait,
} from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { functionAt } from '../../analysis/syntax/functions.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { knownNumber, knownText } from '../../analysis/values/values.ts';
import { type MadeResponse, madeResponse } from '../made-response.ts';
import { calledOnResponse, isRedirect, isRefusal } from './responses.ts';

/** Whether a request by the router is answered before the last statement that a click comes to. */
export function isGuarded({ file, node }: Located<FunctionNode>, prefetch: Evaluator, click: Evaluator): boolean {
  if (node.body.type !== 'BlockStatement') return false;
  const last = node.body.body.findLast(
    (one) => one.type !== 'FunctionDeclaration' && isReachable(click, { file, node: one }),
  );
  return last !== undefined && !isReachable(prefetch, { file, node: last });
}

/** Whether the handler turns every `GET` away: an API route for `POST` alone. */
export function endsBeforeWork({ file, node }: Located<FunctionNode>, evaluator: Evaluator): boolean {
  const last = node.body.type === 'BlockStatement' ? node.body.body.at(-1) : undefined;
  return (
    last !== undefined &&
    /\bmethod\b/u.test(file.text.slice(...node.range)) &&
    !isReachable(evaluator, { file, node: last })
  );
}

/** Whether all that a request comes to is a refusal (404, 405, 501), a page of the app that the browser is sent to, a fixed text, or nothing. */
export function refuses(handler: Located<FunctionNode>, evaluator: Evaluator): boolean {
  return resultOf(handler, evaluator, MAX_HELPERS) !== 'other';
}

/** A function that only makes the refusal: `return methodNotAllowed()`. */
const MAX_HELPERS = 3;

function resultOf({ file, node }: Located<FunctionNode>, evaluator: Evaluator, helpers: number): 'other' | 'rejected' {
  const kinds = new Set<StepKind>();
  const judge: Judge = { evaluator, handler: node, helpers };
  if (node.body.type === 'BlockStatement') {
    walkOwnCode(node.body, (one) => {
      if (kinds.has('other')) return false;
      if (one.type !== 'ReturnStatement' && one.type !== 'ExpressionStatement' && one.type !== 'VariableDeclaration')
        return true;
      if (isReachable(evaluator, { file, node: one })) kinds.add(kindOfStatement({ file, node: one }, judge));
      return false;
    });
  } else kinds.add(kindOfResult({ file, node: node.body }, judge));
  if (kinds.has('other')) return 'other';
  const isRejected = kinds.size === 0 || kinds.has('refusal') || (kinds.has('answer') && !kinds.has('work'));
  return isRejected ? 'rejected' : 'other';
}

/**
 * - `refusal`: nothing was done, whatever is called before it.
 * - `answer`: it does nothing itself.
 * - `work`: a value that is asked for.
 * - `part`: it goes with an answer and decides nothing: `res.setHeader('Allow', 'POST')`, `res.end()`.
 */
type StepKind = 'answer' | 'other' | 'part' | 'refusal' | 'work';

interface Judge {
  readonly evaluator: Evaluator;
  readonly handler: FunctionNode;
  /** How many more functions are followed. */
  readonly helpers: number;
}

function kindOfStatement({ file, node }: Located, judge: Judge): StepKind {
  if (node.type === 'VariableDeclaration') return callsIn(node) ? 'work' : 'part';
  const answer =
    node.type === 'ReturnStatement' ? node.argument : node.type === 'ExpressionStatement' ? node.expression : undefined;
  return answer ? kindOfResult({ file, node: answer }, judge) : 'part';
}

function kindOfResult({ file, node }: Located, judge: Judge): StepKind {
  const made = unwrapAwait(node);
  if (made.type === 'AssignmentExpression') return kindOfAssignment({ file, node: made }, judge);
  if (made.type !== 'CallExpression' && made.type !== 'NewExpression') return 'other';
  const { evaluator, handler } = judge;
  const { loader } = evaluator.options;
  const callee = { file, node: made.callee };
  if (isRefusal(callee, loader)) return 'refusal';
  const [first] = made.arguments;
  if (isRedirect(callee, loader)) return first && leadsToPage({ file, node: first }, evaluator) ? 'answer' : 'other';
  const response = madeResponse({ file, node: made }, loader);
  if (response) return kindOfResponse({ file, node: made }, response, evaluator);
  if (made.type !== 'CallExpression') return 'other';
  const calls = calledOnResponse({ file, node: made }, handler, loader);
  return calls.length > 0 ? kindOfCalls(file, calls, evaluator) : kindOfHelper({ file, node: made }, judge);
}

const REFUSING = new Set([404, 405, 501]);

const isRefusing = (status: Located, evaluator: Evaluator): boolean =>
  REFUSING.has(knownNumber(evaluator.evaluate(status)) ?? 0);

function kindOfResponse(
  { file, node }: Located<TSESTree.CallExpression | TSESTree.NewExpression>,
  { init, kind }: MadeResponse,
  evaluator: Evaluator,
): StepKind {
  const [first] = node.arguments;
  if (kind === 'redirect') return first && leadsToOwnUrl({ file, node: first }, evaluator) ? 'answer' : 'other';
  if (kind !== 'body') return 'other';
  const options = init && evaluator.evaluate({ file, node: init });
  const status = options?.type === 'object' ? options.properties.get('status') : undefined;
  if (status && REFUSING.has(knownNumber(status.value) ?? 0)) return 'refusal';
  return node.arguments.some(callsIn) || /set-cookie/iu.test(file.text.slice(...node.range)) ? 'other' : 'answer';
}

// res.setHeader('Allow', 'POST'), res.status(405).end(), res.writeHead(405)
function kindOfCalls(
  file: Located['file'],
  calls: ReturnType<typeof calledOnResponse>,
  evaluator: Evaluator,
): StepKind {
  const isRefused = calls.some(({ call, method }) => {
    const [status] = call.arguments;
    return status && SETS_STATUS.has(method) && isRefusing({ file, node: status }, evaluator);
  });
  if (isRefused) return 'refusal';
  return calls.every(({ method }) => method === 'end' || method === 'setHeader') ? 'part' : 'other';
}

const SETS_STATUS = new Set(['sendStatus', 'status', 'writeHead']);

// res.statusCode = 405
function kindOfAssignment({ file, node }: Located<TSESTree.AssignmentExpression>, judge: Judge): StepKind {
  const { evaluator, handler } = judge;
  const { left, right } = node;
  if (left.type !== 'MemberExpression' || propertyName(left) !== 'statusCode') return 'other';
  const object = definitionOf({ file, node: left.object }, evaluator.options.loader);
  const isOfResponse = object.kind === 'parameter' && object.function === handler && object.index === 1;
  return isOfResponse && isRefusing({ file, node: right }, evaluator) ? 'refusal' : 'other';
}

function kindOfHelper({ file, node }: Located<TSESTree.CallExpression>, { evaluator, helpers }: Judge): StepKind {
  const helper = helpers === 0 ? undefined : functionAt({ file, node: node.callee }, evaluator.options.loader);
  // What it is given may be asked for by a call.
  if (!helper || node.arguments.some(callsIn)) return 'other';
  return makesRefusal(helper, evaluator, helpers - 1) ? 'refusal' : 'other';
}

function makesRefusal({ file, node }: Located<FunctionNode>, evaluator: Evaluator, helpers: number): boolean {
  const results = returnedExpressions(node);
  const judge: Judge = { evaluator, handler: node, helpers };
  return (
    results.length > 0 &&
    resultOf({ file, node }, evaluator, helpers) === 'rejected' &&
    results.every((result) => kindOfResult({ file, node: result }, judge) === 'refusal')
  );
}

function callsIn(node: Node): boolean {
  let calls = false;
  walkOwnCode(node, (one) => {
    calls ||= one.type === 'CallExpression' || one.type === 'AwaitExpression';
    return !calls;
  });
  return calls;
}

function leadsToPage(target: Located, evaluator: Evaluator): boolean {
  const path = knownText(evaluator.evaluate(target));
  return path?.startsWith('/') === true && !path.startsWith('/api/') && !/(?:sign|log)-?o(?:ut|ff)/iu.test(path);
}

// new URL('/login', request.url)
function leadsToOwnUrl({ file, node }: Located, evaluator: Evaluator): boolean {
  const target = unwrap(node);
  const [path, base] = target.type === 'NewExpression' ? target.arguments : [];
  return path !== undefined && base !== undefined && leadsToPage({ file, node: path }, evaluator);
}
