/** What the rules about AuthKit's server functions share: which code runs on the server, and who asks. */
import { basename } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import { returnedExpressions } from '../../analysis/flow/paths.ts';
import { type FunctionNode, type Node, hasNode, isFunction, unwrap } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, defineExport, definitionOf } from '../../analysis/syntax/bindings.ts';
import { hasDirective } from '../../analysis/syntax/directives.ts';
import type { ModuleLoader } from '../../analysis/syntax/modules.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Evaluator, createEvaluator } from '../../analysis/values/evaluate.ts';
import { type Value, literal, propertyOf, truthOf, unknown } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';
import { proxyFilesOf } from '../../project/proxy-files.ts';
import type { ReachedCall } from '../../analysis/flow/reached-calls.ts';
import { holds } from '../libraries/conditions.ts';
import { isEnding, useAt } from '../libraries/index.ts';

export const AUTHKIT = '@workos-inc/authkit-nextjs';

/** Whether a file's code runs in the browser. */
export const isClientFile = ({ ast }: SourceFile): boolean => hasDirective(ast, 'use client');

/** Whether a function, or all of its file, is a server action: it runs when it is called from the browser, never while a page renders. */
export const isServerAction = ({ file, node }: Located<FunctionNode>): boolean =>
  hasDirective(file.ast, 'use server') || hasDirective(node, 'use server');

/** An evaluator that knows which functions of Next.js never give control back. */
export function createServerEvaluator(loader: ModuleLoader, interpret?: Interpret): Evaluator {
  return createEvaluator({ loader, isEnding: (callee) => isEnding(callee, loader), ...(interpret && { interpret }) });
}

type Interpret = NonNullable<Parameters<typeof createEvaluator>[0]['interpret']>;

/** An evaluator for a visitor with or without a session: `withAuth()` returns `{ user: null }` without one (authkit-nextjs `src/session.ts`). */
export function createVisitorEvaluator(loader: ModuleLoader, isSignedIn: boolean): Evaluator {
  return createServerEvaluator(loader, ({ file, node }) => {
    const entry = node.type === 'CallExpression' ? useAt({ file, node }, loader)?.entry : undefined;
    // checkRecentAuth() reads the session as well, and returns no user.
    if (entry?.needsProxy !== true || entry.startsSignIn === undefined) return undefined;
    const from = { file, node };
    const value: Value = isSignedIn ? { ...unknown(from), isSet: true } : literal(null, from);
    const user = { value, node: from, certain: true };
    return { type: 'object', properties: new Map([['user', user]]), open: isSignedIn, from };
  });
}

/** Whether a statement before a call, or before one of the calls that lead to it, sends visitors without a session to sign in. */
export const isBehindSignIn = ({ file, node, via }: ReachedCall, loader: ModuleLoader): boolean =>
  [...via, { file, node }].some((site) =>
    statementsBefore(site.node).some((one) => sendsToSignIn(one, site.file, loader)),
  );

/** The statements that run before a node, in the lists around it. */
function statementsBefore(node: Node): readonly Node[] {
  const found: Node[] = [];
  for (let current = node; current.parent && !isFunction(current); current = current.parent) {
    const { parent } = current;
    const index = parent.type === 'BlockStatement' ? parent.body.findIndex((one) => one === current) : 0;
    if (parent.type === 'BlockStatement') found.push(...parent.body.slice(0, index));
  }
  return found;
}

// `const { user } = await withAuth({ ensureSignedIn: true })`
function sendsToSignIn(statement: Node, file: SourceFile, loader: ModuleLoader): boolean {
  const expressions =
    statement.type === 'VariableDeclaration'
      ? statement.declarations.map(({ init }) => init)
      : [statement.type === 'ExpressionStatement' ? statement.expression : null];
  return expressions.some((expression) => {
    const awaited = expression && unwrap(expression);
    const call = awaited?.type === 'AwaitExpression' ? unwrap(awaited.argument) : undefined;
    if (call?.type !== 'CallExpression') return false;
    const entry = useAt({ file, node: call }, loader)?.entry;
    const when = entry?.startsSignIn === undefined ? undefined : entry.leavesByException;
    return when !== undefined && holds(when, { file, node: call }, createServerEvaluator(loader)) === true;
  });
}

