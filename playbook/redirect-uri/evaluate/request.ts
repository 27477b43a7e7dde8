/**
 * Names for what a request holds of its own host, so that the evaluator's unknowns say what they are: the origin that
 * the browser used, and the headers that any client may set.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, unwrap } from '../../../analysis/syntax/ast.ts';
import type { Definition, Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { declarationOf } from '../../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { Evaluator, EvaluatorOptions } from '../../../analysis/values/evaluate.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { functionName } from '../../../analysis/syntax/functions.ts';
import { mentions } from '../../../analysis/syntax/mentions.ts';
import {
  type Frame,
  type UnknownValue,
  type UrlValue,
  type Value,
  alternativesOf,
  knownText,
  oneOf,
  unknown,
} from '../../../analysis/values/values.ts';
import { HANDLERS } from '../../../project/routes/route-files.ts';
import { knownExport } from '../../libraries/index.ts';

/** The origin of the request's own URL. */
export const REQUEST_ORIGIN = 'request-origin';
/** `Host` or `x-forwarded-host`: what the client wrote. */
export const REQUEST_HOST_HEADER = 'request-host-header';

const HOST_HEADERS = new Set(['host', 'x-forwarded-host']);
// What is made of a header by these is still what the client wrote.
const KEEPING_METHODS = new Set(['at', 'replace', 'replaceAll', 'split', 'toLowerCase', 'toString', 'trim']);

/** Interprets what reads the request; no opinion on anything else. */
export const interpretRequest: NonNullable<EvaluatorOptions['interpret']> = (expression, evaluator, frame) => {
  const { file, node } = expression;
  if (node.type === 'Identifier') return destructuredUrl(expression, node, evaluator, frame);
  if (node.type === 'MemberExpression') return requestMember(expression, node, evaluator, frame);
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  const method = propertyName(callee);
  if (method === 'get') return headerValue(expression, node, callee, evaluator, frame);
  if (method === 'clone' || (method !== undefined && KEEPING_METHODS.has(method))) {
    const object = evaluator.evaluate({ file, node: callee.object }, frame);
    if (method === 'clone') return isRequestUrl(object) ? { ...object, from: expression } : undefined;
    const kept = alternativesOf(object).map((value) =>
      isLabelled(value) ? { ...value, from: expression } : undefined,
    );
    return kept.every((value) => value !== undefined) ? oneOf(kept, expression) : undefined;
  }
  return undefined;
};

function requestMember(
  expression: Located,
  node: TSESTree.MemberExpression,
  evaluator: Evaluator,
  frame: Frame | undefined,
): Value | undefined {
  const name = propertyName(node);
  // `nextUrl` is NextRequest's alone; `url` is a common name, so its object has to be a request.
  if (name !== 'nextUrl' && name !== 'url' && !/^\d+$/u.test(name ?? '')) return undefined;
  const object = evaluator.evaluate({ file: expression.file, node: node.object }, frame);
  if (object.type !== 'unknown') return undefined;
  if (name === 'nextUrl') return requestUrl(expression);
  // `forwarded.split(',')[0]`
  if (name !== 'url') return object.label === REQUEST_HOST_HEADER ? { ...object, from: expression } : undefined;
  return isRequest(object, node.object, evaluator) ? requestUrl(expression).href : undefined;
}

/** `const { nextUrl } = request`, `({ url }: NextRequest) => …` */
function destructuredUrl(
  expression: Located,
  node: TSESTree.Identifier,
  evaluator: Evaluator,
  frame: Frame | undefined,
): Value | undefined {
  const { file } = expression;
  if (!mentions(file, 'nextUrl') && !mentions(file, 'url')) return undefined;
  const variable = variableOf(file, node);
  const declaration = variable && declarationOf(variable);
  if (declaration?.kind !== 'value' && declaration?.kind !== 'parameter') return undefined;
  const [first, ...rest] = declaration.path;
  if (first !== 'nextUrl' && first !== 'url') return undefined;
  if (declaration.kind === 'value') {
    const object = evaluator.evaluate({ file, node: declaration.node }, frame);
    if (object.type !== 'unknown' || (first === 'url' && !isRequest(object, declaration.node, evaluator)))
      return undefined;
  } else if (first === 'url' && !isRequestParameter({ file, ...declaration }, evaluator.options.loader))
    return undefined;
  const url = requestUrl(expression);
  return rest.reduce<Value>(
    (value, step) => evaluator.member(value, step, expression),
    first === 'url' ? url.href : url,
  );
}

