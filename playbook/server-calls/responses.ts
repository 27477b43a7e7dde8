/** Which response of a proxy an expression is. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  isFunction,
  propertyName,
  unwrap,
  walkOwnCode,
} from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import { variableOf } from '../../analysis/syntax/scopes.ts';
import type { Project } from '../../project/project.ts';
import { useAt } from '../libraries/index.ts';

export type ResponseCall = TSESTree.CallExpression | TSESTree.NewExpression;

interface MadeResponse {
  readonly name: string;
  readonly kind: 'body' | 'next' | 'redirect' | 'rewrite';
  readonly call: ResponseCall;
  /** The functions of the project that the response has come through: each may have put something into it. */
  readonly through: readonly FunctionNode[];
}

/**
 * The response that an expression is, where it is made in the open: here, in the one `return` of a function of the project, or as the argument
 * that such a function gives back.
 */
export function responseAt(expression: Located, project: Project, depth = 3): MadeResponse | undefined {
  const definition = definitionOf(expression, project);
  if (definition.kind !== 'value' || definition.path.length > 0 || depth === 0) return undefined;
  const { file, node } = definition;
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const use = useAt({ file, node }, project);
  const callee = unwrap(node.callee);
  if (use?.entry.response !== undefined) {
    const isUnnamed = use.name.includes('()');
    return {
      name: isUnnamed ? file.text.slice(...callee.range) : use.name,
      kind: use.entry.response,
      call: node,
      through: [],
    };
  }
  const global = globalResponse({ file, node: callee });
  if (global) return { ...global, call: node, through: [] };
  const helper = definitionOf({ file, node: callee }, project);
  if (helper.kind !== 'value' || !isFunction(helper.node) || node.type === 'NewExpression') return undefined;
  const only = onlyResult(helper.node);
  const argument = only && argumentBehind({ file: helper.file, node: only }, helper.node, node);
  const source = argument ? { file, node: argument } : only && { file: helper.file, node: only };
  const made = source && responseAt(source, project, depth - 1);
  return made && { ...made, call: node, through: [...made.through, helper.node] };
}

/** What a function returns, where it has one `return`. */
function onlyResult(helper: FunctionNode): Node | undefined {
  if (helper.body.type !== 'BlockStatement') return helper.body;
  const results: Node[] = [];
  walkOwnCode(helper, (each) => {
    if (each.type === 'ReturnStatement' && each.argument) results.push(each.argument);
  });
  const [only, other] = results;
  return other ? undefined : only;
}

/** `withLocale(response, locale)`, where the function returns its parameter: the argument that it is given. */
function argumentBehind(result: Located, helper: FunctionNode, call: TSESTree.CallExpression): Node | undefined {
  const node = unwrap(result.node);
  const variable = node.type === 'Identifier' ? variableOf(result.file, node) : undefined;
  const index = helper.params.findIndex(
    (param) => param.type === 'Identifier' && variable?.defs.some(({ name }) => name === param),
  );
  const before = call.arguments.slice(0, index + 1);
  if (index < 0 || variable?.references.some((reference) => reference.isWrite())) return undefined;
  return before.some(({ type }) => type === 'SpreadElement') ? undefined : before[index];
}

function globalResponse({ file, node }: Located): Pick<MadeResponse, 'kind' | 'name'> | undefined {
  const root = node.type === 'MemberExpression' ? unwrap(node.object) : node;
  if (root.type !== 'Identifier' || root.name !== 'Response' || variableOf(file, root)) return undefined;
  const member = node.type === 'MemberExpression' ? propertyName(node) : undefined;
  if (member === 'redirect') return { name: 'Response.redirect', kind: 'redirect' };
  return { name: member === undefined ? 'Response' : `Response.${member}`, kind: 'body' };
}
