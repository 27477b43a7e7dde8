/**
 * The playbook's long-term form (PLAYBOOK 1): the GET that signs users out becomes a server action, and everything of the workspace that leads to
 * it a form, or a button, that calls the action. What can't be rewritten is listed; while anything is, the route stays, and turns prefetches away.
 */
import { readFileSync, statSync } from 'node:fs';
import { styleOf } from '../../analysis/edits/edits.ts';
import { parseSourceFile, positionAt, type SourceFile } from '../../analysis/syntax/source-file.ts';
import { repositoryRoot } from '../../project/modules/packages.ts';
import type { Project } from '../../project/project.ts';
import { proxyFilesOf } from '../../project/proxy-files.ts';
import { isTestFile, sourceFilesBelow } from '../../project/modules/source-files.ts';
import { modulesNamedIn } from '../../project/modules/named-modules.ts';
import { MAX_FILE_SIZE } from '../../project/memos/stamps.ts';
import type { Codemod } from '../transform.ts';
import type { FileChange, LeftPlace, Place, Plan, Planner, PlanInput, Transaction } from '../workspace/plan.ts';
import { type Action, actionFor, guardedRoute } from './route/action.ts';
import { obstacleIn } from './callers/obstacles.ts';
import { otherMentions } from './callers/other-mentions.ts';
import { rewriteCaller, type RewrittenCaller } from './callers/rewrite-caller.ts';
import { type SignOutRoute, signOutRoutes } from './route/sign-out-route.ts';
import { type Site, type SiteQuestion, sitesIn } from './callers/sites.ts';
import { isInText, leadsTo, mayName, writtenPath } from './callers/targets.ts';

/** The planner of a codemod that has the rule's findings in single files. */
export function createPlanner(codemod: Codemod): Planner {
  return (input: PlanInput): Plan => {
    const plans = signOutRoutes(input.concerned, input.projectFor, codemod).map((route) => planOf(route, input));
    return {
      transactions: plans.flatMap(({ transaction }) => (transaction ? [transaction] : [])),
      left: plans.flatMap(({ left }) => left),
    };
  };
}

interface RoutePlan {
  readonly transaction?: Transaction;
  readonly left: readonly LeftPlace[];
}

interface Caller {
  readonly file: SourceFile;
  readonly sites: readonly Site[];
  readonly isTest: boolean;
}

function planOf(signOut: SignOutRoute, input: PlanInput): RoutePlan {
  const { app, file, project, route, shown } = signOut;
  const root = repositoryRoot(project.facts, route.path, input.cwd);
  const sources = [...sourceFilesBelow(root, project.facts)];
  const callers = sources.flatMap((path) => callerAt(path, signOut, input) ?? []);
  const unread = sources.flatMap((path) => unreadAt(path, signOut, input) ?? []);
  const mentions = otherMentions(root, writtenPath(signOut), project.facts).map(
    ({ offset, path, text }): LeftPlace => ({
      path,
      ...positionAt(text, offset),
      message: signOut.placed.message,
      reason: `'${shown}' is used here`,
    }),
  );
  if (callers.length === 0) return { left: [] };
  const own = sources.filter((path) => project.appsFor(path).includes(app) && !isTestFile(path));
  const action = actionFor(signOut, own);
  if (typeof action === 'string') {
    // Where the guard has no place either, that is reported for the same line.
    if (signOut.guarded === undefined) return { left: [] };
    const reason = `no server action can take its place: ${action}`;
    return { left: [{ ...placeOf(file, signOut.placed.finding.range[0], signOut), reason }] };
  }
  const isInScope = new Set(input.files());
  const edits: FileChange[] = [];
  const places: Place[] = [];
  const left: LeftPlace[] = [];
  for (const caller of callers) {
    const { path } = caller.file;
    const local = input.projectFor(path);
    const result = rewriteCaller(caller.file, caller.sites, {
      project: local,
      app,
      action: {
        path: action.path,
        name: action.name,
        neighbour: action.text === undefined ? action.path : route.path,
        quote: styleOf(file).quote,
      },
      obstacle: caller.isTest
        ? 'it is a test'
        : isInScope.has(path)
          ? obstacleIn(caller.file, app, local, sources)
          : 'it is not among the files of this run',
    });
    left.push(...leftPlaces(caller, result, signOut, input));
    if (result.text === undefined) continue;
    const mark = caller.file.hasBOM ? '\uFEFF' : '';
    edits.push({ kind: 'edit', path, before: mark + caller.file.text, after: mark + result.text });
    places.push(...result.changed.map((target) => placeOf(caller.file, target.range[0], signOut)));
  }
  const all = [...left, ...unread, ...mentions];
  if (edits.length === 0) return { left: all };
  const ofRoute = routeChanges(signOut, action, all.length > 0);
  if (!ofRoute) return { left: all };
  places.push(placeOf(file, signOut.placed.finding.range[0], signOut));
  return { transaction: { changes: [...ofRoute, ...edits], places, left: all }, left: [] };
}

