/** What a handler sees of the query of the request that it is asked with. */
import { type Node, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import {
  type Frame,
  type Value,
  alternativesOf,
  frameOf,
  knownText,
  literal,
  text,
  unknown,
} from '../../analysis/values/values.ts';

export interface Query {
  /** As a link names it; undefined where it is not known. */
  readonly search: string | undefined;
  /**
   * Whether the router has added its own parameter, `_rsc`, which a handler of the Node.js runtime finds in the request's URL and one of the Edge
   * runtime does not (seen with Next 16.4; vercel/next.js packages/next/src/server/web/adapter.ts, `stripInternalSearchParams`, and
   * web/spec-extension/adapters/next-request.ts, `fromNodeNextRequest`, the same in 15.5). Undefined where no one knows.
   */
  readonly isOfRouter?: boolean;
}

const ROUTER_PARAMETER = '_rsc';

/** What an expression is that asks for the query: `searchParams.get('action')`, `request.url.includes('_rsc')`; undefined for any other. */
export function queryAt(
  { file, node }: Located,
  evaluator: Evaluator,
  frame: Frame | undefined,
  query: Query,
): Value | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  const by = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  const [argument, second] = node.arguments;
  if (callee.type !== 'MemberExpression' || !argument) return undefined;
  const textOf = (one: Node) => knownText(evaluator.evaluate({ file, node: one }, frame));
  const from = { file, node };
  const object = { file, node: callee.object };
  switch (by) {
    case 'get':
    case 'has': {
      if (!isSearchOfRequest(object, evaluator, frame)) return undefined;
      const name = textOf(argument);
      if (name === ROUTER_PARAMETER && query.isOfRouter !== undefined)
        return routerParameter(query.isOfRouter, by, from);
      // It is no header of that name either.
      if (name === undefined || query.search === undefined) return unknown(from);
      const wanted = second && textOf(second);
      if (by === 'has' && second && wanted === undefined) return unknown(from);
      return parameter(new URLSearchParams(query.search), { name, wanted, by }, from);
    }
    case 'includes': {
      const isAsked = query.isOfRouter !== undefined && /^[?&]?_rsc=?$/u.test(textOf(argument) ?? '');
      return isAsked && isURLOfRequest(object, evaluator, frame) ? literal(query.isOfRouter, from) : undefined;
    }
    default:
      return undefined;
  }
}

interface AskedParameter {
  readonly name: string;
  readonly by: 'get' | 'has';
  /** The value that has to be there. */
  readonly wanted: string | undefined;
}

function parameter(params: URLSearchParams, { by, name, wanted }: AskedParameter, from: Located): Value {
  if (by === 'has')
    return literal(wanted === undefined ? params.has(name) : params.getAll(name).includes(wanted), from);
  const value = params.get(name);
  return value === null ? literal(null, from) : text(value, from);
}

/** It is a hash of the request's headers. */
function routerParameter(isThere: boolean, by: AskedParameter['by'], from: Located): Value {
  if (by === 'has') return literal(isThere, from);
  return isThere ? text('1', from) : literal(null, from);
}

/** `request.nextUrl.searchParams`, `new URL(request.url).searchParams` */
function isSearchOfRequest(expression: Located, evaluator: Evaluator, frame: Frame | undefined): boolean {
  const definition = definitionOf(expression, evaluator.options.loader);
  if (definition.kind === 'unknown' || definition.path.at(-1) !== 'searchParams') return false;
  if (definition.kind === 'parameter')
    return definition.path.at(-2) === 'nextUrl' && isOfRequest(definition, evaluator, frame);
  return definition.path.length === 1 && isParsedURL(definition, evaluator, frame);
}

/** `request.url`, `request.nextUrl.search`, `new URL(request.url).href` */
function isURLOfRequest(expression: Located, evaluator: Evaluator, frame: Frame | undefined): boolean {
  const definition = definitionOf(expression, evaluator.options.loader);
  if (definition.kind === 'unknown') return false;
  const [last, before] = [definition.path.at(-1), definition.path.at(-2)];
  if (definition.kind === 'parameter')
    return (last === 'url' || before === 'nextUrl') && isOfRequest(definition, evaluator, frame);
  return (
    definition.path.length === 1 && (last === 'search' || last === 'href') && isParsedURL(definition, evaluator, frame)
  );
}

/** `new URL(request.url)` */
function isParsedURL(definition: Definition, evaluator: Evaluator, frame: Frame | undefined): boolean {
  const made = definition.kind === 'value' ? unwrap(definition.node) : undefined;
  const [given] = made?.type === 'NewExpression' && isURL(made.callee) ? made.arguments : [];
  if (definition.kind !== 'value' || !given) return false;
  const url = definitionOf({ file: definition.file, node: given }, evaluator.options.loader);
  if (url.kind !== 'parameter') return false;
  return url.path.length === 0
    ? isGivenURL(url, frame)
    : url.path.at(-1) === 'url' && isOfRequest(url, evaluator, frame);
}

/** Whether the call that is evaluated gives `request.url` to a parameter. */
function isGivenURL(
  { function: owner, index }: Definition & { readonly kind: 'parameter' },
  frame: Frame | undefined,
): boolean {
  const given = frameOf(owner, frame)?.args[index];
  return (
    given !== undefined &&
    alternativesOf(given).every(
      (value) =>
        value.type === 'unknown' &&
        value.definition.kind === 'parameter' &&
        value.definition.path.length === 1 &&
        value.definition.path[0] === 'url',
    )
  );
}

const isURL = (callee: Node): boolean => callee.type === 'Identifier' && callee.name === 'URL';

/** Whether a parameter is the request: not where the call that is evaluated gives something else. */
function isOfRequest(
  { function: owner, index }: Definition & { readonly kind: 'parameter' },
  evaluator: Evaluator,
  frame: Frame | undefined,
): boolean {
  const call = frameOf(owner, frame);
  const given = call?.args[index];
  if (!call) return true;
  return (
    given !== undefined &&
    alternativesOf(given).every(
      (value) =>
        value.type === 'unknown' &&
        value.definition.kind === 'parameter' &&
        value.definition.path.length === 0 &&
        isOfRequest(value.definition, evaluator, call.upper),
    )
  );
}
