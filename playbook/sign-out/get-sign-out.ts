/** Finds route handlers whose GET signs people out, whoever asks (PLAYBOOK 1). */
import type { Node, Range } from '../../analysis/syntax/ast.ts';
import { type Export, exportsOf } from '../../analysis/syntax/bindings/exports.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { App, Project, Route } from '../../project/project.ts';
import type { Finder, Finding } from '../finding.ts';
import type { HandlerFacts } from '../route-handlers/handler.ts';
import { hrefPathsOf } from '../links/hrefs.ts';
import { signOutFacts } from './handler-question.ts';
import { hasSignOutName, isNextAuthRoute } from './names.ts';
import { guardEdits } from './router-guard.ts';
import { listedInSettings, signOutRouteAt } from './routes.ts';
import { isForEveryone } from './signed-in-path.ts';
import { mayEndSession } from './text-gate.ts';

export type MessageId = 'signsOutOnGet' | 'signsOutOnGetByName';
export type SuggestionId = 'answerRouter';

type GetFinding = Finding<MessageId, SuggestionId>;

/** A route file below `app/`, and any file of `pages/api/`. */
const HANDLER_FILE = /[\\/](?:app[\\/](?:.*[\\/])?route\.[^\\/]+|pages[\\/]api[\\/].+)$/su;
const EXPORTS = /\bGET\b|\bdefault\b|\bexport\s*(?:\*|=)|\bexports\b/u;

/** Whether a file may be a route handler that signs people out, by its path and its text. */
export function mayGetSignOut(text: string, path: string, open: () => Project): boolean {
  if (!HANDLER_FILE.test(path) || !EXPORTS.test(text)) return false;
  if (/(?:sign|log)[-_]?(?:out|off)/iu.test(path)) return true;
  const project = open();
  return project.settings.authkit.signOutPaths !== undefined || mayEndSession(project, text, path);
}

export const findGetSignOut: Finder<undefined, MessageId, SuggestionId> = (file, project) => {
  for (const app of project.appsFor(file.path)) {
    const route = project.routeOfFile(app, file.path);
    if (route?.kind === 'route' || route?.kind === 'api') return findingsOf(file, project, app, route);
  }
  return [];
};

function findingsOf(file: SourceFile, project: Project, app: App, route: Route): GetFinding[] {
  // NextAuth's own handler shows a page that asks first.
  if (isNextAuthRoute(route.path)) return [];
  const isApi = route.kind === 'api';
  const facts = signOutFacts(file, isApi, project);
  const shown = facts && signsOut(file, project, app, route, facts);
  if (!facts || !shown) return [];
  const exported = exportsOf(file).named.get(isApi ? 'default' : 'GET');
  const fix = isApi ? 'Sign out on POST only' : 'Sign out in a server action';
  return [
    {
      ...shown,
      data: {
        ...shown.data,
        path: `${app.basePath}${route.pattern}`,
        fix: `${fix}.`,
      },
      range: rangeOf(file, exported),
      ...fixOf(file, project, isApi, facts, exported),
    },
  ];
}

/** What shows that the route signs people out; undefined when nothing does. */
function signsOut(
  file: SourceFile,
  project: Project,
  app: App,
  { pattern, segments }: Route,
  facts: HandlerFacts<string>,
): Pick<GetFinding, 'data' | 'messageId'> | undefined {
  // Links to `/[locale]/sign-out` are written, and listed, as '/sign-out'.
  const short = `/${segments.filter((segment) => !segment.startsWith('[')).join('/')}`;
  const listed = listedInSettings(project, short) === true || listedInSettings(project, pattern);
  if (listed === false) return undefined;
  const isNamed = listed === true || hasSignOutName(pattern);
  if (facts.done !== undefined) {
    return isNamed || facts.isDoneWhere(isForEveryone)
      ? { messageId: 'signsOutOnGet', data: { what: facts.done } }
      : undefined;
  }
  if (!isNamed || facts.isHarmless() || leadsToSignOut(file, project, app, facts)) return undefined;
  return {
    messageId: 'signsOutOnGetByName',
    data: { because: listed === true ? 'settings.authkit.signOutPaths' : 'its name' },
  };
}

/** Whether the browser is sent on to another sign-out route of the app: that one has to be fixed, or is. */
function leadsToSignOut(
  { path }: SourceFile,
  project: Project,
  app: App,
  { redirects }: HandlerFacts<string>,
): boolean {
  return redirects()
    .flatMap(hrefPathsOf)
    .some((target) => {
      const route = target.origin === undefined ? project.servingRoute(app, target.pathname) : undefined;
      if (!route || route.path === path || (route.kind !== 'route' && route.kind !== 'api')) return false;
      return hasSignOutName(target.pathname) || signOutRouteAt(project, path, target) !== undefined;
    });
}

/** Where the handler is exported: its name, or the statement that hands it on from another module. */
function rangeOf({ ast }: SourceFile, exported: Export | undefined): Range {
  if (exported?.kind === 'local') return nameOf(exported.node);
  const from = ast.body.find(
    (statement) =>
      statement.type === 'ExportNamedDeclaration' &&
      statement.specifiers.some(({ exported: name }) =>
        ['GET', 'default'].includes(name.type === 'Identifier' ? name.name : name.value),
      ),
  );
  return (from ?? ast.body.find(({ type }) => type === 'ExportAllDeclaration') ?? ast).range;
}

function nameOf(node: Node): Range {
  const { parent } = node;
  if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id) return node.id.range;
  if (parent?.type === 'ExportSpecifier') return parent.range;
  if (parent?.type === 'AssignmentExpression') return parent.left.range;
  // `export default` of what has no name: a whole function would be underlined.
  if (parent?.type === 'ExportDefaultDeclaration' && node.type !== 'Identifier')
    return [parent.range[0], parent.range[0] + 'export'.length];
  return node.range;
}

function fixOf(
  file: SourceFile,
  project: Project,
  isApi: boolean,
  { handler }: HandlerFacts<string>,
  exported: Export | undefined,
): Pick<GetFinding, 'fix' | 'fixMessageId' | 'unfixable'> {
  if (!handler) {
    const what =
      exported?.kind === 'local'
        ? 'the handler is made or wrapped by another function'
        : 'the handler is in another module';
    return {
      unfixable: `${what}; reject the router's requests there, or ${isApi ? 'sign out on POST alone' : 'sign out in a server action'}`,
    };
  }
  if (handler.file !== file)
    return {
      unfixable: `the handler stands in ${project.display(handler.file.path)}; reject the router's requests at its top`,
    };
  const guard = guardEdits(file, handler.node, isApi);
  return typeof guard === 'string'
    ? { unfixable: guard }
    : { fix: { safety: 'review', edits: guard }, fixMessageId: 'answerRouter' };
}
