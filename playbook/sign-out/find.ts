/** Finds links, forms and router calls that prefetch a sign-out route (PLAYBOOK 1). */
import { sep } from 'node:path';
import { type Node, attributeName } from '../../analysis/syntax/ast.ts';
import type { Edit } from '../../analysis/edits/edits.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { isPlainValue, unusedEdits } from '../../analysis/edits/unused.ts';
import type { App, Project } from '../../project/project.ts';
import type { Finder, Finding, Suggestion } from '../finding.ts';
import { anchorEdits, prefetchOffEdits } from './edits.ts';
import { type Link, type LinkQuestion, linkEvaluator, linksOf } from './links.ts';
import { type HrefPath } from './paths.ts';
import { type RouterPrefetch, fetchedBy, routerPrefetchesIn } from './router-prefetch.ts';
import { removeCallEdits } from './remove-call.ts';
import { isRouterHookCall } from './routers.ts';
import { type SignOutRoute, signOutRouteAt } from './routes.ts';
import { type ComponentUse, componentUsesIn } from './uses.ts';

export type MessageId =
  | 'hoverPrefetchedSignOut'
  | 'hoverPrefetchedSignOutName'
  | 'prefetchedSignOut'
  | 'prefetchedSignOutName'
  | 'routerPrefetchedSignOut'
  | 'routerPrefetchedSignOutName';

export type SuggestionId = 'removePrefetchCall' | 'useAnchor';

type SignOutFinding = Finding<MessageId, SuggestionId>;

export const findSignOutPrefetch: Finder<undefined, MessageId, SuggestionId> = (file, project) => {
  const question = questionOf(file, project);
  const found = [
    ...findingsOfUses(file, question),
    ...routerPrefetchesIn(file, question).flatMap((prefetch) => {
      const hit = firstSignOut(project, file.path, prefetch.paths);
      return hit ? [routerFinding(file, prefetch, hit, project)] : [];
    }),
  ];
  return found.map((finding) => tidied(file, finding, found, project));
};

/** A finding whose edits, where they take code out, leave no import or router behind that nobody uses. */
function tidied(
  file: SourceFile,
  finding: SignOutFinding,
  all: readonly SignOutFinding[],
  project: Project,
): SignOutFinding {
  const tidy = (edits: readonly Edit[], others: readonly Edit[]): readonly Edit[] => [
    ...edits,
    ...unusedEdits(
      file,
      edits.map(({ range }) => range),
      others.map(({ range }) => range),
      (node) => isPlainValue(node) || isRouterHookCall({ file, node }, project),
    ),
  ];
  const { fix, suggestions } = finding;
  const others = all.flatMap((other) => (other.fix?.safety === 'review' ? other.fix.edits : []));
  return {
    ...finding,
    ...(fix?.safety === 'review' && { fix: { ...fix, edits: tidy(fix.edits, others) } }),
    ...(suggestions && { suggestions: suggestions.map((one) => ({ ...one, edits: tidy(one.edits, []) })) }),
  };
}

interface Hit {
  readonly path: HrefPath;
  readonly route: SignOutRoute;
}

function firstSignOut(project: Project, fromPath: string, paths: readonly HrefPath[]): Hit | undefined {
  for (const path of paths) {
    const route = signOutRouteAt(project, fromPath, path);
    if (route) return { path, route };
  }
  return undefined;
}

function questionOf(file: SourceFile, project: Project): LinkQuestion {
  // The same path is asked for again by every prop that holds the list it is in.
  const known = new Map<string, boolean>();
  const question: LinkQuestion = {
    project,
    evaluator: linkEvaluator(project),
    fetchedBy: (component, props) => fetchedBy(component, props, question),
    isWanted: (path) => {
      const key = `${path.origin ?? ''}${path.pathname}${path.needsRoute ? ' ' : ''}`;
      let answer = known.get(key);
      if (answer === undefined) known.set(key, (answer = signOutRouteAt(project, file.path, path) !== undefined));
      return answer;
    },
  };
  return question;
}

function findingsOfUses(file: SourceFile, question: LinkQuestion): SignOutFinding[] {
  const findings = componentUsesIn(file, question.project).flatMap((use) => findingOfUse(file, use, question));
  // `<Box as={Link} href="…">` is a link by what is handed over, and by what `Box` does with it.
  return findings.filter(
    (one, index) => findings.findIndex(({ range }) => range[0] === one.range[0] && range[1] === one.range[1]) === index,
  );
}

function findingOfUse(file: SourceFile, use: ComponentUse, question: LinkQuestion): SignOutFinding[] {
  if (!mayLink(use)) return [];
  const { project } = question;
  for (const link of linksOf(file, use, question)) {
    if (link.prefetch === 'unknown') continue;
    const hit = firstSignOut(project, file.path, link.paths);
    if (!hit) continue;
    const routers = routersOf(file.path, project.appsFor(file.path));
    if (link.model.isForm && !routers.app) continue;
    if (link.prefetch === 'on') return [linkFinding(file, use, link, hit, question, routers.app)];
    if (!routers.app) return [hoverFinding(file, use, link, hit)];
  }
  return [];
}

/** Whether a use has anything that could be an href: most components have not, and cost nothing more. */
function mayLink({ carriers }: ComponentUse): boolean {
  return carriers.some(
    (carrier) =>
      carrier.type !== 'JSXOpeningElement' ||
      carrier.attributes.some(
        (attribute) => attribute.type === 'JSXSpreadAttribute' || !NO_HREF.test(attributeName(attribute)),
      ),
  );
}

