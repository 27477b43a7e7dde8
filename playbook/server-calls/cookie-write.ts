/**
 * Calls of AuthKit that set or delete a cookie while a Server Component renders, which Next.js refuses with HTTP 500 (PLAYBOOK §7): in pages, layouts,
 * templates and `generateMetadata`, in the components that they render, and in helpers that any of these call.
 */
import { basename } from 'node:path';
import { type FunctionNode, type Node, isFunction, walk } from '../../analysis/syntax/ast.ts';
import { type Located, defineExport } from '../../analysis/syntax/bindings.ts';
import { type ReachedCall, callsReachedFrom, isCallReachable } from '../../analysis/flow/reached-calls.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { type Project, isAtLeast } from '../../project/project.ts';
import type { Finder, Finding } from '../finding.ts';
import { holds } from '../libraries/conditions.ts';
import { type KnownExport, useAt } from '../libraries/index.ts';
import {
  AUTHKIT,
  createServerEvaluator,
  createSignedOutEvaluator,
  isClientFile,
  isComponent,
  isServerAction,
  proxyProtection,
} from './server-code.ts';

export type CookieWriteMessageId = 'ensureSignedInInRender' | 'sessionChangedInRender' | 'signInUrlInRender';

type CookieFinding = Finding<CookieWriteMessageId, never>;

/** The files of `app/` that Next.js renders on the server. */
const RENDERED = /^(?:default|forbidden|layout|not-found|page|template|unauthorized)\.[^.]+$/u;
const ENTRY_EXPORTS = ['default', 'generateMetadata', 'generateViewport'];

/** Whether a file may have such a call, told by its path and text: of itself, or in a file of `app/` by a helper. */
export function mayWriteCookie(text: string, path: string): boolean {
  return text.includes(AUTHKIT) || (RENDERED.test(basename(path)) && /\bimport\b/u.test(text));
}

export const findCookieWrites: Finder<undefined, CookieWriteMessageId, never> = (file, project) => {
  if (isClientFile(file) || project.versionOf(file.path, AUTHKIT) === undefined) return [];
  const asked: Asked = {
    file,
    project,
    anyone: createServerEvaluator(project),
    signedOut: createSignedOutEvaluator(project),
  };
  const findings = new Map<Node, CookieFinding>();
  for (const root of rootsOf(file, project)) {
    for (const call of callsOf(root, asked)) {
      const finding = findingOf(call, asked);
      // One place, one report: a helper that writes twice, a component inside a component.
      if (finding) findings.set(placeOf(call, file), finding);
    }
  }
  return [...findings.values()].sort((a, b) => a.range[0] - b.range[0]);
};

interface Asked {
  readonly file: SourceFile;
  readonly project: Project;
  readonly anyone: Evaluator;
  readonly signedOut: Evaluator;
}

/** The functions of a file that run while a tree renders on the server. */
function rootsOf(file: SourceFile, project: Project): readonly Located<FunctionNode>[] {
  const roots: Located<FunctionNode>[] = [];
  const add = (place: Located) => {
    if (isFunction(place.node) && !isServerAction({ file: place.file, node: place.node }))
      roots.push({ file: place.file, node: place.node });
  };
  if (isEntry(file, project)) {
    for (const name of ENTRY_EXPORTS) {
      const exported = defineExport(file, name, [], project);
      if (exported.kind === 'value' && exported.file === file && exported.path.length === 0) add(exported);
    }
  }
  if (file.text.includes(AUTHKIT)) {
    walk(file.ast, (node) => {
      if (isFunction(node) && isComponent(node)) add({ file, node });
    });
  }
  return roots;
}

function isEntry({ path }: SourceFile, project: Project): boolean {
  const { appDir } = project.appOf(path) ?? {};
  return appDir !== undefined && path.startsWith(`${appDir}/`) && RENDERED.test(basename(path));
}

const callsOf = (root: Located<FunctionNode>, { file, project }: Asked): readonly ReachedCall[] =>
  callsReachedFrom(root, {
    loader: project,
    enters: (target) =>
      !isServerAction(target) &&
      !isClientFile(target.file) &&
      // A component is reported where it is written; other helpers only lead here if they can.
      (target.file === file || (!isComponent(target.node) && mayLeadToAuthKit(target.file, project))),
  });

/** Whether a helper's file uses AuthKit, or imports a file that does: others are not worth reading. */
function mayLeadToAuthKit(file: SourceFile, project: Project): boolean {
  if (file.text.includes(AUTHKIT)) return true;
  return file.ast.body.some((statement) => {
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') return false;
    return project.load(statement.source.value, file.path)?.text.includes(AUTHKIT) === true;
  });
}

/** The node of the linted file that the report is about: the call itself, or the call of a helper elsewhere. */
const placeOf = ({ file: callFile, node, via }: ReachedCall, file: SourceFile): Node =>
  callFile === file ? node : (via.findLast((site) => site.file === file)?.node ?? node);

function findingOf(call: ReachedCall, asked: Asked): CookieFinding | undefined {
  const { file, node } = call;
  if (node.type !== 'CallExpression') return undefined;
  const use = useAt({ file, node }, asked.project);
  if (!use || !writes(use, { file, node }, asked) || !isReached(call, use, asked)) return undefined;
  const where = file === asked.file ? '' : ` (${asked.project.display(file.path)})`;
  return {
    messageId: messageOf(use),
    data: { call: `${use.name}()${where}` },
    range: placeOf(call, asked.file).range,
    unfixable: 'where visitors go instead is for you to say',
  };
}

function messageOf({ entry }: KnownExport): CookieWriteMessageId {
  if (entry.writesCookie?.signedOutOnly === true) return 'ensureSignedInInRender';
  return entry.startsSignIn === 'always' ? 'signInUrlInRender' : 'sessionChangedInRender';
}

function writes(
  { entry: { writesCookie } }: KnownExport,
  call: Parameters<typeof holds>[1],
  { anyone, file, project }: Asked,
): boolean {
  if (!writesCookie || holds(writesCookie.when, call, anyone) !== true) return false;
  if (
    writesCookie.since !== undefined &&
    isAtLeast(project.versionOf(file.path, AUTHKIT), writesCookie.since) === false
  )
    return false;
  return writesCookie.signedOutOnly !== true || proxyProtection(file, project) === 'none';
}

/** Whether a visitor for whom the call writes a cookie comes by it. */
function isReached(call: ReachedCall, { entry }: KnownExport, { anyone, signedOut }: Asked): boolean {
  const isForVisitors = entry.startsSignIn === 'always' || entry.writesCookie?.signedOutOnly === true;
  const evaluator = isForVisitors ? signedOut : anyone;
  return isCallReachable(call, evaluator);
}
