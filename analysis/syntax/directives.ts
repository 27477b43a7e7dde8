/** Directives: `'use client'` and their kin at the top of a file or a function. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, isFunction } from './ast.ts';

/** Whether a file, or the block of a function, begins with a directive. */
export function hasDirective(node: FunctionNode | TSESTree.Program, directive: string): boolean {
  return statementsOf(node).some((statement) => directiveOf(statement) === directive);
}

function statementsOf(node: FunctionNode | TSESTree.Program): readonly Node[] {
  if (node.type === 'Program') return leading(node.body);
  return isFunction(node) && node.body.type === 'BlockStatement' ? leading(node.body.body) : [];
}

function leading(statements: readonly Node[]): readonly Node[] {
  const end = statements.findIndex((statement) => directiveOf(statement) === undefined);
  return end === -1 ? statements : statements.slice(0, end);
}

function directiveOf(statement: Node): string | undefined {
  return statement.type === 'ExpressionStatement' &&
    statement.expression.type === 'Literal' &&
    typeof statement.expression.value === 'string'
    ? statement.expression.value
    : undefined;
}

/** Whether a file's code runs in the browser. */
export const isClientFile = ({ ast }: { readonly ast: TSESTree.Program }): boolean => hasDirective(ast, 'use client');

/** Whether a text begins with `'use client'`: nothing of it runs on the server. */
export function isClientText(text: string): boolean {
  return CLIENT.test(text);
}

// No comment may be read in two ways: what begins with a hundred of them would take forever.
const CLIENT = /^\uFEFF?(?:\s|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*['"]use client['"]/u;
