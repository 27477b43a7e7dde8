/** What a route handler is told by the request that it is asked with, as far as that is known: method, headers, parameters. */
import { propertyName, unwrap } from '../../analysis/ast.ts';
import { type Located, definitionOf } from '../../analysis/bindings.ts';
import type { Evaluator, EvaluatorOptions } from '../../analysis/evaluate.ts';
import { type Value, knownText, literal, text, unknown } from '../../analysis/values.ts';
import type { ServedRoute } from '../../project/project.ts';
import { UNKNOWN_SEGMENT } from './paths.ts';

/** What stands in the dynamic segments of the path that is asked for. */
export type Params = ServedRoute['params'];

/**
 * The request that the handler is asked with: a `GET`, and where `isPrefetch`, one by the router. Only `RSC` tells that
 * for sure (PLAYBOOK 1: Next 15 leaves `Next-Router-Prefetch` out for `prefetch={true}`); `Purpose` is never sent.
 */
export function requestOf({ isPrefetch, params }: { isPrefetch: boolean; params: Params }): NonNullable<EvaluatorOptions['interpret']> {
  const hasParams = Object.keys(params).length > 0;
  return ({ file, node }, evaluator, frame) => {
    const from = { file, node };
    const param = hasParams ? paramAt(from, evaluator, params) : undefined;
    if (param) return param;
    if (node.type === 'MemberExpression' && propertyName(node) === 'method') return text('GET', from);
    // const { method } = request
    if (node.type === 'Identifier' && /method/iu.test(node.name)) {
      const definition = definitionOf(from, evaluator.options.loader);
      return definition.kind === 'parameter' && definition.path.at(-1) === 'method' ? text('GET', from) : undefined;
    }
    if (node.type !== 'CallExpression') return undefined;
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return undefined;
    const method = propertyName(callee);
    const [argument] = node.arguments;
    if (!argument || (method !== 'get' && method !== 'has')) return undefined;
    const header = knownText(evaluator.evaluate({ file, node: argument }, frame))?.toLowerCase();
    if (header === undefined) return undefined;
    if (header === 'rsc') {
      if (method === 'has') return literal(isPrefetch, from);
      return isPrefetch ? text('1', from) : literal(null, from);
    }
    const fetched = Object.hasOwn(SENT_BY_FETCH, header) ? SENT_BY_FETCH[header] : undefined;
    if (fetched) {
      const sent = fetched[isPrefetch ? 'router' : 'browser'];
      if (method === 'has') return literal(sent !== null, from);
      return sent === null ? literal(null, from) : text(sent, from);
    }
    if (!/^(?:next-router-prefetch|next-router-segment-prefetch|purpose|sec-purpose|x-middleware-prefetch)$/u.test(header)) return undefined;
    return literal(method === 'has' ? false : null, from);
  };
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
  const from: Located = { file, node };
  const part = (one: string): Value => (one === UNKNOWN_SEGMENT ? unknown(from) : text(one, from));
  if (typeof value === 'string') return index === undefined ? part(value) : undefined;
  // `[...slug]` is the list of what stands there.
  if (index === undefined) return { type: 'array', items: value.map((one) => ({ value: part(one), certain: true })), open: false, from };
  const at = typeof index === 'string' && /^\d+$/u.test(index) ? value[Number(index)] : undefined;
  if (at !== undefined) return part(at);
  return typeof index === 'string' && /^\d+$/u.test(index) ? literal(undefined, from) : undefined;
}

/** What browsers send with the router's `fetch`, and with a navigation of their own (the Fetch Metadata standard). */
const SENT_BY_FETCH: Readonly<Record<string, { readonly browser: string; readonly router: string | null }>> = {
  accept: { router: '*/*', browser: 'text/html,application/xhtml+xml,*/*;q=0.8' },
  'sec-fetch-dest': { router: 'empty', browser: 'document' },
  'sec-fetch-mode': { router: 'cors', browser: 'navigate' },
  // Sent with what a person set off alone.
  'sec-fetch-user': { router: null, browser: '?1' },
};