function isRequest({ definition }: UnknownValue, written: Node, { options }: Evaluator): boolean {
  if (definition.kind !== 'parameter' || definition.path.length > 0) return false;
  return isRequestParameter(definition, options.loader, written.type === 'Identifier' ? written.name : '');
}

/** What Next.js calls with the request, in the files in which it looks for it. */
const CALLED = new Set<string | undefined>([...HANDLERS, 'middleware', 'proxy']);
const HANDLER_FILE = /[\\/](?:middleware|proxy|route)\.[cm]?[jt]sx?$/u;

/** Whether a parameter is the request, or something of it: by its type, by its place or its name where it has none. */
export function isRequestParameter(
  { file, function: owner, index }: Definition & { readonly kind: 'parameter' },
  loader: ModuleLoader,
  written = '',
): boolean {
  const parameter = owner.params[index];
  const annotation = parameter && 'typeAnnotation' in parameter ? parameter.typeAnnotation?.typeAnnotation : undefined;
  if (annotation?.type === 'TSTypeReference' && annotation.typeName.type === 'Identifier') {
    return /^(?:Next)?Request$/u.test(annotation.typeName.name);
  }
  if (annotation !== undefined) return false;
  const name = parameter?.type === 'Identifier' ? parameter.name : written;
  if (/^_?req(?:uest)?$/u.test(name)) return true;
  return (
    index === 0 &&
    HANDLER_FILE.test(file.path) &&
    CALLED.has(functionName(owner)?.name) &&
    loader.mayBeEntry?.(file.path) !== false
  );
}

function headerValue(
  expression: Located,
  call: TSESTree.CallExpression,
  callee: TSESTree.MemberExpression,
  evaluator: Evaluator,
  frame: Frame | undefined,
): Value | undefined {
  const [argument] = call.arguments;
  const name = argument && evaluator.evaluate({ file: expression.file, node: argument }, frame);
  const header = name && knownText(name)?.toLowerCase();
  if (header === undefined || (header !== 'origin' && !HOST_HEADERS.has(header))) return undefined;
  if (!isHeaders({ file: expression.file, node: callee.object }, evaluator, frame)) return undefined;
  if (header === 'origin') return { ...unknown(expression), label: REQUEST_ORIGIN, urlPart: 'origin' };
  return { ...unknown(expression), label: REQUEST_HOST_HEADER, urlPart: 'host', isSet: true };
}

/** `request.headers`, `await headers()` of next/headers, a parameter that is called or typed so. */
function isHeaders(expression: Located, evaluator: Evaluator, frame: Frame | undefined): boolean {
  const value = evaluator.evaluate(expression, frame);
  if (value.type !== 'unknown') return false;
  const { definition } = value;
  if (definition.kind === 'value') {
    const { file, node, path } = definition;
    if (path.at(-1) === 'headers') return true;
    return (
      path.length === 0 &&
      node.type === 'CallExpression' &&
      knownExport({ file, node: node.callee }, evaluator.options.loader)?.entry.requestHeaders === true
    );
  }
  if (definition.kind !== 'parameter') return false;
  if (definition.path.at(-1) === 'headers') return true;
  const parameter = definition.function.params[definition.index];
  return parameter?.type === 'Identifier' && /headers/iu.test(parameter.name) && definition.path.length === 0;
}

function requestUrl(from: Located): UrlValue {
  const origin: UnknownValue = { ...unknown(from), label: REQUEST_ORIGIN, urlPart: 'origin', isSet: true };
  return { type: 'url', href: { type: 'text', parts: [{ kind: 'unknown', value: origin }], from }, from };
}

function isRequestUrl(value: Value): value is UrlValue {
  if (value.type !== 'url') return false;
  const [first] = value.href.parts;
  return first?.kind === 'unknown' && first.value.label === REQUEST_ORIGIN;
}

/** Whether a value is what a request holds of its own host. */
export const isOfRequest = ({ label }: UnknownValue): boolean =>
  label === REQUEST_ORIGIN || label === REQUEST_HOST_HEADER;

const isLabelled = (value: Value): value is UnknownValue => value.type === 'unknown' && isOfRequest(value);
