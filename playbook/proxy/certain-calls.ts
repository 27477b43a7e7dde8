/** Whether a call is made in every request, and its failure reaches the user: no `catch` around it, no test before it that asks for the route. */
import { stepsTo, testsBefore } from '../../analysis/flow/paths.ts';
import { truthOfPath } from '../../analysis/flow/reachability.ts';
import { isCaught } from '../../analysis/flow/exceptions/rejections.ts';
import { type Node, enclosingFunction, hasNode, propertyName } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { declarationOf } from '../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';

/**
 * False for a call (or an element) under any condition, for one whose failure is caught, and for one behind an exit that the app's mode or the
 * request's headers decide: apps skip `withAuth()` in such ways where they know that no proxy has run.
 */
export function isCertain({ file, node }: Located, loader: ModuleLoader): boolean {
  const owner = enclosingFunction(node) ?? file.ast;
  const isConditional = stepsTo(node, owner).some(
    ({ kind, when }) => kind === 'into' && truthOfPath(when, { throws: () => false }) !== true,
  );
  if (isConditional || isCaught(node)) return false;
  // `if (isLocalDev()) return MOCK_USER;`: a way out before the call, whose test asks the environment, the headers, or other modules.
  return !testsBefore(node, owner).some((test) => asksForMode(test.node, file, loader));
}

/** Names that hold what another one does. */
const MAX_NAMES = 3;

/** Whether a test asks the environment, the headers, or other modules of the project. */
export function asksForMode(node: Node, file: SourceFile, loader: ModuleLoader, depth = MAX_NAMES): boolean {
  return hasNode(node, (each) => {
    if (each.type === 'MemberExpression') return propertyName(each) === 'env' || propertyName(each) === 'headers';
    if (each.type !== 'Identifier' || depth === 0) return false;
    const variable = variableOf(file, each);
    const declaration = variable && declarationOf(variable);
    if (declaration?.kind === 'value') return asksForMode(declaration.node, file, loader, depth - 1);
    if (declaration?.kind !== 'import') return false;
    const definition = definitionOf({ file, node: each }, loader);
    // A check of the request's body by a library says nothing of the mode; a module of the project, or the headers, may.
    return definition.kind !== 'export' || /^(?:next\/headers|[@~#.]\/)/u.test(definition.module);
  });
}
