/** What a variable holds at a place: which of its writes still count there, and under which condition. */
import { type Node, contains, isFunction, ownNodesOf, closest } from '../syntax/ast.ts';
import { atom, all, any, known, not, isAlways, isNever } from './conditions.ts';
import { type Path, completes, jumpTarget, pathTo } from './paths.ts';

export interface ReachingWrite {
  /** The name that is written. */
  readonly node: Node;
  /** Given that the place is reached: whether this write is done before, and code goes on from it to the place. A later write may still hide it. */
  readonly when: Path;
}

/**
 * The writes (in source order) that may come before a place in the code of `home`, the block or file that the variable belongs to. A place in
 * another function sees what the whole block leaves.
 */
export function writesReaching(writes: readonly Node[], at: Node, home: Node): ReachingWrite[] {
  const owner = closest(at, isFunction);
  const isInside = contains(home, at) && (!owner || contains(owner, home));
  return writes.flatMap((node) => {
    if (isInside && (node.range[0] >= at.range[0] || contains(statementOf(node), at))) return [];
    const meeting = isInside ? commonAncestor(node, at) : home;
    const when = all([pathTo(node, meeting), ...continuation(node, meeting, isInside ? at : undefined)]);
    return isNever(when) ? [] : [{ node, when }];
  });
}

function commonAncestor(node: Node, at: Node): Node {
  let current = node;
  while (current.parent && !contains(current, at)) current = current.parent;
  return current;
}

/** The statement that does nothing but what an expression in it does; for a test of a compound one, the test. */
function statementOf(node: Node): Node {
  let current = node;
  while (current.parent && !/Statement$|Declaration$|^(?:Program|SwitchCase)$/u.test(current.parent.type))
    current = current.parent;
  const { parent } = current;
  return parent && /^(?:Expression|Return|Throw)Statement$|Declaration$/u.test(parent.type) ? parent : current;
}

/** What has to be so that code comes from a node to the end of `meeting`, or to the place in it. */
function continuation(node: Node, meeting: Node, at: Node | undefined): Path[] {
  const steps: Path[] = [];
  for (let child = node; child.parent && child !== meeting; child = child.parent) {
    const { parent }: Node = child;
    steps.push(parent === meeting && at ? betweenArms(child, parent, at) : afterChild(child, parent, at));
  }
  return steps;
}

/** From one child of a node to another one, where the place is. */
function betweenArms(child: Node, parent: Node, at: Node): Path {
  switch (parent.type) {
    case 'ConditionalExpression':
    case 'IfStatement':
      return known(child === parent.test);
    case 'SwitchStatement': {
      const cases = parent.cases.filter((one) => one.range[0] >= child.range[1] && one.range[1] <= at.range[0]);
      return all(cases.flatMap((one) => one.consequent.map((statement) => completes(statement))));
    }
    case 'TryStatement':
      // What has been done when something in the block throws is not known.
      return child === parent.block ? atom({ kind: 'repeats', node: child, key: child }) : known(true);
    default:
      return known(true);
  }
}

/** From a child of a node to the end of the node, or behind it by a jump. */
function afterChild(child: Node, parent: Node, at: Node | undefined): Path {
  switch (parent.type) {
    case 'BlockStatement':
    case 'Program':
    case 'StaticBlock':
      return goesOn(child, parent, parent.body, at);
    case 'SwitchCase':
      return goesOn(child, parent, parent.consequent, at);
    case 'SwitchStatement': {
      const next = parent.cases[parent.cases.findIndex((one) => one === child) + 1];
      return next && fallsOut(child)
        ? goesOn(
            child,
            parent,
            parent.cases.flatMap((one) => one.consequent),
            at,
          )
        : known(true);
    }
    case 'TryStatement':
      return child === parent.block && parent.handler
        ? not(atom({ kind: 'throws', node: parent, key: parent }))
        : known(true);
    default:
      return known(true);
  }
}

const fallsOut = (node: Node): boolean =>
  node.type === 'SwitchCase' && !node.consequent.some((statement) => isNever(completes(statement)));

/** The statements behind one come to their ends, or a jump in them leads behind what is left, but not past the place. */
function goesOn(child: Node, owner: Node, list: readonly Node[], at: Node | undefined): Path {
  const rest = list.filter((one) => one.range[0] >= child.range[1]);
  const end = all(rest.map((one) => completes(one)));
  if (isAlways(end)) return end;
  return any([end, ...rest.flatMap((one) => jumpsIn(one, at)).map((jump) => pathTo(jump, owner))]);
}

function jumpsIn(statement: Node, at: Node | undefined): Node[] {
  return ownNodesOf(statement, 'BreakStatement', 'ContinueStatement').filter((jump) => {
    const target = jumpTarget(jump);
    return target !== undefined && !(at && contains(target, at));
  });
}
