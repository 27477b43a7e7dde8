/** The edit that answers the router's requests with 204 at the top of a handler: a click then falls back to a document request. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, walk } from '../../analysis/syntax/ast.ts';
import { type Edit, indentAt, insertAfter, insertBefore, replace, styleOf } from '../../analysis/edits/edits.ts';
import { blanksBefore } from '../../analysis/syntax/blanks.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { propertyNamed } from '../../analysis/syntax/objects.ts';
import { functionName } from '../../analysis/syntax/functions.ts';

/** Puts the guard in; a text says why it can't be done. */
export function guardEdits(file: SourceFile, handler: FunctionNode, isApi: boolean): Edit[] | string {
  if (handler.parent.type === 'Property' && handler.parent.kind !== 'init') return 'the handler is made by a getter';
  const asked = isApi ? askedInApi(file, handler) : askedInRoute(file, handler);
  if (typeof asked === 'string') return asked;
  const body = bodyEdits(file, handler, asked.guard);
  return typeof body === 'string' ? body : [...asked.edits, ...body];
}

interface Asked {
  /** What makes the request known to the handler. */
  readonly edits: readonly Edit[];
  /** The lines of the guard, without the indent of the body. */
  readonly guard: readonly string[];
}

// A route handler: `headers` of a Request.
function askedInRoute(file: SourceFile, handler: FunctionNode): Asked | string {
  const request = requestOf(file, handler) ?? addedRequest(file, handler);
  if (typeof request === 'string') return request;
  const answer = answerOf(file, handler);
  if (typeof answer === 'string') return answer;
  const { quote, semicolons, indentUnit } = styleOf(file);
  const has = (header: string) => `${request.headers}.has(${quote}${header}${quote})`;
  return {
    edits: [...request.edits, ...answer.edits],
    guard: [
      `if (${has('RSC')} || ${has('Next-Router-Prefetch')}) {`,
      `${indentUnit}return new ${answer.name}(null, { status: 204 })${semicolons ? ';' : ''}`,
      '}',
    ],
  };
}

// An API route of the Pages Router: Node's headers. Its router asks with `x-nextjs-data` (see request.ts).
function askedInApi(file: SourceFile, handler: FunctionNode): Asked | string {
  if (/\bruntime\b['"]?\s*[:=]\s*['"](?:experimental-)?edge['"]/u.test(file.text))
    return 'the handler runs on the edge, and returns a Response';
  const request = requestOf(file, handler);
  const [, response] = handler.params;
  if (!request || response?.type !== 'Identifier') return 'the handler does not name both its request and its response';
  if (typeof request === 'string') return request;
  const { quote, semicolons, indentUnit } = styleOf(file);
  const end = semicolons ? ';' : '';
  return {
    edits: request.edits,
    guard: [
      `if (${request.headers}.rsc || ${request.headers}[${quote}x-nextjs-data${quote}]) {`,
      `${indentUnit}${response.name}.status(204).end()${end}`,
      `${indentUnit}return${end}`,
      '}',
    ],
  };
}

interface RequestInScope {
  /** The expression for its headers. */
  readonly headers: string;
  readonly edits: readonly Edit[];
}

/** The request that the first parameter is; undefined when there is no parameter. */
function requestOf(file: SourceFile, { params: [first] }: FunctionNode): RequestInScope | string | undefined {
  if (!first) return undefined;
  const parameter = first.type === 'AssignmentPattern' ? first.left : first;
  if (parameter.type !== 'Identifier' && parameter.type !== 'ObjectPattern')
    return 'the first parameter does not name the request';
  const type = parameter.typeAnnotation?.typeAnnotation.type;
  if (type !== undefined && !/^TS(?:TypeReference|AnyKeyword|IntersectionType)$/u.test(type))
    return 'the type of the first parameter is not that of a request';
  if (parameter.type === 'ObjectPattern') return destructured(file, parameter);
  if (parameter.name === 'this') return 'the first parameter does not name the request';
  return { headers: parameter.optional ? `${parameter.name}?.headers` : `${parameter.name}.headers`, edits: [] };
}

function destructured(file: SourceFile, pattern: TSESTree.ObjectPattern): RequestInScope | string {
  const headers = propertyNamed(pattern, 'headers')?.value;
  if (headers?.type === 'Identifier') return { headers: headers.name, edits: [] };
  if (headers) return 'the headers of the request are taken apart in its parameters';
  if (names(file).has('headers')) return "the name 'headers' is taken";
  const [first] = pattern.properties;
  const edit = first
    ? insertBefore(first, 'headers, ')
    : replace([pattern.range[0], pattern.range[0] + braces(file, pattern)], '{ headers }');
  return { headers: 'headers', edits: [edit] };
}

const braces = ({ text }: SourceFile, pattern: TSESTree.ObjectPattern): number =>
  text.indexOf('}', pattern.range[0]) + 1 - pattern.range[0];

/** A parameter for a handler that has none. */
function addedRequest(file: SourceFile, handler: FunctionNode): RequestInScope | string {
  if (isCalled(file, handler)) return 'the handler is also called without a request';
  const taken = names(file);
  const name = ['request', 'req', 'incomingRequest'].find((one) => !taken.has(one));
  if (name === undefined) return 'every name for the request is taken';
  const start = handler.typeParameters?.range[1] ?? handler.id?.range[1] ?? handler.range[0];
  const open = file.text.indexOf('(', start);
  const type = /\.[cm]?tsx?$/iu.test(file.path) ? ': Request' : '';
  return { headers: `${name}.headers`, edits: [insertAfter([open, open + 1], `${name}${type}`)] };
}

