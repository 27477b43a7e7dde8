/** What a handler sees of the query of the request that it is asked with. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, enclosingFunction, propertyName, rootOf, unwrap } from '../../analysis/syntax/ast.ts';
import { type Path, type Step, declarationOf } from '../../analysis/syntax/bindings/declarations.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { namesIn } from '../../analysis/syntax/bindings/exports.ts';
import { type Variable, readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { isLoop } from '../../analysis/flow/paths.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { iterationBy } from '../../analysis/values/iterations.ts';
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
  const variable = root && variableOf(file, root);
  const names = variable ? namesOf(file, variable) : [];
  const asked = lastStep({ file, node }, evaluator);
  const writes = names
    .flatMap((name) => readsOf(name))
    .flatMap((read) => writeAt(read) ?? [])
    .filter(({ params }) => lastStep({ file, node: params }, evaluator) === asked);
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

/** A variable, and all others of the file that are it or a part of it: `url`, and `searchParams` of `const { searchParams } = url`. */
function namesOf(file: SourceFile, variable: Variable): readonly Variable[] {
  const names = new Set([variable]);
  for (const name of names) {
    const declaration = declarationOf(name);
    const source = declaration.kind === 'value' ? rootOf(declaration.node) : undefined;
    const parts = readsOf(name).flatMap((read) => {
      const part = membersOf(read);
      const { parent } = part;
      return parent?.type === 'VariableDeclarator' && parent.init === part ? namesIn(parent.id) : [];
    });
    for (const other of source ? [source, ...parts] : parts) {
      const found = variableOf(file, other);
      if (found) names.add(found);
    }
  }
  return [...names];
}

/** The name by which something is taken of what it is a part of: `searchParams` of a URL. */
function lastStep(part: Located, evaluator: Evaluator): Step | undefined {
  const definition = definitionOf(part, evaluator.options.loader);
  return definition.kind === 'unknown' ? undefined : definition.path.at(-1);
}

interface ParameterWrite {
  readonly params: Node;
  readonly call: TSESTree.CallExpression;
  readonly method: 'append' | 'delete' | 'set';
}

/** `request.nextUrl.searchParams.set(…)`, or `params.set(…)`, by the name that begins it. */
function writeAt(read: Node): ParameterWrite | undefined {
  const whole = membersOf(read);
  const call = whole.parent;
  if (whole.type !== 'MemberExpression' || call?.type !== 'CallExpression' || call.callee !== whole) return undefined;
  const method = propertyName(whole);
  return method === 'append' || method === 'delete' || method === 'set'
    ? { call, method, params: whole.object }
    : undefined;
}

/** All that is taken of a name at a place: `request.nextUrl.searchParams` of `request`. */
function membersOf(read: Node): Node {
  const { parent } = read;
  return parent?.type === 'MemberExpression' && parent.object === read ? membersOf(parent) : read;
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
  const path = pathOnRequest(expression, evaluator, frame);
  return path?.at(-2) === 'nextUrl' && path.at(-1) === 'searchParams';
}

/** `request.url`, `request.nextUrl.search`, `new URL(request.url).href` */
function isURLOfRequest(expression: Located, evaluator: Evaluator, frame: Frame | undefined): boolean {
  const path = pathOnRequest(expression, evaluator, frame);
  const [before, last] = [path?.at(-2), path?.at(-1)];
  return last === 'url' || (before === 'nextUrl' && (last === 'href' || last === 'search'));
}

/** The names that lead from the request to what an expression is; undefined where it is no part of the request. */
function pathOnRequest(expression: Located, evaluator: Evaluator, frame: Frame | undefined): Path | undefined {
  const { loader } = evaluator.options;
  const definition = definitionOf(expression, loader);
  if (definition.kind === 'parameter') return pathOfParameter(definition, frame);
  const made = definition.kind === 'value' ? unwrap(definition.node) : undefined;
  const [given] = made?.type === 'NewExpression' && isURL(made.callee) ? made.arguments : [];
  if (definition.kind !== 'value' || !given) return undefined;
  const url = definitionOf({ file: definition.file, node: given }, loader);
  const isOfRequest = url.kind === 'parameter' && pathOfParameter(url, frame)?.at(-1) === 'url';
  return isOfRequest ? [PARSED, ...definition.path] : undefined;
}

/** `new URL(request.url)` is what `request.nextUrl` is. */
const PARSED = 'nextUrl';

/** The same of a parameter: what the call that is evaluated gives it, whichever of its values that is; the request where it is the handler's own. */
function pathOfParameter(
  { function: owner, index, path }: Definition & { readonly kind: 'parameter' },
  frame: Frame | undefined,
): Path | undefined {
  const call = frameOf(owner, frame);
  // What a callback is run for is no request.
  if (!call) return iterationBy(owner) ? undefined : path;
  const given = call.args[index];
  const [first, ...others] = given ? alternativesOf(given).map((value) => pathOfValue(value, call.upper)) : [];
  const isOne = first && others.every((other) => JSON.stringify(other) === JSON.stringify(first));
  return isOne ? [...first, ...path] : undefined;
}

function pathOfValue(value: Value, frame: Frame | undefined): Path | undefined {
  if (value.type === 'url') {
    const [part, more] = value.href.parts;
    const parsed = part?.kind === 'unknown' && !more ? pathOfValue(part.value, frame) : undefined;
    return parsed?.at(-1) === 'url' ? [PARSED] : undefined;
  }
  const isWhole = value.type === 'unknown' && value.urlPart === undefined && value.definition.kind === 'parameter';
  return isWhole ? pathOfParameter(value.definition, frame) : undefined;
}

const isURL = (callee: Node): boolean => callee.type === 'Identifier' && callee.name === 'URL';
