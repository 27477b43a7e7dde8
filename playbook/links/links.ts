/** What a use of a component links to, and whether it prefetches that: through wrappers, loops and conditions. */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, contains, unwrap, walk } from '../../analysis/syntax/ast.ts';
import type { Located } from '../../analysis/syntax/bindings/definitions.ts';
import { declarationOf, writesOf } from '../../analysis/syntax/bindings/declarations.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { runsOf } from '../../analysis/values/iterations.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import {
  type Frame,
  type ObjectValue,
  type PropertyValue,
  type Value,
  alternativesOf,
  literal,
} from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';
import { type ComponentSearch, type LinkModel, ROUTER, type WrapperModel, componentModel } from './components.ts';
import { type HrefPath, hrefPathsOf } from './hrefs.ts';
import { type ExtraProp, propsOf, withAttrs, withExtra } from './props.ts';
import { linkEvaluator } from './link-evaluator.ts';
import { runsWithRenderProps } from './render-props.ts';
import { type ComponentUse, componentUsesIn } from './component-uses.ts';

/** `off` is `prefetch={false}` alone; the string `"false"`, null and undefined prefetch. */
export type Prefetch = 'off' | 'on' | 'unknown';

/** One link that a use of a component makes. */
export interface Link {
  readonly model: LinkModel;
  /** What the wrapper is called, where the link stands inside one. */
  readonly wrapper?: WrapperModel;
  readonly paths: readonly HrefPath[];
  readonly prefetch: Prefetch;
  /** The prop of the use that holds the href. Undefined when none holds it as it is: an item of a list. */
  readonly hrefProperty?: PropertyValue | undefined;
  /** The prop of the use that holds `prefetch`, or the spread that may. */
  readonly prefetchProperty?: PropertyValue | undefined;
}

const MAX_WRAPPERS = 5;
/** How deep a component is followed that renders itself: a tree of pages. */
const MAX_RECURSION = 2;
/** How deep lists of links are nested: sections of groups of items. */
export const MAX_NESTING = 8;

/** What the links of a file are asked with. */
export interface LinkQuestion {
  readonly project: Project;
  /** Shared by all uses of a file, for it remembers what it found. */
  readonly evaluator: Evaluator;
  /** The wanted paths that a component fetches through a router because of its props. */
  readonly fetchedBy: (component: Located<FunctionNode>, props: ObjectValue) => readonly HrefPath[];
  /** Links to other paths are left out: it is expensive to find out whether they are rendered. */
  readonly isWanted: (path: HrefPath) => boolean;
  /** A prop to add to the use: what a fix would make of it. */
  readonly extra?: ExtraProp;
}

/** The links to wanted paths that a use of a component makes; none for a component that is no link and wraps none. */
export function linksOf(file: SourceFile, use: ComponentUse, question: LinkQuestion): Link[] {
  const links = linksOfRuns(file, use, question);
  // Most uses make none, and a condition adds none.
  const shared = links.length > 0 ? sharedCondition(file, use) : undefined;
  if (shared === undefined) return links;
  return evaluatorsFor(file, shared, question.project).flatMap((evaluator) =>
    linksOfRuns(file, use, { ...question, evaluator }),
  );
}

function linksOfRuns(file: SourceFile, use: ComponentUse, question: LinkQuestion): Link[] {
  const runs = runsWithRenderProps(question.evaluator, { file, node: use.node }, (run) => searchIn(run, question));
  return runs.flatMap((run) => linksOfRun(file, use, run, question, MAX_WRAPPERS));
}

/** What a component is looked for with, within a run. */
const searchIn = (frame: Frame | undefined, { evaluator, project }: LinkQuestion): ComponentSearch => ({
  loader: project,
  isReached: (place) => isReachable(evaluator, place, frame),
  evaluate: (expression) => evaluator.evaluate(expression, frame),
});

function linksOfRun(
  file: SourceFile,
  use: ComponentUse,
  frame: Frame | undefined,
  question: LinkQuestion,
  wrappers: number,
): Link[] {
  const { evaluator, extra, isWanted, project } = question;
  // What the component is may lie several files away: asked only of a use that hands a wanted path on.
  const given = propsOf(evaluator, file, use, frame).filter((props) => hasWanted(props, isWanted, MAX_NESTING));
  const search = searchIn(frame, question);
  const model =
    given.length > 0 && componentModel({ file, node: use.component }, search, project.settings.linkComponents);
  if (!model) return [];
  const wanted = given.flatMap((one) => {
    const props = withAttrs(withExtra(one, extra), model.attrs, evaluator);
    const links =
      model.kind === 'link'
        ? [plainLink(model, props, question)]
        : linksInside(file, use, model, props, question, wrappers);
    return links.filter(({ paths }) => paths.length > 0);
  });
  return wanted.length > 0 && search.isReached({ file, node: use.component }) ? wanted : [];
}

function plainLink(model: LinkModel, props: ObjectValue, { isWanted }: LinkQuestion): Link {
  const hrefProperty = model.hrefProps.map((name) => props.properties.get(name)).find(Boolean);
  return {
    model,
    paths: hrefProperty ? hrefPathsOf(hrefProperty.value).filter(isWanted) : [],
    prefetch: prefetchOf(props),
    hrefProperty,
    prefetchProperty: props.properties.get('prefetch'),
  };
}

