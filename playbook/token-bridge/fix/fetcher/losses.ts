/** What goes with the old body of a fetcher and is no mistake: a deadline of the request, a value that others read. */
import { type Node, contains, nodesOf, propertyName, rootOf, wrapped } from '../../../../analysis/syntax/ast.ts';
import { type Variable, readsOf, variableOf } from '../../../../analysis/syntax/bindings/scopes.ts';
import { promiseMethod } from '../../../../analysis/flow/exceptions/rejections.ts';
import { calleeName } from '../../../../analysis/flow/timers.ts';
import { type EditBuilder, isRemoved } from '../edit-builder.ts';

/** What is given the promise of a request: `withTimeout` of `withTimeout(getAccessToken())`, `Promise.race` of `Promise.race([getAccessToken(), late])`. */
export function takerOf(request: Node): string | undefined {
  for (let current = wrapped(request); ;) {
    const { parent } = current;
    switch (parent?.type) {
      case 'ArrayExpression':
      case 'ConditionalExpression':
      case 'LogicalExpression':
        current = wrapped(parent);
        continue;
      case 'MemberExpression':
        if (!['then', 'catch', 'finally'].includes(propertyName(parent) ?? '')) return undefined;
        current = wrapped(parent.parent);
        continue;
      case 'CallExpression':
        if (parent.callee === current) return undefined;
        if (!['all', 'allSettled', 'resolve'].includes(promiseMethod(parent) ?? '')) return calleeName(parent.callee);
        current = wrapped(parent);
        continue;
      default:
        return undefined;
    }
  }
}

/** The name of a ref that only what has gone has filled, and that other code still reads. */
export function lostRef(builder: EditBuilder, fetcher: Node): string | undefined {
  const { file, home } = builder;
  const filled = nodesOf(fetcher, 'AssignmentExpression').flatMap(({ left }) =>
    left.type === 'MemberExpression' ? (rootOf(left) ?? []) : [],
  );
  return filled.find((name) => {
    const variable = isRemoved(builder, name) ? variableOf(file, name) : undefined;
    const declared = variable?.defs[0]?.node as Node | undefined;
    return variable && declared && contains(home, declared) && isReadOnly(variable, builder);
  })?.name;
}

/** Whether what is left of a ref's uses are reads alone; a list of dependencies says nothing of its value. */
function isReadOnly(variable: Variable, builder: EditBuilder): boolean {
  const left = readsOf(variable).filter((read) => !isRemoved(builder, read) && read.parent?.type !== 'ArrayExpression');
  return left.length > 0 && !left.some(isFilled);
}

function isFilled(read: Node): boolean {
  let target = wrapped(read);
  while (target.parent?.type === 'MemberExpression' && target.parent.object === target) target = wrapped(target.parent);
  return target.parent?.type === 'AssignmentExpression' && target.parent.left === target;
}
