/** Whether a spread of props that nobody knows may bring a `prefetch` of its own, over the one that stands before it. */
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode, Node } from '../../analysis/syntax/ast.ts';
import { declarationOf } from '../../analysis/syntax/declarations.ts';
import { variableOf } from '../../analysis/syntax/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';

/** Types whose values may have a `prefetch`: the props of a link, or anything at all. */
const LINK_PROPS = /\bLinkProps\b|\btypeof\s+[\w$]*Link\b|\bany\b/u;

/**
 * True for the props (or their rest) of a component whose type lets `prefetch` through, or that has no type at all in a
 * JavaScript file. False for anything else: few spreads hold `prefetch`, and one that is taken out first does not.
 */
export function mayBringPrefetch(file: SourceFile, { argument }: TSESTree.JSXSpreadAttribute): boolean {
  const variable = argument.type === 'Identifier' ? variableOf(file, argument) : undefined;
  const declaration = variable && declarationOf(variable);
  if (declaration?.kind !== 'parameter' || declaration.index !== 0) return false;
  const isWhole = declaration.path.every((step) => typeof step !== 'string' && !step.omit.includes('prefetch'));
  if (!isWhole) return false;
  const type = typeOfProps(declaration.function);
  if (type) return LINK_PROPS.test(textOfType(file, type));
  return /\.[cm]?jsx?$/iu.test(file.path);
}

function typeOfProps({ params: [first] }: FunctionNode): Node | undefined {
  const pattern = first?.type === 'AssignmentPattern' ? first.left : first;
  return pattern?.type === 'Identifier' || pattern?.type === 'ObjectPattern'
    ? pattern.typeAnnotation?.typeAnnotation
    : undefined;
}

// A type of the file by its name, as it is declared there.
function textOfType(file: SourceFile, type: Node): string {
  const own = file.text.slice(...type.range);
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return own;
  const { name } = type.typeName;
  const declared = file.ast.body
    .map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement))
    .find(
      (one) =>
        (one?.type === 'TSInterfaceDeclaration' || one?.type === 'TSTypeAliasDeclaration') && one.id.name === name,
    );
  return declared ? file.text.slice(...declared.range) : own;
}
