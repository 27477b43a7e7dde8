/** Routes of the project that give out the token, or refresh the session: a fetcher that asks one of these forces a refresh on every request. */
import { defineExport } from '../../../../analysis/syntax/bindings/definitions.ts';
import type { SourceFile } from '../../../../analysis/syntax/source-file.ts';
import { type Project, pathnameOf } from '../../../../project/project.ts';
import { type Ref, argumentOf } from '../../../../analysis/flow/calls/call-contexts.ts';
import { constantOf } from '../../../../analysis/flow/constants.ts';
import { returnedExpressions } from '../../../../analysis/flow/paths.ts';
import { madeResponse } from '../../../made-response.ts';
import { type Origin, alternativeOrigins, calleesOf } from '../../values/trace.ts';
import { type ReachedCall, callsFrom } from '../calls.ts';
import { expressionAt } from '../../../../analysis/syntax/bindings/expressions.ts';

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
function hrefOf(written: Ref, project: Project): string | undefined {
  // `fetchJson('/api/token')`
  const target = argumentOf(written, project) ?? written;
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

const refreshesAt = (href: string, file: SourceFile, project: Project): boolean =>
  handlersAt(href, file, project).some((handler) =>
    callsFrom(handler, project).some(({ what }) => what.kind === 'forced'),
  );

type FunctionOrigin = Extract<Origin, { kind: 'function' }>;

/** The handlers of the route of the app that a request goes to. */
function handlersAt(href: string, file: SourceFile, project: Project): readonly FunctionOrigin[] {
  const app = project.appOf(file.path);
  const pathname = pathnameOf(href);
  const route = app && pathname !== undefined ? project.servingRoute(app, pathname) : undefined;
  const handlers = route?.kind === 'route' ? project.sourceFile(route.path) : undefined;
  if (!handlers) return [];
  return METHODS.flatMap((method) => {
    const definition = defineExport(handlers, method, [], project);
    if (definition.kind !== 'value') return [];
    return calleesOf({ file: definition.file, node: definition.node, path: [] }, project).filter(
      (origin) => origin.kind === 'function',
    );
  });
}

/** Whether a member of what a route of the app answers is AuthKit's token: `NextResponse.json({ token: accessToken })`. */
export function isTokenOfRoute({ path, request }: Extract<Origin, { kind: 'fetched' }>, project: Project): boolean {
  const [target] = request.node.type === 'CallExpression' ? request.node.arguments : [];
  const href = target && hrefOf({ ...request, node: target }, project);
  if (href === undefined) return false;
  return handlersAt(href, request.file, project).some(({ at }) =>
    returnedExpressions(at.node)
      .flatMap((node) => bodyOf({ ...at, node }, project) ?? [])
      .some((body) => alternativeOrigins({ ...body, path }, project).some(({ kind }) => kind === 'answer')),
  );
}

/** The value that a response has as JSON: of `Response.json(value)` and `new Response(JSON.stringify(value))`. */
function bodyOf(returned: Ref, project: Project): Ref | undefined {
  const made = expressionAt(returned, project, 'CallExpression', 'NewExpression');
  if (!made) return undefined;
  const { file, node } = made;
  const response = madeResponse(made, project);
  const [body] = node.arguments;
  if (response?.kind !== 'body' || !body) return undefined;
  if (response.name.endsWith('.json')) return { ...returned, file, node: body, path: [] };
  const isText = body.type === 'CallExpression' && file.text.slice(...body.callee.range) === 'JSON.stringify';
  const [value] = isText ? body.arguments : [];
  return value && { ...returned, file, node: value, path: [] };
}
