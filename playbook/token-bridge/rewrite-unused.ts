/** What a rewrite leaves without a reader goes, too: members of patterns, states, refs and the effects that feed them, imports. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, isFunction, walk, walkOwnCode } from '../../analysis/syntax/ast.ts';
import { styleOf } from '../../analysis/edits/edits.ts';
import type { ModuleLoader } from '../../analysis/syntax/modules.ts';
import { type Variable, variableOf } from '../../analysis/syntax/scopes.ts';
import { type Draft, editList, isRemoved, put, withLines } from './draft.ts';
import { hookOf } from './hooks.ts';

/** Completes a draft: wanted members come in, what nobody reads goes, React's `useCallback` is imported. */
export function finish(draft: Draft, loader: ModuleLoader): void {
  const before = new Set(declaratorsIn(draft).filter((declarator) => isUnused(declarator, draft)));
  for (let pass = 0; pass < 8; pass += 1) {
    const found = declaratorsIn(draft).find(
      (declarator) => !before.has(declarator) && !isRemoved(draft, declarator) && removable(declarator, draft, loader),
    );
    if (!found) break;
    for (const feeder of feedersOf(found, draft, loader) ?? []) put(draft, withLines(draft.file, feeder), '');
    put(draft, withLines(draft.file, found.parent), '');
  }
  for (const declarator of declaratorsIn(draft))
    if (declarator.id.type === 'ObjectPattern' && !isRemoved(draft, declarator)) editPattern(declarator.id, draft);
  editImports(draft);
}

function declaratorsIn({ home }: Draft): TSESTree.VariableDeclarator[] {
  const found: TSESTree.VariableDeclarator[] = [];
  walkOwnCode(home, (node) => {
    if (node.type === 'VariableDeclarator' && node.parent.declarations.length === 1) found.push(node);
  });
  return found;
}

/** The places where a variable is used and that are still there. */
function usesOf(variable: Variable, draft: Draft): Node[] {
  if (draft.used.has(variable)) return [...variable.references.map(({ identifier }) => identifier as Node)];
  return variable.references
    .filter(({ init }) => init !== true)
    .map(({ identifier }) => identifier as Node)
    .filter((use) => !isRemoved(draft, use));
}

const wasUsed = (variable: Variable): boolean => variable.references.some(({ init }) => init !== true);

const isUnused = (declarator: TSESTree.VariableDeclarator, { file }: Draft): boolean =>
  namesOf(declarator.id, file).every((variable) => !wasUsed(variable));

function namesOf(pattern: Node, file: Draft['file']): Variable[] {
  if (pattern.type === 'Identifier') return [variableOf(file, pattern)].filter((variable) => variable !== undefined);
  if (pattern.type === 'ArrayPattern')
    return pattern.elements.flatMap((element) => (element ? namesOf(element, file) : []));
  return [];
}

/** Whether nothing but its feeders uses what a declarator declares. */
function removable(declarator: TSESTree.VariableDeclarator, draft: Draft, loader: ModuleLoader): boolean {
  const names = namesOf(declarator.id, draft.file);
  if (names.length === 0 || !names.some(wasUsed) || names.some((variable) => draft.used.has(variable))) return false;
  return isPure(declarator.init, draft, loader) && feedersOf(declarator, draft, loader) !== undefined;
}

