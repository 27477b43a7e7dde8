/** What the rules about AuthKit's server functions share: which code runs on the server, and who asks. */
import { type FunctionNode, hasNode } from '../../analysis/syntax/ast.ts';
import { type Located, defineExport } from '../../analysis/syntax/bindings.ts';
import { hasDirective } from '../../analysis/syntax/directives.ts';
import type { ModuleLoader } from '../../analysis/syntax/modules.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type Evaluator, createEvaluator } from '../../analysis/values/evaluate.ts';
import { literal, propertyOf, truthOf } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';
import { proxyFilesOf } from '../../project/proxy-files.ts';
import { knownExport, useAt } from '../libraries/index.ts';

export const AUTHKIT = '@workos-inc/authkit-nextjs';

/** Whether a file's code runs in the browser. */
export const isClientFile = ({ ast }: SourceFile): boolean => hasDirective(ast, 'use client');

/** Whether a function, or all of its file, is a server action: it runs when it is called from the browser, never while a page renders. */
export const isServerAction = ({ file, node }: Located<FunctionNode>): boolean =>
  hasDirective(file.ast, 'use server') || hasDirective(node, 'use server');

/** An evaluator that knows which functions of Next.js never give control back. */
export function createServerEvaluator(loader: ModuleLoader, interpret?: Interpret): Evaluator {
  return createEvaluator({ loader, isEnding: (callee) => leaves(callee, loader), ...(interpret && { interpret }) });
}

type Interpret = NonNullable<Parameters<typeof createEvaluator>[0]['interpret']>;

function leaves(callee: Located, loader: ModuleLoader): boolean {
  const isName = callee.node.type === 'Identifier' || callee.node.type === 'MemberExpression';
  return isName && knownExport(callee, loader)?.entry.leavesByException === 'always';
}

/** An evaluator for a visitor without a session: `withAuth()` returns `{ user: null }` (authkit-nextjs `src/session.ts`). */
export function createSignedOutEvaluator(loader: ModuleLoader): Evaluator {
  return createServerEvaluator(loader, ({ file, node }) => {
    if (node.type !== 'CallExpression' || useAt({ file, node }, loader)?.entry.needsProxy !== true) return undefined;
    const from = { file, node };
    const user = { value: literal(null, from), node: from, certain: true };
    return { type: 'object', properties: new Map([['user', user]]), open: false, from };
  });
}

/** What the app's proxy does with visitors without a session before any page is asked: sends all of them to sign in, or none. */
export type ProxyProtection = 'all' | 'none' | 'unknown';

/** `none` only where the proxy is AuthKit's own without `middlewareAuth`: one of the project's own may do anything. */
export function proxyProtection(file: SourceFile, project: Project): ProxyProtection {
  const app = project.appOf(file.path);
  const [path, other] = app ? proxyFilesOf(project.facts, app) : [];
  const proxy = path === undefined || other !== undefined ? undefined : project.sourceFile(path);
  return proxy ? protectionOf(proxy, project) : 'unknown';
}

function protectionOf(file: SourceFile, project: Project): ProxyProtection {
  const made = defineExport(file, 'default', [], project);
  if (made.kind !== 'value' || made.node.type !== 'CallExpression' || made.path.length > 0) return 'unknown';
  const call = { file: made.file, node: made.node };
  if (useAt(call, project)?.entry.proxy !== 'factory') return 'unknown';
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

/** Whether a function is a component: by its name, and because it makes elements. */
export function isComponent(node: FunctionNode): boolean {
  const name = nameOf(node);
  return (
    name !== undefined &&
    /^[A-Z]/u.test(name) &&
    hasNode(node.body, ({ type }) => type === 'JSXElement' || type === 'JSXFragment')
  );
}

function nameOf(node: FunctionNode): string | undefined {
  if (node.type !== 'ArrowFunctionExpression' && node.id) return node.id.name;
  const { parent } = node;
  return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : undefined;
}
