/** Routes of the project that refresh the session: a fetcher that asks one of them forces a refresh on every request. */
import { isFunction } from '../../../../analysis/syntax/ast.ts';
import { defineExport } from '../../../../analysis/syntax/bindings/definitions.ts';
import type { SourceFile } from '../../../../analysis/syntax/source-file.ts';
import { type Project, pathnameOf } from '../../../../project/project.ts';
import type { Ref } from '../../../../analysis/flow/calls/call-contexts.ts';
import { constantOf } from '../../../../analysis/flow/constants.ts';
import { calleesOf } from '../../values/trace.ts';
import { type ReachedCall, callsFrom } from '../calls.ts';

const METHODS = ['GET', 'POST'];

/** The calls of a fetcher, with a refresh for each `fetch()` of a route that makes one. */
export function withRoutes(file: SourceFile, calls: readonly ReachedCall[], project: Project): readonly ReachedCall[] {
  const refreshes = calls.flatMap((call): ReachedCall[] => {
    const site = call.sites.at(-1);
    if (call.what.kind !== 'global' || call.what.name !== 'fetch' || site?.node.type !== 'CallExpression') return [];
    const [target] = site.node.arguments;
    const href = target && hrefOf({ ...site.ref, node: target, path: [] }, project);
    return href !== undefined && refreshesAt(href, file, project)
      ? [{ what: { kind: 'forced', by: 'refreshSession' }, sites: call.sites }]
      : [];
  });
  return refreshes.length === 0 ? calls : [...calls, ...refreshes];
}

/** The URL that is asked, as far as its path: `/api/token?fresh=${force}`. */
function hrefOf(target: Ref, project: Project): string | undefined {
  const whole = constantOf(target, project)?.value;
  if (typeof whole === 'string') return whole;
  const { node } = target;
  const start =
    node.type === 'TemplateLiteral'
      ? (node.quasis[0]?.value.cooked ?? undefined)
      : node.type === 'BinaryExpression' && node.operator === '+'
        ? hrefOf({ ...target, node: node.left }, project)
        : undefined;
  return start !== undefined && /[?#]/u.test(start) ? start : undefined;
}

function refreshesAt(href: string, file: SourceFile, project: Project): boolean {
  const app = project.appOf(file.path);
  const pathname = pathnameOf(href);
  const route = app && pathname !== undefined ? project.servingRoute(app, pathname) : undefined;
  if (route?.kind !== 'route') return false;
  const handlers = project.sourceFile(route.path);
  return (
    handlers !== undefined &&
    METHODS.some((method) => {
      const definition = defineExport(handlers, method, [], project);
      if (definition.kind !== 'value') return false;
      const at = { file: definition.file, node: definition.node, path: [] };
      return calleesOf(at, project).some(
        (origin) =>
          origin.kind === 'function' &&
          isFunction(origin.at.node) &&
          callsFrom(origin, project).some(({ what }) => what.kind === 'forced'),
      );
    })
  );
}
