/** What a use of a component links to, and whether it prefetches that: through wrappers, loops and conditions. */
import type { TSESTree } from '@typescript-eslint/types';
import { testsBefore } from '../../analysis/flow/paths.ts';
import { type Node, contains, enclosingFunction, unwrap, walk } from '../../analysis/syntax/ast.ts';
import { declarationOf, writesOf } from '../../analysis/syntax/bindings/declarations.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { type ObjectValue, type PropertyValue, type Value, alternativesOf } from '../../analysis/values/values.ts';
import { type LinkModel, ROUTER, type WrapperModel, componentModel, namedInSettings } from './components.ts';
import { type ComponentUse, componentUsesWithin } from './component-uses.ts';
import { type HrefPath, holdsPath, hrefPathsOf } from './hrefs.ts';
import { propsOf, withAttrs, withProp } from './props.ts';
import { runsWithRenderProps } from './render-props.ts';
import { fetchedBy } from './router/router-prefetch.ts';
import type { Run } from './run.ts';

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

/**
 * The links to wanted paths that a use of a component makes; none for a component that is no link and wraps none. `prefetch` is that of the
 * use after a fix.
 */
export function linksOf(use: ComponentUse, run: Run, prefetch?: Value): Link[] {
  const links = linksOfRuns(use, run, prefetch);
  // Most uses make none, and a condition adds none.
  const [first, ...others] = links.length > 0 ? sharedConditions(use, run) : [];
  if (first === undefined) return links;
  // `href={on ? '/a' : '/sign-out'}` next to `prefetch={on ? undefined : false}` is right, which only shows when the condition has one answer at a time.
  const worlds = others.reduce((all, text) => bothWays(all, text), bothWays([new Map()], first));
  return worlds.flatMap((truths) => linksOfRuns(use, run.assuming(use.file, truths), prefetch));
}

const linksOfRuns = (use: ComponentUse, run: Run, prefetch: Value | undefined): Link[] =>
  runsWithRenderProps(use, run).flatMap((one) => linksOfRun(use, one, MAX_WRAPPERS, prefetch));

function linksOfRun(use: ComponentUse, run: Run, wrappers: number, prefetch?: Value): Link[] {
  // What the component is may lie several files away: asked only of a use that hands a wanted path on.
  const given = propsOf(use, run).filter((props) => holdsPath(props, run.isWanted));
  if (given.length === 0) return [];
  const model = namedInSettings(use, run.project) ?? componentModel(use, run);
  if (!model) return [];
  const wanted = given.flatMap((one) => {
    const props = withAttrs(prefetch ? withProp(one, 'prefetch', prefetch) : one, model.attrs, run);
    const links =
      model.kind === 'link' ? [plainLink(model, props, run)] : linksInside(use, model, props, run, wrappers);
    return links.filter(({ paths }) => paths.length > 0);
  });
  return wanted.length > 0 && run.isReached({ file: use.file, node: use.component }) ? wanted : [];
}

function plainLink(model: LinkModel, props: ObjectValue, run: Run): Link {
  const hrefProperty = model.hrefProps.map((name) => props.properties.get(name)).find(Boolean);
  return {
    model,
    paths: hrefProperty ? run.wantedPathsOf(hrefProperty.value) : [],
    prefetch: prefetchOf(props),
    hrefProperty,
    prefetchProperty: props.properties.get('prefetch'),
  };
}

