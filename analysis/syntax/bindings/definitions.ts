/**
 * Follows bindings instead of names: what an expression stands for, through imports, aliases, namespaces,
 * destructuring, lazy imports and the other files of the project.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { assignedMember } from './assigned-members.ts';
import { type FunctionNode, type Node, literalText, propertyName, unwrap } from '../ast.ts';
import { classAround, instanceMember, isClass, staticMember } from './classes.ts';
import { type Path, declarationOf, writesOf } from './declarations.ts';
import { exportsOf, exportsOfNamespace } from './exports.ts';
import type { ModuleLoader } from './modules.ts';
import { type Variable, variableOf } from './scopes.ts';
import type { SourceFile } from '../source-file.ts';

/** A node and the file it is in. */
export interface Located<N extends Node = Node> {
  readonly file: SourceFile;
  readonly node: N;
}

export type Definition =
  /** An export of a package, or a member of it: `NextLink.default` of `import * as NextLink from 'next/link'`. */
  | { readonly kind: 'export'; readonly module: string; readonly name: string; readonly path: Path }
  /** An expression that is no mere name (a call, a function, a literal …), and the members taken of it. */
  | { readonly kind: 'value'; readonly file: SourceFile; readonly node: Node; readonly path: Path }
  | {
      readonly kind: 'parameter';
      readonly file: SourceFile;
      readonly function: FunctionNode;
      readonly index: number;
      readonly path: Path;
    }
  /** A name that no code declares: `process`, `fetch`. */
  | { readonly kind: 'global'; readonly name: string; readonly path: Path }
  | { readonly kind: 'unknown' };

const UNKNOWN: Definition = { kind: 'unknown' };
const MAX_HOPS = 64;
/** Modules that one name is looked for in, where `export *` leads from one to the next. */
const MAX_BARRELS = 500;

/**
 * What an expression (or the member of it at a path) stands for. `unknown` for a variable that is assigned again, a computed member, a type-only
 * import, an export that the project's file does not have, and a circle.
 */
export function definitionOf({ file, node }: Located, loader: ModuleLoader, path: Path = []): Definition {
  return define(file, node, path, loader, MAX_HOPS);
}

function define(file: SourceFile, start: Node, path: Path, loader: ModuleLoader, hops: number): Definition {
  if (hops === 0) return UNKNOWN;
  const node = unwrap(start);
  const next = (target: Node, targetPath: Path = path) => define(file, target, targetPath, loader, hops - 1);
  switch (node.type) {
    case 'Identifier':
    case 'JSXIdentifier': {
      const variable = variableOf(file, node);
      if (!variable) return { kind: 'global', name: node.name, path };
      return defineVariable(file, variable, path, loader, hops - 1);
    }
    case 'MemberExpression': {
      const name = propertyName(node);
      return name === undefined ? UNKNOWN : next(node.object, [name, ...path]);
    }
    case 'JSXMemberExpression':
      return next(node.object, [node.property.name, ...path]);
    case 'AwaitExpression':
      return next(node.argument);
    case 'ImportExpression': {
      const module = literalText(node.source);
      return module === undefined ? UNKNOWN : defineImport(file, module, '*', path, loader, hops - 1);
    }
    case 'CallExpression': {
      const module = requiredModule(file, node);
      if (module !== undefined) return defineImport(file, module, '*', path, loader, hops - 1);
      const bound = path.length === 0 ? boundTo(node) : undefined;
      return bound ? next(bound) : { kind: 'value', file, node, path };
    }
    case 'AssignmentExpression':
      return node.operator === '=' ? next(node.right) : UNKNOWN;
    case 'ObjectExpression':
      return defineMember(file, node, path, loader, hops - 1) ?? { kind: 'value', file, node, path };
    case 'NewExpression':
    case 'ThisExpression':
      return defineOfInstance(file, node, path, loader, hops - 1) ?? { kind: 'value', file, node, path };
    case 'TSModuleDeclaration':
      return defineInNamespace(file, node, path, loader, hops - 1);
    case 'FunctionDeclaration':
    case 'ClassDeclaration': {
      const variable = node.id && path.length > 0 ? variableOf(file, node.id) : undefined;
      const assigned = variable && assignedMember(variable, path[0]);
      return assigned ? next(assigned, path.slice(1)) : defineStatic(file, node, path);
    }
    default:
      return { kind: 'value', file, node, path };
  }
}