/** What is left of a file, where it is after its edits. */
function leftPlaces(
  { file, isTest, sites }: Caller,
  { left, text }: RewrittenCaller,
  signOut: SignOutRoute,
  { projectFor }: PlanInput,
): LeftPlace[] {
  const parsed = text === undefined ? undefined : parseSourceFile(file.path, text);
  const after = parsed?.ok === true ? parsed.file : file;
  const project = projectFor(file.path);
  const sitesAfter = after === file ? sites : sitesIn(after, questionOf(file.path, signOut, project));
  const ordered = [...left].sort((a, b) => a.target.range[0] - b.target.range[0]);
  // Of a test, one place says all.
  return ordered.slice(0, isTest ? 1 : undefined).map(({ reason, target }, index): LeftPlace => {
    const now = after === file ? target : sitesAfter[index]?.target;
    return {
      ...placeOf(after, (now ?? target).range[0], signOut),
      reason: `'${signOut.shown}' is still used here: ${reason}`,
    };
  });
}

/** The new file of the action, and what becomes of the route; undefined where it can neither go nor turn prefetches away. */
function routeChanges(
  { file, guarded, project, route }: SignOutRoute,
  action: Action,
  isAskedFor: boolean,
): FileChange[] | undefined {
  const mark = file.hasBOM ? '\uFEFF' : '';
  const before = mark + file.text;
  const create: FileChange[] =
    action.text === undefined ? [] : [{ kind: 'create', path: action.path, after: mark + action.text }];
  const edit = (after: string): FileChange => ({ kind: 'edit', path: route.path, before, after });
  if (isAskedFor) {
    const thin = guardedRoute(file, action, project.formattingOf(route.path).printWidth);
    const after = thin === undefined ? guarded : mark + thin;
    return after === undefined ? undefined : [...create, edit(after)];
  }
  if (action.routeWithout !== undefined) return [...create, edit(mark + action.routeWithout)];
  return action.text === undefined
    ? [{ kind: 'delete', path: route.path, before }]
    : [{ kind: 'rename', path: route.path, to: action.path, before, after: mark + action.text }];
}

const questionOf = (path: string, signOut: SignOutRoute, project: Project): SiteQuestion => ({
  project,
  leads: leadsTo(path, signOut, project),
  isIn: isInText(path, signOut, project),
});

/** A file that names the route and that cannot be looked into: no one knows what it does there. */
function unreadAt(path: string, signOut: SignOutRoute, { projectFor }: PlanInput): LeftPlace | undefined {
  const project = projectFor(path);
  const known = project.facts.text(path);
  const text = known ?? largeText(path);
  if (text?.includes(writtenPath(signOut)) !== true || (known !== undefined && project.sourceFile(path)))
    return undefined;
  const why = known === undefined ? 'it is too large to be looked into' : 'it cannot be parsed';
  const { message } = signOut.placed;
  return { path, line: 1, column: 1, message, reason: `'${signOut.shown}' is still used here: ${why}` };
}

/** The text of a file that is no text to the project, for its size. */
function largeText(path: string): string | undefined {
  try {
    return statSync(path).size > MAX_FILE_SIZE ? readFileSync(path, 'latin1') : undefined;
  } catch {
    return undefined;
  }
}

function callerAt(path: string, signOut: SignOutRoute, { projectFor }: PlanInput): Caller | undefined {
  if (path === signOut.route.path) return undefined;
  const project: Project = projectFor(path);
  const text = project.facts.text(path);
  if (text === undefined) return undefined;
  const isImporter =
    mayImportRoute(text) && modulesNamedIn(text).some((module) => project.resolve(module, path) === signOut.route.path);
  const isNamed = mayName(text, path, signOut, project);
  const file = isNamed || isImporter ? project.sourceFile(path) : undefined;
  if (!file) return undefined;
  const all = sitesIn(file, questionOf(path, signOut, project));
  // A proxy lists paths, to leave them open; it leads to one where it makes a URL of it.
  const isProxy = proxyFilesOf(project.facts, signOut.app).includes(path);
  const sites = isProxy ? all.filter(({ target }) => /^(?:Call|New)Expression$/u.test(target.parent?.type ?? '')) : all;
  if (isImporter)
    sites.unshift({ kind: 'other', target: file.ast.body[0] ?? file.ast, reason: 'it imports the route' });
  return sites.length === 0
    ? undefined
    : { file, sites, isTest: isTestFile(path) || /[\\/](?:tests?|e2e|cypress|playwright)[\\/]/u.test(path) };
}

const mayImportRoute = (text: string): boolean => /\/route(?:\.[cm]?[jt]sx?)?['"]/u.test(text);

function placeOf(file: SourceFile, offset: number, { placed }: SignOutRoute): Place {
  return { path: file.path, ...positionAt(file.text, offset), message: placed.message };
}
