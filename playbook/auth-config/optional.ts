/** Which reads of a variable are written as if it could be left unset. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, unwrap, wrapped } from '../../analysis/ast.ts';
import { readsOf, variableOf } from '../../analysis/scopes.ts';
import type { SourceFile } from '../../analysis/source-file.ts';

/** How a read is treated as if the variable could be left unset: the operator, or undefined where it isn't. */
export function optionalBy(file: SourceFile, read: Node): string | undefined {
  if (read.type === 'Property') {
    if (read.value.type === 'AssignmentPattern') return 'a default';
    return read.value.type === 'Identifier' ? optionalVariable(file, read.value) : undefined;
  }
  return optionalUse(file, read, true);
}

function optionalUse(file: SourceFile, use: Node, follows: boolean): string | undefined {
  let found: string | undefined;
  let isTest = false;
  for (let current = wrapped(use), { parent } = current; parent; current = wrapped(parent), { parent } = current) {
    switch (parent.type) {
      case 'MemberExpression':
        return parent.object === current && parent.optional ? '?.' : undefined;
      case 'UnaryExpression':
        if (parent.operator !== '!') return found;
        isTest = true;
        break;
      case 'BinaryExpression':
        if (!isNothing(parent.left) && !isNothing(parent.right)) return found;
        isTest = true;
        break;
      case 'CallExpression':
        if (unwrap(parent.callee).type !== 'Identifier' || file.text.slice(...parent.callee.range) !== 'Boolean') return found;
        isTest = true;
        break;
      case 'LogicalExpression':
        if (!isTest && parent.left === current) found ??= throwsIn(parent.right) ? undefined : parent.operator;
        break;
      case 'ConditionalExpression':
        return parent.test === current ? 'a ternary' : found;
      case 'IfStatement':
        if (parent.test !== current) return found;
        return throwsIn(parent.consequent) ? undefined : 'if';
      case 'VariableDeclarator':
        if (found !== undefined || !follows || isTest || parent.id.type !== 'Identifier') return found;
        return optionalVariable(file, parent.id);
      default:
        return found;
    }
  }
  return found;
}

function optionalVariable(file: SourceFile, identifier: TSESTree.Identifier): string | undefined {
  const variable = variableOf(file, identifier);
  if (!variable) return undefined;
  const uses = readsOf(variable);
  // Where an absent value is thrown at anywhere, the variable is wanted.
  if (uses.some((use) => isGuard(use))) return undefined;
  return uses.map((use) => optionalUse(file, use, false)).find((by) => by !== undefined);
}

/** `if (!x) throw …`. */
function isGuard(use: Node): boolean {
  for (let current: Node | undefined = use.parent; current; current = current.parent) {
    if (current.type === 'IfStatement') return throwsIn(current.consequent);
    if (!current.type.endsWith('Expression')) return false;
  }
  return false;
}

function throwsIn(node: Node): boolean {
  if (node.type === 'BlockStatement') return node.body.some((statement) => statement.type === 'ThrowStatement');
  return node.type === 'ThrowStatement';
}

function isNothing(node: Node): boolean {
  const inner = unwrap(node);
  return (inner.type === 'Identifier' && inner.name === 'undefined') || (inner.type === 'Literal' && (inner.value === null || inner.value === ''));
}
