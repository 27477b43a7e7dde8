/**
 * Where a provider may be written next to another one: an element of the list that is the value of `providers`, or that
 * goes into it as a whole. In any other list (`all` of `providers: [all[0]]`, the arguments of a helper) a new element moves
 * the others, or is none.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, wrapped } from '../../../analysis/syntax/ast.ts';
import { writesOf } from '../../../analysis/syntax/bindings/declarations.ts';
import { readsOf, variableOf, isGlobal } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';

/** From name to name, and from list to list, no further than this. */
const MAX_HOPS = 8;

/** Methods that put their arguments into a list, and methods that hand a list on with its elements in order. */
const ADDS: ReadonlySet<string> = new Set(['concat', 'push', 'unshift']);

/** The element or argument that a provider is, to write another one before or behind it. Undefined: there is no such place. */
export function placeInProviders(file: SourceFile, object: Node): Node | undefined {
  const element = wrapped(object);
  if (isElement(file, element, MAX_HOPS)) return element;
  // `const shared = { … }`, and the name in the list.
  const names = element.parent?.type === 'VariableDeclarator' ? readsOfConstant(file, element.parent) : undefined;
  if (names?.length !== 1 || !names[0]) return undefined;
  const named = wrapped(names[0]);
  return isElement(file, named, MAX_HOPS) ? named : undefined;
}

function isElement(file: SourceFile, node: Node, hops: number): boolean {
  const { parent } = node;
  if (parent?.type === 'ArrayExpression') return isProviders(file, parent, hops);
  return (
    parent?.type === 'CallExpression' &&
    parent.arguments.some((argument) => argument === node) &&
    addsTo(file, parent, hops)
  );
}

/** `list.push(…)` and `list.concat(…)` of a list of providers. */
function addsTo(file: SourceFile, call: TSESTree.CallExpression, hops: number): boolean {
  const { callee } = call;
  if (callee.type !== 'MemberExpression' || !ADDS.has(propertyName(callee) ?? '')) return false;
  if (propertyName(callee) === 'concat') return isProviders(file, call, hops - 1);
  const { object } = callee;
  const declarator = object.type === 'Identifier' ? declaratorOf(file, object) : undefined;
  return declarator !== undefined && isWhollyProviders(file, declarator, hops - 1);
}

/** Whether an expression, a list, goes into `providers` with all its elements. */
function isProviders(file: SourceFile, list: Node, hops: number): boolean {
  if (hops <= 0) return false;
  const node = wrapped(list);
  const { parent } = node;
  switch (parent?.type) {
    case 'Property':
      return parent.value === node && propertyName(parent) === 'providers' && parent.parent.type === 'ObjectExpression';
    case 'VariableDeclarator':
      return parent.init === node && isWhollyProviders(file, parent, hops - 1);
    case 'ConditionalExpression':
      return parent.test !== node && isProviders(file, parent, hops - 1);
    case 'LogicalExpression':
      return isProviders(file, parent, hops - 1);
    case 'SpreadElement': {
      const target = parent.parent;
      if (target.type === 'ArrayExpression') return isProviders(file, target, hops - 1);
      return target.type === 'CallExpression' && addsTo(file, target, hops - 1);
    }
    case 'MemberExpression':
      return parent.object === node && isHandedOn(file, parent, hops - 1);
    case 'CallExpression':
      // `a.concat(b)`, and `Object.freeze(list)`.
      return (
        parent.arguments.some((argument) => argument === node) &&
        (addsTo(file, parent, hops - 1) || (isFreeze(file, parent) && isProviders(file, parent, hops - 1)))
      );
    default:
      return false;
  }
}

/** `list.concat(…)`, `list.flat()` and `list.filter(Boolean)`, whose result has every provider of the list. */
function isHandedOn(file: SourceFile, member: TSESTree.MemberExpression, hops: number): boolean {
  const call = wrapped(member).parent;
  if (call?.type !== 'CallExpression' || call.callee !== member) return false;
  const [argument] = call.arguments;
  const isKept =
    propertyName(member) === 'concat' ||
    (propertyName(member) === 'flat' && argument === undefined) ||
    (propertyName(member) === 'filter' && argument?.type === 'Identifier' && argument.name === 'Boolean');
  return isKept && isProviders(file, call, hops);
}

const isFreeze = (file: SourceFile, { callee }: TSESTree.CallExpression): boolean =>
  callee.type === 'MemberExpression' && propertyName(callee) === 'freeze' && isGlobal(file, callee.object, 'Object');

/** Whether every use of a list by its name puts the whole list into `providers`, or adds to it. */
function isWhollyProviders(file: SourceFile, declarator: TSESTree.VariableDeclarator, hops: number): boolean {
  const reads = readsOfConstant(file, declarator);
  return (
    reads !== undefined &&
    reads.length > 0 &&
    reads.every((read) => isAddition(read) || isProviders(file, read, hops)) &&
    reads.some((read) => !isAddition(read))
  );
}

/** `list.push(…)` as a statement. */
function isAddition(read: Node): boolean {
  const member = wrapped(read).parent;
  const call = member?.type === 'MemberExpression' && member.object === read ? member.parent : undefined;
  return (
    call?.type === 'CallExpression' &&
    call.callee === member &&
    call.parent.type === 'ExpressionStatement' &&
    ['push', 'unshift'].includes(propertyName(call.callee as TSESTree.MemberExpression) ?? '')
  );
}

/** The reads of a name that nothing outside of the file has; `{ providers }` is one. */
function readsOfConstant(file: SourceFile, { id, parent }: TSESTree.VariableDeclarator): readonly Node[] | undefined {
  if (id.type !== 'Identifier' || parent.parent.type === 'ExportNamedDeclaration') return undefined;
  const variable = variableOf(file, id);
  return variable && writesOf(variable).length === 0 ? readsOf(variable) : undefined;
}

function declaratorOf(file: SourceFile, name: TSESTree.Identifier): TSESTree.VariableDeclarator | undefined {
  const node = variableOf(file, name)?.defs[0]?.node;
  return node?.type === 'VariableDeclarator' ? node : undefined;
}
