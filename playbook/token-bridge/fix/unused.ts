/** What a rewrite leaves without a reader goes, too: members of patterns, states, refs and the effects that feed them, imports. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type Node,
  contains,
  hasNode,
  isFunction,
  propertyName,
  walk,
  walkOwnCode,
} from '../../../analysis/syntax/ast.ts';
import { styleOf } from '../../../analysis/edits/edits.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import { type Variable, variableOf } from '../../../analysis/syntax/scopes.ts';
import { type EditBuilder, editList, isRemoved, put, withLines } from './edit-builder.ts';
import { definitionOf } from '../../../analysis/syntax/bindings.ts';
import { sdkOf } from '../sdk.ts';
import { hookOf } from '../values/hooks.ts';
import { originsOf } from '../values/trace.ts';

/** Completes the edits: wanted members come in, what nothing reads any more goes, React's `useCallback` is imported. */
export function finish(builder: EditBuilder, loader: ModuleLoader): void {
  const before = new Set(declarationsIn(builder).flatMap(({ names, node }) => (names.some(wasUsed) ? [] : [node])));
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const found = declarationsIn(builder).find(
      (declaration) =>
        !before.has(declaration.node) &&
        !isRemoved(builder, declaration.node) &&
        isRemovable(declaration, builder, loader),
    );
    if (!found) break;
    for (const feeder of feedersOf(found, builder, loader) ?? []) put(builder, withLines(builder.file, feeder), '');
    put(builder, withLines(builder.file, found.statement), '');
  }
  for (const { node } of declarationsIn(builder)) {
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && !isRemoved(builder, node))
      editPattern(node.id, builder);
  }
  editImports(builder);
}

const MAX_PASSES = 16;

/** Something that is declared, alone in its statement. */
interface Declaration {
  readonly node: Node;
  readonly statement: Node;
  readonly names: readonly Variable[];
  /** What a variable is given; undefined for functions and types, which do nothing by themselves. */
  readonly init?: Node | null;
}

/** What the hook declares, and what its file declares for itself alone. */
function declarationsIn({ file, home }: EditBuilder): Declaration[] {
  const found: Declaration[] = [];
  const add = (node: Node): void => {
    const names = file.scopes
      .getDeclaredVariables(node)
      .filter(({ scope }) => (scope.block as Node) !== node || node.type !== 'FunctionDeclaration');
    if (node.type === 'VariableDeclarator') {
      if (node.parent.declarations.length === 1) found.push({ node, statement: node.parent, names, init: node.init });
    } else if (OWN_DECLARATIONS.has(node.type)) found.push({ node, statement: node, names });
  };
  walkOwnCode(home, (node) => {
    if (node !== home) add(node);
  });
  for (const statement of file.ast.body) {
    if (statement.type === 'VariableDeclaration') statement.declarations.forEach(add);
    else if (!contains(statement, home)) add(statement);
  }
  return found;
}

const OWN_DECLARATIONS = new Set([
  'FunctionDeclaration',
  'TSEnumDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
]);

/** The places where a variable is used and that are still there. */
function usesOf(variable: Variable, builder: EditBuilder): Node[] {
  const uses = variable.references.filter(({ init }) => init !== true).map(({ identifier }) => identifier as Node);
  return builder.used.has(variable)
    ? [...variable.references.map(({ identifier }) => identifier as Node)]
    : uses.filter((use) => !isRemoved(builder, use));
}

const wasUsed = (variable: Variable): boolean => variable.references.some(({ init }) => init !== true);

/** Whether nothing but its feeders, and a function itself, uses what is declared. */
function isRemovable(declaration: Declaration, builder: EditBuilder, loader: ModuleLoader): boolean {
  const { init, names, node } = declaration;
  if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && builder.wanted.has(node.id))
    return false;
  if (names.length === 0 || !names.some(wasUsed) || names.some((variable) => builder.used.has(variable))) return false;
  return (
    (init === undefined || isDisposable(init, builder, loader)) && feedersOf(declaration, builder, loader) !== undefined
  );
}

