/** Routes that take for granted that the proxy lets no one in without a session: they fail for signed-out visitors. */
import { type FunctionNode, type Node, enclosingFunction, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import { type Variable, readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { CallNode } from '../../analysis/flow/calls/call-walk.ts';
import { createEvaluator } from '../../analysis/values/evaluate.ts';
import { type Project, isAtLeast } from '../../project/project.ts';
import type { AppRoute } from '../../project/routes/route-files.ts';
import { PKCE_VERSION, AUTHKIT } from '../libraries/authkit-nextjs.ts';
import { holds } from '../libraries/conditions.ts';
import { useAt } from '../libraries/index.ts';
import { callsOf } from './session-readers.ts';

export interface Reliance {
  readonly file: SourceFile;
  readonly node: CallNode;
  /** `unchecked`: the user is used without being asked for; `ensured`: `ensureSignedIn`, which can't redirect while a page renders. */
  readonly kind: 'ensured' | 'unchecked';
}

/** What a page or layout has in its own text where it may rely on a user. */
const MAY_RELY = /\buser\s*[!.]|ensureSignedIn/u;

/** The first place in a page, or in a layout around it, that fails without a user; undefined where none certainly does. */
export function relianceOf(route: AppRoute, project: Project): Reliance | undefined {
  const own = [...route.around.map(({ path }) => path), route.path];
  if (!own.some((path) => MAY_RELY.test(project.facts.text(path) ?? ''))) return undefined;
  const calls = callsOf(route, project);
  const evaluator = createEvaluator({ loader: project });
  const readers = calls.flatMap(({ file, node }) => {
    const entry = node.type === 'CallExpression' ? useAt({ file, node }, project)?.entry : undefined;
    if (node.type !== 'CallExpression' || !entry?.needsProxy || !own.includes(file.path)) return [];
    return [{ file, node, ensures: holds(entry.startsSignIn, { file, node }, evaluator) }];
  });
  const ensured = readers.find(({ ensures, file }) => ensures === true && setsCookieToSignIn(file, project));
  if (ensured && route.kind === 'page') return { ...ensured, kind: 'ensured' };
  // A layout, or the page itself, may send them away first.
  const leaves = calls.some((call) => useAt(call, project)?.entry.leavesByException === 'always');
  const unchecked =
    leaves || ensured ? undefined : readers.find((reader) => reader.ensures === false && usesUnchecked(reader));
  return unchecked && { ...unchecked, kind: 'unchecked' };
}

/** Since 3.0.0 `withAuth({ ensureSignedIn: true })` sets a cookie, which a page may not: HTTP 500 (PLAYBOOK §7). */
const setsCookieToSignIn = ({ path }: SourceFile, project: Project): boolean =>
  isAtLeast(project.versionOf(path, AUTHKIT), PKCE_VERSION) === true;

/** `const { user } = await withAuth()`, then `user!` or `user.email`, and no look at whether there is one. */
function usesUnchecked({ file, node }: Located<CallNode>): boolean {
  const members = membersOf(node, file);
  const owner = enclosingFunction(node);
  const user = members?.get('user');
  if (!members || !user || !owner) return false;
  // Without a user there is no organisation and no role either: asking for one of them is asking for the user.
  const isGuarded = [...members.values()].some((member) => readsOf(member).some((read) => isAsked(read, owner)));
  return readsOf(user).some(isDereferenced) && !isGuarded;
}

/** The variables that a call's result is taken apart into. */
function membersOf(call: Node, file: SourceFile): ReadonlyMap<string, Variable> | undefined {
  const awaited = call.parent?.type === 'AwaitExpression' ? call.parent : undefined;
  const declarator = awaited?.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'ObjectPattern') return undefined;
  return new Map(
    declarator.id.properties.flatMap((each) => {
      const name = each.type === 'Property' ? propertyName(each) : undefined;
      const variable =
        each.type === 'Property' && each.value.type === 'Identifier' ? variableOf(file, each.value) : undefined;
      return name !== undefined && variable ? [[name, variable] as const] : [];
    }),
  );
}

function isDereferenced(read: Node): boolean {
  const outer = read.parent?.type === 'TSNonNullExpression' ? read.parent : read;
  const { parent } = outer;
  return parent?.type === 'MemberExpression' && parent.object === outer && !parent.optional;
}

/** Whether a read decides anything: a test, a `&&`, `user?.…`, an argument of a function that may ask. */
function isAsked(read: Node, owner: FunctionNode): boolean {
  for (let current = read; current.parent && current !== owner; current = current.parent) {
    const { parent } = current;
    if ('test' in parent && parent.test === current) return true;
    if (parent.type === 'LogicalExpression' || parent.type === 'UnaryExpression' || parent.type === 'BinaryExpression')
      return true;
    if (parent.type === 'MemberExpression' && parent.optional && unwrap(parent.object) === read) return true;
    if (parent.type === 'CallExpression' && current === read) return true;
  }
  return false;
}
