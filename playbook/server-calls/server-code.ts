/** What the rules about AuthKit's server functions share: which code runs on the server, and who asks. */
import type { TSESTree } from '@typescript-eslint/types';
import { returnedExpressions } from '../../analysis/flow/paths.ts';
import { type FunctionNode, hasNode, unwrapAwait } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { hasDirective, isClientText } from '../../analysis/syntax/directives.ts';
import { type Concern, type ModuleLoader, loaderFor } from '../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Evaluator, type EvaluatorOptions, createEvaluator } from '../../analysis/values/evaluate.ts';
import { type Value, literal, unknown, objectWith } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';
import { proxyFilesOf } from '../../project/proxy-files.ts';
import { holds } from '../libraries/conditions.ts';
import { isEnding, useAt } from '../libraries/index.ts';
import { middlewareAuthOf } from '../middleware-auth.ts';
import { calledDefinition } from '../proxy/proxy-exports.ts';
import { HANDLERS } from '../../project/routes/route-files.ts';
import { functionName, functionOf } from '../../analysis/syntax/functions.ts';
import { expressionOf } from '../../analysis/syntax/bindings/expressions.ts';

/** Whether a function, or all of its file, is a server action: it runs when it is called from the browser, never while a page renders. */
export const isServerAction = ({ file, node }: Located<FunctionNode>): boolean =>
  hasDirective(file.ast, 'use server') || hasDirective(node, 'use server');

/** What a concern leaves of the modules that run on the server. Those of the browser are told by their texts: many are large, and none has to be parsed to be left out. */
export function serverLoader(project: Project, concern: Concern): ModuleLoader {
  const loader = loaderFor(project, concern);
  return {
    ...loader,
    load(specifier, fromPath) {
      const path = project.resolve(specifier, fromPath);
      const text = path === undefined ? undefined : project.facts.text(path);
      return text !== undefined && isClientText(text) ? undefined : loader.load(specifier, fromPath);
    },
  };
}

/** An evaluator that knows which functions of Next.js never give control back. */
export const createServerEvaluator = (loader: ModuleLoader, options?: Partial<EvaluatorOptions>): Evaluator =>
  createEvaluator({ loader, isEnding: (call) => isEnding(call, loader), ...options });

/** An evaluator for a visitor with or without a session: `withAuth()` returns `{ user: null }` without one, and with one a token as well (authkit-nextjs `src/session.ts`). */
export function createVisitorEvaluator(loader: ModuleLoader, isSignedIn: boolean): Evaluator {
  const anyone = createServerEvaluator(loader);
  return createServerEvaluator(loader, {
    isEnding: (call) => isEnding(call, loader) || (!isSignedIn && sendsToSignIn(call, anyone)),
    interpret({ file, node }) {
      const entry = node.type === 'CallExpression' ? useAt({ file, node }, loader)?.entry : undefined;
      // checkRecentAuth() reads the session as well, and returns no user.
      if (entry?.needsProxy !== true || entry.startsSignIn === undefined) return undefined;
      const from = { file, node };
      const set: Value = { ...unknown(from), isSet: true };
      return isSignedIn
        ? objectWith({ user: set, accessToken: set, sessionId: set }, true, from)
        : objectWith({ user: literal(null, from) }, false, from);
    },
  });
}

/** `withAuth({ ensureSignedIn: true })` */
function sendsToSignIn(call: Located<TSESTree.CallExpression>, anyone: Evaluator): boolean {
  const entry = useAt(call, anyone.options.loader)?.entry;
  const when = entry?.startsSignIn === undefined ? undefined : entry.leavesByException;
  return when !== undefined && holds(when, call, anyone) === true;
}

/** What the app's proxy does with visitors without a session before any page is asked: sends all of them to sign in, or none. */
export type ProxyProtection = 'all' | 'none' | 'unknown';

/** `none` only where the proxy is AuthKit's own without `middlewareAuth`, or one of the project's own that answers no request by itself. */
export function proxyProtection(file: SourceFile, project: Project): ProxyProtection {
  const app = project.appOf(file.path);
  const [path, other] = app ? proxyFilesOf(project.facts, app) : [];
  const proxy = path === undefined || other !== undefined ? undefined : project.sourceFile(path);
  const exported = proxy && calledDefinition(proxy, project);
  return exported ? protectionOf(exported, project) : 'unknown';
}

function protectionOf(made: Definition, project: Project): ProxyProtection {
  const owner = functionOf(made);
  if (owner) return protectionOfFunction(owner, project);
  const call = expressionOf(made, 'CallExpression');
  return call && useAt(call, project)?.entry.proxy === 'factory' ? protectionOfFactory(call, project) : 'unknown';
}

/** A proxy of the project's own lets everyone in where each result is what AuthKit's functions make of the request, and no redirect. */
function protectionOfFunction({ file, node }: Located<FunctionNode>, project: Project): ProxyProtection {
  const found = new Set(returnedExpressions(node).map((result) => protectionOfResult({ file, node: result }, project)));
  const [only = 'unknown'] = found;
  return found.size === 1 ? only : 'unknown';
}

function protectionOfResult({ file, node }: Located, project: Project): ProxyProtection {
  const call = unwrapAwait(node);
  if (call.type !== 'CallExpression') return 'unknown';
  const entry = useAt({ file, node: call }, project)?.entry;
  // handleAuthkitHeaders(request, headers, { redirect })
  if (entry?.sendsSessionHeaders === true) return call.arguments.length <= 2 ? 'none' : 'unknown';
  // authkitProxy()(request, event), or a variable with it
  const made = definitionOf({ file, node: call.callee }, project);
  return made.kind === 'value' && made.node.type === 'CallExpression' ? protectionOf(made, project) : 'unknown';
}

function protectionOfFactory(call: Located<TSESTree.CallExpression>, project: Project): ProxyProtection {
  const { isEnabled } = middlewareAuthOf(call, createServerEvaluator(project));
  return isEnabled === undefined ? 'unknown' : isEnabled ? 'all' : 'none';
}

/** Whether a function is a component: by its name, or as a file's default export without one, and because it makes elements. */
export function isComponent(node: FunctionNode): boolean {
  const name = functionName(node)?.name;
  const isNamed = name === undefined ? node.parent.type === 'ExportDefaultDeclaration' : /^[A-Z]/u.test(name);
  return (
    isNamed &&
    // The exports of a route handler begin with a capital letter too, and may make elements (for an e-mail, an image).
    !HANDLERS.includes(name ?? '') &&
    hasNode(node.body, ({ type }) => type === 'JSXElement' || type === 'JSXFragment')
  );
}
