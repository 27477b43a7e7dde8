/** Members of classes, as far as they keep what they are given. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode, nodesOf, propertyName } from '../ast.ts';

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

export const isClass = (node: Node): node is ClassNode =>
  node.type === 'ClassDeclaration' || node.type === 'ClassExpression';

/** A static method of a class, or the value that a static property is given. */
export function staticMember({ body }: ClassNode, name: string): Node | undefined {
  const member = body.body.find((one) => isMember(one) && one.static && propertyName(one) === name && !isAccessor(one));
  return member && isMember(member) ? (member.value ?? undefined) : undefined;
}

/** A method of the instances of a class, or the value of a property that is assigned nowhere else in it. */
export function instanceMember(owner: ClassNode, name: string): Node | undefined {
  const member = owner.body.body.find((one) => isMember(one) && !one.static && propertyName(one) === name);
  if (!member || !isMember(member)) return undefined;
  const isFixed = member.type === 'PropertyDefinition' ? !isAssigned(owner, name) : member.kind === 'method';
  return isFixed ? (member.value ?? undefined) : undefined;
}

type Member = TSESTree.MethodDefinition | TSESTree.PropertyDefinition;

const isMember = (node: Node): node is Member => node.type === 'MethodDefinition' || node.type === 'PropertyDefinition';
const isAccessor = (member: Member): boolean => member.type === 'MethodDefinition' && member.kind !== 'method';

const isAssigned = (code: Node, member: string): boolean =>
  hasNode(
    code,
    (node) =>
      node.type === 'AssignmentExpression' &&
      node.left.type === 'MemberExpression' &&
      propertyName(node.left) === member,
  );

/** Where a class reads a member of its own instances, given the value of the member: `this.renderItem` of `renderItem = (item) => …`. */
export function readsOfMember(value: Node): readonly Node[] {
  const member = value.parent;
  const owner = member && isMember(member) && !member.static && !isAccessor(member) ? member.parent.parent : undefined;
  const name = member && owner && isMember(member) ? propertyName(member) : undefined;
  if (!owner || name === undefined) return [];
  return nodesOf(owner.body, 'MemberExpression').filter(
    (read) =>
      read.object.type === 'ThisExpression' && propertyName(read) === name && classAround(read.object) === owner,
  );
}

/** The class whose instance `this` is, in a method or a property that is not static. */
export function classAround(node: Node): Node | undefined {
  for (let current = node.parent; current; current = current.parent) {
    if (current.type === 'FunctionDeclaration') return undefined;
    if (current.type !== 'MethodDefinition' && current.type !== 'PropertyDefinition') {
      const isOwn = current.type === 'FunctionExpression' && current.parent.type !== 'MethodDefinition';
      if (isOwn) return undefined;
      continue;
    }
    return current.static ? undefined : current.parent.parent;
  }
  return undefined;
}
