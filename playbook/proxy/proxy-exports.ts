/** What Next.js calls of a proxy file (vercel/next.js packages/next/src/build/templates/middleware.ts: `mod.proxy || mod.default`). */
import { basename } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import { callNamed } from '../../analysis/edits/call.ts';
import { exitsOf } from '../../analysis/flow/paths.ts';
import { type FunctionNode, type Node, type Range, isFunction, unwrapAwait } from '../../analysis/syntax/ast.ts';
import { type Export, exportsOf, listedName } from '../../analysis/syntax/bindings/exports.ts';
import { readsOf, variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Project } from '../../project/project.ts';
import type { ProxyName } from '../../project/proxy-files.ts';
import { knownExport, useAt } from '../libraries/index.ts';
import type { ProxyFinding } from './findings.ts';
import {
  type Definition,
  type Located,
  defineExport,
  definitionOf,
} from '../../analysis/syntax/bindings/definitions.ts';
import { renameEdits } from '../../analysis/edits/rename.ts';
import { functionAt } from '../../analysis/syntax/functions.ts';
import { expressionOf } from '../../analysis/syntax/bindings/expressions.ts';

/** The export that Next.js calls; undefined where it finds none. */
export function calledExport(file: SourceFile, name: ProxyName): Export | undefined {
  const { named } = exportsOf(file);
  return named.get(name) ?? named.get('default');
}

/** What Next.js calls: the export that is named like the file, else the default one. */
export function calledDefinition(file: SourceFile, project: Project): Definition | undefined {
  const name = basename(file.path).replace(/\..*$/u, '');
  return [name, 'default'].map((each) => defineExport(file, each, [], project)).find(({ kind }) => kind !== 'unknown');
}

/** The function that Next.js calls, where the file has it, and nothing around it may answer in its place. */
export function ownProxyOf(file: SourceFile, name: ProxyName, project: Project): FunctionNode | undefined {
  const exported = calledExport(file, name);
  const own = exported?.kind === 'local' ? functionAt({ file, node: exported.node }, project) : undefined;
  return own?.file === file ? own.node : undefined;
}

/** The call by which AuthKit makes all of a proxy: `export default authkitProxy()`, or a function that only hands its request on to what that made. */
export function factoryCall(proxy: SourceFile, project: Project): Located<TSESTree.CallExpression> | undefined {
  const called = calledDefinition(proxy, project);
  const made =
    called?.kind === 'value' && isFunction(called.node) ? calleeOnly(called.node, called.file, project) : called;
  const call = expressionOf(made, 'CallExpression');
  return call && useAt(call, project)?.entry.proxy === 'factory' ? call : undefined;
}

/** What a function calls with its own parameters, where it does nothing else: `(request, event) => authkitProxy()(request, event)`. */
function calleeOnly(owner: FunctionNode, file: SourceFile, project: Project): Definition | undefined {
  const [exit, ...others] = exitsOf(owner);
  const call = exit?.kind === 'return' && exit.argument ? unwrapAwait(exit.argument) : undefined;
  if (call?.type !== 'CallExpression' || others.length > 0 || call.arguments.length === 0) return undefined;
  const isHandedOn = call.arguments.every((argument, index) => {
    const given = definitionOf({ file, node: argument }, project);
    return given.kind === 'parameter' && given.function === owner && given.index === index && given.path.length === 0;
  });
  return isHandedOn ? definitionOf({ file, node: call.callee }, project) : undefined;
}

/** Where a file's export is written, or its first statement. */
export function exportRange(file: SourceFile, name: ProxyName): Range {
  const exported = calledExport(file, name);
  const first = file.ast.body.find(({ type }) => type.startsWith('Export')) ?? file.ast.body[0];
  return headOf(exported?.kind === 'local' ? exported.node : first, file);
}

