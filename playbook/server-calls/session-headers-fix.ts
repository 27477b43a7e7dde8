/** The edits that let the headers of `authkit()` reach the browser: in a proxy by `handleAuthkitHeaders()`, in a route handler by `withAuth()`. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  type Range,
  contains,
  enclosingFunction,
  propertyName,
  unwrap,
} from '../../analysis/syntax/ast.ts';
import { type Located, defineExport } from '../../analysis/syntax/bindings/definitions.ts';
import { importsOf } from '../../analysis/syntax/bindings/imports.ts';
import { type Variable, readsOf, variableOf, isNameTaken, isGlobal } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Edit, insertAfter, remove, replace } from '../../analysis/edits/edits.ts';
import { linesWithComments } from '../../analysis/edits/removals.ts';
import { isPlainValue, unusedEdits, unusedWithout } from '../../analysis/edits/unused.ts';
import { type Project, isAtLeast } from '../../project/project.ts';
import { runningProxiesOf } from '../../project/proxy-files.ts';
import { covers } from '../proxy/matcher/coverage.ts';
import { readMatcher } from '../proxy/matcher/read-matcher.ts';
import type { Result } from './authkit-result.ts';
import type { Replacement } from './replaced-headers.ts';
import type { SeenResponse } from './responses.ts';
import { factoryCall } from '../proxy/proxy-exports.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';
import { HANDLERS } from '../../project/routes/route-files.ts';
import { soleValue } from '../../analysis/syntax/objects.ts';
import { expressionOf } from '../../analysis/syntax/bindings/expressions.ts';

/** Edits, and the ranges that have no use of a name any more. */
export interface FixDraft {
  readonly edits: readonly Edit[];
  readonly gone: readonly Range[];
}

/** The edits of drafts, each with those that remove what it leaves without a use. */
export function finishDrafts(
  drafts: readonly (FixDraft | undefined)[],
  file: SourceFile,
): readonly (readonly Edit[] | undefined)[] {
  const leftByAll = unusedWithout(
    file,
    drafts.flatMap((draft) => draft?.gone ?? []),
    isPlainValue,
  );
  return drafts.map((draft) => draft && [...draft.edits, ...unusedEdits(file, draft.gone, leftByAll, isPlainValue)]);
}

/** `handleAuthkitHeaders()` is there since then (workos/authkit-nextjs CHANGELOG). */
const HANDLES_HEADERS = '2.13.0';

/** The edit that makes a response of a proxy one with the headers. */
export function responseFix(
  { call: response, kind, through }: SeenResponse,
  call: TSESTree.CallExpression,
  { headers, urls }: Result,
  { file, project }: { readonly file: SourceFile; readonly project: Project },
): FixDraft | undefined {
  const [request, ...others] = call.arguments;
  const sent = headers.map(unwrap).find(isPlainRead);
  if (isAtLeast(project.versionOf(file.path, AUTHKIT), HANDLES_HEADERS) !== true || through.length > 0)
    return undefined;
  if (!sent || request?.type !== 'Identifier' || others.length > 1 || response.type !== 'CallExpression')
    return undefined;
  if (![request, sent].every((node) => isOneName(node, call, file))) return undefined;
  const name = nameFor(['handleAuthkitHeaders', 'handleAuthkitProxy'], call, file);
  const target = targetOf(response, kind, headers, new Set(urls), file);
  if (!name || target === undefined) return undefined;
  const textOf = (node: Node): string => file.text.slice(...node.range);
  const args = [textOf(request), textOf(sent), ...(target === 'page' ? [] : [`{ redirect: ${textOf(target)} }`])];
  return {
    edits: [replace(response, `${name.local}(${args.join(', ')})`), ...name.edits],
    gone: [response.callee.range],
  };
}

