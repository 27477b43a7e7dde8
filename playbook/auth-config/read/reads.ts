/** Which variables `auth.config` reads, itself and through the modules it imports. */
import { isBuiltin } from 'node:module';
import type { TSESTree } from '@typescript-eslint/types';
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
} from '../../../analysis/syntax/ast.ts';
import type { Located } from '../../../analysis/syntax/bindings/definitions.ts';
import { functionAt } from '../../../analysis/syntax/functions.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import { moduleRequestsOf } from '../../../analysis/syntax/bindings/module-requests.ts';
import { readEnvModule } from '../../libraries/env-modules.ts';
import { readsOf, variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { isEnvironment } from './environment-object.ts';
import { propertyNamed } from '../../../analysis/syntax/objects.ts';
import { SHELL_NAME } from '../../../project/env/env-files.ts';

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
    ...readsIn(one, walkLoaded),
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

function readsIn({ file, own }: GraphModule, visitAll: typeof walkLoaded): readonly VariableRead[] {
  return moduleReads(file, visitAll).map(({ name, node }) => ({ name, at: { file, node }, own: own ?? node }));
}

/** Reads by a helper that takes the variable's name: `const optional = (name) => process.env[name] ?? ''`. */
function helperReads({ file, own }: GraphModule, loader: ModuleLoader): readonly VariableRead[] {
  const reads: VariableRead[] = [];
  walkLoaded(file, (node) => {
    if (node.type !== 'CallExpression') return;
    const names = node.arguments.map((argument) => literalText(argument));
    if (!names.some((name) => name !== undefined && SHELL_NAME.test(name))) return;
    const helper = functionAt({ file, node: node.callee }, loader);
    const parameter = helper && namedParameter(helper);
    const name = parameter && names[parameter.index];
    if (helper && parameter && name !== undefined)
      reads.push({ name, at: { file, node }, inside: { file: helper.file, node: parameter.read }, own: own ?? node });
  });
  return reads;
}

/** Reads by a schema: `z.object({ NAME: z.string() }).parse(process.env)` reads every variable that it lists. */
function schemaReads({ file, own }: GraphModule, loader: ModuleLoader): readonly VariableRead[] {
  const reads: VariableRead[] = [];
  if (!file.text.includes('env')) return reads;
  walkLoaded(file, (node) => {
    if (node.type !== 'CallExpression') return;
    const env = readEnvModule({ file, node }, loader);
    if (!env) return;
    const { isPartial, source, variables } = env;
    const given = source && unwrap(source.node);
    for (const { name, optionalBy } of variables) {
      const at = source && given?.type === 'ObjectExpression' ? listedRead(source.file, given, name) : undefined;
      const isRead = source ? isPartial || isEnvironment(source.file, source.node) : true;
      if (at) reads.push({ name: at.name, at: { file: at.file, node: at.node }, own: own ?? at.node, optionalBy });
      else if (isRead) reads.push({ name, at: { file, node }, own: own ?? node, optionalBy });
    }
  });
  return reads;
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

/** Visits all nodes of a file, those in functions that no one calls while it is loaded included. */
const walkAll: typeof walkLoaded = (file, visit) => {
  walk(file.ast, (node) => {
    visit(node);
  });
};

function moduleReads(
  file: SourceFile,
  visitAll: typeof walkLoaded,
): readonly { readonly name: string; readonly node: Node }[] {
  const found: { name: string; node: Node }[] = [];
  if (!file.text.includes('env')) return found;
  visitAll(file, (node) => {
    if (node.type === 'MemberExpression' && isEnvironment(file, node.object)) {
      const name = propertyName(node);
      if (name !== undefined && !isWritten(node)) found.push({ name, node });
    } else if (
      node.type === 'VariableDeclarator' &&
      node.init &&
      node.id.type === 'ObjectPattern' &&
      isEnvironment(file, node.init)
    ) {
      for (const property of node.id.properties) {
        const name = property.type === 'Property' ? propertyName(property) : undefined;
        if (name !== undefined) found.push({ name, node: property });
      }
    }
  });
  return found;
}

/** Visits what runs when a module is loaded: functions only where the module calls them, on the spot or by name. */
export function walkLoaded(file: SourceFile, visit: (node: Node) => void): void {
  walk(file.ast, (node) => {
    if (isFunction(node) && !isCalledAtOnce(node) && !isCalledByName(file, node)) return false;
    visit(node);
    return true;
  });
}

function isCalledAtOnce(node: FunctionNode): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent?.type !== 'CallExpression') return false;
  // `(() => …)()`, and `items.flatMap(() => …)`.
  return parent.callee === outer || parent.callee.type === 'MemberExpression';
}

/** `providers()` of `function providers() { … }`, called outside of functions. */
function isCalledByName(file: SourceFile, node: FunctionNode): boolean {
  const { parent } = node;
  const name =
    node.type === 'FunctionDeclaration'
      ? node.id
      : parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier'
        ? parent.id
        : undefined;
  const variable = name ? variableOf(file, name) : undefined;
  if (!variable) return false;
  return readsOf(variable).some((read) => {
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
  const elsewhere = graphOf(file, loader).flatMap((one) => readsIn(one, walkAll));
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
