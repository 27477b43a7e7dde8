/** Words and numbers that code compares: literals, members of constant objects and of enums. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, unwrap } from '../syntax/ast.ts';
import { definitionOf } from '../syntax/bindings/definitions.ts';
import { declarationOf } from '../syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../syntax/bindings/modules.ts';
import { variableOf } from '../syntax/bindings/scopes.ts';
import type { Ref } from './calls/call-contexts.ts';
import { isNullishLiteral } from '../syntax/objects.ts';

export interface Constant {
  readonly value: boolean | number | string | null | undefined;
}

/** `null`, `undefined`, `false`, `0`, `''`, as written. */
export function isFalsyLiteral(node: Node): boolean {
  const value = unwrap(node);
  return (value.type === 'Literal' && !value.value) || isNullishLiteral(value);
}

/** The constant that an expression is, itself or by its name. Undefined where it is none, or one that is not known. */
export function constantOf(ref: Ref, loader: ModuleLoader): Constant | undefined {
  if (mayHaveNoValue(ref)) return undefined;
  const definition = definitionOf({ file: ref.file, node: ref.node }, loader);
  if (definition.kind !== 'value' && definition.kind !== 'global') return undefined;
  const path = [...definition.path, ...ref.path];
  if (definition.kind === 'global')
    return definition.name === 'undefined' && path.length === 0 ? { value: undefined } : undefined;
  const { node } = definition;
  if (node.type === 'TSEnumDeclaration') return path.length === 1 ? memberOfEnum(node, path[0]) : undefined;
  return path.length === 0 ? literalOf(unwrap(node)) : undefined;
}

/** `let b; if (a) b = 'x'`: the one value that it is given is not all that it may be. */
function mayHaveNoValue({ file, node }: Ref): boolean {
  const name = unwrap(node);
  const variable = name.type === 'Identifier' ? variableOf(file, name) : undefined;
  return variable !== undefined && declarationOf(variable).kind === 'empty';
}

function literalOf(node: Node): Constant | undefined {
  if (node.type === 'TemplateLiteral')
    return node.expressions.length === 0 ? { value: node.quasis[0]?.value.cooked } : undefined;
  if (node.type !== 'Literal') return undefined;
  const { value } = node;
  return ['boolean', 'number', 'string'].includes(typeof value) || node.raw === 'null'
    ? { value: value as Constant['value'] }
    : undefined;
}

// A member without a value of its own is a number, which nothing but the member is compared with.
function memberOfEnum({ body, id }: TSESTree.TSEnumDeclaration, name: unknown): Constant | undefined {
  const member = body.members.find((one) => (one.id.type === 'Identifier' ? one.id.name : one.id.value) === name);
  if (!member) return undefined;
  return member.initializer ? literalOf(unwrap(member.initializer)) : { value: `${id.name}.${String(name)}` };
}
