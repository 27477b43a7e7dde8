/** Where a file uses components, in every form in which a link hides: as an element, as a prop, by `createElement`. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor, onceForBoth } from '../../analysis/once.ts';
import { returnedExpressions } from '../../analysis/flow/paths.ts';
import {
  type FunctionNode,
  type Node,
  attributeName,
  contains,
  enclosingFunction,
  propertyName,
  unwrap,
  wrapped,
  attributeNamed,
} from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import { declarationOf } from '../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import { readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { reactExport } from '../react.ts';
import { MAKES_ELEMENTS } from './link-modules.ts';
import { NO_HREF } from './path-spread.ts';

export interface ComponentUse {
  readonly file: SourceFile;
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

/** Every use of a component in a file, found by references, in source order. */
export const componentUsesIn = onceForBoth((file: SourceFile, loader: ModuleLoader): readonly ComponentUse[] =>
  file.scopes.scopes
    .flatMap(({ references }) => references.flatMap(({ identifier }) => useAt(file, identifier, loader) ?? []))
    .sort((a, b) => a.node.range[0] - b.node.range[0]),
);

/** Those in a function. */
export const componentUsesWithin = ({ file, node }: Located<FunctionNode>, loader: ModuleLoader): ComponentUse[] =>
  componentUsesIn(file, loader).filter((use) => contains(node, use.node));

function useAt(file: SourceFile, identifier: Node, loader: ModuleLoader): ComponentUse | undefined {
  if (identifier.type === 'JSXIdentifier') return elementUse(file, identifier, loader);
  if (!identifier.parent || !MAY_HAND_OVER.has(identifier.parent.type)) return undefined;
  const component = outermostMember(identifier);
  const expression = outermostChoice(component);
  const { parent } = expression;
  if (parent?.type === 'JSXAttribute') {
    // component={Link}, as={Link}, LinkComponent={Link}: href and prefetch stand on the host.
    const host = parent.parent;
    return { file, component, carriers: [host], node: host };
  }
  if (parent?.type === 'Property' && parent.value === expression) return slotUse(file, component, parent);
  if (parent?.type !== 'CallExpression' || parent.arguments[0] !== expression) return undefined;
  return madeUse(component, { file, node: parent }, loader);
}

/** `createElement(Link, { href })`, `cloneElement(link, { href })` */
function madeUse(
  component: Node,
  { file, node }: Located<TSESTree.CallExpression>,
  loader: ModuleLoader,
): ComponentUse | undefined {
  const made = elementFunction({ file, node }, loader);
  if (made === undefined || isOnlyCloned({ file, node }, loader)) return undefined;
  const element = made === 'cloneElement' ? elementBehind({ file, node: component }, loader) : undefined;
  if (made === 'cloneElement' && !element) return undefined;
  return {
    file,
    component: element?.component ?? component,
    carriers: [...(element?.carriers ?? []), ...propsOfCall(node), ...propsOfClones({ file, node }, loader)],
    node,
  };
}

/** `const link = <Link href="/" />; cloneElement(link, { href })`: what the element is, and what it has so far. */
function elementBehind(
  name: Located,
  loader: ModuleLoader,
  depth = 0,
): Pick<ComponentUse, 'carriers' | 'component'> | undefined {
  const definition = definitionOf(name, loader);
  if (definition.kind !== 'value' || definition.file !== name.file || depth > MAX_CLONES) return undefined;
  const { file, node } = definition;
  if (node.type === 'JSXElement') return { component: node.openingElement.name, carriers: [node.openingElement] };
  const made = node.type === 'CallExpression' ? elementFunction({ file, node }, loader) : undefined;
  const [first] = node.type === 'CallExpression' ? node.arguments : [];
  if (node.type !== 'CallExpression' || made === undefined || !first) return undefined;
  if (made !== 'cloneElement') return { component: first, carriers: propsOfCall(node) };
  const cloned = elementBehind({ file, node: first }, loader, depth + 1);
  return cloned && { ...cloned, carriers: [...cloned.carriers, ...propsOfCall(node)] };
}

const MAX_CLONES = 10;

/** The call that clones an element where it is written. */
function cloneOf({ file, node }: Located, loader: ModuleLoader): Located<TSESTree.CallExpression> | undefined {
  const element = outermostChoice(node);
  const { parent } = element;
  return parent?.type === 'CallExpression' &&
    parent.arguments[0] === element &&
    elementFunction({ file, node: parent }, loader) === 'cloneElement'
    ? { file, node: parent }
    : undefined;
}

/** The props that clones of an element lay over it: `cloneElement(createElement(Link, …), { prefetch: false })`. */
function propsOfClones(element: Located, loader: ModuleLoader): TSESTree.Expression[] {
  const clone = cloneOf(element, loader);
  return clone ? [...propsOfCall(clone.node), ...propsOfClones(clone, loader)] : [];
}

/** Whether an element has a name that only calls are given which clone it: it is not on any page itself. */
function isOnlyCloned({ file, node }: Located, loader: ModuleLoader): boolean {
  const value = wrapped(node);
  const declarator = value.parent;
  const isNamed =
    declarator?.type === 'VariableDeclarator' &&
    declarator.init === value &&
    declarator.parent.parent.type !== 'ExportNamedDeclaration';
  const variable = isNamed && declarator.id.type === 'Identifier' ? variableOf(file, declarator.id) : undefined;
  const reads = variable ? readsOf(variable) : [];
  return reads.length > 0 && reads.every((read) => cloneOf({ file, node: read }, loader) !== undefined);
}