/** An initial value that does nothing but be: a ref, a state, an expression without calls. */
function isPure(init: Node | null, draft: Draft, loader: ModuleLoader): boolean {
  if (!init) return true;
  const hook = hookOf({ file: draft.file, node: init, path: [] }, loader);
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
function feedersOf(declarator: TSESTree.VariableDeclarator, draft: Draft, loader: ModuleLoader): Node[] | undefined {
  const names = namesOf(declarator.id, draft.file);
  const feeders = new Set<Node>();
  for (const use of names.flatMap((variable) => usesOf(variable, draft))) {
    const statement = topStatement(use, draft);
    if (!statement || !onlyFeeds(statement, names, draft, loader)) return undefined;
    feeders.add(statement);
  }
  return [...feeders];
}

function topStatement(node: Node, { home }: Draft): Node | undefined {
  for (let current: Node | undefined = node; current; current = current.parent)
    if (current.parent === home.body) return current;
  return undefined;
}

/** `ref.current = x`, `setState(x)`, `if (…)` around them, an effect of them. */
function onlyFeeds(node: Node, names: readonly Variable[], draft: Draft, loader: ModuleLoader): boolean {
  const of = (child: Node) => onlyFeeds(child, names, draft, loader);
  switch (node.type) {
    case 'BlockStatement':
      return node.body.every(of);
    case 'IfStatement':
      return of(node.consequent) && (!node.alternate || of(node.alternate)) && !hasCall(node.test);
    case 'ExpressionStatement':
      return of(node.expression);
    case 'AssignmentExpression': {
      const target = node.left.type === 'MemberExpression' ? node.left.object : node.left;
      return isNamed(target, names, draft) && !hasCall(node.right);
    }
    case 'CallExpression': {
      if (isNamed(node.callee, names, draft)) return !node.arguments.some(hasCall);
      const hook = hookOf({ file: draft.file, node, path: [] }, loader);
      const [callback] = node.arguments;
      return (hook === 'useEffect' || hook === 'useLayoutEffect') && isFunction(callback) && of(callback.body);
    }
    default:
      return false;
  }
}

const isNamed = (node: Node, names: readonly Variable[], { file }: Draft): boolean =>
  node.type === 'Identifier' && names.some((variable) => variable === variableOf(file, node));

function hasCall(root: Node): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= node.type === 'CallExpression';
    return !found;
  });
  return found;
}

function editPattern(pattern: TSESTree.ObjectPattern, draft: Draft): void {
  const added = [...(draft.wanted.get(pattern) ?? [])];
  const hasRest = pattern.properties.some(({ type }) => type === 'RestElement');
  const isKept = (entry: Node): boolean => {
    const value = entry.type === 'Property' ? entry.value : undefined;
    const name = value?.type === 'AssignmentPattern' ? value.left : value;
    const variable = name?.type === 'Identifier' ? variableOf(draft.file, name) : undefined;
    return hasRest || !variable || !wasUsed(variable) || usesOf(variable, draft).length > 0;
  };
  if (pattern.properties.some((entry) => isKept(entry)) || added.length > 0) {
    // The braces of a pattern end before its type.
    const end = pattern.typeAnnotation?.range[0] ?? pattern.range[1];
    editList(draft, [pattern.range[0], end], pattern.properties, isKept, added);
  }
}

function editImports(draft: Draft): void {
  const { file } = draft;
  const needsCallback =
    draft.edits.some(({ text }) => /\buseCallback\(/u.test(text)) && !file.ast.body.some(importsCallback);
  let isAdded = !needsCallback;
  for (const statement of file.ast.body) {
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue;
    const named = statement.specifiers.filter((specifier) => specifier.type === 'ImportSpecifier');
    const isUsed = (specifier: Node): boolean => {
      const variable = specifier.type === 'ImportSpecifier' ? variableOf(file, specifier.local) : undefined;
      return !variable || variable.references.length === 0 || usesOf(variable, draft).length > 0;
    };
    const [first] = named;
    const last = named.at(-1);
    const isReact = statement.source.value === 'react';
    const added = isReact && !isAdded && first ? ['useCallback'] : [];
    if (!first || !last) continue;
    if (added.length > 0) isAdded = true;
    const open = file.text.lastIndexOf('{', first.range[0]);
    const close = file.text.indexOf('}', last.range[1]);
    if (named.some(isUsed) || added.length > 0) editList(draft, [open, close + 1], named, isUsed, added);
    else if (named.length === statement.specifiers.length) put(draft, withLines(file, statement), '');
  }
  if (!isAdded) addImport(draft);
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

function addImport(draft: Draft): void {
  const { file } = draft;
  const last = file.ast.body.findLast(
    (statement) => statement.type === 'ImportDeclaration' && !isRemoved(draft, statement),
  );
  if (!last) return;
  const { eol, quote, semicolons } = styleOf(file);
  draft.edits.push({
    range: [last.range[1], last.range[1]],
    text: `${eol}import { useCallback } from ${quote}react${quote}${semicolons ? ';' : ''}`,
  });
}
