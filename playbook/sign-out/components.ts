/**
 * Which components are links that Next.js prefetches. A `Link` is what its import says it is, under any local name:
 * `next/link`, `next/form`, a package known to wrap them, or a component of the project that passes its props on.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, isFunction, literalText, propertyName, resultsOf, unwrap, walk } from '../../analysis/ast.ts';
import { type Definition, type Located, defineExport, definitionOf } from '../../analysis/bindings.ts';
import { declarationOf, writesOf } from '../../analysis/declarations.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import { variableOf } from '../../analysis/scopes.ts';
import type { LinkComponent } from '../../project/project.ts';
import { reactExport, renderOf } from '../react.ts';

export interface LinkModel {
  readonly kind: 'link';
  /** What people call it: `next/link`. */
  readonly name: string;
  /** The props that may hold the URL. */
  readonly hrefProps: readonly string[];
  /** True for `next/link` itself: only then is `<a>` the same link without the prefetch. */
  readonly isPlain: boolean;
  /** `next/form` prefetches in the App Router only. */
  readonly isForm: boolean;
}

/** A function of the project that renders something with its props; whether that is a link is asked for each use. */
export interface WrapperModel {
  readonly kind: 'wrapper';
  readonly component: Located<FunctionNode>;
}

export type ComponentModel = LinkModel | WrapperModel;

const LINK: LinkModel = { kind: 'link', name: 'next/link', hrefProps: ['href'], isPlain: true, isForm: false };
const FORM: LinkModel = { kind: 'link', name: 'next/form', hrefProps: ['action'], isPlain: false, isForm: true };
const linkOf = (name: string): LinkModel => ({ ...LINK, name, isPlain: false });

/** Packages whose component hands its props to `next/link`, by module and export. */
const PACKAGE_LINKS: Readonly<Record<string, Readonly<Record<string, LinkModel>>>> = {
  'next/link': { default: LINK },
  'next/link.js': { default: LINK },
  'next/form': { default: FORM },
  'next/form.js': { default: FORM },
  'next-intl/link': { default: linkOf('next-intl') },
  'next-view-transitions': { Link: linkOf('next-view-transitions') },
};

/** Functions of `next-intl/navigation` that make a `Link` (its page "Navigation APIs", all versions since 3). */
const LINK_FACTORIES = new Set([
  'createLocalizedPathnamesNavigation',
  'createNavigation',
  'createSharedPathnamesNavigation',
]);

const MAX_DEPTH = 10;

/** The model of what a JSX name (or any expression) stands for; undefined for what is no link and wraps none. */
export function componentModel(
  expression: Located,
  loader: ModuleLoader,
  linkComponents: readonly LinkComponent[],
): ComponentModel | undefined {
  const named = namedInSettings(expression.node, linkComponents);
  return named ?? modelOf(expression, loader, MAX_DEPTH);
}

function namedInSettings(node: Node, linkComponents: readonly LinkComponent[]): LinkModel | undefined {
  if (node.type !== 'JSXIdentifier' && node.type !== 'Identifier') return undefined;
  const setting = linkComponents.find(({ name }) => name === node.name);
  return setting && { ...linkOf(setting.name), hrefProps: setting.linkAttribute };
}

function modelOf(expression: Located, loader: ModuleLoader, depth: number): ComponentModel | undefined {
  if (depth === 0) return undefined;
  return modelOfDefinition(definitionOf(expression, loader), loader, depth - 1) ?? modelOfAlias(expression, loader, depth);
}

function modelOfDefinition(definition: Definition, loader: ModuleLoader, depth: number): ComponentModel | undefined {
  if (definition.kind === 'export') return modelOfExport(definition);
  if (definition.kind !== 'value') return undefined;
  const { file, node, path } = definition;
  if (isFunction(node)) return path.length === 0 ? { kind: 'wrapper', component: { file, node } } : undefined;
  if (node.type === 'CallExpression') return modelOfCall({ file, node }, path, loader, depth);
  if (path.length > 0) return undefined;
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    const render = renderOf(node);
    return render && { kind: 'wrapper', component: { file, node: render } };
  }
  const arms = armsOf(node);
  if (arms.length > 0) return firstModel(arms, (arm) => modelOf({ file, node: arm }, loader, depth));
  // styled(Link)`…`
  return node.type === 'TaggedTemplateExpression' ? modelOf({ file, node: node.tag }, loader, depth) : undefined;
}

function modelOfExport({ module, name, path }: Extract<Definition, { kind: 'export' }>): LinkModel | undefined {
  const links = Object.hasOwn(PACKAGE_LINKS, module) ? PACKAGE_LINKS[module] : undefined;
  if (!links) return undefined;
  // `require('next/link')` and an interop namespace are the component as well.
  const [step] = path;
  const exported = name === '*' ? (step ?? 'default') : name;
  return typeof exported === 'string' && Object.hasOwn(links, exported) ? links[exported] : undefined;
}

