/** Which variables `auth.config` reads, itself and through the modules it imports. */
import { isBuiltin } from 'node:module';
import type { TSESTree } from '@typescript-eslint/types';
import { type FunctionNode, type Node, enclosingFunction, isFunction, literalText, propertyName, unwrap, walk, wrapped } from '../../analysis/ast.ts';
import type { Located } from '../../analysis/bindings.ts';
import type { ModuleLoader } from '../../analysis/modules.ts';
import { readsOf, variableOf } from '../../analysis/scopes.ts';
import type { SourceFile } from '../../analysis/source-file.ts';

export interface VariableRead {
  readonly name: string;
  /** The read itself. */
  readonly at: Located;
  /** Where the file itself leads to it: the read, or the import of the module that has it. */
  readonly own: Node;
}

const MAX_MODULES = 200;

/** Every read of a variable that happens while the module graph of a file is loaded. Reads inside functions are left out. */
export function variableReads(file: SourceFile, loader: ModuleLoader): readonly VariableRead[] {
  const reads: VariableRead[] = [];
  const seen = new Set<string>();
  const queue: { readonly file: SourceFile; readonly own: Node | undefined }[] = [{ file, own: undefined }];
  for (let next = queue.shift(); next && seen.size < MAX_MODULES; next = queue.shift()) {
    if (seen.has(next.file.path)) continue;
    seen.add(next.file.path);
    const { own } = next;
    reads.push(...moduleReads(next.file).map(({ name, node }) => ({ name, at: { file: next.file, node }, own: own ?? node })));
    for (const { node, module } of valueImports(next.file)) {
      const target = loader.load(module, next.file.path);
      if (target) queue.push({ file: target, own: own ?? node });
    }
  }
  return reads;
}

const known = new WeakMap<SourceFile, readonly { readonly name: string; readonly node: Node }[]>();

function moduleReads(file: SourceFile): readonly { readonly name: string; readonly node: Node }[] {
  let reads = known.get(file);
  if (!reads) {
    const found: { name: string; node: Node }[] = [];
    if (file.text.includes('env')) {
      walkLoaded(file, (node) => {
        if (node.type === 'MemberExpression' && isEnvironment(file, node.object)) {
          const name = propertyName(node);
          if (name !== undefined && !isWritten(node)) found.push({ name, node });
        } else if (node.type === 'VariableDeclarator' && node.init && node.id.type === 'ObjectPattern' && isEnvironment(file, node.init)) {
          for (const property of node.id.properties) {
            const name = property.type === 'Property' ? propertyName(property) : undefined;
            if (name !== undefined) found.push({ name, node: property });
          }
        }
      });
    }
    known.set(file, (reads = found));
  }
  return reads;
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
  const name = node.type === 'FunctionDeclaration' ? node.id : parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : undefined;
  const variable = name ? variableOf(file, name) : undefined;
  if (!variable) return false;
  return readsOf(variable).some((read) => {
    const use = wrapped(read);
    return use.parent?.type === 'CallExpression' && use.parent.callee === use && !enclosingFunction(use);
  });
}

/** `process.env`, or a constant that is it. */
function isEnvironment(file: SourceFile, expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type === 'Identifier') {
    const declarator = variableOf(file, node)?.defs[0]?.node as Node | undefined;
    return declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier' && declarator.init !== null && unwrap(declarator.init).type === 'MemberExpression' && isEnvironment(file, declarator.init);
  }
  if (node.type !== 'MemberExpression' || propertyName(node) !== 'env') return false;
  const root = unwrap(node.object);
  return root.type === 'Identifier' && root.name === 'process' && !variableOf(file, root);
}

function isWritten(node: Node): boolean {
  return node.parent?.type === 'AssignmentExpression' && node.parent.left === node;
}

/** The reads that are written in the module graph, and those that evaluation came upon besides: `required('NAME')`. */
export function allReads(file: SourceFile, loader: ModuleLoader, asked: Iterable<string>): readonly VariableRead[] {
  const written = variableReads(file, loader);
  const names = new Set(written.map(({ name }) => name));
  const others = [...asked].filter((name) => !names.has(name)).map((name): VariableRead => {
    const node = namedAt(file, name);
    return { name, at: { file, node }, own: node };
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

/** The imports that are left when types are taken away, as esbuild takes them away. */
export function valueImports(file: SourceFile): readonly { readonly module: string; readonly node: Node }[] {
  return file.ast.body.flatMap((statement): { module: string; node: Node }[] => {
    switch (statement.type) {
      case 'ImportDeclaration': {
        const { specifiers } = statement;
        const isUsed = specifiers.length === 0 || specifiers.some((specifier) => isUsedAsValue(file, specifier));
        return statement.importKind !== 'type' && isUsed ? [{ module: statement.source.value, node: statement }] : [];
      }
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
        return statement.source && statement.exportKind !== 'type' ? [{ module: statement.source.value, node: statement }] : [];
      default:
        return [];
    }
  });
}

function isUsedAsValue(file: SourceFile, specifier: TSESTree.ImportClause): boolean {
  if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') return false;
  const variable = variableOf(file, specifier.local);
  return variable !== undefined && readsOf(variable).length > 0;
}

/** The imports of modules that only Node.js has: Convex bundles this file for a runtime without them. */
export function nodeImports(file: SourceFile): readonly { readonly module: string; readonly node: Node }[] {
  return valueImports(file).filter(({ module }) => isBuiltin(module) && !RESOLVED.test(module));
}

/** What convex's bundler replaces (`src/bundler/debugBundle.ts`, `nodeShimsPlugin`), and names that packages have, too. */
const RESOLVED = /^(?:(?:node:)?async_hooks|assert|buffer|events|path|process|punycode|querystring|string_decoder|url|util)$/u;
