/** What a handler sees of the query of the request that it is asked with. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, enclosingFunction, propertyName, rootOf, unwrap } from '../../analysis/syntax/ast.ts';
import { readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { isLoop } from '../../analysis/flow/paths.ts';
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
  const [argument] = node.arguments;
  if (callee.type !== 'MemberExpression' || !argument) return undefined;
  const textOf = (one: Node) => knownText(evaluator.evaluate({ file, node: one }, frame));
  const from = { file, node };
  const object = { file, node: callee.object };
  switch (by) {
    case 'get':
    case 'has':
      return isSearchOfRequest(object, evaluator, frame)
        ? askedParameter({ file, node }, object, by, evaluator, frame, query)
        : undefined;
    case 'includes': {
      const isAsked = query.isOfRouter !== undefined && /^[?&]?_rsc=?$/u.test(textOf(argument) ?? '');
      return isAsked && isURLOfRequest(object, evaluator, frame) ? literal(query.isOfRouter, from) : undefined;
    }
    default:
      return undefined;
  }
}

function askedParameter(
  from: Located<TSESTree.CallExpression>,
  object: Located,
  by: AskedParameter['by'],
  evaluator: Evaluator,
  frame: Frame | undefined,
  query: Query,
): Value {
  const textOf = (node: Node | undefined) => node && knownText(evaluator.evaluate({ file: from.file, node }, frame));
  const [argument, second] = from.node.arguments;
  const name = textOf(argument);
  const own = ownParameter(object, { name, by }, evaluator, frame, from);
  if (own) return own;
  if (name === ROUTER_PARAMETER && query.isOfRouter !== undefined) return routerParameter(query.isOfRouter, by, from);
  // It is no header of that name either.
  if (name === undefined || query.search === undefined) return unknown(from);
  const wanted = textOf(second);
  if (by === 'has' && second && wanted === undefined) return unknown(from);
  return parameter(new URLSearchParams(query.search), { name, wanted, by }, from);
}

/** What the code itself has put into the parameters that it asks: `url.searchParams.set('confirm', '1')`; undefined where it leaves this one as it is. */
function ownParameter(
  { file, node }: Located,
  { by, name }: { readonly by: AskedParameter['by']; readonly name: string | undefined },
  evaluator: Evaluator,
  frame: Frame | undefined,
  from: Located,
): Value | undefined {
  const root = rootOf(node);
  const variable = root?.type === 'Identifier' ? variableOf(file, root) : undefined;
  const writes = (variable ? readsOf(variable) : []).flatMap((read) => writeAt(read) ?? []);
  const textOf = (one: Node | undefined) => one && knownText(evaluator.evaluate({ file, node: one }, frame));
  const [write, other] = writes.filter(({ call }) => {
    if (isBehind(call, from.node)) return false;
    const written = textOf(call.arguments[0]);
    return written === undefined || written === name;
  });
  if (!write) return undefined;
  const { call, method } = write;
  const isFirst = !other && method !== 'append' && textOf(call.arguments[0]) === name && isBefore(call, from.node);
  if (!isFirst) return unknown(from);
  if (method === 'delete') return literal(by === 'has' ? false : null, from);
  const value = textOf(call.arguments[1]);
  return value === undefined ? unknown(from) : by === 'has' ? literal(true, from) : text(value, from);
}

interface ParameterWrite {
  readonly call: TSESTree.CallExpression;
  readonly method: 'append' | 'delete' | 'set';
}

/** `url.searchParams.set(…)`, or `params.set(…)`, by the name that begins it. */
function writeAt(read: Node): ParameterWrite | undefined {
  let { parent } = read;
  if (parent?.type === 'MemberExpression' && parent.object === read && propertyName(parent) === 'searchParams')
    ({ parent } = parent);
  const method = parent?.type === 'MemberExpression' ? propertyName(parent) : undefined;
  const call = parent?.parent;
  if (call?.type !== 'CallExpression' || call.callee !== parent) return undefined;
  return method === 'append' || method === 'delete' || method === 'set' ? { call, method } : undefined;
}

/** Whether a call is a statement that has run whenever a place behind it is come to. */
function isBefore(call: TSESTree.CallExpression, place: Node): boolean {
  const { parent } = call;
  return (
    parent.type === 'ExpressionStatement' &&
    parent.range[1] <= place.range[0] &&
    parent.parent.type === 'BlockStatement' &&
    contains(parent.parent, place) &&
    enclosingFunction(parent) === enclosingFunction(place)
  );
}

/** Whether a call runs only after a place in front of it, in the same run of their function. */
function isBehind(call: Node, place: Node): boolean {
  const owner = enclosingFunction(call);
  if (call.range[0] < place.range[1] || owner !== enclosingFunction(place)) return false;
  for (let current = call.parent; current && current !== owner; current = current.parent)
    if (isLoop(current) && contains(current, place)) return false;
  return true;
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
