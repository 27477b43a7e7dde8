/** What has the headers of `authkit()` in it: what they may have been put into, in the code of one function. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode, isFunction, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Variable, readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import { useAt } from '../libraries/index.ts';

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
