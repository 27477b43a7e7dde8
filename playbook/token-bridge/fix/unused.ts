/** What a rewrite leaves unused goes, too: members of patterns, states, refs and the effects that only set them, imports. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode, isFunction, propertyName } from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { styleOf, insertAfter } from '../../../analysis/edits/edits.ts';
import { joinRemovals, linesWithComments } from '../../../analysis/edits/removals.ts';
import { findUnused, itemEdits, removedWith } from '../../../analysis/edits/unused.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { type Variable, isGlobal, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { type EditBuilder, isRemoved, put } from './edit-builder.ts';
import { sdkOf } from '../sdk.ts';
import { hookOf, isEffect, promiseOf } from '../values/hooks.ts';
import { originsOf, roleOfOrigin, isTokenRequest } from '../values/trace.ts';
import { importText } from '../../../analysis/edits/imports.ts';

/** Completes the edits: wanted members are added, what is no longer used is removed, React's `useCallback` is imported. */
export function finish(builder: EditBuilder, loader: ModuleLoader): void {
  const { file, removed, used } = builder;
  const added = new Map<Node, ReadonlySet<string>>(builder.wanted);
  const importOfReact = builder.needsCallback ? file.ast.body.find(isImportOfReact) : undefined;
  if (importOfReact) added.set(importOfReact, new Set(['useCallback']));
  const { feeders, variables } = findUnused(file, removed, {
    isDisposable: (init) => isDisposable(init, builder, loader),
    feederOf: (use, names) => feederOf(use, names, builder, loader),
    isKept: (variable) => used.has(variable),
    added,
  });
  const { items, statements } = removedWith(variables, added);
  for (const node of [...feeders, ...statements]) put(builder, linesWithComments(file, node), '');
  builder.edits.push(...itemEdits(file, items, added));
  if (builder.needsCallback && !importOfReact) addImport(builder);
  builder.edits = joinRemovals(builder.edits, file);
}

const isImportOfReact = (statement: Node): boolean =>
  statement.type === 'ImportDeclaration' &&
  statement.source.value === 'react' &&
  statement.importKind !== 'type' &&
  statement.specifiers.some(({ type }) => type === 'ImportSpecifier');

function addImport(builder: EditBuilder): void {
  const { file } = builder;
  const last = file.ast.body.findLast(
    (statement) => statement.type === 'ImportDeclaration' && !isRemoved(builder, statement),
  );
  if (!last) return;
  builder.edits.push(insertAfter(last, styleOf(file).eol + importText(file, { module: 'react', name: 'useCallback' })));
}

/** Hooks whose call has no effect elsewhere. */
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

/** A ref, a state, what a hook of WorkOS returns, a function, an expression without calls. */
function isDisposable(init: Node, { file }: EditBuilder, loader: ModuleLoader): boolean {
  if (isFunction(init)) return true;
  const hook = hookOf({ file, node: init, path: [] }, loader);
  if (hook !== undefined) return DISPOSABLE_HOOKS.has(hook);
  if (init.type === 'CallExpression' && (isHookOfWorkOS(init, file, loader) || isRequest(init, file, loader)))
    return true;
  return !hasNode(init, (node) => {
    const isBoolean =
      node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Boolean';
    return (
      ['AwaitExpression', 'NewExpression', 'TaggedTemplateExpression'].includes(node.type) ||
      (node.type === 'CallExpression' && !isBoolean)
    );
  });
}

/** `getAccessToken()`, whose promise nothing reads any more. */
function isRequest(call: Node, file: EditBuilder['file'], loader: ModuleLoader): boolean {
  const asked = promiseOf(call);
  const origins = asked.type === 'CallExpression' ? originsOf({ file, node: asked.callee, path: [] }, loader) : [];
  return origins.length > 0 && origins.every(isTokenRequest);
}

function isHookOfWorkOS({ callee }: TSESTree.CallExpression, file: EditBuilder['file'], loader: ModuleLoader): boolean {
  const definition = definitionOf({ file, node: callee }, loader);
  return definition.kind === 'export' && sdkOf(definition.module) !== undefined && definition.name.startsWith('use');
}

/** The statement of the hook around a use that only sets the ref or state. */
function feederOf(use: Node, names: readonly Variable[], builder: EditBuilder, loader: ModuleLoader): Node | undefined {
  let statement: Node | undefined = use;
  while (statement && statement.parent !== builder.home.body) statement = statement.parent;
  return statement && onlyFeeds(statement, names, builder, loader) ? statement : undefined;
}

/** `ref.current = x`, `setState(x)`, `if (…)` around them, an effect of them. */
const onlyFeeds = (code: Node, names: readonly Variable[], builder: EditBuilder, loader: ModuleLoader): boolean =>
  doesOnly(code, (node) => {
    if (node.type === 'AssignmentExpression') {
      const target = node.left.type === 'MemberExpression' ? node.left.object : node.left;
      return isNamed(target, names, builder) && isWithoutEffect(node.right, builder);
    }
    if (node.type !== 'CallExpression') return false;
    if (isNamed(node.callee, names, builder))
      return node.arguments.every((argument) => isWithoutEffect(argument, builder));
    if (isHandedTo(node, names, builder, loader)) return true;
    const [callback] = node.arguments;
    return (
      isEffect({ file: builder.file, node, path: [] }, loader) &&
      isFunction(callback) &&
      onlyFeeds(callback.body, names, builder, loader)
    );
  });

/** `getAccessToken().then(setToken)`, `.catch(() => {})` behind it included: a request for a token that nothing reads. */
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
      (origin) => roleOfOrigin(origin)?.kind === 'ask',
    )
  );
}

const isNamed = (node: Node, names: readonly Variable[], { file }: EditBuilder): boolean =>
  node.type === 'Identifier' && names.some((variable) => variable === variableOf(file, node));

/** Whether a statement does nothing but what a test says of its expressions: `if (error) void refresh();`, with no call in the condition. */
export function doesOnly(node: Node, isIt: (expression: Node) => boolean): boolean {
  const of = (child: Node): boolean => doesOnly(child, isIt);
  switch (node.type) {
    case 'BlockStatement':
      return node.body.every(of);
    case 'IfStatement':
      return of(node.consequent) && (!node.alternate || of(node.alternate)) && !hasCall(node.test);
    case 'ExpressionStatement':
      return of(node.expression);
    case 'ReturnStatement':
      return !node.argument;
    case 'UnaryExpression':
      return node.operator === 'void' && of(node.argument);
    default:
      return isIt(node);
  }
}

/** Whether code calls nothing but a clock: `Date.now()`. */
const isWithoutEffect = (code: Node, { file }: EditBuilder): boolean =>
  !hasNode(code, (node) => {
    if (node.type !== 'CallExpression') return false;
    const { callee } = node;
    return !(
      callee.type === 'MemberExpression' &&
      propertyName(callee) === 'now' &&
      (isGlobal(file, callee.object, 'Date') || isGlobal(file, callee.object, 'performance'))
    );
  });

/** Whether code calls something. */
export const hasCall = (code: Node): boolean => hasNode(code, ({ type }) => type === 'CallExpression');
