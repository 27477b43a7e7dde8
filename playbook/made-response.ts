/** The response that a call or `new` makes: of the web's own class, or of `NextResponse` under whatever name it is imported. */
import type { TSESTree } from '@typescript-eslint/types';
import type { Node } from '../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../analysis/syntax/bindings/modules.ts';
import type { Entry } from './libraries/entry.ts';
import { knownDefinition, knownLoader } from './libraries/index.ts';

export type ResponseCall = TSESTree.CallExpression | TSESTree.NewExpression;

export interface MadeResponse {
  /** As messages name it: `NextResponse.json`, `Response`. */
  readonly name: string;
  /** `body`: a response of its own; `redirect`: its first argument says where to. */
  readonly kind: NonNullable<Entry['response']>;
  /** The argument that has status and headers. */
  readonly init: Node | undefined;
}

export function madeResponse({ file, node }: Located<ResponseCall>, loader: ModuleLoader): MadeResponse | undefined {
  const callee = definitionOf({ file, node: node.callee }, knownLoader(loader));
  const [, init] = node.arguments;
  if (callee.kind === 'global' && callee.name === 'Response') {
    const [method] = callee.path;
    if (typeof method !== 'string') return { name: 'Response', kind: 'body', init };
    return { name: `Response.${method}`, kind: method === 'redirect' ? 'redirect' : 'body', init };
  }
  const known = knownDefinition(callee, loader);
  return known?.entry.response && { name: known.name, kind: known.entry.response, init };
}