/** Whether the file calls a handler by its name: `export const POST = () => GET()`. */
function isCalled(file: SourceFile, handler: FunctionNode): boolean {
  const name = functionName(handler);
  const variable = name && variableOf(file, name);
  return variable?.references.some(({ identifier: { parent: user } }) => user.type === 'CallExpression') === true;
}

/** Every name that a file writes. */
function names({ ast }: SourceFile): Set<string> {
  const found = new Set<string>();
  walk(ast, (node) => {
    if (node.type === 'Identifier') found.add(node.name);
  });
  return found;
}

interface Answer {
  /** The class whose instance is returned. */
  readonly name: string;
  readonly edits: readonly Edit[];
}

/** What the handler may return by its type: a Response, a NextResponse, or nothing so far. */
function answerOf(file: SourceFile, { returnType }: FunctionNode): Answer | string {
  const type = returnType ? file.text.slice(...returnType.typeAnnotation.range) : '';
  if (/\bNextResponse\b/u.test(type) && !/(?<!\w)Response\b/u.test(type)) {
    return importsValue(file, 'NextResponse')
      ? { name: 'NextResponse', edits: [] }
      : 'the handler returns a NextResponse, which the file imports as a type alone';
  }
  if (importsType(file, 'Response')) return "the name 'Response' is taken";
  const nothing = /^(?:Promise<\s*)?(?<what>never|undefined|void)(?:\s*>)?$/u.exec(type);
  const what = nothing?.groups?.['what'];
  if (!returnType || what === undefined) return { name: 'Response', edits: [] };
  const start = returnType.typeAnnotation.range[0] + type.indexOf(what);
  return {
    name: 'Response',
    edits: [replace([start, start + what.length], what === 'never' ? 'Response' : `Response | ${what}`)],
  };
}

const specifiersOf = ({ ast }: SourceFile) =>
  ast.body.flatMap((one) =>
    one.type === 'ImportDeclaration' ? one.specifiers.map((specifier) => ({ declaration: one, specifier })) : [],
  );

const isTypeOnly = ({ declaration, specifier }: ReturnType<typeof specifiersOf>[number]): boolean =>
  declaration.importKind === 'type' || (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type');

const importsValue = (file: SourceFile, name: string): boolean =>
  specifiersOf(file).some((one) => one.specifier.local.name === name && !isTypeOnly(one));

const importsType = (file: SourceFile, name: string): boolean =>
  specifiersOf(file).some((one) => one.specifier.local.name === name && isTypeOnly(one));

/** Puts lines at the top of a function; the body of an arrow function becomes a block. */
function bodyEdits(file: SourceFile, handler: FunctionNode, guard: readonly string[]): Edit[] | string {
  const { text } = file;
  const style = styleOf(file);
  const { body } = handler;
  if (body.type !== 'BlockStatement') return arrowEdits(file, handler, guard);
  const last = body.body.at(-1);
  if (!last) return 'the handler does nothing';
  const directive = body.body.findLast((one) => 'directive' in one && typeof one.directive === 'string');
  const first = body.body.find((one) => one.range[0] > (directive?.range[1] ?? 0)) ?? last;
  const brace = directive?.range[1] ?? body.range[0] + 1;
  // A comment behind the brace stays there.
  const start =
    brace + (/^[\t ]*(?:\/\/.*|\/\*[^\n\r]*\*\/[\t ]*)(?=[\n\r])/u.exec(text.slice(brace))?.[0].length ?? 0);
  const outer = indentAt(text, handler.range[0]);
  const isOnOneLine = !/[\n\r]/u.test(text.slice(body.range[0], first.range[0]));
  const indent = isOnOneLine ? outer + style.indentUnit : indentAt(text, first.range[0]);
  const lines = guard.map((line) => `${style.eol}${indent}${line}`).join('');
  if (!isOnOneLine) return [insertAfter([start, start], lines)];
  const rest: [number, number] = [start, start + (/^[\t ]*/u.exec(text.slice(start))?.[0].length ?? 0)];
  const edits = [replace(rest, `${lines}${style.eol}${indent}`)];
  const end = body.range[1] - 1;
  const tail = Math.max(rest[1], blanksBefore(text, end));
  if (!/[\n\r]/u.test(text.slice(last.range[1], end))) edits.push(replace([tail, end], `${style.eol}${outer}`));
  return edits;
}

function arrowEdits(file: SourceFile, handler: FunctionNode, guard: readonly string[]): Edit[] | string {
  const { text } = file;
  const arrow = text.lastIndexOf('=>', handler.body.range[0]) + 2;
  const before = text.slice(arrow, handler.body.range[0]);
  if (!/^[\s(]*$/u.test(before)) return 'a comment is in front of what the handler returns';
  const { eol, indentUnit, semicolons } = styleOf(file);
  const outer = indentAt(text, handler.range[0]);
  const indent = outer + indentUnit;
  const lines = guard.map((line) => `${eol}${indent}${line}`).join('');
  const end = handler.range[1];
  return [
    replace([arrow, arrow + (/^\s*/u.exec(before)?.[0].length ?? 0)], ` {${lines}${eol}${indent}return `),
    insertAfter([end, end], `${semicolons ? ';' : ''}${eol}${outer}}`),
  ];
}
