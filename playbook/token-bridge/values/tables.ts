/** What code keeps by a key or a name for longer than a call: in a `Map` or an object of the module, or of a ref. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, enclosingFunction, propertyName, unwrap, wrapped } from '../../../analysis/syntax/ast.ts';
import { writesOf } from '../../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { isGlobal, readsOf, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { isNullishLiteral } from '../../../analysis/syntax/objects.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { assignedAt } from './caches.ts';
import { hookOf } from './hooks.ts';
import { isEmptying, isRepeated } from './lifetime.ts';
import { alternativeOrigins } from './trace.ts';

interface Kept {
  readonly in: 'ref' | 'variable';
  /** What is put there, wherever the code does. */
  readonly values: readonly Ref[];
}

/**
 * What code puts into the place of a table that an expression reads: `tokens.get(id)`, `cache.token`, `cache.current[id]`. Undefined for any other
 * expression, for a table that leaves the file, for a key that may be another one at the next request, and for a place that is emptied or renewed
 * somewhere.
 */
export function keptInTable(ref: Ref, loader: ModuleLoader): Kept | undefined {
  const { file, node } = ref;
  const read = node.type === 'CallExpression' ? node.callee : node;
  const table = read.type === 'MemberExpression' ? tableOf(unwrap(read.object), file, loader) : undefined;
  if (!table || read.type !== 'MemberExpression' || (node.type === 'CallExpression') !== table.isMap) return undefined;
  const place = table.isMap ? 'get' : (propertyName(read) ?? COMPUTED);
  if (table.isMap && propertyName(read) !== place) return undefined;
  const key = node.type === 'CallExpression' ? node.arguments[0] : place === COMPUTED ? read.property : undefined;
  if (key && !isSteady({ ...ref, node: key }, loader)) return undefined;
  const written = table.members.map((member) => (table.isMap ? writtenToMap(member) : writtenToMember(member, place)));
  const values = written.flatMap((one) => (one === 'unknown' ? [] : one));
  const isShort = values.some((value) => isEmptying({ file, node: value }) || isRepeated({ file, node: value }));
  return written.includes('unknown') || values.length === 0 || isShort
    ? undefined
    : { in: table.in, values: values.map((value) => ({ file, node: value, path: [] })) };
}

/** Whether a key is the same one for the next request: of the user, of a state, a constant. A minute or a count makes a place for each of them. */
function isSteady(key: Ref, loader: ModuleLoader): boolean {
  const node = unwrap(key.node);
  if (node.type === 'Literal') return true;
  if (node.type === 'TemplateLiteral') return node.expressions.every((one) => isSteady({ ...key, node: one }, loader));
  const asks = enclosingFunction(node);
  return alternativeOrigins({ ...key, node, path: [] }, loader).every((origin) => {
    switch (origin.kind) {
      case 'state':
      case 'workos':
        return true;
      case 'expression':
        return origin.at.node !== node && origin.at.path.length === 0 && isSteady(origin.at, loader);
      case 'parameter':
        return origin.function !== asks;
      default:
        return false;
    }
  });
}

/** A member that has no name in the code: `cache[id]`. */
const COMPUTED = Symbol('computed');

interface Table extends Pick<Kept, 'in'> {
  readonly isMap: boolean;
  /** Where a member of it is taken. */
  readonly members: readonly TSESTree.MemberExpression[];
}

/** The table that an expression stands for, which starts without what it keeps, and of which the code takes nothing but members. */
function tableOf(node: Node, file: SourceFile, loader: ModuleLoader): Table | undefined {
  const isRef = node.type === 'MemberExpression' && propertyName(node) === 'current';
  const name = isRef ? unwrap(node.object) : node;
  const variable = name.type === 'Identifier' ? variableOf(file, name) : undefined;
  const declared = variable?.defs[0]?.node as Node | undefined;
  if (!variable || declared?.type !== 'VariableDeclarator' || !declared.init || writesOf(variable).length > 0)
    return undefined;
  const init = unwrap(declared.init);
  if (isRef ? hookOf({ file, node: init, path: [] }, loader) !== 'useRef' : !isOfModule(declared)) return undefined;
  const start = isRef && init.type === 'CallExpression' ? init.arguments[0] : init;
  const kind = start && kindOf(unwrap(start), file);
  const reads = readsOf(variable);
  const uses = isRef ? reads.flatMap((read) => memberOf(read, 'current') ?? []) : reads;
  const members = uses.flatMap((use) => memberOf(use) ?? []);
  return kind && members.length === reads.length
    ? { in: isRef ? 'ref' : 'variable', isMap: kind === 'map', members }
    : undefined;
}

/** Whether a variable belongs to the module alone: other files may write to what is exported. */
const isOfModule = ({ parent }: TSESTree.VariableDeclarator): boolean => parent.parent.type === 'Program';

/** `new Map()`, `{}`, `{ token: null, until: 0 }` */
function kindOf(start: Node, file: SourceFile): 'map' | 'record' | undefined {
  if (start.type === 'NewExpression')
    return isGlobal(file, start.callee, 'Map') && start.arguments.length === 0 ? 'map' : undefined;
  const isEmpty = (one: TSESTree.ObjectLiteralElement): boolean =>
    one.type === 'Property' && (isNullishLiteral(one.value) || unwrap(one.value).type === 'Literal');
  return start.type === 'ObjectExpression' && start.properties.every(isEmpty) ? 'record' : undefined;
}

function memberOf(object: Node, name?: string): TSESTree.MemberExpression | undefined {
  const { parent } = object;
  if (parent?.type !== 'MemberExpression' || parent.object !== object) return undefined;
  return name === undefined || propertyName(parent) === name ? parent : undefined;
}

type Written = readonly Node[] | 'unknown';

/** The value of `tokens.set(id, token)`; nothing for what only reads. */
function writtenToMap(member: TSESTree.MemberExpression): Written {
  const call = member.parent;
  if (call.type !== 'CallExpression' || call.callee !== member) return propertyName(member) === 'size' ? [] : 'unknown';
  switch (propertyName(member)) {
    case 'get':
    case 'has':
      return [];
    case 'set':
      return call.arguments[1] ? [call.arguments[1]] : 'unknown';
    default:
      return 'unknown';
  }
}

/** The value that a member is assigned, where it may be the place that is asked about. */
function writtenToMember(member: TSESTree.MemberExpression, place: string | typeof COMPUTED): Written {
  const { parent } = wrapped(member);
  if (parent?.type === 'UnaryExpression' && parent.operator === 'delete') return 'unknown';
  // [cache.token, cache.until] = [null, 0]
  if (parent?.type.endsWith('Pattern') || parent?.parent?.type === 'ObjectPattern') return 'unknown';
  if (parent?.type !== 'AssignmentExpression' || parent.left !== member) return [];
  const value = assignedAt(member);
  const name = propertyName(member) ?? COMPUTED;
  if (name !== place && name !== COMPUTED) return [];
  return value && name === place ? [value] : 'unknown';
}
