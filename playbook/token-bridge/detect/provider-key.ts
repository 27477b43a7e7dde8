/** `<ConvexProviderWithAuth key={accessToken}>`: every new token mounts the provider again, which starts auth over (PLAYBOOK section 2). */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, unwrap, attributeNamed } from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { armsOf } from '../../../analysis/flow/origins.ts';
import { usesOf } from '../../libraries/index.ts';
import { isValue, originsOf } from '../values/trace.ts';

export interface TokenKey {
  readonly attribute: TSESTree.JSXAttribute;
  readonly value: Node;
}

/** The keys of Convex's providers, and of the elements around them, that are another one with every token. */
export function tokenKeysIn(file: SourceFile, loader: ModuleLoader): TokenKey[] {
  const elements = usesOf(file, loader).flatMap(({ entry, node }) =>
    entry.tokenProvider !== undefined && node.type === 'JSXOpeningElement' ? [node] : [],
  );
  const found = elements.flatMap((element) => elementsAround(element).flatMap((one) => keyOf(one, file, loader) ?? []));
  return found.filter(({ attribute }, index) => found.findIndex((one) => one.attribute === attribute) === index);
}

function elementsAround(element: Node): TSESTree.JSXOpeningElement[] {
  const found: TSESTree.JSXOpeningElement[] = [];
  for (let current: Node | undefined = element; current && !isFunction(current); current = current.parent)
    if (current.type === 'JSXElement') found.push(current.openingElement);
  return found;
}

function keyOf(element: TSESTree.JSXOpeningElement, file: SourceFile, loader: ModuleLoader): TokenKey | undefined {
  const attribute = attributeNamed(element, 'key');
  const value = attribute?.value?.type === 'JSXExpressionContainer' ? attribute.value.expression : undefined;
  return attribute && value && isOfToken(value, file, loader) ? { attribute, value } : undefined;
}

/** Whether an expression is the token, or a text that holds it. */
function isOfToken(expression: Node, file: SourceFile, loader: ModuleLoader, depth = 0): boolean {
  const node = unwrap(expression);
  if (depth > 10) return false;
  const parts = node.type === 'TemplateLiteral' ? node.expressions : armsOf(node);
  if (parts) return parts.some((part) => isOfToken(part, file, loader, depth + 1));
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
  return originsOf({ file, node, path: [] }, loader).some(
    (origin) =>
      isValue(origin, 'token.value') ||
      // `const session = accessToken ?? 'anonymous'`
      (origin.kind === 'expression' &&
        origin.at.path.length === 0 &&
        unwrap(origin.at.node) !== node &&
        isOfToken(origin.at.node, origin.at.file, loader, depth + 1)),
  );
}
