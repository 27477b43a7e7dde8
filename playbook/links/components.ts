/**
 * Which components are links that Next.js prefetches. A `Link` is what its import says it is, under any local name:
 * `next/link`, `next/form`, a package known to wrap them, or a component of the project that passes its props on.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { armsOf } from '../../analysis/flow/origins.ts';
import { returnedExpressions } from '../../analysis/flow/paths.ts';
import {
  type FunctionNode,
  hasNode,
  isFunction,
  literalText,
  propertyName,
  unwrap,
  unwrapAwait,
} from '../../analysis/syntax/ast.ts';
import {
  type Definition,
  type Located,
  defineExport,
  definitionOf,
} from '../../analysis/syntax/bindings/definitions.ts';
import { declarationOf } from '../../analysis/syntax/bindings/declarations.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import { alternativesOf } from '../../analysis/values/values.ts';
import type { Project } from '../../project/project.ts';
import { knownDefinition } from '../libraries/index.ts';
import { renderOf } from '../react.ts';
import { valueNamed } from '../../analysis/syntax/objects.ts';
import type { ComponentUse } from './component-uses.ts';
import type { Run } from './run.ts';

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

export type ComponentModel = (LinkModel | WrapperModel) & {
  /** `styled(Link).attrs({ prefetch: false })`: props that lie over those of a use, or the function that makes them. */
  readonly attrs?: Located;
};

/** What a component fetches by itself with `router.prefetch`, for the sake of what it is given. */
export const ROUTER: LinkModel = {
  kind: 'link',
  name: 'next/navigation',
  hrefProps: [],
  isPlain: false,
  isForm: false,
};

const MAX_DEPTH = 10;

/** The link that the settings say a component is by its name. */
export function namedInSettings({ component }: ComponentUse, { settings }: Project): ComponentModel | undefined {
  if (component.type !== 'JSXIdentifier' && component.type !== 'Identifier') return undefined;
  const setting = settings.linkComponents.find(({ name }) => name === component.name);
  return setting && { ...ROUTER, name: setting.name, hrefProps: setting.linkAttribute };
}

/** The model of what the component of a use stands for in a run; undefined for what is no link and wraps none. */
export const componentModel = ({ component: node, file }: ComponentUse, run: Run): ComponentModel | undefined =>
  modelOf({ file, node }, run, MAX_DEPTH);

function modelOf(expression: Located, run: Run, depth: number): ComponentModel | undefined {
  if (depth === 0) return undefined;
  return (
    modelOfDefinition(definitionOf(expression, run.project), run, depth - 1) ?? modelOfAlias(expression, run, depth)
  );
}

function modelOfDefinition(definition: Definition, run: Run, depth: number): ComponentModel | undefined {
  const link = packageLink(definition, run.project);
  if (link) return link;
  if (definition.kind !== 'value') return undefined;
  const { file, node, path } = definition;
  if (isFunction(node)) return path.length === 0 ? { kind: 'wrapper', component: { file, node } } : undefined;
  if (node.type === 'CallExpression') return modelOfCall({ file, node }, path, run, depth);
  if (path.length > 0) return undefined;
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    const render = renderOf(node);
    return render && { kind: 'wrapper', component: { file, node: render } };
  }
  const arms = (armsOf(node) ?? []).filter((arm) => run.isReached({ file, node: arm }));
  if (arms.length > 0) return firstModel(arms, (arm) => modelOf({ file, node: arm }, run, depth));
  // styled(Link)`…`
  return node.type === 'TaggedTemplateExpression' ? modelOf({ file, node: node.tag }, run, depth) : undefined;
}

/** The link of a package that a definition is: `next/link`, or `createNavigation(routing).Link`, which hands its props to it. */
export function packageLink(definition: Definition, loader: ModuleLoader): LinkModel | undefined {
  const known = knownDefinition(definition, loader);
  const link = known?.entry.link;
  if (!known || !link) return undefined;
  return {
    kind: 'link',
    name: known.library.name,
    hrefProps: link.hrefProps,
    isPlain: link.isPlain === true,
    isForm: link.isForm === true,
  };
}