/** What the app's proxy does with visitors without a session before any page is asked: sends all of them to sign in, or none. */
export type ProxyProtection = 'all' | 'none' | 'unknown';

/** `none` only where the proxy is AuthKit's own without `middlewareAuth`, or one of the project's own that answers nobody by itself. */
export function proxyProtection(file: SourceFile, project: Project): ProxyProtection {
  const app = project.appOf(file.path);
  const [path, other] = app ? proxyFilesOf(project.facts, app) : [];
  const proxy = path === undefined || other !== undefined ? undefined : project.sourceFile(path);
  const exported = proxy && calledExport(proxy, project);
  return exported ? protectionOf(exported, project) : 'unknown';
}

/** What Next.js calls: the export that is named like the file, else the default one. */
export function calledExport(file: SourceFile, project: Project): Definition | undefined {
  const name = basename(file.path).replace(/\..*$/u, '');
  return [name, 'default'].map((each) => defineExport(file, each, [], project)).find(({ kind }) => kind !== 'unknown');
}

function protectionOf(made: Definition, project: Project): ProxyProtection {
  if (made.kind !== 'value' || made.path.length > 0) return 'unknown';
  if (isFunction(made.node)) return protectionOfFunction({ file: made.file, node: made.node }, project);
  if (made.node.type !== 'CallExpression') return 'unknown';
  const call = { file: made.file, node: made.node };
  return useAt(call, project)?.entry.proxy === 'factory' ? protectionOfFactory(call, project) : 'unknown';
}

/** A proxy of the project's own lets everybody in where each result is what AuthKit's functions make of the request, and no redirect. */
function protectionOfFunction({ file, node }: Located<FunctionNode>, project: Project): ProxyProtection {
  const found = new Set(returnedExpressions(node).map((result) => protectionOfResult({ file, node: result }, project)));
  const [only = 'unknown'] = found;
  return found.size === 1 ? only : 'unknown';
}

function protectionOfResult({ file, node }: Located, project: Project): ProxyProtection {
  const result = unwrap(node);
  const call = result.type === 'AwaitExpression' ? unwrap(result.argument) : result;
  if (call.type !== 'CallExpression') return 'unknown';
  const entry = useAt({ file, node: call }, project)?.entry;
  // handleAuthkitHeaders(request, headers, { redirect })
  if (entry?.sendsSessionHeaders === true) return call.arguments.length <= 2 ? 'none' : 'unknown';
  // authkitProxy()(request, event), or a variable with it
  const made = definitionOf({ file, node: call.callee }, project);
  return made.kind === 'value' && made.node.type === 'CallExpression' ? protectionOf(made, project) : 'unknown';
}

function protectionOfFactory(call: Located<TSESTree.CallExpression>, project: Project): ProxyProtection {
  const [options] = call.node.arguments;
  if (!options) return 'none';
  const evaluator = createServerEvaluator(project);
  const from = { file: call.file, node: options };
  const value = evaluator.evaluate(from);
  if (value.type !== 'object') return 'unknown';
  const middlewareAuth = propertyOf(value, 'middlewareAuth');
  if (middlewareAuth === 'absent') return 'none';
  const isOn = middlewareAuth && truthOf(evaluator.member(middlewareAuth.value, 'enabled', from));
  return isOn === undefined ? 'unknown' : isOn ? 'all' : 'none';
}

/** The exports of a route handler begin with a capital letter too, and may make elements (for an e-mail, an image). */
export const METHODS: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/** Whether a function is a component: by its name, or as a file's default export without one, and because it makes elements. */
export function isComponent(node: FunctionNode): boolean {
  const name = nameOf(node);
  const isNamed = name === undefined ? node.parent.type === 'ExportDefaultDeclaration' : /^[A-Z]/u.test(name);
  return (
    isNamed &&
    !METHODS.has(name ?? '') &&
    hasNode(node.body, ({ type }) => type === 'JSXElement' || type === 'JSXFragment')
  );
}

function nameOf(node: FunctionNode): string | undefined {
  if (node.type !== 'ArrowFunctionExpression' && node.id) return node.id.name;
  const { parent } = node;
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}
