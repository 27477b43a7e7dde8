/** Which variables `auth.config` reads, itself and through the modules it imports. */
import { isBuiltin } from 'node:module';
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../../../analysis/once.ts';
import {
  type FunctionNode,
  type Node,
  enclosingFunction,
  isFunction,
  literalText,
  propertyName,
  unwrap,
  walk,
  wrapped,
  nodesOf,
} from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { functionAt } from '../../../analysis/syntax/functions.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { moduleRequestsOf } from '../../../analysis/syntax/bindings/module-requests.ts';
import { readEnvModule } from '../../libraries/env-modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { isEnvironment } from './environment-object.ts';
import { propertyNamed } from '../../../analysis/syntax/objects.ts';
import { SHELL_NAME } from '../../../project/env/env-files.ts';
import { readsOfFunction } from '../../../analysis/values/iterations.ts';

export interface VariableRead {
  readonly name: string;
  /** The read itself; of one that a helper makes (`required('NAME')`), the call. */
  readonly at: Located;
  /** Where the helper reads it: `process.env[name]`. */
  readonly inside?: Located;
  /** Where the file itself leads to it: the read, or the import of the module that has it. */
  readonly own: Node;
  /** What lets the variable be unset in the schema that reads it: `.default()`. */
  readonly optionalBy?: string | undefined;
}

const MAX_MODULES = 200;

/** Every read of a variable that happens while the module graph of a file is loaded. Reads inside functions are left out. */
function variableReads(file: SourceFile, loader: ModuleLoader): readonly VariableRead[] {
  return graphOf(file, loader).flatMap((one) => [
    ...readsIn(one, loadedNodes(one.file)),
    ...helperReads(one, loader),
    ...schemaReads(one, loader),
  ]);
}

/** A module that is loaded with a file; `own` is the import in that file that leads to it. */
interface GraphModule {
  readonly file: SourceFile;
  readonly own: Node | undefined;
}

function graphOf(file: SourceFile, loader: ModuleLoader): readonly GraphModule[] {
  const modules = new Map<string, GraphModule>();
  const queue: GraphModule[] = [{ file, own: undefined }];
  for (let next = queue.shift(); next && modules.size < MAX_MODULES; next = queue.shift()) {
    if (modules.has(next.file.path)) continue;
    modules.set(next.file.path, next);
    for (const { node, module } of moduleRequestsOf(next.file)) {
      const target = loader.load(module, next.file.path);
      if (target) queue.push({ file: target, own: next.own ?? node });
    }
  }
  return [...modules.values()];
}

/** The reads among some nodes of a module: `process.env.NAME`, `const { NAME } = process.env`. */
function readsIn({ file, own }: GraphModule, nodes: readonly Node[]): readonly VariableRead[] {
  if (!file.text.includes('env')) return [];
  const read = (name: string | undefined, node: Node): readonly VariableRead[] =>
    name === undefined ? [] : [{ name, at: { file, node }, own: own ?? node }];
  return nodes.flatMap((node) => {
    if (node.type === 'MemberExpression')
      return isEnvironment(file, node.object) && !isWritten(node) ? read(propertyName(node), node) : [];
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern') return [];
    if (!node.init || !isEnvironment(file, node.init)) return [];
    return node.id.properties.flatMap((one) => (one.type === 'Property' ? read(propertyName(one), one) : []));
  });
}

/** Reads by a helper that takes the variable's name: `const optional = (name) => process.env[name] ?? ''`. */
function helperReads({ file, own }: GraphModule, loader: ModuleLoader): readonly VariableRead[] {
  return loadedNodes(file).flatMap((node) => {
    const names = node.type === 'CallExpression' ? node.arguments.map((argument) => literalText(argument)) : [];
    if (node.type !== 'CallExpression' || !names.some((name) => name !== undefined && SHELL_NAME.test(name))) return [];
    const helper = functionAt({ file, node: node.callee }, loader);
    const parameter = helper && namedParameter(helper);
    const name = parameter && names[parameter.index];
    return helper && parameter && name !== undefined
      ? [{ name, at: { file, node }, inside: { file: helper.file, node: parameter.read }, own: own ?? node }]
      : [];
  });
}

/** Reads by a schema: `z.object({ NAME: z.string() }).parse(process.env)` reads every variable that it lists. */
function schemaReads({ file, own }: GraphModule, loader: ModuleLoader): readonly VariableRead[] {
  if (!file.text.includes('env')) return [];
  return loadedNodes(file).flatMap((node) => {
    const env = node.type === 'CallExpression' ? readEnvModule({ file, node }, loader) : undefined;
    if (!env) return [];
    const { isPartial, source, variables } = env;
    const given = source && unwrap(source.node);
    const isRead = source ? isPartial || isEnvironment(source.file, source.node) : true;
    return variables.flatMap(({ name, optionalBy }): readonly VariableRead[] => {
      const at = source && given?.type === 'ObjectExpression' ? listedRead(source.file, given, name) : undefined;
      if (at) return [{ name: at.name, at: { file: at.file, node: at.node }, own: own ?? at.node, optionalBy }];
      return isRead ? [{ name, at: { file, node }, own: own ?? node, optionalBy }] : [];
    });
  });
}