/** `dynamic(() => import('next/link'))`, and what hands its argument's props on. */
function modelOfCall(
  { file, node }: Located<TSESTree.CallExpression>,
  path: readonly unknown[],
  run: Run,
  depth: number,
): ComponentModel | undefined {
  if (path.length > 0) return modelOfMember({ file, node }, path, run, depth);
  const inner = unwrap(node.callee);
  const chained = inner.type === 'MemberExpression' ? unwrap(inner.object) : inner;
  if (chained.type === 'CallExpression') {
    const model = modelOf({ file, node: chained }, run, depth);
    const [attrs] = inner.type === 'MemberExpression' && propertyName(inner) === 'attrs' ? node.arguments : [];
    return model && attrs ? { ...model, attrs: { file, node: attrs } } : model;
  }
  return firstModel(node.arguments, (argument) => {
    if (argument.type === 'SpreadElement') return undefined;
    if (isFunction(argument) && !returnsJsx(argument)) return modelOfLoader({ file, node: argument }, run, depth);
    const isComponent = isFunction(argument) || argument.type === 'Identifier' || argument.type === 'CallExpression';
    return isComponent ? modelOf({ file, node: argument }, run, depth) : undefined;
  });
}

// `Object.assign(Nav, { Link: NavLink }).Link`
function modelOfMember(
  { file, node }: Located<TSESTree.CallExpression>,
  path: readonly unknown[],
  run: Run,
  depth: number,
): ComponentModel | undefined {
  const [member] = path;
  return firstModel(node.arguments, (argument) => {
    if (typeof member !== 'string' || path.length !== 1) return undefined;
    const value = valueNamed(argument, member);
    return value && modelOf({ file, node: value }, run, depth);
  });
}

/** What the function given to `dynamic` or `lazy` loads: `() => import('./nav-link')`, with `.then` or `await`. */
function modelOfLoader({ file, node }: Located<FunctionNode>, run: Run, depth: number): ComponentModel | undefined {
  return firstModel(returnedExpressions(node), (result) => modelOfLoaded({ file, node: result }, run, depth));
}

// A module is its default export; `.then((m) => m.NavLink)` and `{ default: m.NavLink }` say which.
function modelOfLoaded({ file, node }: Located, run: Run, depth: number): ComponentModel | undefined {
  if (depth === 0) return undefined;
  const loaded = unwrapAwait(node);
  if (loaded.type === 'CallExpression') {
    const [callback] = loaded.arguments;
    return callback && isFunction(callback) ? modelOfLoader({ file, node: callback }, run, depth - 1) : undefined;
  }
  if (loaded.type === 'ObjectExpression') {
    const chosen = valueNamed(loaded, 'default');
    return chosen && modelOf({ file, node: chosen }, run, depth - 1);
  }
  if (loaded.type !== 'ImportExpression') return modelOf({ file, node: loaded }, run, depth - 1);
  const module = literalText(loaded.source);
  if (module === undefined) return undefined;
  const target = run.project.load(module, file.path);
  if (!target) return packageLink({ kind: 'export', module, name: 'default', path: [] }, run.project);
  return modelOfDefinition(defineExport(target, 'default', [], run.project), run, depth - 1);
}

/** What a variable may be that has no one definition: a default prop, one that is assigned under a condition. */
function modelOfAlias({ file, node }: Located, run: Run, depth: number): ComponentModel | undefined {
  if (node.type !== 'JSXIdentifier' && node.type !== 'Identifier') return undefined;
  const variable = variableOf(file, node);
  if (!variable) return undefined;
  const declaration = declarationOf(variable);
  if (!['empty', 'parameter', 'value'].includes(declaration.kind)) return undefined;
  // `let Tag = 'a'; if (!isExternal) Tag = Link;`, `function Item({ as: Tag = Link })`: one of the values that it has here is enough.
  return firstModel(alternativesOf(run.valueOf({ file, node })), (value) => {
    if (value.type === 'function') return { kind: 'wrapper', component: { file: value.from.file, node: value.node } };
    return value.type === 'unknown' ? modelOfDefinition(value.definition, run, depth - 1) : undefined;
  });
}

function returnsJsx({ body }: FunctionNode): boolean {
  return hasNode(body, ({ type }) => type === 'JSXElement' || type === 'JSXFragment');
}

function firstModel<T>(
  items: readonly T[],
  model: (item: T) => ComponentModel | undefined,
): ComponentModel | undefined {
  for (const item of items) {
    const found = model(item);
    if (found) return found;
  }
  return undefined;
}
