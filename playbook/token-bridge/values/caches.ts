/** Values that are kept for longer than a render, outside of React's own states: by a variable of the module, or by a query. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction } from '../../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { writesOf } from '../../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { leavesOf } from '../../../analysis/flow/origins.ts';
import { returnedExpressions } from '../../../analysis/flow/paths.ts';
import { isNullishLiteral, valueNamed } from '../../../analysis/syntax/objects.ts';
import { knownExport } from '../../libraries/index.ts';
import { isEmptying, isRepeated } from './lifetime.ts';

/**
 * What a variable of a module is set to. Undefined for any other expression, and for a variable that is emptied or renewed somewhere: how long it
 * keeps its value is not known then.
 */
export function moduleValues({ file, node }: Ref): readonly Ref[] | undefined {
  const variable = node.type === 'Identifier' ? variableOf(file, node) : undefined;
  const declared = variable?.defs[0]?.node as Node | undefined;
  if (variable?.scope.type !== 'module' || declared?.type !== 'VariableDeclarator') return undefined;
  if (declared.init && !isNullishLiteral(declared.init)) return undefined;
  const writes = writesOf(variable).map((written) => assignedAt(written));
  const isLong = (value: Node): boolean => !isEmptying({ file, node: value }) && !isRepeated({ file, node: value });
  return writes.length > 0 && writes.every((value) => value !== undefined && isLong(value))
    ? writes.flatMap((value) => (value ? [{ file, node: value, path: [] }] : []))
    : undefined;
}

/** The value that a name or a member is assigned, where it is no sum of the one before. */
export function assignedAt(written: Node): Node | undefined {
  const { parent } = written;
  return parent?.type === 'AssignmentExpression' &&
    parent.left === written &&
    ['=', '??=', '||='].includes(parent.operator)
    ? parent.right
    : undefined;
}

/** What a query keeps, as the function that it asks returns it: `useQuery({ queryFn }).data`. Undefined where it is renewed at intervals. */
export function queriedValues({ file, node }: Ref, loader: ModuleLoader): readonly Ref[] | undefined {
  const definition = definitionOf({ file, node }, loader);
  if (definition.kind !== 'value' || definition.node.type !== 'CallExpression') return undefined;
  const [member, ...path] = definition.path;
  if (member !== 'data') return undefined;
  const call: Located<TSESTree.CallExpression> = { file: definition.file, node: definition.node };
  const caches = knownExport({ ...call, node: call.node.callee }, loader)?.entry.caches;
  if (!caches) return undefined;
  const options = call.node.arguments[caches.options];
  if (options && (options.type !== 'ObjectExpression' || !isListed(options) || valueNamed(options, caches.renewedBy)))
    return undefined;
  const argument = call.node.arguments[caches.argument];
  const asked =
    caches.member === undefined || argument?.type !== 'ObjectExpression'
      ? argument
      : valueNamed(argument, caches.member);
  const made = asked && definitionOf({ ...call, node: asked }, loader);
  if (made?.kind !== 'value' || !isFunction(made.node)) return undefined;
  const frame = { function: made.node, args: given(call, caches.given), depth: 1 };
  return returnedExpressions(made.node).map((returned) => ({ file: made.file, node: returned, path, frame }));
}

/** What a query gives its function: `useSWR(user ? '/api/token' : null, load)`, where it asks at all. */
function given({ file, node }: Located<TSESTree.CallExpression>, argument: number | undefined): readonly Ref[] {
  const key = argument === undefined ? undefined : node.arguments[argument];
  const [only, other] = key ? leavesOf(key).filter((leaf) => !isNullishLiteral(leaf)) : [];
  return only && !other ? [{ file, node: only, path: [] }] : [];
}

const isListed = ({ properties }: TSESTree.ObjectExpression): boolean =>
  properties.every(({ type }) => type === 'Property');
