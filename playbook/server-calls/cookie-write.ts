/**
 * Calls of AuthKit that set or delete a cookie while a Server Component renders, which Next.js refuses with HTTP 500 (PLAYBOOK §7): in pages, layouts,
 * templates and `generateMetadata`, in the components that they render, and in helpers that any of these call.
 */
import { basename, dirname } from 'node:path';
import { type FunctionNode, type Node, isFunction, walk } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, defineExport } from '../../analysis/syntax/bindings/definitions.ts';
import {
  type ReachedCall,
  callsReachedFrom,
  functionsBehind,
  isCallReachable,
} from '../../analysis/flow/calls/reached-calls.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { perProject } from '../../project/memos/per-project.ts';
import { type App, type Project, isAtLeast } from '../../project/project.ts';
import { RENDERED, appRoutesOf } from '../../project/routes/route-files.ts';
import type { Finder, Finding } from '../finding.ts';
import { holds } from '../libraries/conditions.ts';
import { type KnownExport, textWithExports, useAt } from '../libraries/index.ts';
import { createImportTest } from '../../project/modules/imports.ts';
import { flightOutOf } from '../../analysis/flow/exceptions/exception-flight.ts';
import { returnsException, swallows } from './catches.ts';
import { isClientText, isClientFile } from '../../analysis/syntax/directives.ts';
import type { Concern } from '../../analysis/syntax/bindings/modules.ts';
import {
  createServerEvaluator,
  createVisitorEvaluator,
  isComponent,
  isServerAction,
  proxyProtection,
  serverLoader,
} from './server-code.ts';
import { AUTHKIT } from '../libraries/authkit-nextjs.ts';
import type { Site } from '../../analysis/flow/calls/call-walk.ts';
import { frameOf } from '../../analysis/flow/calls/call-contexts.ts';
import { functionName } from '../../analysis/syntax/functions.ts';

export type CookieWriteMessageId = 'ensureSignedInInRender' | 'sessionChangedInRender' | 'signInUrlInRender';

type CookieFinding = Finding<CookieWriteMessageId, never>;

/** The files of `app/` that Next.js renders on the server. */
const RENDERED_FILE = /^(?:default|forbidden|layout|loading|not-found|page|template|unauthorized)\.[^.]+$/u;
const LAYOUT = /^layout\.[jt]sx?$/u;

/** AuthKit in a file, in a helper that it calls, or in one that this calls. */
const OF_AUTHKIT: Concern = { of: 'code', text: new RegExp(AUTHKIT, 'u'), calls: 1 };
const leadsToAuthKit = createImportTest(OF_AUTHKIT);

/** Whether it comes to a call that may write a cookie, however far. */
const leadsToWrite = createImportTest({
  of: 'code',
  text: textWithExports(({ writesCookie }) => writesCookie?.when),
  calls: Infinity,
});

/** The same of a helper's file: it uses AuthKit, or imports a file that does. Others are not worth reading. */
const isNearAuthKit = createImportTest({ ...OF_AUTHKIT, calls: 0 });

/** Whether a file may have such a call, by its path and text: of itself, or in a file of `app/` by a helper. */
export function mayWriteCookie(text: string, path: string, open: () => Project): boolean {
  const isOfAuthKit = text.includes(AUTHKIT);
  if ((!isOfAuthKit && !RENDERED_FILE.test(basename(path))) || isClientText(text)) return false;
  const project = open();
  return (
    project.dependsOn(dirname(path), AUTHKIT) &&
    (isOfAuthKit || leadsToAuthKit(project, text, path)) &&
    leadsToWrite(project, text, path)
  );
}

export const findCookieWrites: Finder<undefined, CookieWriteMessageId, never> = (file, project) => {
  if (isClientFile(file) || !project.dependsOn(file.path, AUTHKIT)) return [];
  const findings = new Map<Node, CookieFinding>();
  for (const { call, finding } of writesIn(file, project)) {
    // One cause, one report: a helper's call is reported where the first of the pages that come to it calls the helper.
    if (call.file !== file && isReportedBefore(keyOf(call), file, project)) continue;
    // One place, one report: a helper that writes twice, a component inside a component.
    findings.set(placeOf(call, file), finding);
  }
  return [...findings.values()].sort((a, b) => a.range[0] - b.range[0]);
};

interface Write {
  readonly call: ReachedCall;
  readonly finding: CookieFinding;
}

