/** Members of classes, enums and object literals, as their names, `this` and `new` see them. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../once.ts';
import { type Node, isFunction, literalText, propertyName, walk } from '../syntax/ast.ts';
import type { Located } from '../syntax/bindings/definitions.ts';
import { exportsOfNamespace } from '../syntax/bindings/exports.ts';
import type { Evaluator } from './evaluator.ts';
import { whenAsked } from './expressions.ts';
import { type Frame, type ObjectValue, type PropertyValue, type Value, unknown } from './values.ts';

export interface Member {
  /** Of a getter, the value is what its call gives. */
  readonly kind: 'getter' | 'value';
  /** What a field or property holds: an expression, a method, the getter's function. */
  readonly node: Node;
}

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** The value of `this.name`, by where `this` is written. Undefined when that is not one place of the class or literal. */
export function memberOfThis(node: TSESTree.ThisExpression, name: string): Member | undefined {
  const owner = ownerOf(node);
  if (!owner) return undefined;
  return owner.in.type === 'ObjectExpression'
    ? memberOfLiteral(owner.in, name)
    : memberOfClass(owner.in, name, owner.isStatic);
}

/** What a member holds, or what its getter gives. */
export function memberValue(
  evaluator: Evaluator,
  { kind, node }: Member,
  { file }: Located,
  frame: Frame | undefined,
): Value {
  const place: Located = { file, node };
  const value = evaluator.evaluate(place, frame);
  return kind === 'getter' ? (evaluator.call(value, [], place) ?? unknown(place)) : value;
}

/** A class as an object: its static members. */
export function classObject(evaluator: Evaluator, place: Located<ClassNode>, frame: Frame | undefined): ObjectValue {
  return objectOf(evaluator, place, [...tableOf(place.node).statics.keys()], true, place, frame);
}

/** An enum as an object: the members that are given a value. */
export function enumObject(
  evaluator: Evaluator,
  { file, node }: Located<TSESTree.TSEnumDeclaration>,
  frame: Frame | undefined,
): ObjectValue {
  const properties = new Map<string, PropertyValue>();
  for (const member of node.body.members) {
    const { id, initializer } = member;
    const name = id.type === 'Identifier' ? id.name : literalText(id);
    if (name === undefined || !initializer) continue;
    properties.set(
      name,
      whenAsked({ file, node: member }, () => evaluator.evaluate({ file, node: initializer }, frame)),
    );
  }
  return { type: 'object', properties, open: true, from: { file, node } };
}

/** A TypeScript namespace as an object: what it exports. */
export function namespaceObject(
  evaluator: Evaluator,
  { file, node }: Located<TSESTree.TSModuleDeclaration>,
): ObjectValue {
  const properties = new Map<string, PropertyValue>();
  for (const [name, exported] of exportsOfNamespace(node)) {
    if (exported.kind !== 'local') continue;
    const place: Located = { file, node: exported.node };
    properties.set(
      name,
      whenAsked(place, () => evaluator.evaluate(place)),
    );
  }
  return { type: 'object', properties, open: true, from: { file, node } };
}

/** What `new` gives at a place, as far as the class itself declares it. */
export function instanceObject(evaluator: Evaluator, place: Located<ClassNode>, from: Located): ObjectValue {
  const names = [...tableOf(place.node).fields.keys()].filter((name) => name !== 'constructor');
  return objectOf(evaluator, place, names, false, from, undefined);
}

function objectOf(
  evaluator: Evaluator,
  place: Located<ClassNode>,
  names: readonly string[],
  isStatic: boolean,
  from: Located,
  frame: Frame | undefined,
): ObjectValue {
  const properties = new Map<string, PropertyValue>();
  for (const name of names) {
    const member = memberOfClass(place.node, name, isStatic);
    if (member)
      properties.set(
        name,
        whenAsked({ file: place.file, node: member.node }, () => memberValue(evaluator, member, place, frame)),
      );
  }
  return { type: 'object', properties, open: true, from };
}

interface Owner {
  readonly in: ClassNode | TSESTree.ObjectExpression;
  readonly isStatic: boolean;
}

// Arrow functions have the `this` of what is around them.
function ownerOf(node: Node): Owner | undefined {
  for (let current: Node = node; current.parent; current = current.parent) {
    const { parent }: Node = current;
    if (parent.type === 'PropertyDefinition' && parent.value === current)
      return { in: parent.parent.parent, isStatic: parent.static };
    if (!isFunction(current) || current.type === 'ArrowFunctionExpression') continue;
    if (parent.type === 'MethodDefinition') return { in: parent.parent.parent, isStatic: parent.static };
    return parent.type === 'Property' && parent.parent.type === 'ObjectExpression'
      ? { in: parent.parent, isStatic: false }
      : undefined;
  }
  return undefined;
}

function memberOfLiteral(literal: TSESTree.ObjectExpression, name: string): Member | undefined {
  // A spread after it may hold another one.
  const last = literal.properties.findLast((one) => one.type === 'SpreadElement' || propertyName(one) === name);
  if (last?.type !== 'Property' || last.kind === 'set') return undefined;
  return { kind: last.kind === 'get' ? 'getter' : 'value', node: last.value };
}

function memberOfClass(node: ClassNode, name: string, isStatic: boolean): Member | undefined {
  const { assignments, fields, statics } = tableOf(node);
  const found = (isStatic ? statics : fields).get(name);
  if (found?.type === 'MethodDefinition') return { kind: found.kind === 'get' ? 'getter' : 'value', node: found.value };
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

const tableOf = onceFor((node: ClassNode): ClassTable => {
  const table: ClassTable = { fields: new Map(), statics: new Map(), assignments: new Map() };
  for (const member of node.body.body) {
    if (member.type !== 'PropertyDefinition' && (member.type !== 'MethodDefinition' || member.kind === 'set')) continue;
    const name = propertyName(member);
    if (name !== undefined) (member.static ? table.statics : table.fields).set(name, member);
  }
  walk(node.body, (one) => {
    if (
      one.type !== 'AssignmentExpression' ||
      one.left.type !== 'MemberExpression' ||
      one.left.object.type !== 'ThisExpression'
    )
      return;
    const name = propertyName(one.left);
    if (name !== undefined) table.assignments.set(name, [...(table.assignments.get(name) ?? []), one]);
  });
  return table;
});

// At the top of the constructor: run once, before anyone reads it.
function isInConstructor(assignment: TSESTree.AssignmentExpression, node: ClassNode): boolean {
  const body = assignment.parent.type === 'ExpressionStatement' ? assignment.parent.parent : undefined;
  const method = body?.type === 'BlockStatement' ? body.parent.parent : undefined;
  return (
    assignment.operator === '=' &&
    method?.type === 'MethodDefinition' &&
    method.kind === 'constructor' &&
    method.parent.parent === node
  );
}