/** `createNavigation(routing).Link`, `dynamic(() => import('next/link'))`, and what hands its argument's props on. */
function modelOfCall(
  { file, node }: Located<TSESTree.CallExpression>,
  path: readonly unknown[],
  loader: ModuleLoader,
  depth: number,
): ComponentModel | undefined {
  const callee = definitionOf({ file, node: node.callee }, loader);
  if (callee.kind === 'export' && callee.module === 'next-intl/navigation' && LINK_FACTORIES.has(callee.name)) {
    return path.length === 1 && path[0] === 'Link' ? linkOf('next-intl') : undefined;
  }
  if (path.length > 0) return modelOfMember({ file, node }, path, loader, depth);
  // `styled(Link).attrs({ … })`
  const inner = unwrap(node.callee);
  const chained = inner.type === 'MemberExpression' ? unwrap(inner.object) : inner;
  if (chained.type === 'CallExpression') return modelOf({ file, node: chained }, loader, depth);
  return firstModel(node.arguments, (argument) => {
    if (argument.type === 'SpreadElement') return undefined;
    if (isFunction(argument) && !returnsJsx(argument)) return modelOfLoader({ file, node: argument }, loader, depth);
    const isComponent = isFunction(argument) || argument.type === 'Identifier' || argument.type === 'CallExpression';
    return isComponent ? modelOf({ file, node: argument }, loader, depth) : undefined;
  });
}

// `Object.assign(Nav, { Link: NavLink }).Link`
function modelOfMember(
  { file, node }: Located<TSESTree.CallExpression>,
  path: readonly unknown[],
  loader: ModuleLoader,
  depth: number,
): ComponentModel | undefined {
  const [member] = path;
  return firstModel(node.arguments, (argument) => {
    if (argument.type !== 'ObjectExpression' || path.length !== 1) return undefined;
    const property = argument.properties.find(
      (one): one is TSESTree.Property => one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === member,
    );
    return property && modelOf({ file, node: property.value }, loader, depth);
  });
}

/** What the function given to `dynamic` or `lazy` loads: `() => import('./nav-link')`, with `.then` or `await`. */
function modelOfLoader({ file, node }: Located<FunctionNode>, loader: ModuleLoader, depth: number): ComponentModel | undefined {
  return firstModel(resultsOf(node), (result) => modelOfLoaded({ file, node: result }, loader, depth));
}

// A module is its default export; `.then((m) => m.NavLink)` and `{ default: m.NavLink }` say which.
function modelOfLoaded({ file, node }: Located, loader: ModuleLoader, depth: number): ComponentModel | undefined {
  if (depth === 0) return undefined;
  const loaded = unwrap(node.type === 'AwaitExpression' ? node.argument : node);
  if (loaded.type === 'CallExpression') {
    const [callback] = loaded.arguments;
    return callback && isFunction(callback) ? modelOfLoader({ file, node: callback }, loader, depth - 1) : undefined;
  }
  if (loaded.type === 'ObjectExpression') {
    const chosen = loaded.properties.find((one): one is TSESTree.Property => one.type === 'Property' && propertyName(one) === 'default');
    return chosen && modelOf({ file, node: chosen.value }, loader, depth - 1);
  }
  if (loaded.type !== 'ImportExpression') return modelOf({ file, node: loaded }, loader, depth - 1);
  const module = literalText(loaded.source);
  if (module === undefined) return undefined;
  const target = loader.load(module, file.path);
  if (!target) return modelOfExport({ kind: 'export', module, name: 'default', path: [] });
  return modelOfDefinition(defineExport(target, 'default', [], loader), loader, depth - 1);
}

/** What a variable may be that has no one definition: a default prop, one that is assigned under a condition. */
function modelOfAlias({ file, node }: Located, loader: ModuleLoader, depth: number): ComponentModel | undefined {
  if (node.type !== 'JSXIdentifier' && node.type !== 'Identifier') return undefined;
  const variable = variableOf(file, node);
  if (!variable) return undefined;
  const declaration = declarationOf(variable);
  // `function Item({ as: Tag = Link })`
  if (declaration.kind === 'parameter' && declaration.fallback) return modelOf({ file, node: declaration.fallback }, loader, depth - 1);
  if (declaration.kind !== 'value' && declaration.kind !== 'empty') return undefined;
  // `let Tag = 'a'; if (!isExternal) Tag = Link;`: one value is enough.
  const assigned = writesOf(variable).flatMap(({ parent }) => (parent?.type === 'AssignmentExpression' ? [parent.right] : []));
  return firstModel(assigned, (value) => modelOf({ file, node: value }, loader, depth - 1));
}

function armsOf(node: Node): Node[] {
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate];
  return node.type === 'LogicalExpression' ? [node.left, node.right] : [];
}

function returnsJsx(component: FunctionNode): boolean {
  let found = false;
  walk(component.body, (node) => {
    found ||= node.type === 'JSXElement' || node.type === 'JSXFragment';
    return !found;
  });
  return found;
}

function firstModel<T>(items: readonly T[], model: (item: T) => ComponentModel | undefined): ComponentModel | undefined {
  for (const item of items) {
    const found = model(item);
    if (found) return found;
  }
  return undefined;
}

/** Whether a call makes an element: `createElement(Link, …)`, `jsx(Link, …)`. */
export function makesElement(call: Located<TSESTree.CallExpression>, loader: ModuleLoader): boolean {
  const name = reactExport({ file: call.file, node: call.node.callee }, loader);
  return name !== undefined && ['createElement', 'jsx', 'jsxDEV', 'jsxs'].includes(name);
}
