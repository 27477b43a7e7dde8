/** Which response of a proxy an expression is. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, propertyName, unwrap, walkOwnCode } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import { variableOf } from '../../analysis/syntax/scopes.ts';
import type { Project } from '../../project/project.ts';
import { useAt } from '../libraries/index.ts';

export type ResponseCall = TSESTree.CallExpression | TSESTree.NewExpression;

interface MadeResponse {
  readonly name: string;
  readonly kind: 'body' | 'next' | 'redirect' | 'rewrite';
  readonly call: ResponseCall;
}

/** The response that an expression is, where it is made in the open: here, or in the one `return` of a function of the project. */
export function responseAt(expression: Located, project: Project, depth = 3): MadeResponse | undefined {
  const definition = definitionOf(expression, project);
  if (definition.kind !== 'value' || definition.path.length > 0 || depth === 0) return undefined;
  const { file, node } = definition;
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const use = useAt({ file, node }, project);
  const callee = unwrap(node.callee);
  if (use?.entry.response !== undefined) {
    const isUnnamed = use.name.includes('()');
    return { name: isUnnamed ? file.text.slice(...callee.range) : use.name, kind: use.entry.response, call: node };
  }
  const global = globalResponse({ file, node: callee });
  if (global) return { ...global, call: node };
  const helper = definitionOf({ file, node: callee }, project);
  if (helper.kind !== 'value' || !isFunction(helper.node) || node.type === 'NewExpression') return undefined;
  const results: Node[] = [];
  if (helper.node.body.type === 'BlockStatement')
    walkOwnCode(helper.node, (each) => {
      if (each.type === 'ReturnStatement' && each.argument) results.push(each.argument);
    });
  else results.push(helper.node.body);
  const [only, other] = results;
  const made = only && !other ? responseAt({ file: helper.file, node: only }, project, depth - 1) : undefined;
  return made && { ...made, call: node };
}

function globalResponse({ file, node }: Located): Pick<MadeResponse, 'kind' | 'name'> | undefined {
  const root = node.type === 'MemberExpression' ? unwrap(node.object) : node;
  if (root.type !== 'Identifier' || root.name !== 'Response' || variableOf(file, root)) return undefined;
  const member = node.type === 'MemberExpression' ? propertyName(node) : undefined;
  if (member === 'redirect') return { name: 'Response.redirect', kind: 'redirect' };
  return { name: member === undefined ? 'Response' : `Response.${member}`, kind: 'body' };
}
