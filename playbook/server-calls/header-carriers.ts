/** What has the headers of `authkit()` in it: what they may have been put into, in the code of one function. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type Node,
  type Range,
  hasNode,
  isFunction,
  propertyName,
  unwrap,
  wrapped,
} from '../../analysis/syntax/ast.ts';
import { type Variable, readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import { useAt } from '../libraries/index.ts';
import { responseAt } from './responses.ts';
import { parameterFor } from '../../analysis/syntax/functions.ts';

/** Nodes that have something in them: reads of it, and of the variables that something has put it into. */
export function carriersOf(body: Node, reads: readonly Node[], file: SourceFile, project: Project): ReadonlySet<Node> {
  const carriers = new Set(reads);
  const seen = new Set<Node>();
  // A set is walked in the order of its members, those added meanwhile included.
  for (const carrier of carriers) {
    for (const statement of statementsAround(carrier, body)) {
      if (seen.has(statement)) continue;
      seen.add(statement);
      // Whatever else is in the statement may have been given it: `headers.forEach((v, k) => response.headers.set(k, v))`.
      for (const variable of variablesIn(statement, file, project))
        for (const read of readsOf(variable)) carriers.add(read);
    }
  }
  return carriers;
}

/** The statements around a node that may put it somewhere, within a function's own code. */
function statementsAround(node: Node, body: Node): readonly Node[] {
  let found: Node[] = [];
  for (let current = node.parent; current && current !== body; current = current.parent) {
    // What a function within does, its own statements do not do here.
    if (isFunction(current)) found = [];
    const { type } = current;
    if (type === 'ExpressionStatement' || type === 'VariableDeclarator' || type === 'ForOfStatement')
      found.push(current);
  }
  return found;
}

/** The local variables that a statement declares, or calls something on or with. */
function variablesIn(statement: Node, file: SourceFile, project: Project): readonly Variable[] {
  const found: Variable[] = [];
  const add = (node: Node) => {
    const variable = node.type === 'Identifier' ? variableOf(file, node) : undefined;
    // A function or an import holds nothing; neither does the request that everything is asked about.
    if (variable?.defs.some(({ type }) => (type as string) === 'Variable')) found.push(variable);
  };
  if (statement.type === 'VariableDeclarator') {
    for (const part of partsFor(statement, file, project)) hasNode(part, (node) => (add(node), false));
    return found;
  }
  hasNode(statement, (node) => (add(node), false));
  return found;
}

/** What of a declaration may go to the browser: `requestHeaders` of `partitionAuthkitHeaders()` are for the page alone. */
function partsFor({ id, init }: TSESTree.VariableDeclarator, file: SourceFile, project: Project): readonly Node[] {
  const call = init && unwrap(init);
  const entry = call?.type === 'CallExpression' ? useAt({ file, node: call }, project)?.entry : undefined;
  if (id.type !== 'ObjectPattern' || entry?.resultForPage === undefined) return [id];
  return id.properties.filter(
    (property) => property.type === 'RestElement' || propertyName(property) !== entry.resultForPage,
  );
}

/**
 * Loops that put each of the headers into a response: `headers.forEach((value, key) => response.headers.set(key, value))`, here or in a
 * function that is given both.
 */
export function loopsIntoResponse(headers: readonly Node[], file: SourceFile, project: Project): readonly Range[] {
  const isResponse = (node: Node): boolean => responseAt({ file, node }, project) !== undefined;
  const heads = headers.flatMap((read) => {
    const loop = loopOver(read);
    if (loop) return isCopyTo(loop.body, isResponse) ? [loop.head] : [];
    return loopsOfHelper(read, isResponse, { file, project });
  });
  return heads.filter(([start], index) => heads.findIndex((head) => head[0] === start) === index);
}

/** `copyHeaders(headers, response)`, where the function does that; reported where it does, if that is in the same file. */
function loopsOfHelper(
  read: Node,
  isResponse: (node: Node) => boolean,
  { file, project }: { readonly file: SourceFile; readonly project: Project },
): readonly Range[] {
  const given = wrapped(read);
  const call = given.parent;
  if (call?.type !== 'CallExpression' || call.arguments.some(({ type }) => type === 'SpreadElement')) return [];
  const holderOf = (argument: Node) => parameterFor({ file, node: call }, argument, project);
  const helper = holderOf(given);
  if (!helper) return [];
  const targets = call.arguments.filter(isResponse).flatMap((argument) => holderOf(argument)?.variable ?? []);
  const isTarget = (node: Node): boolean =>
    node.type === 'Identifier' && targets.some((target) => variableOf(helper.file, node) === target);
  return readsOf(helper.variable).flatMap((each) => {
    const loop = loopOver(each);
    return loop && isCopyTo(loop.body, isTarget) ? [helper.file === file ? loop.head : call.range] : [];
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

/** Whether code does nothing but `response.headers.set(key, value)`, whatever the key is: it may be one or the other of two such calls. */
function isCopyTo(body: Node, isResponse: (node: Node) => boolean): boolean {
  const statements: readonly Node[] = body.type === 'BlockStatement' ? body.body : [body];
  const [first] = statements;
  if (!first || statements.length > 1) return false;
  if (first.type === 'IfStatement')
    return first.alternate !== null && isCopyTo(first.consequent, isResponse) && isCopyTo(first.alternate, isResponse);
  const call = unwrap(first.type === 'ExpressionStatement' ? first.expression : first);
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const target = unwrap(call.callee.object);
  if (!/^(?:append|set)$/u.test(propertyName(call.callee) ?? '') || call.arguments.length !== 2) return false;
  if (!call.arguments.every(({ type }) => type === 'Identifier')) return false;
  return target.type === 'MemberExpression' && propertyName(target) === 'headers' && isResponse(unwrap(target.object));
}
