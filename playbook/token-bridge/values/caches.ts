/** Values that are kept for longer than a render, outside of React's own states: by a variable or a table of the module, or by a query. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, propertyName, unwrap } from '../../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { writesOf } from '../../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { isGlobal, readsOf, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { returnedExpressions } from '../../../analysis/flow/paths.ts';
import { isNullishLiteral, valueNamed } from '../../../analysis/syntax/objects.ts';
import { knownExport } from '../../libraries/index.ts';

/**
 * What a variable of a module is set to. Undefined for any other expression, and for a variable that is emptied somewhere: how long it keeps
 * its value is not known then.
 */
export function moduleValues({ file, node }: Ref): readonly Ref[] | undefined {
  const variable = node.type === 'Identifier' ? variableOf(file, node) : undefined;
  const declared = variable?.defs[0]?.node as Node | undefined;
  if (variable?.scope.type !== 'module' || declared?.type !== 'VariableDeclarator') return undefined;
  if (declared.init && !isNullishLiteral(declared.init)) return undefined;
  const writes = writesOf(variable).map((written) => assignedAt(written));
  return writes.length > 0 && writes.every((value) => value !== undefined && !isNullishLiteral(value))
    ? writes.flatMap((value) => (value ? [{ file, node: value, path: [] }] : []))
    : undefined;
}

/**
 * What code puts into the place of a table of the module that an expression reads: `tokens.get(id)` of a `Map`, `cache.token`, `cache[id]`. Undefined
 * for any other expression, for a table that leaves the file, and for a place that is emptied somewhere.
 */
export function tableValues({ file, node }: Ref): readonly Ref[] | undefined {
  const read = node.type === 'CallExpression' ? node.callee : node;
  const table = read.type === 'MemberExpression' ? tableOf(read.object, file) : undefined;
  if (!table || read.type !== 'MemberExpression' || (node.type === 'CallExpression') !== table.isMap) return undefined;
  const place = table.isMap ? 'get' : (propertyName(read) ?? COMPUTED);
  if (table.isMap && propertyName(read) !== place) return undefined;
  const written = table.members.map((member) => (table.isMap ? writtenToMap(member) : writtenToMember(member, place)));
  const values = written.flatMap((one) => (one === 'unknown' ? [] : one));
  return written.includes('unknown') || values.length === 0 || values.some(isNullishLiteral)
    ? undefined
    : values.map((value) => ({ file, node: value, path: [] }));
}

/** A member that has no name in the code: `cache[id]`. */
const COMPUTED = Symbol('computed');

interface Table {
  readonly isMap: boolean;
  /** Where a member of it is taken. */
  readonly members: readonly TSESTree.MemberExpression[];
}

/** The table of the module that a name stands for, which starts without what it keeps, and of which the code takes nothing but members. */
function tableOf(name: Node, file: SourceFile): Table | undefined {
  const variable = name.type === 'Identifier' ? variableOf(file, name) : undefined;
  const declared = variable?.defs[0]?.node as Node | undefined;
  if (variable?.scope.type !== 'module' || declared?.type !== 'VariableDeclarator' || !declared.init) return undefined;
  if (declared.parent.parent.type === 'ExportNamedDeclaration' || writesOf(variable).length > 0) return undefined;
  const init = unwrap(declared.init);
  const isMap = init.type === 'NewExpression' && isGlobal(file, init.callee, 'Map') && init.arguments.length === 0;
  const isRecord =
    init.type === 'ObjectExpression' &&
    init.properties.every((one) => one.type === 'Property' && (isNullishLiteral(one.value) || isLiteral(one.value)));
  const members = readsOf(variable).flatMap(({ parent }) => (parent?.type === 'MemberExpression' ? [parent] : []));
  return (isMap || isRecord) && members.length === readsOf(variable).length ? { isMap, members } : undefined;
}

/** `0` of `{ token: null, until: 0 }`. */
const isLiteral = (node: Node): boolean => unwrap(node).type === 'Literal';

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
  const { parent } = member;
  if (parent.type === 'UnaryExpression' && parent.operator === 'delete') return 'unknown';
  if (parent.type !== 'AssignmentExpression' || parent.left !== member) return [];
  const value = assignedAt(member);
  const name = propertyName(member) ?? COMPUTED;
  if (name !== place && name !== COMPUTED) return [];
  return value && name === place ? [value] : 'unknown';
}

function assignedAt(written: Node): Node | undefined {
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
  const [member, ...rest] = definition.path;
  if (member !== 'data' || rest.length > 0) return undefined;
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
  return made?.kind === 'value' && isFunction(made.node)
    ? returnedExpressions(made.node).map((returned) => ({ file: made.file, node: returned, path: [] }))
    : undefined;
}

const isListed = ({ properties }: TSESTree.ObjectExpression): boolean =>
  properties.every(({ type }) => type === 'Property');