/** A declaration's first line: the whole of it may be the whole file. */
function headOf(node: Node | undefined, { text }: SourceFile): Range {
  const [start, end] = node?.range ?? [0, 0];
  const line = text.indexOf('\n', start);
  return [start, line === -1 ? end : Math.min(line, end)];
}

/** Finds a file from which Next.js can call nothing, or the wrong thing. */
export function findWrongExport(
  file: SourceFile,
  name: ProxyName,
  isNext16: boolean | undefined,
  project: Project,
): ProxyFinding | undefined {
  const { named, stars } = exportsOf(file);
  const fileName = project.display(file.path);
  const exported = calledExport(file, name);
  if (exported) {
    // Next 16 looks for an export that is written in the file (packages/next/src/build/analysis/get-page-static-info.ts).
    if (exported.kind === 'from' && !named.has(name) && isNext16 === true) return reexported(file, name, fileName);
    return uncalledFactory(exported, file, project);
  }
  if (stars.length > 0) return undefined;
  const other: ProxyName = name === 'proxy' ? 'middleware' : 'proxy';
  const candidate = named.get(other);
  const shown = candidate ? other : [...named.keys()].find((each) => each !== 'config');
  const found: ProxyFinding = {
    messageId: 'notExported',
    range: exportRange(file, other),
    data: { file: fileName, name, found: shown === undefined ? 'nothing else' : `'${shown}'` },
  };
  const edits = candidate?.kind === 'local' ? renamed(candidate.node, name, file) : undefined;
  return edits
    ? { ...found, fix: { safety: 'review', edits }, fixMessageId: 'renameExport' }
    : { ...found, unfixable: 'what has to be exported is not clear from the file' };
}

function reexported(file: SourceFile, name: ProxyName, fileName: string): ProxyFinding {
  const statement = file.ast.body.find(
    (each) =>
      each.type === 'ExportNamedDeclaration' &&
      each.specifiers.some(({ exported }) => listedName(exported) === 'default'),
  );
  return {
    messageId: 'reexportedDefault',
    range: headOf(statement, file),
    data: { file: fileName, name },
    unfixable: 'the import and the export have to be written out',
  };
}

/** `export default authkitProxy`: Next.js gets a function where it wants a response. */
function uncalledFactory(exported: Export, file: SourceFile, project: Project): ProxyFinding | undefined {
  if (exported.kind !== 'local') return undefined;
  const known = knownExport({ file, node: exported.node }, project);
  if (known?.entry.proxy !== 'factory') return undefined;
  const node = factoryName(exported.node, file);
  const call = node && callNamed(node);
  return {
    messageId: 'uncalledFactory',
    range: ((call && node) ?? exported.node).range,
    data: { name: known.name },
    ...(call
      ? { fix: { safety: 'review', edits: [call] }, fixMessageId: 'callFactory' }
      : { unfixable: 'the call has to be written where the function is named' }),
  };
}

/** The place where the factory is named and could be called: `export default X`, `export const proxy = X`. */
function factoryName(node: Node, file: SourceFile): Node | undefined {
  if (node.parent?.type === 'ExportDefaultDeclaration') return node;
  if (node.parent?.type !== 'VariableDeclarator' || !node.parent.init) return undefined;
  const { init } = node.parent;
  const variable = node.type === 'Identifier' ? variableOf(file, node) : undefined;
  return variable && readsOf(variable).length === 0 ? init : undefined;
}

/** Another name for what is exported, where it is declared and no one else uses it. */
function renamed(node: Node, name: ProxyName, file: SourceFile) {
  const identifier = node.type === 'FunctionDeclaration' ? node.id : node.type === 'Identifier' ? node : undefined;
  const variable = identifier && variableOf(file, identifier);
  const isDeclared = node.type === 'FunctionDeclaration' || node.parent?.type === 'VariableDeclarator';
  return variable && isDeclared && readsOf(variable).length === 0 ? renameEdits(file, identifier, name) : undefined;
}
