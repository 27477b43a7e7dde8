/** Where the server, on its way to an answer, reads the session that only a proxy can have left: `withAuth()`, also in layouts, components and helpers. */
import { type FunctionNode, type Node, isFunction, resultsOf, unwrap } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import { hasDirective } from '../../analysis/syntax/directives.ts';
import { exportsOf } from '../../analysis/syntax/exports.ts';
import { type SourceFile, positionAt } from '../../analysis/syntax/source-file.ts';
import { type ReachedCall, callsReachedFrom } from '../../analysis/flow/reached-calls.ts';
import type { Project } from '../../project/project.ts';
import type { AppRoute, RouteFrame } from '../../project/route-files.ts';
import { useAt } from '../libraries/index.ts';
import { isCertain } from './certain-calls.ts';

export interface SessionReader {
  /** `withAuth` */
  readonly name: string;
  /** Absolute path of the file that has the call, and its line. */
  readonly path: string;
  readonly line: number;
  readonly offset: number;
}

/** A reader, and the layout that leads to it; no layout where the page or handler itself does. */
export interface RouteReader extends SessionReader {
  readonly frame: RouteFrame | undefined;
}

const HANDLERS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const RENDERED = ['default', 'generateMetadata', 'generateViewport'];

/** The first call on the way to a route's answer that certainly reads the session; undefined where none does. */
export function readerOf(route: AppRoute, project: Project): RouteReader | undefined {
  for (const frame of route.around) {
    const reader = readerIn(frame.path, RENDERED, project);
    if (reader) return { ...reader, frame };
  }
  const reader = readerIn(route.path, exportsFor(route), project);
  return reader && { ...reader, frame: undefined };
}

const exportsFor = ({ kind }: AppRoute) => (kind === 'page' ? RENDERED : HANDLERS);

/** Every call that is certainly made on the way to a route's answer, those of its layouts first. */
export function callsOf(route: AppRoute, project: Project): readonly ReachedCall[] {
  return [
    ...route.around.map(({ path }) => callsIn(path, RENDERED, project)),
    callsIn(route.path, exportsFor(route), project),
  ].flat();
}

/** The first call that reads the session, among those that some exports of a file certainly make. */
export function readerIn(path: string, names: readonly string[], project: Project): SessionReader | undefined {
  return project.facts.memo(`session-reader:${project.cwd}:${path}:${names.join()}`, () => {
    for (const { file, node } of callsIn(path, names, project)) {
      const use = useAt({ file, node }, project);
      if (use?.entry.needsProxy) {
        const [offset] = node.range;
        return { name: use.name, path: file.path, offset, line: positionAt(file.text, offset).line };
      }
    }
    return undefined;
  });
}

function callsIn(path: string, names: readonly string[], project: Project): readonly ReachedCall[] {
  return project.facts.memo(`certain-calls:${project.cwd}:${path}:${names.join()}`, () => {
    const file = project.sourceFile(path);
    if (!file || hasDirective(file.ast, 'use client')) return [];
    return names.flatMap((name) => {
      const exported = exportsOf(file).named.get(name);
      const definition = exported && exportedDefinition(exported, file, project);
      return (definition ? functionsBehind(definition, project) : []).flatMap((entry) =>
        callsReachedFrom(entry, {
          loader: project,
          followsElements: true,
          enters: (target) => !hasDirective(target.file.ast, 'use client'),
          isReached: (place) => isCertain(place, project),
        }),
      );
    });
  });
}

type Exported = ReturnType<typeof exportsOf>['named'] extends ReadonlyMap<string, infer Each> ? Each : never;

function exportedDefinition(exported: Exported, file: SourceFile, project: Project): Definition | undefined {
  if (exported.kind === 'local') return definitionOf({ file, node: exported.node }, project);
  const target = project.load(exported.module, file.path);
  const inner = target && exportsOf(target).named.get(exported.name);
  return target && inner?.kind === 'local' ? definitionOf({ file: target, node: inner.node }, project) : undefined;
}

/** The functions that run when an export is called: itself, what a wrapper is given, and what the wrapper returns. */
function functionsBehind(definition: Definition, project: Project, depth = 4): readonly Located<FunctionNode>[] {
  if (definition.kind !== 'value' || depth === 0) return [];
  const { file, path } = definition;
  const node = unwrap(definition.node);
  if (isFunction(node)) return path.length === 0 ? [{ file, node }] : [];
  if (node.type !== 'CallExpression') return [];
  const behind = (expression: Node, of = file) =>
    functionsBehind(definitionOf({ file: of, node: expression }, project, of === file ? [] : path), project, depth - 1);
  const given = path.length === 0 ? node.arguments.flatMap((argument) => behind(argument)) : [];
  const maker = definitionOf({ file, node: node.callee }, project);
  if (maker.kind !== 'value' || maker.path.length > 0 || !isFunction(maker.node)) return given;
  return [...given, ...resultsOf(maker.node).flatMap((result) => behind(result, maker.file))];
}
