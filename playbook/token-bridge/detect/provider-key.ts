/** `<ConvexProviderWithAuth key={accessToken}>`: every new token mounts the provider again, which starts auth over (PLAYBOOK section 2). */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, unwrap, attributeNamed } from '../../../analysis/syntax/ast.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { isKnownWithout } from '../../../analysis/flow/object-members.ts';
import { armsOf } from '../../../analysis/flow/origins.ts';
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import { usesOf } from '../../libraries/index.ts';
import { isValue, memberOf, originsOf } from '../values/trace.ts';

export interface TokenKey {
  /** The prop, or the spread of an object that holds it. */
  readonly attribute: TSESTree.JSXAttribute | TSESTree.JSXSpreadAttribute;
  /** What the message names. */
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
  if (!attribute) return spreadKeyOf(element, file, loader);
  const value = attribute.value?.type === 'JSXExpressionContainer' ? attribute.value.expression : undefined;
  return value && isOfToken(value, file, loader) ? { attribute, value } : undefined;
}

/** `{...{ key: accessToken }}`: the last spread that has a key, where those after it are known to have none. */
function spreadKeyOf(
  { attributes }: TSESTree.JSXOpeningElement,
  file: SourceFile,
  loader: ModuleLoader,
): TokenKey | undefined {
  for (const attribute of attributes.toReversed()) {
    if (attribute.type !== 'JSXSpreadAttribute') continue;
    const [object, other] = originsOf({ file, node: attribute.argument, path: [] }, loader);
    if (object?.kind !== 'expression' || other) return undefined;
    if (isKnownWithout(object.at.node, 'key')) continue;
    const key = memberOf(object.at, ['key'], loader);
    const value = key?.file === file ? key.node : attribute.argument;
    return key && isToken(key, loader) ? { attribute, value } : undefined;
  }
  return undefined;
}

/** Whether an expression is the token, or a text that holds it. */
function isOfToken(expression: Node, file: SourceFile, loader: ModuleLoader, depth = 0): boolean {
  const node = unwrap(expression);
  if (depth > 10) return false;
  const parts = node.type === 'TemplateLiteral' ? node.expressions : armsOf(node);
  if (parts) return parts.some((part) => isOfToken(part, file, loader, depth + 1));
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
  return isToken({ file, node, path: [] }, loader, depth);
}

const isToken = (ref: Ref, loader: ModuleLoader, depth = 0): boolean =>
  originsOf(ref, loader).some(
    (origin) =>
      isValue(origin, 'token.value') ||
      // `const session = accessToken ?? 'anonymous'`
      (origin.kind === 'expression' &&
        origin.at.path.length === 0 &&
        unwrap(origin.at.node) !== unwrap(ref.node) &&
        isOfToken(origin.at.node, origin.at.file, loader, depth + 1)),
  );