/** The edit that adds AuthKit's headers to those of the request, where a response is given its cookies in statements of its own. */
export function replacementFix(
  { isShorthand, value }: Replacement,
  call: TSESTree.CallExpression,
  { headers }: Result,
  { file, project }: { readonly file: SourceFile; readonly project: Project },
): FixDraft | undefined {
  const [request, ...others] = call.arguments;
  const sent = headers.map(unwrap).find(isPlainRead);
  const isNew = isAtLeast(project.versionOf(file.path, AUTHKIT), HANDLES_HEADERS) === true;
  // A variable that holds a copy has a name of its own for what is in it.
  if (!isNew || (value.type === 'Identifier' && !headers.some((read) => unwrap(read) === value))) return undefined;
  if (!sent || request?.type !== 'Identifier' || others.length > 1) return undefined;
  if (![request, sent].every((node) => isOneName(node, call, file))) return undefined;
  const name = nameFor(['partitionAuthkitHeaders'], call, file);
  if (!name) return undefined;
  const [requestText, headersText] = [request, sent].map((node) => file.text.slice(...node.range));
  const text = `${name.local}(${String(requestText)}, ${String(headersText)}).requestHeaders`;
  return {
    edits: [isShorthand ? insertAfter(value, `: ${text}`) : replace(value, text), ...name.edits],
    gone: [],
  };
}

/** `headers`, `auth.headers` */
const isPlainRead = (node: Node): boolean =>
  node.type === 'Identifier' || (node.type === 'MemberExpression' && node.object.type === 'Identifier');

/** Whether the name at the root of a value is one variable in the function around a call: what it means is the same everywhere. */
function isOneName(value: Node, call: Node, file: SourceFile): boolean {
  const root = value.type === 'MemberExpression' ? value.object : value;
  const owner = enclosingFunction(call);
  if (root.type !== 'Identifier' || !owner) return false;
  return file.scopes.scopes.filter(({ block, set }) => set.has(root.name) && contains(owner, block)).length <= 1;
}

/** Where a response leads: to the page, or to what `handleAuthkitHeaders()` takes for a redirect. Undefined for what it does not make. */
function targetOf(
  { arguments: args }: TSESTree.CallExpression,
  kind: SeenResponse['kind'],
  headers: readonly Node[],
  urls: ReadonlySet<Node>,
  file: SourceFile,
): Node | 'page' | undefined {
  const [first, second] = args;
  if (second || first?.type === 'SpreadElement') return undefined;
  if (kind === 'next')
    return !first || hasHeadersAlone(first, headers) || isForPage(first, headers) ? 'page' : undefined;
  if (kind !== 'redirect' || !first) return undefined;
  const target = unwrap(first);
  const isUrl = target.type === 'NewExpression' && isGlobal(file, target.callee, 'URL');
  return isUrl || urls.has(target) ? first : undefined;
}

// NextResponse.next({ request: { headers } })
const isForPage = (options: Node, headers: readonly Node[]): boolean =>
  hasHeadersAlone(soleValue(options, 'request'), headers);

// NextResponse.next({ headers })
function hasHeadersAlone(options: Node | undefined, headers: readonly Node[]): boolean {
  const value = soleValue(options, 'headers');
  return value !== undefined && headers.some((read) => unwrap(read) === value);
}

/** The edit that asks for the session of a route handler, which the proxy has refreshed already. */
export function handlerFix(call: TSESTree.CallExpression, file: SourceFile, project: Project): FixDraft | undefined {
  const owner = enclosingFunction(call);
  const [request, other] = call.arguments;
  const pattern = patternOf(call);
  if (!owner || !request || other || !pattern || !isCoveredHandler({ file, node: owner }, project)) return undefined;
  const session = sessionIn(pattern);
  const name = session && nameFor(['withAuth'], call, file);
  if (!name) return undefined;
  const parameter = soleParameter(owner, request, file);
  const comment = commentAbove(pattern, file);
  // The name that is imported in its place has its edit already.
  const isReplaced = name.edits.some(({ text }) => text === name.local);
  return {
    edits: [
      replace(pattern, file.text.slice(...session.range)),
      replace(call, `${name.local}()`),
      ...(parameter ? [remove(parameter)] : []),
      ...(comment ? [remove(comment)] : []),
      ...name.edits,
    ],
    gone: [...(parameter ? [parameter] : []), isReplaced ? request.range : call.range],
  };
}