function writesIn(file: SourceFile, project: Project): readonly Write[] {
  const asked: Asked = {
    file,
    project,
    anyone: createServerEvaluator(project),
    signedOut: createVisitorEvaluator(project, false),
  };
  return rootsOf(file, project).flatMap((root) =>
    callsOf(root, asked).flatMap((reached) => {
      const call = root.by ? { ...reached, via: [root.by, ...reached.via] } : reached;
      const finding = findingOf(call, asked);
      return finding ? [{ call, finding }] : [];
    }),
  );
}

const keyOf = ({ file, node }: ReachedCall): string => `${file.path}:${String(node.range[0])}`;

/** The files of `app/` that Next.js renders, and that may come to such a call. More than these are not compared. */
const MAX_ENTRIES = 300;

const entriesOf = perProject('cookie writes: entries', (project, app: App): readonly string[] => {
  const routes = appRoutesOf(project.facts, app).filter(({ kind }) => kind === 'page');
  const paths = new Set(routes.flatMap(({ around, path }) => [path, ...around.map((frame) => frame.path)]));
  return [...paths]
    .filter((path) => mayWriteCookie(project.facts.text(path) ?? '', path, () => project))
    .sort()
    .slice(0, MAX_ENTRIES);
});

/** The calls in other files that a file comes to while it renders. */
const writesElsewhere = perProject('cookie writes: elsewhere', (project, path: string): readonly string[] => {
  const file = project.sourceFile(path);
  if (!file || isClientFile(file)) return [];
  return writesIn(file, project).flatMap(({ call }) => (call.file === file ? [] : [keyOf(call)]));
});

function isReportedBefore(key: string, file: SourceFile, project: Project): boolean {
  const app = project.appOf(file.path);
  const entries = app ? entriesOf(project, app) : [];
  return entries.some((path) => path < file.path && writesElsewhere(project, path).includes(key));
}

interface Asked {
  readonly file: SourceFile;
  readonly project: Project;
  readonly anyone: Evaluator;
  readonly signedOut: Evaluator;
}

/** A function that runs while a tree renders; one of another file has `by`, the call that makes it: `export default withUser(Page)`. */
interface Root extends Located<FunctionNode> {
  readonly by?: Site<Node>;
}

/** The functions that run while a tree renders on the server, because of what a file holds. */
function rootsOf(file: SourceFile, project: Project): readonly Root[] {
  const roots: Root[] = [];
  const add = (target: Root) => {
    if (!isServerAction(target)) roots.push(target);
  };
  if (isEntry(file, project)) {
    for (const name of RENDERED) {
      const exported = defineExport(file, name, [], project);
      for (const target of functionsBehind(exported, project)) {
        if (target.file === file) add(target);
        else if (isMadeIn(file, exported) && !isReportedItself(target)) add({ ...target, by: siteOf(exported) });
      }
    }
  }
  if (file.text.includes(AUTHKIT)) {
    walk(file.ast, (node) => {
      if (isFunction(node) && isComponent(node)) add({ file, node });
    });
  }
  return roots;
}

type Made = Extract<Definition, { kind: 'value' }>;

const isMadeIn = (file: SourceFile, exported: Definition): exported is Made =>
  exported.kind === 'value' && exported.file === file;

const siteOf = ({ file, node }: Made): Site<Node> => ({ file, node, function: node, ref: { file, node, path: [] } });

/** A component is reported where it is written, if its file is read at all. */
const isReportedItself = (target: Located<FunctionNode>): boolean =>
  isClientFile(target.file) || (target.file.text.includes(AUTHKIT) && isComponent(target.node));

function isEntry({ path }: SourceFile, project: Project): boolean {
  const { appDir } = project.appOf(path) ?? {};
  return appDir !== undefined && path.startsWith(`${appDir}/`) && RENDERED_FILE.test(basename(path));
}

const callsOf = (root: Located<FunctionNode>, { file, project }: Asked): readonly ReachedCall[] =>
  callsReachedFrom(root, {
    loader: serverLoader(project, OF_AUTHKIT),
    followsElements: true,
    enters: (target, how) =>
      // A page that calls a server action itself runs it while it renders; one that is handed on runs later.
      !(how === 'given' && isServerAction(target)) &&
      !isReportedItself(target) &&
      // Other components, and helpers, only lead here if they can.
      (target.file === file || isNearAuthKit(project, target.file.text, target.file.path)),
  });

/** The node of the linted file that the report is about: the call itself, or the call of a helper elsewhere. */
const placeOf = ({ file: callFile, node, via }: ReachedCall, file: SourceFile): Node =>
  callFile === file ? node : (via.findLast((site) => site.file === file)?.node ?? node);

