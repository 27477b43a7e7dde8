/** Loops that put all headers of `authkit()` into a response: AuthKit's internal ones among them, which are for the page alone. */
import { type Node, type Range, isFunction, propertyName, unwrap, wrapped } from '../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import { responseAt } from './responses.ts';

/** Loops that put each of the headers into a response: `headers.forEach((value, key) => response.headers.set(key, value))`. */
export function loopsIntoResponse(headers: readonly Node[], file: SourceFile, project: Project): readonly Range[] {
  return headers.flatMap((read) => {
    const loop = loopOver(read);
    return loop && isCopyToResponse(loop.body, file, project) ? [loop.head] : [];
  });
}

interface HeaderLoop {
  readonly head: Range;
  readonly body: Node;
}

function loopOver(read: Node): HeaderLoop | undefined {
  let list = wrapped(read);
  const { parent } = list;
  if (parent?.type === 'MemberExpression' && parent.object === list && parent.parent.type === 'CallExpression') {
    const call = parent.parent;
    const [callback] = call.arguments;
    if (propertyName(parent) === 'forEach' && isFunction(callback)) return { head: call.range, body: callback.body };
    if (propertyName(parent) !== 'entries') return undefined;
    list = wrapped(call);
  }
  const loop = list.parent;
  return loop?.type === 'ForOfStatement' && loop.right === list
    ? { head: [loop.range[0], loop.body.range[0]], body: loop.body }
    : undefined;
}

/** Whether code does nothing but `response.headers.set(key, value)`, under no condition. */
function isCopyToResponse(body: Node, file: SourceFile, project: Project): boolean {
  const statements: readonly Node[] = body.type === 'BlockStatement' ? body.body : [body];
  const [only] = statements;
  const expression = only?.type === 'ExpressionStatement' ? only.expression : only;
  const call = expression && unwrap(expression);
  if (statements.length !== 1 || call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression')
    return false;
  const target = unwrap(call.callee.object);
  if (!/^(?:append|set)$/u.test(propertyName(call.callee) ?? '') || call.arguments.length !== 2) return false;
  if (!call.arguments.every(({ type }) => type === 'Identifier')) return false;
  return (
    target.type === 'MemberExpression' &&
    propertyName(target) === 'headers' &&
    responseAt({ file, node: target.object }, project) !== undefined
  );
}