/** The links in a wrapper's body that hang on the props of this use. Others are reported where they stand. */
function linksInside(
  file: SourceFile,
  use: ComponentUse,
  wrapper: WrapperModel,
  props: ObjectValue,
  question: LinkQuestion,
  wrappers: number,
): Link[] {
  const { component } = wrapper;
  const isRecursive = component.file === file && contains(component.node, use.node);
  const left = isRecursive ? Math.min(wrappers, MAX_RECURSION) : wrappers;
  if (left === 0 || props.properties.size === 0) return [];
  const frame: Frame = { code: component.node, args: [props], upper: undefined };
  const { extra: _, ...inner } = question;
  const fetched = question.fetchedBy(component, props);
  const prefetchProperty = props.properties.get('prefetch');
  const byRouter: Link = {
    model: ROUTER,
    wrapper,
    paths: fetched,
    prefetch: 'on',
    hrefProperty: propertyWith(props, fetched),
    prefetchProperty,
  };
  const links = componentUsesIn(component.file, question.project)
    .filter((one) => contains(component.node, one.node))
    .flatMap((one) =>
      runsOf(question.evaluator, { file: component.file, node: one.node }, frame).flatMap((run) => {
        const inside = linksOfRun(component.file, one, run, inner, left - 1);
        if (inside.length === 0) return [];
        const own = new Set(ownPaths(question.evaluator, component.file, one));
        return inside.map((link): Link => {
          const paths = link.paths.filter(({ pathname }) => !own.has(pathname));
          return { ...link, wrapper, paths, hrefProperty: propertyWith(props, paths), prefetchProperty };
        });
      }),
    );
  return [...links, byRouter];
}

/** The prop that a path was handed over in, with what the wrapper puts before it or without: in itself, or in an item of a list. */
function propertyWith(props: ObjectValue, paths: readonly HrefPath[]): PropertyValue | undefined {
  const isHanded = ({ pathname }: HrefPath): boolean =>
    pathname !== '/' && paths.some((path) => path.pathname.endsWith(pathname));
  return [...props.properties.values()].find(({ value }) => hasWanted(value, isHanded, MAX_NESTING));
}

/** The paths that a link in a wrapper has whatever its props are. */
function ownPaths(evaluator: Evaluator, file: SourceFile, use: ComponentUse): string[] {
  return propsOf(evaluator, file, use, undefined).flatMap(({ properties }) =>
    [...properties.values()].flatMap(({ value }) => hrefPathsOf(value).map(({ pathname }) => pathname)),
  );
}

/** Whether a value is, or holds, the text of a wanted path: an item of a list of links, say. */
export function hasWanted(value: Value, isWanted: LinkQuestion['isWanted'], depth: number): boolean {
  if (depth === 0) return false;
  return alternativesOf(value).some((one) => {
    if (one.type === 'object')
      return [...one.properties.values()].some((property) => hasWanted(property.value, isWanted, depth - 1));
    if (one.type === 'array') return one.items.some((item) => hasWanted(item.value, isWanted, depth - 1));
    // What stands next to it, in `{ pathname, query }`, may be its query.
    return hrefPathsOf(one).some(({ search: _, ...path }) => isWanted(path));
  });
}

function prefetchOf(props: ObjectValue): Prefetch {
  const property = props.properties.get('prefetch');
  if (!property) return 'on';
  const states = alternativesOf(property.value).map(prefetchOfValue);
  if (states.includes('on')) return 'on';
  return states.every((state) => state === 'off') ? 'off' : 'unknown';
}

function prefetchOfValue(value: Value): Prefetch {
  if (value.type === 'literal') return value.value === false ? 'off' : 'on';
  return value.type === 'unknown' ? 'unknown' : 'on';
}

/**
 * An evaluator for each answer to a condition that several props depend on: `href={on ? '/a' : '/sign-out'}` next to
 * `prefetch={on ? undefined : false}` is right, which only shows when the condition has one answer at a time.
 */
function evaluatorsFor(file: SourceFile, shared: string, project: Project): Evaluator[] {
  return [true, false].map((truth) =>
    linkEvaluator(project, (expression) =>
      expression.file === file && isSameText(expression, shared) ? literal(truth, expression) : undefined,
    ),
  );
}

const isSameText = ({ file, node }: Located, text: string): boolean =>
  node.range[1] - node.range[0] === text.length && file.text.startsWith(text, node.range[0]);

/** Constants that are made of one another: `const target = user ? '/sign-out' : '/sign-in'`. */
const MAX_CONSTANTS = 2;

function constantOf(file: SourceFile, name: TSESTree.Identifier): Node | undefined {
  const variable = variableOf(file, name);
  const declaration = variable && declarationOf(variable);
  return variable && declaration?.kind === 'value' && declaration.path.length === 0 && writesOf(variable).length === 0
    ? declaration.node
    : undefined;
}

/** The text of a condition that more than one prop depends on. */
function sharedCondition(file: SourceFile, use: ComponentUse): string | undefined {
  const tests: string[] = [];
  for (const attribute of use.carriers.flatMap(attributesOf)) {
    const own = new Set<string>();
    const collect = (root: Node, constants: number): void => {
      walk(root, (node) => {
        const test = testOf(node);
        if (test) own.add(file.text.slice(...test.range));
        const constant = constants > 0 && node.type === 'Identifier' ? constantOf(file, node) : undefined;
        if (constant) collect(constant, constants - 1);
      });
    };
    collect(attribute, MAX_CONSTANTS);
    tests.push(...own);
  }
  return tests.find((test, index) => tests.indexOf(test) !== index);
}

function attributesOf(carrier: TSESTree.Expression | TSESTree.JSXOpeningElement): readonly Node[] {
  if (carrier.type === 'JSXOpeningElement') return carrier.attributes;
  return carrier.type === 'ObjectExpression' ? carrier.properties : [];
}

function testOf(node: Node): Node | undefined {
  if (node.type !== 'ConditionalExpression' && node.type !== 'LogicalExpression') return undefined;
  let test = unwrap(node.type === 'ConditionalExpression' ? node.test : node.left);
  while (test.type === 'UnaryExpression' && test.operator === '!') test = unwrap(test.argument);
  return test;
}