function propsOfCall({ arguments: [, props] }: TSESTree.CallExpression): TSESTree.Expression[] {
  return props && props.type !== 'SpreadElement' ? [props] : [];
}

/**
 * `slots={{ root: Link }}`: the root is given what the host does not keep, each slot what stands for it in `slotProps`.
 * Older versions of the same libraries say `components` and `componentsProps`.
 */
function slotUse(file: SourceFile, component: Node, slot: TSESTree.Property): ComponentUse | undefined {
  const attribute = wrapped(slot.parent).parent;
  if (attribute?.type !== 'JSXAttribute' || !/^(?:slots|components)$/u.test(attributeName(attribute))) return undefined;
  const host = attribute.parent;
  const name = propertyName(slot)?.toLowerCase();
  const props = host.attributes.flatMap((one) => {
    const all =
      one.type === 'JSXAttribute' && one.value && /^(?:slot|components)Props$/u.test(attributeName(one))
        ? unwrap(one.value)
        : undefined;
    const own =
      all?.type === 'ObjectExpression'
        ? all.properties.find((each) => each.type === 'Property' && propertyName(each)?.toLowerCase() === name)
        : undefined;
    return own?.type === 'Property' && own.value.type === 'ObjectExpression' ? [own.value] : [];
  });
  const carriers = name === 'root' ? [host, ...props] : props;
  return carriers.length > 0 ? { file, component, carriers, node: host } : undefined;
}

/** Asked for each call that is given a name, so the text is searched once. */
const mayMakeElements = onceFor(({ text }: SourceFile) => MAKES_ELEMENTS.test(text));

/** The function of React that a call makes an element with: `createElement(Link, …)`, `jsx(Link, …)`. */
function elementFunction({ file, node }: Located<TSESTree.CallExpression>, loader: ModuleLoader): string | undefined {
  const name = mayMakeElements(file) ? reactExport({ file, node: node.callee }, loader) : undefined;
  return name !== undefined && ['cloneElement', 'createElement', 'jsx', 'jsxDEV', 'jsxs'].includes(name)
    ? name
    : undefined;
}

/** What may stand between a component's name and the attribute or call that takes it. */
const MAY_HAND_OVER = new Set([
  'CallExpression',
  'ConditionalExpression',
  'JSXExpressionContainer',
  'LogicalExpression',
  'MemberExpression',
  'Property',
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

function elementUse(file: SourceFile, identifier: Node, loader: ModuleLoader): ComponentUse | undefined {
  let name = identifier;
  while (name.parent?.type === 'JSXMemberExpression') name = name.parent;
  const opening = name.parent;
  if (opening?.type !== 'JSXOpeningElement' || opening.name !== name) return undefined;
  const element = outermostChoice(opening.parent);
  const at = { file, node: opening.parent };
  if (isOnlyCloned(at, loader)) return undefined;
  // cloneElement(<Link href="/" />, { href })
  if (cloneOf(at, loader))
    return { file, component: name, carriers: [opening, ...propsOfClones(at, loader)], node: opening };
  const host = hostOf(file, opening, element);
  return { file, component: name, carriers: host ? [host, opening] : [opening], node: opening };
}

/** The element that hands its own props on to this one. */
function hostOf(
  file: SourceFile,
  opening: TSESTree.JSXOpeningElement,
  element: Node,
): TSESTree.JSXOpeningElement | undefined {
  // render={<Link />}, render={(props) => <Link {...props} />}
  const rendered = renderFunction(file, opening, element) ?? element;
  const outer = wrapped(rendered).parent;
  if (outer?.type === 'JSXAttribute') return outer.parent;
  if (outer?.type !== 'JSXElement') return undefined;
  return attributeNamed(outer.openingElement, 'asChild') && outer.openingElement;
}

/** The function that gives an element with all the props that the function is given. */
function renderFunction(
  file: SourceFile,
  { attributes }: TSESTree.JSXOpeningElement,
  element: Node,
): FunctionNode | undefined {
  const owner = enclosingFunction(element);
  if (!owner || !returnedExpressions(owner).some((result) => wrapped(result) === element)) return undefined;
  const takesProps = attributes.some((attribute) => {
    const variable =
      attribute.type === 'JSXSpreadAttribute' && attribute.argument.type === 'Identifier'
        ? variableOf(file, attribute.argument)
        : undefined;
    const declaration = variable && declarationOf(variable);
    return (
      declaration?.kind === 'parameter' &&
      declaration.function === owner &&
      declaration.index === 0 &&
      declaration.path.length === 0
    );
  });
  return takesProps ? owner : undefined;
}

/** `Menu` of `Menu.Item`. */
export function rootOfComponent(component: Node): TSESTree.Identifier | TSESTree.JSXIdentifier | undefined {
  let root = component;
  while (root.type === 'JSXMemberExpression' || root.type === 'MemberExpression') root = root.object;
  return root.type === 'JSXIdentifier' || root.type === 'Identifier' ? root : undefined;
}

/** Whether a use has anything that could be an href: most components have not, and cost nothing more. */
export function mayHaveHref({ carriers }: ComponentUse): boolean {
  return carriers.some(
    (carrier) =>
      carrier.type !== 'JSXOpeningElement' ||
      carrier.attributes.some(
        (attribute) => attribute.type === 'JSXSpreadAttribute' || !NO_HREF.test(attributeName(attribute)),
      ),
  );
}
