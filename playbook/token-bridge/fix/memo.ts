/** Gives the rewritten fetcher a stable identity, and corrects deps. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type FunctionNode,
  type Node,
  contains,
  enclosingFunction,
  hasNode,
  isFunction,
  unwrap,
  walk,
  rootOf,
} from '../../../analysis/syntax/ast.ts';
import { type Edit, indentAt, styleOf, reindented, textWithin } from '../../../analysis/edits/edits.ts';
import { exitsOf } from '../../../analysis/flow/paths.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { type Variable, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import { type Bridge, enclosingHookCall } from '../detect/bridge.ts';
import { type EditBuilder, isRemoved, put, slice, variableNamed, variablesIn } from './edit-builder.ts';
import { hookOf } from '../values/hooks.ts';
import { disabledDepsAbove } from './disabled-deps.ts';
import { importedAs } from '../../../analysis/edits/imports.ts';

export interface MemoContext {
  readonly builder: EditBuilder;
  readonly bridge: Bridge;
  readonly node: FunctionNode;
  /** What a new body reads. */
  readonly added: readonly string[];
  readonly isCompiled: () => boolean;
  /** What makes Convex ask again: such a dep goes even if nothing ever read it. */
  readonly looping: readonly Node[];
  readonly loader: ModuleLoader;
}

/** Memoises the fetcher where it is not, and corrects the deps around it; returns a reason when it can't. */
export function memoise(context: MemoContext): string | undefined {
  const { bridge, builder, loader, node } = context;
  // A function given to setAuth() counts once; what matters are the deps of the effect around the call.
  const problem = bridge.name === 'setAuth' && !memoOf(node, context) ? undefined : memoiseFetcher(context);
  if (problem !== undefined) return problem;
  // `useMemo(() => ({ isLoading, … }), deps)` around the object reads what the flags read now.
  const around = enclosingHookCall(builder.file, bridge.object, loader);
  if (around && around.call !== memoOf(node, context))
    correctDeps(around.call, around.call.arguments[0] ?? bridge.object, [], context);
  return undefined;
}

function memoOf(node: FunctionNode, { builder, loader }: MemoContext): TSESTree.CallExpression | undefined {
  const call = node.parent;
  if (call.type === 'CallExpression' && call.arguments[0] === node) {
    return hookOf({ file: builder.file, node: call, path: [] }, loader) === 'useCallback' ? call : undefined;
  }
  const around = enclosingHookCall(builder.file, node, loader);
  return around?.hook === 'useMemo' ? around.call : undefined;
}

function memoiseFetcher(context: MemoContext): string | undefined {
  const { added, builder, isCompiled, node } = context;
  const { file, home } = builder;
  const memo = memoOf(node, context);
  if (memo) {
    correctDeps(memo, memo.arguments[0] ?? node, added, context);
    return undefined;
  }
  if (isCompiled()) return undefined;
  if (enclosingFunction(node) !== home) return 'fetchAccessToken is made in another function';
  const callback = callbackName(builder);
  if (callback === undefined) return "the name 'useCallback' is taken";
  const deps = `[${namesRead(node, added, builder)}]`;
  const statement = statementOf(node, home);
  if (!statement || returnsBefore(statement, home))
    return 'fetchAccessToken is made behind a condition, where no hook may be called';
  const end = styleOf(file).semicolons ? ';' : '';
  if (node.type === 'FunctionDeclaration') return memoiseDeclaration(node, builder, callback, `, ${deps})${end}`);
  if (node.parent.type === 'VariableDeclarator') {
    builder.edits.unshift({ range: [node.range[0], node.range[0]], text: `${callback}(` });
    builder.edits.push({ range: [node.range[1], node.range[1]], text: `, ${deps})` });
    return undefined;
  }
  const property = node.parent;
  if (property.type !== 'Property' || property.method || property.value !== node)
    return 'fetchAccessToken is neither a constant nor a property';
  if (variableNamed(builder, 'fetchAccessToken')) return "the name 'fetchAccessToken' is taken";
  hoist(property, statement, `const fetchAccessToken = ${callback}(`, `, ${deps})${end}`, context);
  return undefined;
}

