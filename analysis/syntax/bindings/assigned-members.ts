/** Members that a function or a class is given where it is declared: `Nav.Item = …`. */
import { type Node, propertyName } from '../ast.ts';
import type { Path } from './declarations.ts';
import type { Variable } from './scopes.ts';

/** The value of `Nav.Item = …`, when that is the one place where the member is assigned. */
export function assignedMember(variable: Variable, member: Path[number] | undefined): Node | undefined {
  if (typeof member !== 'string') return undefined;
  let members = assignments.get(variable);
  if (!members) assignments.set(variable, (members = assignedMembers(variable)));
  const values = members.get(member);
  return values?.length === 1 ? values[0] : undefined;
}

/** Kept for each variable, which each of its uses asks for. */
const assignments = new WeakMap<Variable, ReadonlyMap<string, readonly Node[]>>();

function assignedMembers({ references }: Variable): ReadonlyMap<string, readonly Node[]> {
  const members = new Map<string, Node[]>();
  for (const { identifier } of references) {
    const access = identifier.parent;
    if (access.type !== 'MemberExpression' || access.object !== identifier) continue;
    const { parent } = access;
    if (parent.type !== 'AssignmentExpression' || parent.left !== access || parent.operator !== '=') continue;
    const name = propertyName(access);
    if (name === undefined) continue;
    const values = members.get(name);
    if (values) values.push(parent.right);
    else members.set(name, [parent.right]);
  }
  return members;
}