function findingOf(call: ReachedCall, asked: Asked): CookieFinding | undefined {
  const { file, node } = call;
  if (node.type !== 'CallExpression') return undefined;
  const use = useAt({ file, node }, asked.project);
  if (!use || !writes(use, call, asked) || !isReached(call, use, asked)) return undefined;
  // One cause, one report: `no-caught-redirect` has it, and the error is swallowed with the redirect.
  if (use.entry.leavesByException && isSwallowed(call, asked)) return undefined;
  const place = placeOf(call, asked.file);
  const where = file === asked.file ? '' : ` (${asked.project.display(file.path)})`;
  return {
    messageId: messageOf(use),
    data: { call: `${use.name}()${where}`, answer: answerAt(place) },
    range: place.range,
    unfixable: 'where visitors go instead is your decision',
  };
}

/** Whether a `try` around a call, or around that of a helper which comes to it, swallows its exception. Around an element none can. */
function isSwallowed({ file, node, via }: ReachedCall, { project }: Asked): boolean {
  const sites = [...via, { file, node }];
  const lastElement = sites.findLastIndex((site) => site.node.type === 'JSXOpeningElement');
  return sites.slice(lastElement + 1).some((site) => {
    let swallowed = false;
    flightOutOf(site, 'rejected', site.file.ast, ({ file: own, node: statement }, part) => {
      const isHandedOn = statement.handler !== null && returnsException(statement.handler, { file: own, project });
      swallowed ||= !isHandedOn && swallows(statement, { file: own, project }, part);
      return swallowed;
    });
    return swallowed;
  });
}

/** What visitors get: the status is sent before metadata is, so that there the error is in the page that is streamed. */
function answerAt(place: Node): string {
  for (let current: Node | undefined = place; current; current = current.parent) {
    const name = isFunction(current) ? functionName(current)?.name : undefined;
    if (name === 'generateMetadata' || name === 'generateViewport') return 'an error in the streamed page';
  }
  return 'HTTP 500';
}

function messageOf({ entry }: KnownExport): CookieWriteMessageId {
  if (entry.writesCookie?.signedOutOnly === true) return 'ensureSignedInInRender';
  return entry.startsSignIn === 'always' ? 'signInUrlInRender' : 'sessionChangedInRender';
}

function writes(
  { entry: { writesCookie } }: KnownExport,
  call: ReachedCall,
  { anyone, file, project }: Asked,
): boolean {
  const { file: callFile, node } = call;
  if (!writesCookie || node.type !== 'CallExpression') return false;
  if (holds(writesCookie.when, { file: callFile, node }, anyone, frameOf(call.ref, anyone)) !== true) return false;
  if (
    writesCookie.since !== undefined &&
    isAtLeast(project.versionOf(file.path, AUTHKIT), writesCookie.since) === false
  )
    return false;
  if (writesCookie.signedOutOnly !== true) return true;
  return proxyProtection(file, project) === 'none' && !isBehindRedirect(file, project);
}

/** Whether a layout around a page may redirect visitors without a session first: what it renders is not rendered then. */
function isBehindRedirect(file: SourceFile, project: Project): boolean {
  const { appDir } = project.appOf(file.path) ?? {};
  if (appDir === undefined || !file.path.startsWith(`${appDir}/`)) return false;
  for (let folder = dirname(file.path); folder.startsWith(appDir); folder = dirname(folder)) {
    const found = project.facts.entries(folder)?.find(({ name, path }) => LAYOUT.test(name) && path !== file.path);
    const layout = found && project.sourceFile(found.path);
    if (layout && !isClientFile(layout) && redirectsVisitors(layout, project)) return true;
  }
  return false;
}

function redirectsVisitors(layout: SourceFile, project: Project): boolean {
  const signedOut = createVisitorEvaluator(project, false);
  const signedIn = createVisitorEvaluator(project, true);
  return functionsBehind(defineExport(layout, 'default', [], project), project).some((root) =>
    callsReachedFrom(root, {
      loader: project,
      enters: (target, how) => how === 'called' && !isClientFile(target.file),
    }).some(
      (call) =>
        call.node.type === 'CallExpression' &&
        useAt({ file: call.file, node: call.node }, project)?.entry.leavesByException === 'always' &&
        isCallReachable(call, signedOut) &&
        !isCallReachable(call, signedIn),
    ),
  );
}

/** Whether a visitor for whom the call writes a cookie comes by it. */
function isReached(call: ReachedCall, { entry }: KnownExport, { anyone, signedOut }: Asked): boolean {
  if (entry.writesCookie?.signedOutOnly !== true) return isCallReachable(call, anyone);
  // One cause, one report: visitors do not come past the first of two such calls.
  return isCallReachable(call, signedOut);
}
