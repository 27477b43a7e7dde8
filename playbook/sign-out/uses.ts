/** Where a file uses components, in every form in which a link hides: as an element, as a prop, by `createElement`. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, attributeName, wrapped } from '../../analysis/ast.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import type { SourceFile } from '../../analysis/source-file.ts';
import { makesElement } from './components.ts';

export interface ComponentUse {
  /** The name of the component where it is used: `Link` of `<Link>`, of `component={Link}`, of `createElement(Link)`. */
  readonly component: Node;
  /**
   * What carries the props. With more than one, earlier ones are laid under later ones: a host hands its own on to the
   * element in `render={<Link />}`, or to its child under `asChild`.
   */
  readonly carriers: readonly (TSESTree.Expression | TSESTree.JSXOpeningElement)[];
  /** The element or call as a whole. */
  readonly node: TSESTree.CallExpression | TSESTree.JSXOpeningElement;
}

const cache = new WeakMap<SourceFile, readonly ComponentUse[]>();

/** Every use of a component in a file, found by references, in source order. */
export function componentUsesIn(file: SourceFile, loader: ModuleLoader): readonly ComponentUse[] {
  let uses = cache.get(file);
  if (!uses) {
    uses = collect(file, loader);
    cache.set(file, uses);
  }
  return uses;
}

function collect(file: SourceFile, loader: ModuleLoader): ComponentUse[] {
  const uses: ComponentUse[] = [];
  for (const scope of file.scopes.scopes) {
    for (const reference of scope.references) {
      const use = useAt(file, reference.identifier, loader);
      if (use) uses.push(use);
    }
  }
  return uses.sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function useAt(file: SourceFile, identifier: Node, loader: ModuleLoader): ComponentUse | undefined {
  if (identifier.type === 'JSXIdentifier') return elementUse(identifier);
  if (!identifier.parent || !MAY_HAND_OVER.has(identifier.parent.type)) return undefined;
  const component = outermostMember(identifier);
  const expression = outermostChoice(component);
  const { parent } = expression;
  if (parent?.type === 'JSXAttribute') {
    // component={Link}, as={Link}, LinkComponent={Link}: href and prefetch stand on the host.
    const host = parent.parent;
    return { component, carriers: [host], node: host };
  }
  if (parent?.type === 'CallExpression' && parent.arguments[0] === expression && MAKES_ELEMENTS.test(file.text) && makesElement({ file, node: parent }, loader)) {
    const props = parent.arguments[1];
    return { component, carriers: props && props.type !== 'SpreadElement' ? [props] : [], node: parent };
  }
  return undefined;
}

/** A file without these words calls no function that makes elements, whatever it calls it. */
const MAKES_ELEMENTS = /\bcreateElement\b|\bjsx-(?:dev-)?runtime\b/u;

/** What may stand between a component's name and the attribute or call that takes it. */
const MAY_HAND_OVER = new Set([
  'CallExpression',
  'ConditionalExpression',
  'JSXExpressionContainer',
  'LogicalExpression',
  'MemberExpression',
  'TSAsExpression',
]);

// as={isExternal ? 'a' : Link}
function outermostChoice(component: Node): Node {
  let current = wrapped(component);
  for (;;) {
    const { parent } = current;
    const isArm =
      (parent?.type === 'ConditionalExpression' && parent.test !== current) || parent?.type === 'LogicalExpression';
    if (!isArm) return current;
    current = wrapped(parent);
  }
}

function outermostMember(identifier: Node): Node {
  let current = identifier;
  while (current.parent?.type === 'MemberExpression' && current.parent.object === current) current = current.parent;
  return current;
}

function elementUse(identifier: Node): ComponentUse | undefined {
  let name = identifier;
  while (name.parent?.type === 'JSXMemberExpression') name = name.parent;
  const opening = name.parent;
  if (opening?.type !== 'JSXOpeningElement' || opening.name !== name) return undefined;
  const host = hostOf(opening);
  return { component: name, carriers: host ? [host, opening] : [opening], node: opening };
}

/** The element that hands its own props on to this one. */
function hostOf(opening: TSESTree.JSXOpeningElement): TSESTree.JSXOpeningElement | undefined {
  const element = opening.parent;
  const outer = wrapped(element).parent;
  // render={<Link />}
  if (outer?.type === 'JSXAttribute') return outer.parent;
  if (outer?.type !== 'JSXElement') return undefined;
  const isSlot = outer.openingElement.attributes.some(
    (attribute) => attribute.type === 'JSXAttribute' && attributeName(attribute) === 'asChild',
  );
  return isSlot ? outer.openingElement : undefined;
}