/** Hooks whose call does nothing that is seen elsewhere. */
const DISPOSABLE_HOOKS = new Set([
  'use',
  'useCallback',
  'useContext',
  'useDeferredValue',
  'useEffectEvent',
  'useMemo',
  'useReducer',
  'useRef',
  'useState',
  'useTransition',
]);

/** An initial value that does nothing but be: a ref, a state, a function, an expression without calls. */
function isDisposable(init: Node | null, builder: EditBuilder, loader: ModuleLoader): boolean {
  if (!init || isFunction(init)) return true;
  const hook = hookOf({ file: builder.file, node: init, path: [] }, loader);
  if (hook !== undefined) return DISPOSABLE_HOOKS.has(hook);
  if (init.type === 'CallExpression' && isHookOfWorkOS(init, builder, loader)) return true;
  return !hasNode(init, (node) => {
    const isBoolean =
      node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Boolean';
    return (
      ['AwaitExpression', 'NewExpression', 'TaggedTemplateExpression'].includes(node.type) ||
      (node.type === 'CallExpression' && !isBoolean)
    );
  });
}

/** `useAccessToken()`, of which nothing is read any more. */
const isHookOfWorkOS = ({ callee }: TSESTree.CallExpression, { file }: EditBuilder, loader: ModuleLoader): boolean => {
  const definition = definitionOf({ file, node: callee }, loader);
  return definition.kind === 'export' && sdkOf(definition.module) !== undefined && definition.name.startsWith('use');
};

/** The statements that do nothing but feed the ref or state; undefined when it is used otherwise. */
function feedersOf({ names, node }: Declaration, builder: EditBuilder, loader: ModuleLoader): Node[] | undefined {
  const feeders = new Set<Node>();
  for (const use of names.flatMap((variable) => usesOf(variable, builder))) {
    if (contains(node, use)) continue;
    const statement = topStatement(use, builder);
    if (!statement || !onlyFeeds(statement, names, builder, loader)) return undefined;
    feeders.add(statement);
  }
  return [...feeders];
}

function topStatement(node: Node, { home }: EditBuilder): Node | undefined {
  for (let current: Node | undefined = node; current; current = current.parent)
    if (current.parent === home.body) return current;
  return undefined;
}

/** `ref.current = x`, `setState(x)`, `if (…)` around them, an effect of them. */
function onlyFeeds(node: Node, names: readonly Variable[], builder: EditBuilder, loader: ModuleLoader): boolean {
  const of = (child: Node) => onlyFeeds(child, names, builder, loader);
  switch (node.type) {
    case 'BlockStatement':
      return node.body.every(of);
    case 'IfStatement':
      return of(node.consequent) && (!node.alternate || of(node.alternate)) && !hasCall(node.test);
    case 'ExpressionStatement':
      return of(node.expression);
    case 'ReturnStatement':
      return !node.argument;
    case 'AssignmentExpression': {
      const target = node.left.type === 'MemberExpression' ? node.left.object : node.left;
      return isNamed(target, names, builder) && !hasCall(node.right);
    }
    case 'UnaryExpression':
      return node.operator === 'void' && of(node.argument);
    case 'CallExpression': {
      if (isNamed(node.callee, names, builder)) return !node.arguments.some(hasCall);
      if (isHandedTo(node, names, builder, loader)) return true;
      const hook = hookOf({ file: builder.file, node, path: [] }, loader);
      const [callback] = node.arguments;
      return (hook === 'useEffect' || hook === 'useLayoutEffect') && isFunction(callback) && of(callback.body);
    }
    default:
      return false;
  }
}

/** `getAccessToken().then(setToken)`, `.catch(() => {})` behind it included: what asks for a token that nothing reads. */
function isHandedTo(
  call: TSESTree.CallExpression,
  names: readonly Variable[],
  builder: EditBuilder,
  loader: ModuleLoader,
): boolean {
  const { arguments: given, callee } = call;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'CallExpression') return false;
  const object = callee.object;
  const isFed = (handler: Node): boolean =>
    isNamed(handler, names, builder) ||
    (isFunction(handler) && (!hasCall(handler.body) || onlyFeeds(handler.body, names, builder, loader)));
  if (!given.every(isFed)) return false;
  if (propertyName(callee) === 'catch') return isHandedTo(object, names, builder, loader);
  return (
    propertyName(callee) === 'then' &&
    originsOf({ file: builder.file, node: object.callee, path: [] }, loader).every(
      (origin) => origin.kind === 'workos' && origin.role.kind === 'ask',
    )
  );
}