/** What React and the DOM mean by a name, whatever the component. */
const NO_HREF = /^(?:on[A-Z]|aria-|class(?:Name)?$|key$|ref$|style$)/u;

/** Which routers serve the page that a file is rendered in. A component outside `app/` and `pages/` may be in either. */
function routersOf(path: string, apps: readonly App[]): { app: boolean } {
  const [app] = apps;
  if (!app) return { app: true };
  const isIn = (folder: string | undefined): boolean => folder !== undefined && path.startsWith(folder + sep);
  if (isIn(app.pagesDir)) return { app: false };
  return { app: isIn(app.appDir) || app.appDir !== undefined || app.pagesDir === undefined };
}

function linkFinding(
  file: SourceFile,
  use: ComponentUse,
  link: Link,
  hit: Hit,
  question: LinkQuestion,
  isAppRouter: boolean,
): SignOutFinding {
  const hrefNode = link.hrefProperty?.node.node;
  const anchor = anchorFor(file, use, link, question.project);
  const isByName = hit.route.evidence === 'name';
  const base = { data: dataOf(use, link, hit), range: rangeOf(use, hrefNode) };
  if (!isAppRouter) {
    // In the Pages Router a hover prefetches whatever the prop says: only `<a>` or a button is right.
    const messageId = isByName ? 'hoverPrefetchedSignOutName' : 'hoverPrefetchedSignOut';
    return { ...base, messageId, ...anchorFix(anchor) };
  }
  const edits = isCuredByProp(file, use, question)
    ? prefetchOffEdits(file, use, hrefNode, link.prefetchProperty?.node.node)
    : undefined;
  const suggestions: Suggestion<SuggestionId>[] = anchor ? [{ messageId: 'useAnchor', edits: anchor }] : [];
  return {
    ...base,
    messageId: isByName ? 'prefetchedSignOutName' : 'prefetchedSignOut',
    ...(edits ? { fix: { safety: 'safe', edits } } : { unfixable: unfixableReason(link) }),
    suggestions,
  };
}

function hoverFinding(file: SourceFile, use: ComponentUse, link: Link, hit: Hit): SignOutFinding {
  const hrefNode = link.hrefProperty?.node.node;
  return {
    messageId: hit.route.evidence === 'name' ? 'hoverPrefetchedSignOutName' : 'hoverPrefetchedSignOut',
    data: dataOf(use, link, hit),
    range: rangeOf(use, hrefNode),
    ...anchorFix(link.model.isPlain && !link.wrapper ? anchorEdits(file, use) : undefined),
  };
}

const anchorFix = (
  edits: ReturnType<typeof anchorEdits>,
): Pick<SignOutFinding, 'fix' | 'fixMessageId' | 'unfixable'> =>
  edits
    ? { fix: { safety: 'review', edits }, fixMessageId: 'useAnchor' }
    : { unfixable: 'the link is not a plain <Link> with all its props listed; make it an <a> or a button by hand' };

/** `<a>` is the same link only for a plain `next/link`, in an app whose paths need no prefix. */
function anchorFor(file: SourceFile, use: ComponentUse, link: Link, project: Project): ReturnType<typeof anchorEdits> {
  const hasPrefix = project.appsFor(file.path).some(({ basePath }) => basePath !== '');
  return link.model.isPlain && !link.wrapper && !hasPrefix ? anchorEdits(file, use) : undefined;
}

/** Whether `prefetch={false}` on this use reaches every link that it makes: a wrapper may swallow the prop. */
function isCuredByProp(file: SourceFile, use: ComponentUse, question: LinkQuestion): boolean {
  return linksOf(file, use, { ...question, extra: { name: 'prefetch', value: false } }).every(
    ({ prefetch }) => prefetch === 'off',
  );
}

function unfixableReason({ wrapper }: Link): string {
  return wrapper
    ? 'the component does not hand prefetch on to its link; let it, or link with <a href>'
    : 'the props are not written out here; add prefetch: false where they are made';
}

function routerFinding(
  file: SourceFile,
  { call, unfixable }: RouterPrefetch,
  hit: Hit,
  project: Project,
): SignOutFinding {
  const edits = unfixable === undefined ? removeCallEdits(file, call, project) : undefined;
  return {
    messageId: hit.route.evidence === 'name' ? 'routerPrefetchedSignOutName' : 'routerPrefetchedSignOut',
    data: {
      href: hit.path.shown,
      because: hit.route.because,
      cure: unfixable === undefined ? 'Take the call out.' : 'Leave this path out.',
    },
    range: call.range,
    ...(edits
      ? { fix: { safety: 'review', edits }, fixMessageId: 'removePrefetchCall' as const }
      : { unfixable: unfixable ?? 'the call is part of a larger expression' }),
  };
}

function dataOf(use: ComponentUse, link: Link, hit: Hit): Record<string, string> {
  const through = link.wrapper ? `, through ${nameOf(use)},` : '';
  const what = link.model.isForm ? 'form' : 'link';
  const undone =
    link.prefetchProperty?.node.node.type === 'JSXSpreadAttribute' ? ', whose spread sets or may set prefetch,' : '';
  return { href: hit.path.shown, because: hit.route.because, what: `this ${what}${through || undone}` };
}

function nameOf({ component }: ComponentUse): string {
  return component.type === 'JSXIdentifier' || component.type === 'Identifier' ? component.name : 'a component';
}

/** The line of the href where it stands on the element, else the element's first line. */
function rangeOf(use: ComponentUse, hrefNode: Node | undefined): readonly [number, number] {
  const isOwn = hrefNode !== undefined && use.carriers.some((carrier) => hrefNode.parent === carrier);
  return isOwn ? hrefNode.range : use.node.range;
}