/** `process.env.NAME` of `{ NAME: process.env.NAME }`. */
function listedRead(
  file: SourceFile,
  object: TSESTree.ObjectExpression,
  name: string,
): (Located & { readonly name: string }) | undefined {
  const listed = propertyNamed(object, name);
  const value = listed && unwrap(listed.value);
  if (value?.type !== 'MemberExpression' || !isEnvironment(file, value.object)) return undefined;
  const variable = propertyName(value);
  return variable === undefined ? undefined : { file, node: value, name: variable };
}

const helpers = new WeakMap<FunctionNode, { readonly index: number; readonly read: Node } | 'none'>();

/** The parameter of a function by which it reads a variable, and the read. */
function namedParameter({
  file,
  node: owner,
}: Located<FunctionNode>): { readonly index: number; readonly read: Node } | undefined {
  let known = helpers.get(owner);
  if (known === undefined) {
    known = 'none';
    walk(owner, (node) => {
      if (
        node.type !== 'MemberExpression' ||
        !node.computed ||
        node.property.type !== 'Identifier' ||
        !isEnvironment(file, node.object)
      )
        return;
      const { name } = node.property;
      const index = owner.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === name);
      if (index !== -1) known = { index, read: node };
    });
    helpers.set(owner, known);
  }
  return known === 'none' ? undefined : known;
}

/** What runs when a module is loaded: functions only where the module calls them, on the spot or by name. */
export const loadedNodes = onceFor((file: SourceFile): readonly Node[] => {
  const found: Node[] = [];
  walk(file.ast, (node) => !isLater(file, node) && found.push(node));
  return found;
});

const isLater = (file: SourceFile, node: Node): boolean =>
  isFunction(node) && !isCalledAtOnce(node) && !isCalledByName(file, node);

function isCalledAtOnce(node: FunctionNode): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent?.type !== 'CallExpression') return false;
  // `(() => …)()`, and `items.flatMap(() => …)`.
  return parent.callee === outer || parent.callee.type === 'MemberExpression';
}

/** `providers()` of `function providers() { … }`, called outside of functions. */
function isCalledByName(file: SourceFile, node: FunctionNode): boolean {
  return readsOfFunction(file, node).some((read) => {
    const use = wrapped(read);
    return use.parent?.type === 'CallExpression' && use.parent.callee === use && !enclosingFunction(use);
  });
}

function isWritten(node: Node): boolean {
  return node.parent?.type === 'AssignmentExpression' && node.parent.left === node;
}

/** The reads that are written in the module graph, and those that evaluation found in addition: in functions of other modules. */
export function allReads(file: SourceFile, loader: ModuleLoader, asked: Iterable<string>): readonly VariableRead[] {
  const written = variableReads(file, loader);
  const names = new Set(written.map(({ name }) => name));
  const missing = [...asked].filter((name) => !names.has(name));
  if (missing.length === 0) return written;
  // In functions that no one calls while it is loaded, as well.
  const elsewhere = graphOf(file, loader).flatMap((one) =>
    readsIn(one, nodesOf(one.file.ast, 'MemberExpression', 'VariableDeclarator')),
  );
  const others = missing.flatMap((name): readonly VariableRead[] => {
    const reads = elsewhere.filter((read) => read.name === name);
    const node = namedAt(file, name);
    return reads.length > 0 ? reads : [{ name, at: { file, node }, own: node }];
  });
  return [...written, ...others];
}

/** The text that names a variable, or the default export. */
function namedAt(file: SourceFile, name: string): Node {
  let found: Node | undefined;
  walk(file.ast, (node) => {
    if (!found && literalText(node) === name) found = node;
    return found === undefined;
  });
  return found ?? file.ast.body.find(({ type }) => type === 'ExportDefaultDeclaration') ?? file.ast;
}

/** The imports of modules that only Node.js has: Convex bundles this file for a runtime without them. */
export function nodeImports(file: SourceFile): readonly { readonly module: string; readonly node: Node }[] {
  return moduleRequestsOf(file).filter(({ module }) => isBuiltin(module) && !RESOLVED.test(module));
}

/** What convex's bundler replaces (`src/bundler/debugBundle.ts`, `nodeShimsPlugin`), and names that packages have, too. */
const RESOLVED =
  /^(?:(?:node:)?async_hooks|assert|buffer|events|path|process|punycode|querystring|string_decoder|url|util)$/u;
