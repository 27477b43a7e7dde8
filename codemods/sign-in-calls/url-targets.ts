/** Where a sign-in URL goes, if a path of the app can be there as well: an `href`, `redirect()`, the browser's location, and a prop that leads to these. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Edit, insertItemAfter, replace } from '../../analysis/edits/edits.ts';
import { type Node, attributeName, wrapped, attributeNamed } from '../../analysis/syntax/ast.ts';
import { type Located } from '../../analysis/syntax/bindings/definitions.ts';
import { readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { useAt } from '../../playbook/libraries/index.ts';
import type { Project } from '../../project/project.ts';
import { propertyNamed } from '../../analysis/syntax/objects.ts';
import { isLocationTarget } from '../workspace/location.ts';
import { functionAt } from '../../analysis/syntax/functions.ts';

export interface UrlTarget {
  /** `next`: puts the base path in front by itself. */
  readonly kind: 'browser' | 'next';
  readonly file: SourceFile;
  /** What a path needs there that a foreign URL does not. */
  readonly edits: readonly Edit[];
}

/** A component inside a component inside a page. */
const MAX_DEPTH = 3;

/** All targets of a value; none where nothing uses it, undefined where one of them is not known. */
export function targetsOf(value: Located, project: Project): readonly UrlTarget[] | undefined {
  const search: Search = { file: value.file, project, depth: MAX_DEPTH };
  const places = placesOf(value);
  return places && targetsAt(places, search);
}

interface Search {
  readonly file: SourceFile;
  readonly project: Project;
  /** So many components more are looked into. */
  readonly depth: number;
}

function targetsAt(places: readonly Node[], search: Search): readonly UrlTarget[] | undefined {
  const found = places.map((place) => targetAt(place, search));
  return found.every((targets) => targets !== undefined) ? found.flat() : undefined;
}

/** Where a value is used: itself, or the reads of the constant that it becomes. */
function placesOf({ file, node: value }: Located): readonly Node[] | undefined {
  const carried = carrierOf(value);
  const { parent } = carried;
  if (parent?.type !== 'VariableDeclarator') return [carried];
  if (parent.init !== carried || parent.id.type !== 'Identifier' || parent.parent.kind !== 'const') return undefined;
  const variable = variableOf(file, parent.id);
  const isExported = parent.parent.parent.type === 'ExportNamedDeclaration';
  return variable && !isExported ? readsOf(variable).map((read) => carrierOf(read)) : undefined;
}

/** The expression that a value is one arm of: `isNew ? await getSignUpUrl() : await getSignInUrl()`. */
function carrierOf(value: Node): Node {
  let node = wrapped(value);
  for (;;) {
    const { parent } = node;
    const isArm =
      (parent?.type === 'ConditionalExpression' && parent.test !== node) ||
      (parent?.type === 'LogicalExpression' && parent.right === node);
    if (!parent || !isArm) return node;
    node = wrapped(parent);
  }
}

function targetAt(place: Node, search: Search): readonly UrlTarget[] | undefined {
  const { file, project } = search;
  const { parent } = place;
  if (parent?.type === 'CallExpression' && parent.arguments[0] === place) {
    const isRedirect = useAt({ file, node: parent }, project)?.entry.redirectsTo === 'url';
    return isRedirect ? [{ kind: 'next', file, edits: [] }] : undefined;
  }
  if (parent?.type === 'AssignmentExpression' && parent.right === place)
    // The browser asks for it as for a foreign URL.
    return isLocationTarget({ file, node: parent.left }) ? [{ kind: 'browser', file, edits: [] }] : undefined;
  return place.type === 'JSXExpressionContainer' && parent?.type === 'JSXAttribute'
    ? attributeTargets(parent, search)
    : undefined;
}

function attributeTargets(attribute: TSESTree.JSXAttribute, search: Search): readonly UrlTarget[] | undefined {
  const { file, project } = search;
  const element = attribute.parent;
  const name = attributeName(attribute);
  if (element.name.type === 'JSXIdentifier' && element.name.name === 'a')
    return name === 'href' ? [{ kind: 'browser', file, edits: [] }] : undefined;
  const known = useAt({ file, node: element }, project);
  if (!known) return propTargets(element, name, search);
  // Other links put a locale in front of a path.
  if (known.entry.link?.isPlain !== true || name !== 'href') return undefined;
  const edits = unprefetched(element, attribute, file);
  return edits && [{ kind: 'next', file, edits }];
}

/** What a component of the app does with a prop that it takes by its name. */
function propTargets(
  { name: component }: TSESTree.JSXOpeningElement,
  prop: string,
  { depth, file, project }: Search,
): readonly UrlTarget[] | undefined {
  const made = depth > 0 ? functionAt({ file, node: component }, project) : undefined;
  const props = made?.node.params[0];
  if (!made || props?.type !== 'ObjectPattern') return undefined;
  const own = propertyNamed(props, prop);
  if (own?.value.type !== 'Identifier') return undefined;
  const variable = variableOf(made.file, own.value);
  const places = variable && readsOf(variable).map((read) => carrierOf(read));
  return places && targetsAt(places, { file: made.file, project, depth: depth - 1 });
}

/** A path of the app is prefetched where a foreign URL was not (PLAYBOOK §6). */
function unprefetched(
  element: TSESTree.JSXOpeningElement,
  href: TSESTree.JSXAttribute,
  file: SourceFile,
): readonly Edit[] | undefined {
  if (element.attributes.some(({ type }) => type !== 'JSXAttribute')) return undefined;
  const prefetch = attributeNamed(element, 'prefetch');
  if (!prefetch) return insertItemAfter(file, href, 'prefetch={false}', '');
  const { value } = prefetch;
  const isOff =
    value?.type === 'JSXExpressionContainer' && value.expression.type === 'Literal' && value.expression.value === false;
  return isOff ? [] : [replace(prefetch, 'prefetch={false}')];
}
