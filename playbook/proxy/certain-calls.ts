/** Whether a call is made in every request, and its failure reaches the user: no `catch` around it, no test before it that asks for the route. */
import { stepsTo, testsBefore } from '../../analysis/flow/paths.ts';
import { truthOfPath } from '../../analysis/flow/reachability.ts';
import { isCaught } from '../../analysis/flow/exceptions/rejections.ts';
import { type Node, enclosingFunction, hasNode, isFunction, propertyName } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { declarationOf } from '../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import { type Variable, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
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

/** Members by whose names a test asks the environment, or the headers. */
const OF_MODE = /^(?:env|headers)$/u;
/** The same where the host decides, too. */
export const OF_MODE_OR_HOST = /^(?:env|headers|host|hostname|origin|port|protocol)$/u;

/** Whether a test asks for such members, or other modules of the project; also in functions of its file. */
export const asksForMode = (node: Node, file: SourceFile, loader: ModuleLoader, names = OF_MODE): boolean =>
  asks({ file, node }, { loader, names, followed: new Map() }, MAX_NAMES);

interface Question {
  readonly loader: ModuleLoader;
  readonly names: RegExp;
  /** The variables that were followed, and how many more names from there. */
  readonly followed: Map<Variable, number>;
}

function asks({ file, node }: Located, question: Question, depth: number): boolean {
  const { followed, loader, names } = question;
  return hasNode(node, (each) => {
    if (each.type === 'MemberExpression') return names.test(propertyName(each) ?? '');
    const variable = each.type === 'Identifier' ? variableOf(file, each) : undefined;
    const declaration = variable && declarationOf(variable);
    if (!declaration) return false;
    if ('path' in declaration && declaration.path.some((step) => typeof step === 'string' && names.test(step)))
      return true;
    if (depth <= (followed.get(variable) ?? 0)) return false;
    followed.set(variable, depth);
    if (declaration.kind === 'value' || (declaration.kind === 'declared' && isFunction(declaration.node)))
      return asks({ file, node: declaration.node }, question, depth - 1);
    if (declaration.kind !== 'import') return false;
    const definition = definitionOf({ file, node: each }, loader);
    // A check of the request's body by a library says nothing of the mode; a module of the project, or the headers, may.
    return definition.kind !== 'export' || /^(?:next\/headers|[@~#.]\/)/u.test(definition.module);
  });
}