/** The links in a wrapper's body that hang on the props of this use. Others are reported where they stand. */
function linksInside(use: ComponentUse, wrapper: WrapperModel, props: ObjectValue, run: Run, wrappers: number): Link[] {
  const { component } = wrapper;
  const isRecursive = component.file === use.file && contains(component.node, use.node);
  const left = isRecursive ? Math.min(wrappers, MAX_RECURSION) : wrappers;
  if (left === 0 || props.properties.size === 0) return [];
  const fetched = fetchedBy(component, props, run);
  const prefetchProperty = props.properties.get('prefetch');
  const byRouter: Link = {
    model: ROUTER,
    wrapper,
    paths: fetched,
    prefetch: 'on',
    hrefProperty: propertyWith(props, fetched),
    prefetchProperty,
  };
  const body = run.within({ code: component.node, args: [props], upper: undefined });
  const links = componentUsesWithin(component, run.project).flatMap((one) =>
    body.around(one).flatMap((inner) => {
      const inside = linksOfRun(one, inner, left - 1);
      if (inside.length === 0) return [];
      const own = new Set(ownPaths(one, run));
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
  return [...props.properties.values()].find(({ value }) => holdsPath(value, isHanded));
}

/** The paths that a link in a wrapper has whatever its props are. */
const ownPaths = (use: ComponentUse, { always }: Run): string[] =>
  propsOf(use, always).flatMap(({ properties }) =>
    [...properties.values()].flatMap(({ value }) => hrefPathsOf(value).map(({ pathname }) => pathname)),
  );

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

/** Constants that are made of one another: `const target = user ? '/sign-out' : '/sign-in'`. */
const MAX_CONSTANTS = 2;

function constantOf(file: SourceFile, name: TSESTree.Identifier | TSESTree.JSXIdentifier): Node | undefined {
  const variable = variableOf(file, name);
  const declaration = variable && declarationOf(variable);
  return variable && declaration?.kind === 'value' && writesOf(variable).length === 0 ? declaration.node : undefined;
}

/** Each of these doubles the runs. */
const MAX_SHARED = 3;

type Truths = ReadonlyMap<string, boolean>;

const bothWays = (worlds: readonly Truths[], text: string): readonly Truths[] =>
  worlds.flatMap((world) => [true, false].map((truth) => new Map(world).set(text, truth)));

/** The texts of conditions that more than one of these depends on: each prop, what the component is, and whether the use is reached. */
function sharedConditions({ carriers, component, file, node: whole }: ComponentUse, run: Run): string[] {
  const before = testsBefore(whole, enclosingFunction(whole) ?? file.ast).map(({ node }) => asked(node));
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const tests of [
    ...[...carriers.flatMap(attributesOf), component].map((one) => testsIn(one, file)),
    before.flatMap((test) => [test, ...testsIn(test, file)]),
  ]) {
    const texts = new Map(tests.map((test) => [file.text.slice(...test.range), test]));
    for (const [text, test] of texts) {
      // What is assumed of a path would take the place of it.
      if (seen.has(text) && !holdsPath(run.valueOf({ file, node: test }), run.isWanted)) shared.add(text);
      seen.add(text);
    }
  }
  return [...shared].slice(0, MAX_SHARED);
}

/** The tests that decide what a piece of code is, also of the constants that it names, and of the places where its variables are written. */
function testsIn(root: Node, file: SourceFile, constants: number = MAX_CONSTANTS): Node[] {
  const tests: Node[] = [];
  walk(root, (node) => {
    if (node.type === 'ConditionalExpression') tests.push(asked(node.test));
    else if (node.type === 'LogicalExpression') tests.push(asked(node.left));
    const isName = node.type === 'Identifier' || node.type === 'JSXIdentifier';
    const constant = constants > 0 && isName ? constantOf(file, node) : undefined;
    if (constant) tests.push(...testsIn(constant, file, constants - 1));
    else if (isName) tests.push(...testsOfWrites(node, file));
  });
  return tests;
}

/** `let href = '/'; if (isLast) href = '/sign-out';` */
function testsOfWrites(name: TSESTree.Identifier | TSESTree.JSXIdentifier, file: SourceFile): Node[] {
  const variable = variableOf(file, name);
  return (variable ? writesOf(variable) : []).flatMap((write) =>
    testsBefore(write, enclosingFunction(write) ?? file.ast).map(({ node }) => asked(node)),
  );
}

/** What is asked below `!`. */
function asked(test: Node): Node {
  const node = unwrap(test);
  return node.type === 'UnaryExpression' && node.operator === '!' ? asked(node.argument) : node;
}

function attributesOf(carrier: TSESTree.Expression | TSESTree.JSXOpeningElement): readonly Node[] {
  if (carrier.type === 'JSXOpeningElement') return carrier.attributes;
  return carrier.type === 'ObjectExpression' ? carrier.properties : [];
}
