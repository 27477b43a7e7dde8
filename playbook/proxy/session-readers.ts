/** Where the server, on its way to an answer, reads the session that only a proxy can have left: `withAuth()`, also in layouts, components and helpers. */
import { type Located, defineExport } from '../../analysis/syntax/bindings/definitions.ts';
import { valueNamed } from '../../analysis/syntax/objects.ts';
import type { CallNode } from '../../analysis/flow/calls/call-walk.ts';
import { hasDirective } from '../../analysis/syntax/directives.ts';
import { positionAt } from '../../analysis/syntax/source-file.ts';
import { type ReachedCall, callsReachedFrom, functionsBehind } from '../../analysis/flow/calls/reached-calls.ts';
import { perProject } from '../../project/memos/per-project.ts';
import type { Project } from '../../project/project.ts';
import { type AppRoute, type RouteFrame, HANDLERS, RENDERED } from '../../project/routes/route-files.ts';
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

/** The first call on the way to a route's answer that certainly reads the session; undefined where none does. */
export function readerOf(route: AppRoute, project: Project): RouteReader | undefined {
  for (const frame of route.around) {
    const reader = readerIn(project, frame.path, RENDERED);
    if (reader) return { ...reader, frame };
  }
  const reader = readerIn(project, route.path, exportsFor(route));
  return reader && { ...reader, frame: undefined };
}

const exportsFor = ({ kind }: AppRoute) => (kind === 'page' ? RENDERED : HANDLERS);

/** Every call that is certainly made on the way to a route's answer, those of its layouts first. */
export function callsOf(route: AppRoute, project: Project): readonly ReachedCall[] {
  return [
    ...route.around.map(({ path }) => callsIn(project, path, RENDERED)),
    callsIn(project, route.path, exportsFor(route)),
  ].flat();
}

/** The first call that reads the session, among those that some exports of a file certainly make. */
export const readerIn = perProject(
  'session reader',
  (project, path: string, names: readonly string[]): SessionReader | undefined => {
    for (const { file, node } of callsIn(project, path, names)) {
      const use = useAt({ file, node }, project);
      if (use?.entry.needsProxy) {
        const [offset] = node.range;
        return { name: use.name, path: file.path, offset, line: positionAt(file.text, offset).line };
      }
    }
    return undefined;
  },
);

/** `fetchRequestHandler({ createContext })` */
function calledBackBy({ file, node }: Located<CallNode>, project: Project): readonly Located[] {
  const [options] = node.arguments;
  const member = useAt({ file, node }, project)?.entry.callsMember;
  const given = member === undefined || !options ? undefined : valueNamed(options, member);
  return given ? [{ file, node: given }] : [];
}

const callsIn = perProject(
  'certain calls',
  (project, path: string, names: readonly string[]): readonly ReachedCall[] => {
    const file = project.sourceFile(path);
    if (!file || hasDirective(file.ast, 'use client')) return [];
    return names.flatMap((name) =>
      functionsBehind(defineExport(file, name, [], project), project).flatMap((entry) =>
        callsReachedFrom(entry, {
          loader: project,
          followsElements: true,
          callsBack: (call) => calledBackBy(call, project),
          enters: (target) => !hasDirective(target.file.ast, 'use client'),
          isReached: (place) => isCertain(place, project),
        }),
      ),
    );
  },
);