/** `async function fetchAccessToken() { … }` becomes a constant. */
function memoiseDeclaration(
  node: TSESTree.FunctionDeclaration,
  builder: EditBuilder,
  callback: string,
  after: string,
): string | undefined {
  if (!node.id || isUsedBefore(node, builder)) return 'fetchAccessToken is used before its declaration';
  if (node.generator || usesThis(node)) return 'fetchAccessToken is neither a constant nor a property';
  const open = builder.file.text.indexOf('(', (node.typeParameters ?? node.id).range[1]);
  const isMadeAsync = ({ range, text }: Edit): boolean => range[0] === node.range[0] && text === 'async ';
  const isAsync = node.async || builder.edits.some(isMadeAsync);
  builder.edits = builder.edits.filter((edit) => !isMadeAsync(edit));
  put(builder, [node.range[0], open], `const ${node.id.name} = ${callback}(${isAsync ? 'async ' : ''}`);
  builder.edits.push({ range: [node.body.range[0], node.body.range[0]], text: '=> ' });
  builder.edits.push({ range: [node.range[1], node.range[1]], text: after });
  return undefined;
}

/** Moves the property's function in front of the statement, with the edits that lie in it. */
function hoist(
  property: TSESTree.Property,
  statement: Node,
  before: string,
  after: string,
  { builder, node }: MemoContext,
): void {
  const { file } = builder;
  const inside = builder.edits.filter((edit) => contains(node, edit));
  const text = textWithin(node, inside, file.text) ?? slice(file, node);
  const { eol } = styleOf(file);
  const to = indentAt(file.text, statement.range[0]);
  const moved = reindented(text, indentAt(file.text, node.range[0]), to);
  const kept = builder.edits.filter((edit) => !inside.includes(edit));
  builder.edits = [
    { range: [statement.range[0], statement.range[0]], text: `${before}${moved}${after}${eol}${eol}${to}` },
    ...kept,
    { range: property.range, text: 'fetchAccessToken' },
  ];
}

/** The local name of React's `useCallback`, imported when `finish` sees that it is used and is not there. */
function callbackName(builder: EditBuilder): string | undefined {
  const local = importedAs(builder.file, { module: 'react', name: 'useCallback' });
  if (local !== undefined) return local;
  if (variableNamed(builder, 'useCallback')) return undefined;
  builder.needsCallback = true;
  return 'useCallback';
}

/** The statement of the hook's own block that a node is in. */
function statementOf(node: Node, home: FunctionNode): Node | undefined {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (current.parent === home.body) return current;
    if (isFunction(current) && current !== node) return undefined;
  }
  return undefined;
}

const returnsBefore = (statement: Node, home: FunctionNode): boolean =>
  exitsOf(home).some(({ kind, node }) => kind === 'return' && node.range[1] <= statement.range[0]);

const usesThis = (node: FunctionNode): boolean =>
  hasNode(
    node.body,
    (child) => child.type === 'ThisExpression' || (child.type === 'Identifier' && child.name === 'arguments'),
  );

function isUsedBefore(node: TSESTree.FunctionDeclaration, { file }: EditBuilder): boolean {
  const variable = node.id && variableOf(file, node.id);
  return variable?.references.some(({ identifier }) => identifier.range[0] < node.range[0]) === true;
}

/** The names of the hook that a piece of code still reads, and those that its new text does. */
const namesRead = (code: Node, added: readonly string[], builder: EditBuilder): string =>
  [...new Set([...[...readVariables(code, builder)].map(({ name }) => name), ...added])].join(', ');

