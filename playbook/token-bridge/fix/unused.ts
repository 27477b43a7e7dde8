/** What a rewrite leaves without a reader goes, too: members of patterns, states, refs and the effects that feed them, imports. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, walk, walkOwnCode } from '../../../analysis/syntax/ast.ts';
import { styleOf } from '../../../analysis/edits/edits.ts';
import type { ModuleLoader } from '../../../analysis/syntax/modules.ts';
import { type Variable, variableOf } from '../../../analysis/syntax/scopes.ts';
import { type EditBuilder, editList, isRemoved, put, withLines } from './edit-builder.ts';
import { hookOf } from '../values/hooks.ts';

/** Completes a builder: wanted members come in, what nobody reads goes, React's `useCallback` is imported. */
export function finish(builder: EditBuilder, loader: ModuleLoader): void {
  const before = new Set(declaratorsIn(builder).filter((declarator) => isUnused(declarator, builder)));
  for (let pass = 0; pass < 8; pass += 1) {
    const found = declaratorsIn(builder).find(
      (declarator) =>
        !before.has(declarator) && !isRemoved(builder, declarator) && removable(declarator, builder, loader),
    );
    if (!found) break;
    for (const feeder of feedersOf(found, builder, loader) ?? []) put(builder, withLines(builder.file, feeder), '');
    put(builder, withLines(builder.file, found.parent), '');
  }
  for (const declarator of declaratorsIn(builder))
    if (declarator.id.type === 'ObjectPattern' && !isRemoved(builder, declarator)) editPattern(declarator.id, builder);
  editImports(builder);
}

function declaratorsIn({ home }: EditBuilder): TSESTree.VariableDeclarator[] {
  const found: TSESTree.VariableDeclarator[] = [];
  walkOwnCode(home, (node) => {
    if (node.type === 'VariableDeclarator' && node.parent.declarations.length === 1) found.push(node);
  });
  return found;
}

/** The places where a variable is used and that are still there. */
function usesOf(variable: Variable, builder: EditBuilder): Node[] {
  if (builder.used.has(variable)) return [...variable.references.map(({ identifier }) => identifier as Node)];
  return variable.references
    .filter(({ init }) => init !== true)
    .map(({ identifier }) => identifier as Node)
    .filter((use) => !isRemoved(builder, use));
}

const wasUsed = (variable: Variable): boolean => variable.references.some(({ init }) => init !== true);

const isUnused = (declarator: TSESTree.VariableDeclarator, { file }: EditBuilder): boolean =>
  namesOf(declarator.id, file).every((variable) => !wasUsed(variable));

function namesOf(pattern: Node, file: EditBuilder['file']): Variable[] {
  if (pattern.type === 'Identifier') return [variableOf(file, pattern)].filter((variable) => variable !== undefined);
  if (pattern.type === 'ArrayPattern')
    return pattern.elements.flatMap((element) => (element ? namesOf(element, file) : []));
  return [];
}

/** Whether nothing but its feeders uses what a declarator declares. */
function removable(declarator: TSESTree.VariableDeclarator, builder: EditBuilder, loader: ModuleLoader): boolean {
  const names = namesOf(declarator.id, builder.file);
  if (names.length === 0 || !names.some(wasUsed) || names.some((variable) => builder.used.has(variable))) return false;
  return isPure(declarator.init, builder, loader) && feedersOf(declarator, builder, loader) !== undefined;
}

/** An initial value that does nothing but be: a ref, a state, an expression without calls. */
function isPure(init: Node | null, builder: EditBuilder, loader: ModuleLoader): boolean {
  if (!init) return true;
  const hook = hookOf({ file: builder.file, node: init, path: [] }, loader);
  if (hook !== undefined)
    return ['useDeferredValue', 'useReducer', 'useRef', 'useState', 'useTransition'].includes(hook);
  let isIt = true as boolean;
  walkOwnCode(init, (node) => {
    const isBoolean =
      node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Boolean';
    if (
      ['AwaitExpression', 'NewExpression', 'TaggedTemplateExpression'].includes(node.type) ||
      (node.type === 'CallExpression' && !isBoolean)
    )
      isIt = false;
  });
  return isIt && !isFunction(init);
}

/** The statements that do nothing but feed the ref or state; undefined when it is used otherwise. */
function feedersOf(
  declarator: TSESTree.VariableDeclarator,
  builder: EditBuilder,
  loader: ModuleLoader,
): Node[] | undefined {
  const names = namesOf(declarator.id, builder.file);
  const feeders = new Set<Node>();
  for (const use of names.flatMap((variable) => usesOf(variable, builder))) {
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
    case 'AssignmentExpression': {
      const target = node.left.type === 'MemberExpression' ? node.left.object : node.left;
      return isNamed(target, names, builder) && !hasCall(node.right);
    }
    case 'CallExpression': {
      if (isNamed(node.callee, names, builder)) return !node.arguments.some(hasCall);
      const hook = hookOf({ file: builder.file, node, path: [] }, loader);
      const [callback] = node.arguments;
      return (hook === 'useEffect' || hook === 'useLayoutEffect') && isFunction(callback) && of(callback.body);
    }
    default:
      return false;
  }
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
  const hasRest = pattern.properties.some(({ type }) => type === 'RestElement');
  const isKept = (entry: Node): boolean => {
    const value = entry.type === 'Property' ? entry.value : undefined;
    const name = value?.type === 'AssignmentPattern' ? value.left : value;
    const variable = name?.type === 'Identifier' ? variableOf(builder.file, name) : undefined;
    return hasRest || !variable || !wasUsed(variable) || usesOf(variable, builder).length > 0;
  };
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
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue;
    const named = statement.specifiers.filter((specifier) => specifier.type === 'ImportSpecifier');
    const isUsed = (specifier: Node): boolean => {
      const variable = specifier.type === 'ImportSpecifier' ? variableOf(file, specifier.local) : undefined;
      return !variable || variable.references.length === 0 || usesOf(variable, builder).length > 0;
    };
    const [first] = named;
    const last = named.at(-1);
    const isReact = statement.source.value === 'react';
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
