/** The edit that takes a call out, with what is empty without it: its statement, the condition, the effect or the handler around it. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, attributeName, isFunction, unwrap } from '../../../analysis/syntax/ast.ts';
import { type Edit, remove, replace } from '../../../analysis/edits/edits.ts';
import { iterationBy } from '../../../analysis/values/iterations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { withoutStatement } from '../../../analysis/edits/removals.ts';
import { isPlainValue } from '../../../analysis/edits/unused.ts';
import { reactExport } from '../../react.ts';
import { withSpace } from './attribute-range.ts';

/** Functions of React that are given code to run, and give nothing back. */
const EFFECT = /^(?:startTransition|use(?:Insertion|Layout)?Effect)$/u;

/** Undefined where the call is part of a larger expression. */
export function removeCallEdits(
  file: SourceFile,
  call: TSESTree.CallExpression,
  loader: ModuleLoader,
): Edit[] | undefined {
  let expression: Node = call;
  while (expression.parent.type === 'AwaitExpression' || expression.parent.type === 'ChainExpression')
    expression = expression.parent;
  if (expression.parent.type === 'UnaryExpression' && expression.parent.operator === 'void')
    expression = expression.parent;
  // user && router.prefetch('/sign-out')
  while (
    expression.parent.type === 'LogicalExpression' &&
    expression.parent.right === expression &&
    isPlainValue(expression.parent.left)
  ) {
    expression = expression.parent;
  }
  const { parent } = expression;
  if (isFunction(parent) && parent.body === expression) {
    const around = aroundFunction(file, parent, loader);
    return around ? takenOut(file, emptiedWith(file, around, loader)) : [replace(expression, '{}')];
  }
  return parent.type === 'ExpressionStatement' ? takenOut(file, emptiedWith(file, parent, loader)) : undefined;
}

function takenOut(file: SourceFile, target: Node): Edit[] {
  if (target.type === 'JSXAttribute') return [remove(withSpace(file, target))];
  const { type } = target.parent ?? target;
  const isInList = type === 'BlockStatement' || type === 'Program' || type === 'SwitchCase' || type === 'StaticBlock';
  return [isInList ? withoutStatement(file, target) : replace(target, '{}')];
}

/** The outermost code that does nothing without a statement in it. */
function emptiedWith(file: SourceFile, statement: Node, loader: ModuleLoader): Node {
  let target = statement;
  for (;;) {
    const { parent } = target;
    const holder = parent?.type === 'BlockStatement' && parent.body.length === 1 ? parent : target;
    const outer = holder.parent;
    if (outer?.type === 'IfStatement' && outer.consequent === holder && !outer.alternate && isPlainValue(outer.test))
      target = outer;
    else if (outer?.type === 'ForOfStatement' && outer.body === holder && isPlainValue(outer.right)) target = outer;
    else {
      const around = isFunction(outer) && outer.body === holder ? aroundFunction(file, outer, loader) : undefined;
      if (!around) return target;
      target = around;
    }
  }
}

/** What is there for a function's sake alone: an effect, a loop over items, an event handler of an element. */
function aroundFunction(file: SourceFile, code: FunctionNode, loader: ModuleLoader): Node | undefined {
  const { parent } = code;
  if (parent.type === 'JSXExpressionContainer' && parent.parent.type === 'JSXAttribute') {
    const attribute = parent.parent;
    const { name } = attribute.parent;
    // A component may ask for its handler.
    return name.type === 'JSXIdentifier' && /^[a-z]/u.test(name.name) && /^on[A-Z]/u.test(attributeName(attribute))
      ? attribute
      : undefined;
  }
  if (
    parent.type !== 'CallExpression' ||
    parent.parent.type !== 'ExpressionStatement' ||
    !parent.arguments.every((one) => one === code || isPlainValue(one))
  ) {
    return undefined;
  }
  const callee = unwrap(parent.callee);
  const isLoop = callee.type === 'MemberExpression' && iterationBy(code) !== undefined && isPlainValue(callee.object);
  return isLoop || EFFECT.test(reactExport({ file, node: parent.callee }, loader) ?? '') ? parent.parent : undefined;
}