const isNamed = (node: Node, names: readonly Variable[], { file }: EditBuilder): boolean =>
  node.type === 'Identifier' && names.some((variable) => variable === variableOf(file, node));

function hasCall(root: Node): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= node.type === 'CallExpression';
    return !found;
  });
  return found;
}

function editPattern(pattern: TSESTree.ObjectPattern, builder: EditBuilder): void {
  const added = [...(builder.wanted.get(pattern) ?? [])];
  const variableIn = (entry: Node): Variable | undefined => {
    const value = entry.type === 'Property' ? entry.value : entry.type === 'RestElement' ? entry.argument : undefined;
    const name = value?.type === 'AssignmentPattern' ? value.left : value;
    return name?.type === 'Identifier' ? variableOf(builder.file, name) : undefined;
  };
  const isUsed = (entry: Node): boolean => {
    const variable = variableIn(entry);
    return !variable || !wasUsed(variable) || usesOf(variable, builder).length > 0;
  };
  // What is taken out by name is in the rest when it is no longer named.
  const hasRest = pattern.properties.some((entry) => entry.type === 'RestElement' && isUsed(entry));
  const isKept = (entry: Node): boolean => (hasRest && entry.type !== 'RestElement') || isUsed(entry);
  if (pattern.properties.some((entry) => isKept(entry)) || added.length > 0) {
    // The braces of a pattern end before its type.
    const end = pattern.typeAnnotation?.range[0] ?? pattern.range[1];
    editList(builder, [pattern.range[0], end], pattern.properties, isKept, added);
  }
}

function editImports(builder: EditBuilder): void {
  const { file } = builder;
  const needsCallback =
    builder.edits.some(({ text }) => /\buseCallback\(/u.test(text)) && !file.ast.body.some(importsCallback);
  let isAdded = !needsCallback;
  for (const statement of file.ast.body) {
    if (statement.type !== 'ImportDeclaration') continue;
    const named = statement.specifiers.filter((specifier) => specifier.type === 'ImportSpecifier');
    const isUsed = (specifier: Node): boolean => {
      const variable = specifier.type === 'ImportSpecifier' ? variableOf(file, specifier.local) : undefined;
      return !variable || variable.references.length === 0 || usesOf(variable, builder).length > 0;
    };
    const [first] = named;
    const last = named.at(-1);
    const isReact = statement.source.value === 'react' && statement.importKind !== 'type';
    const added = isReact && !isAdded && first ? ['useCallback'] : [];
    if (!first || !last) continue;
    if (added.length > 0) isAdded = true;
    const open = file.text.lastIndexOf('{', first.range[0]);
    const close = file.text.indexOf('}', last.range[1]);
    if (named.some(isUsed) || added.length > 0) editList(builder, [open, close + 1], named, isUsed, added);
    else if (named.length === statement.specifiers.length) put(builder, withLines(file, statement), '');
  }
  if (!isAdded) addImport(builder);
}

function importsCallback(statement: Node): boolean {
  return (
    statement.type === 'ImportDeclaration' &&
    statement.source.value === 'react' &&
    statement.specifiers.some(
      (one) =>
        one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' && one.imported.name === 'useCallback',
    )
  );
}

function addImport(builder: EditBuilder): void {
  const { file } = builder;
  const last = file.ast.body.findLast(
    (statement) => statement.type === 'ImportDeclaration' && !isRemoved(builder, statement),
  );
  if (!last) return;
  const { eol, quote, semicolons } = styleOf(file);
  builder.edits.push({
    range: [last.range[1], last.range[1]],
    text: `${eol}import { useCallback } from ${quote}react${quote}${semicolons ? ';' : ''}`,
  });
}