/** `const { session } = await authkit(request)`: the pattern. */
function patternOf(call: TSESTree.CallExpression): TSESTree.ObjectPattern | undefined {
  const awaited = call.parent.type === 'AwaitExpression' ? call.parent : undefined;
  const declarator = awaited?.parent.type === 'VariableDeclarator' ? awaited.parent : undefined;
  return declarator?.id.type === 'ObjectPattern' && !declarator.id.typeAnnotation ? declarator.id : undefined;
}

/** The lines of comments right above a declaration, where they speak of the function that it calls no more. */
function commentAbove({ parent: declarator }: TSESTree.ObjectPattern, file: SourceFile): Range | undefined {
  const statement = declarator.parent ?? declarator;
  const [start] = linesWithComments(file, statement);
  const end = file.text.lastIndexOf('\n', statement.range[0]) + 1;
  return start < end && /\bauthkit\b/u.test(file.text.slice(start, end)) ? [start, end] : undefined;
}

/** What the session is taken into, where nothing else is taken. */
function sessionIn({ properties }: TSESTree.ObjectPattern): Node | undefined {
  const [property, other] = properties;
  if (property?.type !== 'Property' || other || propertyName(property) !== 'session') return undefined;
  return property.value.type === 'AssignmentPattern' ? undefined : property.value;
}

/** Whether a function is a route handler that runs behind AuthKit's own proxy, without which `withAuth()` throws. */
function isCoveredHandler({ file, node }: Located<FunctionNode>, project: Project): boolean {
  const app = project.appOf(file.path);
  const route = app && project.routesOf(app).find(({ kind, path }) => kind === 'route' && path === file.path);
  const [proxy, other] = app ? runningProxiesOf(project.facts, app) : [];
  const proxyFile = proxy && !other ? project.sourceFile(proxy.path) : undefined;
  if (!app || !route || !proxyFile || !factoryCall(proxyFile, project)) return false;
  const isExported = HANDLERS.some((name) => expressionOf(defineExport(file, name, [], project))?.node === node);
  const matcher = readMatcher(proxyFile);
  if (!isExported || matcher === undefined || matcher === 'everything') return isExported && matcher === 'everything';
  // `has` and `missing` leave requests out.
  const isPlain = matcher.sources.every((source) => source.node.type !== 'Property');
  return isPlain && covers(matcher, route.segments, app) === true;
}

/** The place of a function's only parameter, where the call alone reads it. */
function soleParameter({ params }: FunctionNode, argument: Node, file: SourceFile): Range | undefined {
  const [param, other] = params;
  const read = unwrap(argument);
  if (param?.type !== 'Identifier' || other || read.type !== 'Identifier') return undefined;
  const variable = variableOf(file, read);
  const isOnlyRead = variable?.defs.some(({ name }) => name === param) === true && readsOf(variable).length === 1;
  const isInBrackets = file.text.charAt(param.range[0] - 1) === '(' && file.text.charAt(param.range[1]) === ')';
  return isOnlyRead && isInBrackets ? param.range : undefined;
}

interface Name {
  readonly local: string;
  readonly edits: readonly Edit[];
}

/** What a function of AuthKit is called in a file: by its import, or by one next to (or in place of) that of the function that is called. */
function nameFor(
  [wanted = '', ...others]: readonly string[],
  call: TSESTree.CallExpression,
  file: SourceFile,
): Name | undefined {
  const imported = importsOf(file).filter(({ module }) => module === AUTHKIT);
  const known = imported.find(({ name }) => name === wanted || others.includes(name));
  if (known) return { local: known.variable.name, edits: [] };
  const variable = call.callee.type === 'Identifier' ? variableOf(file, call.callee) : undefined;
  const specifier = variable && specifierOf(variable);
  if (!specifier || isNameTaken(file, wanted)) return undefined;
  const isLast = wanted === 'withAuth' && variable.references.length === 1;
  return { local: wanted, edits: [isLast ? replace(specifier, wanted) : insertAfter(specifier, `, ${wanted}`)] };
}

/** `import { authkit } from …` */
function specifierOf({ defs }: Variable): TSESTree.ImportSpecifier | undefined {
  const [definition] = defs;
  const node = definition?.node as Node | undefined;
  return node?.type === 'ImportSpecifier' && node.importKind !== 'type' ? node : undefined;
}
