/** Objects that code makes once and keeps, where it may look like one for each render: `return (client ??= new Client());`. */
import { type Node, enclosingFunction, isFunction, ownNodesOf, unwrap, wrapped } from '../../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { isClass } from '../../../analysis/syntax/bindings/classes.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { functionAt } from '../../../analysis/syntax/functions.ts';
import { leavesOf } from '../../../analysis/flow/origins.ts';
import { returnedExpressions } from '../../../analysis/flow/paths.ts';

/** Whether an object is put where it outlives the function that makes it, or made by a function that someone else runs: `once(() => new Client())`. */
export function isKept({ file, node }: Located): boolean {
  const maker = enclosingFunction(node);
  const isHandedOver = maker?.parent.type === 'CallExpression' && maker.parent.arguments.some((one) => one === maker);
  let current = wrapped(node);
  while (current.parent?.type === 'LogicalExpression' || current.parent?.type === 'ConditionalExpression')
    current = wrapped(current.parent);
  const { parent } = current;
  if (parent?.type === 'AssignmentExpression') return isOutside({ file, node: parent.left }, maker);
  return isHandedOver && (parent === maker || parent?.type === 'ReturnStatement');
}

/** Whether what is assigned belongs to more than the function: a member of something, or a variable from around it. */
function isOutside({ file, node }: Located, maker: Node | undefined): boolean {
  if (node.type === 'MemberExpression') return true;
  const declared = node.type === 'Identifier' ? (variableOf(file, node)?.defs[0]?.node as Node | undefined) : undefined;
  return declared !== undefined && enclosingFunction(declared) !== maker;
}

/** `new Store()` of a class whose constructor returns the instance that there is. */
export function isMadeOnce({ file, node }: Located, loader: ModuleLoader): boolean {
  const made = node.type === 'NewExpression' ? definitionOf({ file, node: node.callee }, loader) : undefined;
  if (made?.kind !== 'value' || made.path.length > 0 || !isClass(made.node)) return false;
  return made.node.body.body.some(
    (member) =>
      member.type === 'MethodDefinition' &&
      member.kind === 'constructor' &&
      ownNodesOf(member.value, 'ReturnStatement').some(({ argument }) => argument !== null),
  );
}

/** How many functions that call one another are looked into. */
const MAX_CALLS = 3;

/** Whether an expression calls a function of the project that may give what it has kept: a variable from around it, a member, what we can't see. */
export function mayKeep(ref: Located, loader: ModuleLoader, calls = MAX_CALLS): boolean {
  const definition = definitionOf(ref, loader);
  if (definition.kind !== 'value' || definition.path.length > 0 || definition.node.type !== 'CallExpression')
    return false;
  const { file, node } = definition;
  const owner = functionAt({ file, node: node.callee }, loader);
  return (
    owner !== undefined &&
    returnedExpressions(owner.node)
      .flatMap(leavesOf)
      .some((leaf) => isOfKeeper({ file: owner.file, node: leaf }, owner.node, loader, calls))
  );
}

function isOfKeeper({ file, node }: Located, owner: Node, loader: ModuleLoader, calls: number): boolean {
  switch (node.type) {
    case 'AssignmentExpression':
      return isOutside({ file, node: node.left }, owner);
    case 'MemberExpression':
      return true;
    case 'CallExpression':
      return isUnseen({ file, node }, loader) || (calls > 0 && mayKeep({ file, node }, loader, calls - 1));
    case 'Identifier': {
      const declared = variableOf(file, node)?.defs[0]?.node as Node | undefined;
      if (!declared || enclosingFunction(declared) !== owner) return true;
      const init = declared.type === 'VariableDeclarator' && declared.init ? unwrap(declared.init) : undefined;
      return init?.type === 'CallExpression' && isUnseen({ file, node: init }, loader);
    }
    default:
      return false;
  }
}

/** Whether a call calls what is no function of the project: `clients.get(id)`. */
const isUnseen = ({ file, node }: Located, loader: ModuleLoader): boolean =>
  node.type === 'CallExpression' && !isFunction(node.callee) && !functionAt({ file, node: node.callee }, loader);
