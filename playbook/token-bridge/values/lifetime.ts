/** How long a value stays where code has put it: until it is taken out again, or replaced by the next one at intervals. */
import { type FunctionNode, type Node, contains, isFunction, unwrap } from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { isNullishLiteral } from '../../../analysis/syntax/objects.ts';
import { calleeName, isInTimer, isTimer } from '../../../analysis/flow/timers.ts';
import { readsOfFunction } from '../../../analysis/values/iterations.ts';

/** How many functions a value is handed through. */
const MAX_CALLS = 3;
/** How many places of one function are looked at. */
const MAX_READS = 12;

/** Whether what code puts into a place may empty it: `null`, or a parameter that a call gives null. */
export function isEmptying({ file, node }: Located, calls = MAX_CALLS): boolean {
  const value = unwrap(node);
  if (isNullishLiteral(value) || (value.type === 'Literal' && value.value === '')) return true;
  const variable = value.type === 'Identifier' ? variableOf(file, value) : undefined;
  const owner = variable?.defs[0]?.type === 'Parameter' ? (variable.defs[0].node as Node) : undefined;
  if (!owner || !isFunction(owner) || calls === 0) return false;
  const index = owner.params.findIndex((one) => one === variable?.defs[0]?.name);
  return isGivenNothing({ file, node: owner }, index, calls - 1);
}

/** Whether a call may give nothing to a parameter: `keep(null)`, or one in another file. */
export function isGivenNothing(
  { file, node: owner }: Located<FunctionNode>,
  index: number,
  calls = MAX_CALLS,
): boolean {
  const reads = readsOfFunction(file, owner);
  return (
    isExported(owner, reads) ||
    reads.slice(0, MAX_READS).some(({ parent, range }) => {
      if (parent?.type !== 'CallExpression' || parent.callee.range[0] !== range[0]) return false;
      const given = parent.arguments[index];
      return !given || isEmptying({ file, node: given }, calls);
    })
  );
}

/** Whether other files may call a function. */
const isExported = ({ parent }: FunctionNode, reads: readonly Node[]): boolean =>
  parent.type.startsWith('Export') ||
  parent.parent?.parent?.type === 'ExportNamedDeclaration' ||
  reads.some((read) => read.parent?.type.startsWith('Export'));

/** Whether code runs again and again by itself: `setInterval(load, 60_000)`, a function that sets a timer to run itself. */
export function isRepeated({ file, node }: Located, calls = MAX_CALLS): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (!isFunction(current)) continue;
    const owner = current;
    if (isGivenToInterval(owner)) return true;
    const isAgain = readsOfFunction(file, owner)
      .slice(0, MAX_READS)
      .some((read) => {
        if (isGivenToInterval(read)) return true;
        if (!contains(owner, read)) return calls > 0 && isRepeated({ file, node: read }, calls - 1);
        return isInTimer(read) || (read.parent?.type === 'CallExpression' && isTimer(read.parent, 'setTimeout'));
      });
    if (isAgain) return true;
  }
  return false;
}

const isGivenToInterval = ({ parent, range }: Node): boolean =>
  parent?.type === 'CallExpression' &&
  parent.callee.range[0] !== range[0] &&
  /(?:^|\.)(?:set|use)Interval$/u.test(calleeName(parent.callee));
