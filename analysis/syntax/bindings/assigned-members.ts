/** Members that a function or a class is given where it is declared: `Nav.Item = …`. */
import { onceFor } from '../../once.ts';
import { type Node, propertyName } from '../ast.ts';
import type { Path } from './declarations.ts';
import type { Variable } from './scopes.ts';

/** The value of `Nav.Item = …`, when that is the one place where the member is assigned. */
export function assignedMember(variable: Variable, member: Path[number] | undefined): Node | undefined {
  if (typeof member !== 'string') return undefined;
  const values = assignedMembers(variable).get(member);
  return values?.length === 1 ? values[0] : undefined;
}

/** Each use of a variable asks for them. */
const assignedMembers = onceFor(({ references }: Variable): ReadonlyMap<string, readonly Node[]> => {
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
});
