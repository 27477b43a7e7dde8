/**
 * Where a form may be. HTML parsers close a paragraph before a form, and drop a form in a form: its button then submits the outer one. A component
 * around the link counts as what its code puts around its children.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode, unwrap, walk, attributeNamed } from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';

interface Forbidden {
  readonly tag: RegExp;
  /** Names are all that can be had of packages; the wrong guess here leaves a link alone. */
  readonly component: RegExp;
}

// A form of react-hook-form, of next/form and their like has `Form` at its end.
const NO_FORM: Forbidden = {
  tag: /^(?:form|a|button|p|table|tbody|tr|h[1-6])$/u,
  component: /(?:^|[a-z])(?:Button|Close|Description|Form|Heading|Paragraph|Text|Title|Trigger|Typography)$/u,
};
const NO_BUTTON: Forbidden = { tag: /^button$/u, component: /(?:^|[a-z])(?:Button|Close|Trigger)$/u };
/** `const Comp = asChild ? Slot : 'button'`. */
const TEXTS = /["'](?<name>\w+)["']/gu;
const MAX_COMPONENTS = 8;

/** What is around a link: elements of its file, and the project to find the components in. */
export interface Around {
  readonly elements: readonly TSESTree.JSXElement[];
  readonly file: SourceFile;
  readonly project: Project;
}

export const allowsFormIn = (around: Around): boolean => allow(around, NO_FORM, MAX_COMPONENTS);
export const allowsButtonIn = (around: Around): boolean => allow(around, NO_BUTTON, MAX_COMPONENTS);

function allow({ elements, file, project }: Around, forbidden: Forbidden, budget: number): boolean {
  return elements.every(({ openingElement }) => {
    const { name } = openingElement;
    if (name.type === 'JSXIdentifier' && /^[a-z]/u.test(name.name)) return !forbidden.tag.test(name.name);
    // Its only child is in its place, and is asked itself.
    if (attributeNamed(openingElement, 'asChild')) return true;
    const shown = file.text.slice(...name.range).replace(/^.*\./u, '');
    if (name.type === 'JSXNamespacedName' || budget === 0) return true;
    const definition = definitionOf({ file, node: name }, project);
    if (definition.kind !== 'value' || definition.path.length > 0) return !forbidden.component.test(shown);
    const { node } = definition;
    if (node.type === 'ConditionalExpression') {
      const texts = definition.file.text.slice(...node.range).matchAll(TEXTS);
      return [...texts].every(({ groups }) => !forbidden.tag.test(groups?.['name'] ?? ''));
    }
    return allow({ elements: aroundChildren(node), file: definition.file, project }, forbidden, budget - 1);
  });
}

/** The elements that a component puts around its children, by a child or by a spread of its props. */
function aroundChildren(component: Node): TSESTree.JSXElement[] {
  const found: TSESTree.JSXElement[] = [];
  walk(component, (node) => {
    if (node.type !== 'JSXElement') return true;
    const isAround = hasNode(node, (inner) => inner.type === 'JSXElement' && holdsChildren(inner));
    if (isAround) found.push(node);
    return isAround;
  });
  return found;
}

function holdsChildren({ children, openingElement: { attributes } }: TSESTree.JSXElement): boolean {
  if (children.some((child) => child.type === 'JSXExpressionContainer' && isChildren(unwrap(child)))) return true;
  return children.length === 0 && attributes.some(({ type }) => type === 'JSXSpreadAttribute');
}

function isChildren(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'children';
  return (
    node.type === 'MemberExpression' &&
    !node.computed &&
    node.property.type === 'Identifier' &&
    node.property.name === 'children'
  );
}