/** In the order of the text: parsers differ in that of their nodes. */
function readVariables(root: Node, builder: EditBuilder): Set<Variable> {
  const found = new Map<Variable, number>();
  walk(root, (node) => {
    if (node.type !== 'Identifier' || isRemoved(builder, node)) return;
    const variable = variableOf(builder.file, node);
    const declared = variable?.defs[0]?.node as Node | undefined;
    if (!variable || !declared || contains(root, declared) || !contains(builder.home, declared)) return;
    if (variable.references.some(({ identifier }) => identifier === node))
      found.set(variable, Math.min(node.range[0], found.get(variable) ?? Infinity));
  });
  return new Set([...found].sort(([, a], [, b]) => a - b).map(([variable]) => variable));
}

/** Removes deps that are no longer read, adds those that are read now; all others stay as they are. */
function correctDeps(call: TSESTree.CallExpression, code: Node, added: readonly string[], context: MemoContext): void {
  const { builder } = context;
  const { file } = builder;
  const deps = call.arguments[1] && unwrap(call.arguments[1]);
  if (!deps) {
    builder.edits.push({ range: [code.range[1], code.range[1]], text: `, [${namesRead(code, added, builder)}]` });
    return;
  }
  if (deps.type !== 'ArrayExpression') return;
  const before = readVariables(code, { ...builder, removed: [] });
  const after = readVariables(code, builder);
  for (const edit of builder.edits)
    if (contains(code, { range: edit.range }))
      for (const variable of variablesIn(edit.text, builder)) after.add(variable);
  const elements = deps.elements.filter((element) => element !== null);
  const kept = elements.filter((element) => {
    const variable = variableAt(element, builder);
    if (context.looping.some((node) => contains(element, node)))
      return variable !== undefined && after.has(variable) && before.has(variable);
    return !variable || !before.has(variable) || after.has(variable);
  });
  for (const element of kept) {
    const variable = variableAt(element, builder);
    if (variable) builder.used.add(variable);
  }
  const texts = kept.map((element) => slice(file, element));
  const roots = new Set(kept.flatMap((element) => rootOf(element)?.name ?? []));
  const wanted = [...new Set([...added, ...wantedIn(builder, code)])].filter((name) => !roots.has(name));
  const namesOf = (variables: ReadonlySet<Variable>) => [...variables].map(({ name }) => name);
  const isComplete = (read: readonly string[], listed: readonly string[]): boolean =>
    kept.every(({ type }) => type === 'Identifier') && isSame(new Set(read), new Set(listed));
  const listed = elements.flatMap((element) => rootOf(element)?.name ?? []);
  const isCompleted =
    isComplete([...namesOf(after), ...wanted], [...roots, ...wanted]) && !isComplete(namesOf(before), listed);
  const disabled = isCompleted ? disabledDepsAbove(file, deps) : undefined;
  if (disabled) put(builder, disabled, '');
  if (kept.length === elements.length && wanted.length === 0) return;
  const whole = slice(file, deps);
  const style = styleOf(file);
  const all = [...texts, ...wanted];
  if (!/[\r\n]/u.test(whole)) {
    put(builder, deps.range, `[${all.join(', ')}]`);
    return;
  }
  const indent = indentAt(file.text, deps.range[0]);
  put(
    builder,
    deps.range,
    ['[', ...all.map((text) => `${indent}${style.indentUnit}${text},`), `${indent}]`].join(style.eol),
  );
}

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((name) => other.has(name));

/** Members that the new text in a piece of code asks for, and that no pattern has yet. */
function wantedIn(builder: EditBuilder, code: Node): string[] {
  const names = [...builder.wanted.values()].flatMap((members) => [...members]);
  const texts = builder.edits.filter((edit) => contains(code, edit)).map(({ text }) => text);
  const isRead = (name: string) => texts.some((text) => new RegExp(`\\b${name}\\b`, 'u').test(text));
  const known = [...builder.used].map(({ name }) => name).filter((name) => name === 'error');
  return [...names, ...known].filter(isRead);
}

function variableAt(element: Node, { file }: EditBuilder): Variable | undefined {
  const root = rootOf(element);
  return root && variableOf(file, root);
}
