/** The uses of the sinks of a file, and of those in wrappers that it calls. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceForBoth } from '../../../analysis/once.ts';
import { type FunctionNode, type Node, isFunction, unwrap } from '../../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { importsOf } from '../../../analysis/syntax/bindings/imports.ts';
import { loaderFor } from '../../../analysis/syntax/bindings/modules.ts';
import { functionOf } from '../../../analysis/syntax/functions.ts';
import { readsOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { readsOfFunction } from '../../../analysis/values/iterations.ts';
import type { Value } from '../../../analysis/values/values.ts';
import type { Project } from '../../../project/project.ts';
import { isRequestParameter } from './request.ts';
import { SinkUse } from './sink-use.ts';
import { OF_SINKS, sinkNamed, sinksOf } from './sinks.ts';

/** Every use of the sinks of a file, and of those in wrappers of other project files that this file calls. */
export const usesIn = onceForBoth((file: SourceFile, project: Project): readonly SinkUse[] => {
  const own = sinksOf(file, project).flatMap((sink): SinkUse[] => {
    const direct = new SinkUse({ sink, site: { file, node: sink.node } }, project);
    const wrapper = wrapperOf(direct);
    const calls = wrapper ? callsOf(wrapper, file) : [];
    if (!wrapper) return [direct];
    if (calls.length > 0)
      return calls.map((call) => new SinkUse({ sink, through: { wrapper, call }, site: call }, project));
    const alone = new SinkUse({ sink, site: direct.site, byDefault: wrapper }, project);
    const isKnown = alone.sentOn('preview').every(({ host }) => host.kind !== 'absent' && host.kind !== 'unknown');
    return [isKnown ? alone : direct];
  });
  return [...own, ...usesOfImportedWrappers(file, project)];
});

/** The function around the sink whose parameter decides what is sent. */
function wrapperOf(use: SinkUse): FunctionNode | undefined {
  const around = functionsAround(use.sink.node);
  if (around.length === 0) return undefined;
  // A guard may keep the parameter to production.
  const uris = (['preview', 'production'] as const).flatMap((deployment) => use.sentOn(deployment));
  for (const definition of uris.flatMap(({ value }) => definitionsIn(value))) {
    // No caller in the text shows which request it is.
    if (
      definition.kind === 'parameter' &&
      around.includes(definition.function) &&
      !isRequestParameter(definition, use.project)
    )
      return definition.function;
  }
  return undefined;
}

function definitionsIn(value: Value): Definition[] {
  if (value.type === 'unknown') return [value.definition];
  const parts = value.type === 'text' ? value.parts : value.type === 'url' ? value.href.parts : [];
  return parts.flatMap((part) => (part.kind === 'unknown' ? [part.value.definition] : []));
}

function functionsAround(node: Node): FunctionNode[] {
  const around: FunctionNode[] = [];
  for (let current = node.parent; current; current = current.parent) if (isFunction(current)) around.push(current);
  return around;
}

/** The calls of a function in its own file. */
const callsOf = (wrapper: FunctionNode, file: SourceFile): Located<TSESTree.CallExpression>[] =>
  readsOfFunction(file, wrapper).flatMap((read) => callAt(file, read));

function callAt(file: SourceFile, callee: Node): Located<TSESTree.CallExpression>[] {
  const node = callee.parent;
  return node?.type === 'CallExpression' && unwrap(node.callee) === callee ? [{ file, node }] : [];
}

// Only a call that is given something like a redirect URI makes the module of its function be parsed.
const LIKE_REDIRECT_URI = /redirectUri|returnTo|baseURL|https?:|origin|VERCEL_|[Cc]allback/u;

function usesOfImportedWrappers(file: SourceFile, project: Project): SinkUse[] {
  return importsOf(file)
    .filter(({ name }) => name !== '*')
    .flatMap(({ variable }) => readsOf(variable).flatMap((read) => callAt(file, read)))
    .flatMap((call): SinkUse[] => {
      const { callee, range } = call.node;
      if (!LIKE_REDIRECT_URI.test(file.text.slice(callee.range[1], range[1]))) return [];
      const target = definitionOf({ file, node: callee }, loaderFor(project, OF_SINKS));
      // AuthKit's own function, handed on by the project under another name.
      const isFound = sinksOf(file, project).some(({ node }) => node === call.node);
      const renamed = isFound ? undefined : sinkNamed(target, file, call.node, project);
      if (renamed) return [new SinkUse({ sink: renamed, site: call }, project)];
      const called = functionOf(target);
      if (!called || called.file === file) return [];
      const wrapper = called.node;
      return sinksOf(called.file, project)
        .filter((sink) => wrapperOf(new SinkUse({ sink, site: call }, project)) === wrapper)
        .map((sink) => new SinkUse({ sink, through: { wrapper, call }, site: call }, project));
    });
}
