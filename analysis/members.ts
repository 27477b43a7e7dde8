/** Members of classes and object literals, as `this` and `new` see them. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, propertyName, walk } from './ast.ts';

export type Member =
  /** What a field or property holds. */
  | { readonly kind: 'value'; readonly node: Node }
  | { readonly kind: 'method'; readonly node: Node }
  | { readonly kind: 'getter'; readonly node: Node };

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** What `this.name` stands for, by where `this` is written. Undefined when that is not one place of the class or literal. */
export function memberOfThis(node: TSESTree.ThisExpression, name: string): Member | undefined {
  const owner = ownerOf(node);
  if (!owner) return undefined;
  return owner.in.type === 'ObjectExpression' ? memberOfLiteral(owner.in, name) : memberOfClass(owner.in, name, owner.isStatic);
}

/** The members of an instance that a class itself defines, by name. */
export function instanceMembers(node: ClassNode): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  for (const name of tableOf(node).fields.keys()) {
    const member = name === 'constructor' ? undefined : memberOfClass(node, name, false);
    if (member) members.set(name, member);
  }
  return members;
}

interface Owner {
  readonly in: ClassNode | TSESTree.ObjectExpression;
  readonly isStatic: boolean;
}

// Arrow functions have the `this` of what is around them.
function ownerOf(node: Node): Owner | undefined {
  for (let current: Node = node; current.parent; current = current.parent) {
    const { parent }: Node = current;
    if (parent.type === 'PropertyDefinition' && parent.value === current) return { in: parent.parent.parent, isStatic: parent.static };
    if (!isFunction(current) || current.type === 'ArrowFunctionExpression') continue;
    if (parent.type === 'MethodDefinition') return { in: parent.parent.parent, isStatic: parent.static };
    return parent.type === 'Property' && parent.parent.type === 'ObjectExpression' ? { in: parent.parent, isStatic: false } : undefined;
  }
  return undefined;
}

function memberOfLiteral(literal: TSESTree.ObjectExpression, name: string): Member | undefined {
  // A spread after it may hold another one.
  const last = literal.properties.findLast((one) => one.type === 'SpreadElement' || propertyName(one) === name);
  if (last?.type !== 'Property' || last.kind === 'set') return undefined;
  return { kind: last.kind === 'get' ? 'getter' : last.method ? 'method' : 'value', node: last.value };
}

function memberOfClass(node: ClassNode, name: string, isStatic: boolean): Member | undefined {
  const { assignments, fields, statics } = tableOf(node);
  const found = (isStatic ? statics : fields).get(name);
  if (found?.type === 'MethodDefinition') return { kind: found.kind === 'get' ? 'getter' : 'method', node: found.value };
  const [assigned, another] = assignments.get(name) ?? [];
  if (another) return undefined;
  if (found?.value) return assigned ? undefined : { kind: 'value', node: found.value };
  return assigned && isInConstructor(assigned, node) ? { kind: 'value', node: assigned.right } : undefined;
}

type ClassMember = TSESTree.MethodDefinition | TSESTree.PropertyDefinition;

interface ClassTable {
  readonly fields: Map<string, ClassMember>;
  readonly statics: Map<string, ClassMember>;
  /** `this.name = …`, anywhere in the class. */
  readonly assignments: Map<string, TSESTree.AssignmentExpression[]>;
}

const tables = new WeakMap<ClassNode, ClassTable>();

function tableOf(node: ClassNode): ClassTable {
  const known = tables.get(node);
  if (known) return known;
  const table: ClassTable = { fields: new Map(), statics: new Map(), assignments: new Map() };
  for (const member of node.body.body) {
    if (member.type !== 'PropertyDefinition' && (member.type !== 'MethodDefinition' || member.kind === 'set')) continue;
    const name = propertyName(member);
    if (name !== undefined) (member.static ? table.statics : table.fields).set(name, member);
  }
  walk(node.body, (one) => {
    if (one.type !== 'AssignmentExpression' || one.left.type !== 'MemberExpression' || one.left.object.type !== 'ThisExpression') return;
    const name = propertyName(one.left);
    if (name !== undefined) table.assignments.set(name, [...(table.assignments.get(name) ?? []), one]);
  });
  tables.set(node, table);
  return table;
}

// At the top of the constructor: run once, before anybody reads it.
function isInConstructor(assignment: TSESTree.AssignmentExpression, node: ClassNode): boolean {
  const body = assignment.parent.type === 'ExpressionStatement' ? assignment.parent.parent : undefined;
  const method = body?.type === 'BlockStatement' ? body.parent.parent : undefined;
  return assignment.operator === '=' && method?.type === 'MethodDefinition' && method.kind === 'constructor' && method.parent.parent === node;
}
