/** What a handler responds with: which calls make a response, send the browser elsewhere, or end the handler. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import type { ModuleLoader } from '../../analysis/syntax/modules.ts';
import { knownDefinition, knownExport, knownLoader } from '../libraries/index.ts';

export interface MadeResponse {
  /** `body`: a response of its own; `redirect`: its first argument says where to. */
  readonly kind: 'body' | 'other' | 'redirect';
  /** The argument that has status and headers. */
  readonly init: Node | undefined;
}

/** What the static methods of the web's own class make. */
const STATIC_METHODS: Readonly<Record<string, MadeResponse['kind']>> = {
  error: 'body',
  json: 'body',
  redirect: 'redirect',
};

/** The response that a call or `new` makes: of `Response`, or of `NextResponse` under whatever name it is imported. */
export function madeResponse(
  { file, node }: Located<TSESTree.CallExpression | TSESTree.NewExpression>,
  loader: ModuleLoader,
): MadeResponse | undefined {
  const callee = definitionOf({ file, node: node.callee }, knownLoader(loader));
  const [, init] = node.arguments;
  if (callee.kind === 'global' && callee.name === 'Response') {
    const [method] = callee.path;
    if (method === undefined) return { kind: 'body', init };
    return { kind: (typeof method === 'string' ? STATIC_METHODS[method] : undefined) ?? 'other', init };
  }
  const response = knownDefinition(callee, loader)?.entry.response;
  if (response === undefined) return undefined;
  return { kind: response === 'body' || response === 'redirect' ? response : 'other', init };
}

/** The calls of a chain on the response that an API route is given, the last one first: `res.status(405).end()`. */
export function calledOnResponse(
  { file, node }: Located,
  handler: FunctionNode,
  loader: ModuleLoader,
): readonly { readonly method: string; readonly call: TSESTree.CallExpression }[] {
  const calls: { method: string; call: TSESTree.CallExpression }[] = [];
  let current = unwrap(node);
  while (current.type === 'CallExpression') {
    const callee = unwrap(current.callee);
    const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
    if (callee.type !== 'MemberExpression' || method === undefined) return [];
    calls.push({ method, call: current });
    current = unwrap(callee.object);
  }
  const root = definitionOf({ file, node: current }, loader);
  const isResponse =
    root.kind === 'parameter' && root.function === handler && root.index === 1 && root.path.length === 0;
  return isResponse ? calls : [];
}

/** Whether a package's function never gives control back: `redirect()`, which throws what Next.js catches. */
export function isEnding(callee: Located, loader: ModuleLoader): boolean {
  const { type } = callee.node;
  return (
    (type === 'Identifier' || type === 'MemberExpression') &&
    knownExport(callee, loader)?.entry.leavesByException === 'always'
  );
}

const REDIRECTS = new Set(['permanentRedirect', 'redirect']);

/** Whether a callee is `redirect` of `next/navigation`, or one that is made of it. */
export function isRedirect(callee: Located, loader: ModuleLoader): boolean {
  const known = knownExport(callee, loader);
  return (
    known?.entry.leavesByException === 'always' && REDIRECTS.has(known.name.slice(known.name.lastIndexOf('.') + 1))
  );
}

/** Whether a callee is `notFound` of `next/navigation`, or its kin. */
export function isRefusal(callee: Located, loader: ModuleLoader): boolean {
  const known = knownExport(callee, loader);
  return known?.library.name === 'next/navigation' && /^(?:forbidden|notFound|unauthorized)$/u.test(known.name);
}