function defineVariable(
  file: SourceFile,
  variable: Variable,
  path: Path,
  loader: ModuleLoader,
  hops: number,
): Definition {
  const declaration = declarationOf(variable);
  const assigned = declaration.kind === 'import' ? undefined : assignedMember(variable, path[0]);
  if (assigned) return define(file, assigned, path.slice(1), loader, hops);
  switch (declaration.kind) {
    case 'import':
      return defineImport(file, declaration.module, declaration.name, path, loader, hops);
    case 'value':
      return writesOf(variable).length > 0
        ? UNKNOWN
        : define(file, declaration.node, [...declaration.path, ...path], loader, hops);
    case 'parameter': {
      const lazy = lazilyImported(declaration.function, declaration.index);
      if (lazy !== undefined) return defineImport(file, lazy, '*', [...declaration.path, ...path], loader, hops);
      const { function: owner, index } = declaration;
      return { kind: 'parameter', file, function: owner, index, path: [...declaration.path, ...path] };
    }
    case 'declared':
      return declaration.node.type === 'TSModuleDeclaration'
        ? defineInNamespace(file, declaration.node, path, loader, hops)
        : defineStatic(file, declaration.node, path);
    case 'empty': {
      // `let Link; … Link = dynamic(…)`: one assignment is as good as an initial value.
      const [write, second] = writesOf(variable);
      const assignment = write?.parent;
      return !second && assignment?.type === 'AssignmentExpression' && assignment.left === write
        ? define(file, assignment.right, path, loader, hops)
        : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

function defineImport(
  file: SourceFile,
  module: string,
  name: string,
  path: Path,
  loader: ModuleLoader,
  hops: number,
): Definition {
  const [first, ...rest] = path;
  const member = name === '*' && typeof first === 'string';
  const exported = member ? first : name;
  const remaining = member ? rest : path;
  const target = loader.load(module, file.path);
  if (!target)
    return loader.skips?.(module, file.path) === true
      ? UNKNOWN
      : { kind: 'export', module, name: exported, path: remaining };
  return defineExport(target, exported, remaining, loader, hops);
}

/** What an export of a project file stands for. */
export function defineExport(
  file: SourceFile,
  name: string,
  path: Path,
  loader: ModuleLoader,
  hops: number = MAX_HOPS,
): Definition {
  if (hops <= 0) return UNKNOWN;
  const { named } = exportsOf(file);
  const found = named.get(name);
  if (found?.kind === 'local') return define(file, found.node, path, loader, hops - 1);
  if (found) return defineImport(file, found.module, found.name, path, loader, hops - 1);
  return name === 'default' || name === '*' ? UNKNOWN : defineStarred(file, name, path, loader, hops - 1);
}

/** What a name stands for that one of the modules behind `export *` has: barrels may export each other, each is asked once. */
function defineStarred(barrel: SourceFile, name: string, path: Path, loader: ModuleLoader, hops: number): Definition {
  const packages: Definition[] = [];
  const asked = new Set([barrel.path]);
  const search = (file: SourceFile): Definition | undefined => {
    for (const module of exportsOf(file).stars) {
      if (asked.size > MAX_BARRELS || loader.mayExport?.(module, file.path, name) === false) continue;
      const target = loader.load(module, file.path);
      if (target && asked.has(target.path)) continue;
      if (target) asked.add(target.path);
      const isBarrel = target && !exportsOf(target).named.has(name);
      const definition = isBarrel ? search(target) : defineImport(file, module, name, path, loader, hops);
      if (definition?.kind === 'export') packages.push(definition);
      else if (definition && definition.kind !== 'unknown') return definition;
    }
    return undefined;
  };
  // `export * from 'package'` of two packages does not tell which of them has the name.
  return search(barrel) ?? (packages.length === 1 && packages[0] ? packages[0] : UNKNOWN);
}

function defineMember(
  file: SourceFile,
  node: TSESTree.ObjectExpression,
  path: Path,
  loader: ModuleLoader,
  hops: number,
): Definition | undefined {
  const [first, ...rest] = path;
  if (typeof first !== 'string') return undefined;
  for (const property of [...node.properties].reverse()) {
    if (property.type === 'SpreadElement') {
      const definition = define(file, property.argument, path, loader, hops);
      // A spread that may hold the name hides what is before it.
      return definition.kind === 'unknown' ? UNKNOWN : definition;
    }
    const key = propertyName(property);
    if (key === undefined) return UNKNOWN;
    if (key === first) return define(file, property.value, rest, loader, hops);
  }
  return undefined;
}

/** A member of a TypeScript namespace. */
function defineInNamespace(
  file: SourceFile,
  node: TSESTree.TSModuleDeclaration,
  path: Path,
  loader: ModuleLoader,
  hops: number,
): Definition {
  const [first, ...rest] = path;
  const exported = typeof first === 'string' ? exportsOfNamespace(node).get(first) : undefined;
  return exported?.kind === 'local' ? define(file, exported.node, rest, loader, hops) : UNKNOWN;
}

/** A static member of a class; the declaration itself otherwise. */
function defineStatic(file: SourceFile, node: Node, path: Path): Definition {
  const [first, ...rest] = path;
  const value = node.type === 'ClassDeclaration' && typeof first === 'string' ? staticMember(node, first) : undefined;
  return value ? { kind: 'value', file, node: value, path: rest } : { kind: 'value', file, node, path };
}

/** A member of an instance, of `new Auth()` or of `this`. */
function defineOfInstance(
  file: SourceFile,
  node: TSESTree.NewExpression | TSESTree.ThisExpression,
  [first, ...rest]: Path,
  loader: ModuleLoader,
  hops: number,
): Definition | undefined {
  if (typeof first !== 'string') return undefined;
  const made: Definition =
    node.type === 'NewExpression'
      ? define(file, node.callee, [], loader, hops)
      : { kind: 'value', file, node: classAround(node) ?? node, path: [] };
  if (made.kind !== 'value' || made.path.length > 0 || !isClass(made.node)) return undefined;
  const member = instanceMember(made.node, first);
  return member && define(made.file, member, rest, loader, hops);
}

// `import('next/link').then((m) => m.default)`: the parameter of the callback is the namespace.
function lazilyImported(callback: FunctionNode, index: number): string | undefined {
  const call = callback.parent;
  if (index !== 0 || call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  const { object } = call.callee;
  return propertyName(call.callee) === 'then' && object.type === 'ImportExpression'
    ? literalText(object.source)
    : undefined;
}

/** `refresh` of `refresh.bind(null)`, which is called as it is: nothing is bound but `this`. */
function boundTo({ arguments: given, callee }: TSESTree.CallExpression): Node | undefined {
  const isBound = callee.type === 'MemberExpression' && propertyName(callee) === 'bind' && given.length <= 1;
  return isBound && given[0]?.type !== 'SpreadElement' ? callee.object : undefined;
}

/** The module of `require('module')`, unless `require` is a variable of the file. */
export function requiredModule(file: SourceFile, node: TSESTree.CallExpression): string | undefined {
  const { callee } = node;
  if (callee.type !== 'Identifier' || callee.name !== 'require' || variableOf(file, callee)) return undefined;
  return literalText(node.arguments[0]);
}
