/** What a handler sees of the request that it is asked with: its method, its headers, and what the path has in it. */
import { type Node, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import type { Evaluator, EvaluatorOptions } from '../../analysis/values/evaluate.ts';
import { type Frame, type Value, knownText, literal, text, unknown } from '../../analysis/values/values.ts';
import type { ServedRoute } from '../../project/project.ts';
import { UNKNOWN_SEGMENT } from '../links/hrefs.ts';
import type { Prefetcher } from '../links/prefetcher.ts';
import { type Query, queryAt } from './query.ts';

/** What is in the dynamic segments of the path that is asked for. */
export type Params = ServedRoute['params'];

export interface RequestKind {
  /** An API route is asked by the Pages Router, too. */
  readonly isApi: boolean;
  /** A route handler of the Edge runtime. */
  readonly isEdge: boolean;
  readonly method: 'GET' | 'POST';
  /** A prefetch; a browser's own navigation otherwise. */
  readonly isPrefetch: boolean;
  readonly params: Params;
  readonly prefetcher: Prefetcher;
  /** The query; undefined where it is not known. */
  readonly search: string | undefined;
}

/**
 * The headers that show a request by the router. Of the App Router's, only `RSC` shows it for sure (PLAYBOOK 1: Next 15 leaves
 * `Next-Router-Prefetch` out for `prefetch={true}`), and it sends no `Purpose`. The Pages Router asks an API route for
 * `/_next/data/…` with `x-nextjs-data` instead (vercel/next.js packages/next/src/shared/lib/router/router.ts; seen with Next 16.0).
 */
const ROUTER_HEADERS = new Set(['rsc']);
const API_ROUTER_HEADERS = new Set([...ROUTER_HEADERS, 'x-nextjs-data']);

const NO_HEADERS: ReadonlySet<string> = new Set();

/** Headers that some prefetches of the router come with, and others do not: a guard that asks for nothing else lets the others through. */
const UNSURE_HEADERS = /^(?:next-router-prefetch|next-router-segment-prefetch|x-middleware-prefetch)$/u;

type Sender = Prefetcher | 'navigation';

/**
 * What browsers send with the router's `fetch`, with a prefetch of their own, and with a navigation (the standards Fetch and Fetch Metadata).
 * `Purpose` is what Chrome sends next to `Sec-Purpose`.
 */
const SENT_BY_BROWSERS: Readonly<Record<string, Readonly<Partial<Record<Sender, string>>>>> = {
  accept: { router: '*/*', browser: '*/*', navigation: 'text/html,application/xhtml+xml,*/*;q=0.8' },
  purpose: { browser: 'prefetch' },
  'sec-fetch-dest': { router: 'empty', browser: 'empty', navigation: 'document' },
  'sec-fetch-mode': { router: 'cors', browser: 'no-cors', navigation: 'navigate' },
  // Sent with what a person set off alone.
  'sec-fetch-user': { navigation: '?1' },
  'sec-purpose': { browser: 'prefetch' },
};

/** What a handler's expressions are when it is asked with a request of that kind. */
export function requestOf({
  isApi,
  isEdge,
  isPrefetch,
  method,
  params,
  prefetcher,
  search,
}: RequestKind): NonNullable<EvaluatorOptions['interpret']> {
  const hasParams = Object.keys(params).length > 0;
  const sender = isPrefetch ? prefetcher : 'navigation';
  const flags = sender === 'router' ? (isApi ? API_ROUTER_HEADERS : ROUTER_HEADERS) : NO_HEADERS;
  const query: Query = { search, ...(!isApi && { isOfRouter: sender === 'router' && !isEdge }) };
  return ({ file, node }, evaluator, frame) => {
    const from = { file, node };
    const param = hasParams ? paramAt(from, evaluator, params) : undefined;
    if (param) return param;
    const queried = queryAt(from, evaluator, frame, query);
    if (queried) return queried;
    if (isMethod(from, evaluator)) return text(method, from);
    const asked = headerAt(from, evaluator, frame);
    return asked && headerValue(asked, flags.has(asked.name) ? '1' : sentBy(sender, asked.name), from);
  };
}

interface AskedHeader {
  /** Lower case. */
  readonly name: string;
  readonly by: 'get' | 'has' | 'member';
}

const sentBy = (sender: Sender, name: string): string | undefined =>
  Object.hasOwn(SENT_BY_BROWSERS, name) ? SENT_BY_BROWSERS[name]?.[sender] : undefined;

function headerValue({ by }: AskedHeader, sent: string | undefined, from: Located): Value {
  if (by === 'has') return literal(sent !== undefined, from);
  if (sent !== undefined) return text(sent, from);
  return literal(by === 'get' ? null : undefined, from);
}

const isKnownHeader = (name: string): boolean =>
  API_ROUTER_HEADERS.has(name) || UNSURE_HEADERS.test(name) || Object.hasOwn(SENT_BY_BROWSERS, name);

// request.method, const { method } = request
function isMethod({ file, node }: Located, evaluator: Evaluator): boolean {
  if (node.type === 'MemberExpression') return propertyName(node) === 'method';
  if (node.type !== 'Identifier' || !/method/iu.test(node.name)) return false;
  const definition = definitionOf({ file, node }, evaluator.options.loader);
  return definition.kind === 'parameter' && definition.path.at(-1) === 'method';
}

/** The header that an expression asks for: `headers.get('RSC')`, `headers.has('RSC')`, `req.headers.rsc`, `req.headers[RSC]`. */
function headerAt({ file, node }: Located, evaluator: Evaluator, frame: Frame | undefined): AskedHeader | undefined {
  const known = (name: string | undefined, by: AskedHeader['by']): AskedHeader | undefined => {
    const lower = name?.toLowerCase();
    return lower !== undefined && isKnownHeader(lower) ? { name: lower, by } : undefined;
  };
  const textOf = (expression: Node): string | undefined =>
    knownText(evaluator.evaluate({ file, node: expression }, frame));
  switch (node.type) {
    case 'CallExpression': {
      const callee = unwrap(node.callee);
      const by = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
      const [argument] = node.arguments;
      return argument && (by === 'get' || by === 'has') ? known(textOf(argument), by) : undefined;
    }
    case 'MemberExpression': {
      const name = propertyName(node);
      if (name !== undefined) return known(name, 'member');
      return isHeaders(node.object) ? known(textOf(node.property), 'member') : undefined;
    }
    case 'Identifier': {
      // const { rsc } = req.headers
      const definition = definitionOf({ file, node }, evaluator.options.loader);
      if (definition.kind !== 'parameter' || definition.path.at(-2) !== 'headers') return undefined;
      const name = definition.path.at(-1);
      return typeof name === 'string' ? known(name, 'member') : undefined;
    }
    default:
      return undefined;
  }
}

function isHeaders(expression: Node): boolean {
  const node = unwrap(expression);
  const name =
    node.type === 'MemberExpression' ? propertyName(node) : node.type === 'Identifier' ? node.name : undefined;
  return name !== undefined && /headers$/iu.test(name);
}

/** `(await params).action` of a route handler, `req.query.action` of an API route: what the path has there. */
function paramAt({ file, node }: Located, evaluator: Evaluator, params: Params): Value | undefined {
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return undefined;
  const definition = definitionOf({ file, node }, evaluator.options.loader);
  if (definition.kind !== 'parameter' || definition.path.length < 2) return undefined;
  const [holder, name, index, ...rest] = definition.path;
  const isParams = definition.index === 1 ? holder === 'params' : holder === 'query';
  const value = isParams && typeof name === 'string' && Object.hasOwn(params, name) ? params[name] : undefined;
  if (value === undefined || rest.length > 0) return undefined;
  return index === undefined ? wholeParam(value, { file, node }) : partOfParam(value, index, { file, node });
}

type Param = Params[string];

const segmentValue = (segment: string, from: Located): Value =>
  segment === UNKNOWN_SEGMENT ? unknown(from) : text(segment, from);

function wholeParam(param: Param, from: Located): Value {
  if (typeof param === 'string') return segmentValue(param, from);
  // Where nothing is in `[[...slug]]`, there is no such param.
  if (param.length === 0) return literal(undefined, from);
  // `[...slug]` is the list of the segments there.
  const items = param.map((one) => ({ value: segmentValue(one, from), certain: true }));
  return { type: 'array', items, open: false, from };
}

function partOfParam(param: Param, index: unknown, from: Located): Value | undefined {
  if (typeof param === 'string' || param.length === 0 || typeof index !== 'string' || !/^\d+$/u.test(index))
    return undefined;
  const segment = param[Number(index)];
  return segment === undefined ? literal(undefined, from) : segmentValue(segment, from);
}
