/** What code takes of the result of `authkit(request)`: `{ session, headers, authorizationUrl }`. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, propertyName, unwrap, wrapped } from '../../analysis/syntax/ast.ts';
import { type Variable, readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { type Value, literal, unknown, objectWith } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';
import { createServerEvaluator } from './server-code.ts';
import { declaredName } from '../../analysis/syntax/objects.ts';

export interface Result {
  /** Where the headers are read: references to the variable, or `.headers` of the whole. */
  readonly headers: readonly Node[];
  /** Where `authorizationUrl` is. */
  readonly urls: readonly Node[];
}

const NOTHING: Result = { headers: [], urls: [] };

/** What a call's result is taken apart into; undefined where it is handed on whole, or followed no further. */
export function resultOf(call: TSESTree.CallExpression, file: SourceFile): Result | undefined {
  const own = wrapped(call);
  const { parent } = own;
  if (parent?.type === 'AwaitExpression') return ofValue(wrapped(parent), file);
  if (parent?.type === 'ArrayExpression') return ofGathered(own, parent, file);
  return parent?.type === 'MemberExpression' && parent.object === own ? ofThen(parent, file) : undefined;
}

function ofValue(value: Node, file: SourceFile): Result | undefined {
  const { parent } = value;
  if (parent?.type === 'ExpressionStatement') return NOTHING;
  if (parent?.type === 'MemberExpression' && parent.object === value) return ofMember(parent);
  if (parent?.type === 'VariableDeclarator' && parent.init === value) return ofTarget(parent.id, file);
  // `({ session } = await authkit(request))`, whose own value no one takes
  return parent?.type === 'AssignmentExpression' &&
    parent.right === value &&
    parent.left.type === 'ObjectPattern' &&
    parent.parent.type === 'ExpressionStatement'
    ? ofTarget(parent.left, file)
    : undefined;
}

// `(await authkit(request)).session`, `auth.headers`
function ofMember(access: TSESTree.MemberExpression): Result | undefined {
  const name = propertyName(access);
  if (name === undefined) return undefined;
  return { headers: name === 'headers' ? [access] : [], urls: name === 'authorizationUrl' ? [access] : [] };
}

// `const [{ session }, flags] = await Promise.all([authkit(request), …])`
function ofGathered(call: Node, list: TSESTree.ArrayExpression, file: SourceFile): Result | undefined {
  const all = wrapped(list).parent;
  const isAll = all?.type === 'CallExpression' && /^Promise\.all$/u.test(file.text.slice(...all.callee.range));
  const awaited = isAll ? wrapped(all).parent : undefined;
  const declarator = awaited?.type === 'AwaitExpression' ? wrapped(awaited).parent : undefined;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'ArrayPattern') return undefined;
  const index = list.elements.findIndex((element) => element && wrapped(element) === call);
  const target = declarator.id.elements[index];
  return target && list.elements.every((element) => element?.type !== 'SpreadElement')
    ? ofTarget(target, file)
    : undefined;
}

// `authkit(request).then(({ session }) => …)`
function ofThen(access: TSESTree.MemberExpression, file: SourceFile): Result | undefined {
  const call = access.parent;
  if (propertyName(access) !== 'then' || call.type !== 'CallExpression' || call.callee !== access) return undefined;
  const [argument] = call.arguments;
  const callback = argument && unwrap(argument);
  const [target] = isFunction(callback) ? callback.params : [];
  return target && ofTarget(target, file);
}

function ofTarget(target: Node, file: SourceFile): Result | undefined {
  if (target.type === 'Identifier') return ofWhole(variableOf(file, target), file);
  return target.type === 'ObjectPattern' ? ofPattern(target, file) : undefined;
}

function ofPattern(pattern: TSESTree.ObjectPattern, file: SourceFile): Result | undefined {
  const found = { headers: [] as Node[], urls: [] as Node[] };
  for (const property of pattern.properties) {
    const name = property.type === 'RestElement' ? undefined : propertyName(property);
    if (property.type === 'RestElement' || name === undefined) return undefined;
    const reads = name === 'headers' ? found.headers : name === 'authorizationUrl' ? found.urls : undefined;
    if (!reads) continue;
    const target = declaredName(property);
    const variable = target && variableOf(file, target);
    if (!variable) return undefined;
    reads.push(...readsOf(variable));
  }
  return found;
}

function ofWhole(variable: Variable | undefined, file: SourceFile): Result | undefined {
  if (!variable) return undefined;
  const results = readsOf(variable).map((read) => {
    const { parent } = read;
    if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern') return ofPattern(parent.id, file);
    return parent?.type === 'MemberExpression' && parent.object === read ? ofMember(parent) : undefined;
  });
  const known = results.filter((result) => result !== undefined);
  if (known.length < results.length) return undefined;
  return { headers: known.flatMap(({ headers }) => headers), urls: known.flatMap(({ urls }) => urls) };
}

/** An evaluator that knows what the call returns for someone who is signed in, or who is not (authkit-nextjs `src/session.ts` `updateSession`). */
export function evaluatorFor(call: TSESTree.CallExpression, project: Project, isSignedIn: boolean): Evaluator {
  return createServerEvaluator(project, {
    interpret(from) {
      if (from.node !== call) return undefined;
      const some: Value = { ...unknown(from), isSet: true };
      const session = objectWith({ user: isSignedIn ? some : literal(null, from) }, true, from);
      const authorizationUrl = isSignedIn ? literal(undefined, from) : some;
      return objectWith({ session, headers: some, authorizationUrl }, true, from);
    },
  });
}
