/** Finds links, forms and router calls that prefetch a route of some kind, which is what each rule asks for itself (PLAYBOOK 1 and 6). */
import type { Node } from '../../analysis/syntax/ast.ts';
import type { Edit } from '../../analysis/edits/edits.ts';
import { declarationOf } from '../../analysis/syntax/bindings/declarations.ts';
import { variableOf } from '../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { isPlainValue, unusedEdits, unusedWithout } from '../../analysis/edits/unused.ts';
import type { Project } from '../../project/project.ts';
import type { Finder, Finding, Suggestion } from '../finding.ts';
import { libraryOf } from '../libraries/index.ts';
import { type ComponentUse, componentUsesIn, mayHaveHref, rootOfComponent } from './component-uses.ts';
import type { HrefPath } from './hrefs.ts';
import { htmlPrefetchesIn, htmlReport } from './html/html-prefetches.ts';
import type { Prefetcher } from './prefetcher.ts';
import { isFromModuleWithLinks } from './link-modules.ts';
import { type Link, linksOf } from './links.ts';
import { mayHoldPathIn } from './path-spread.ts';
import type { TextGate } from './gate/text-gate.ts';
import { anchorEdits } from './edits/anchor-edits.ts';
import { type PrefetchOff, prefetchOff } from './edits/prefetch-off.ts';
import { removeCallEdits } from './edits/remove-call.ts';
import { type RouterPrefetch, routerPrefetchesIn } from './router/router-prefetch.ts';
import { isRouterHookCall } from './router/routers.ts';
import { type Run, runOf } from './run.ts';

/** A route that must not be prefetched. */
export interface UnwantedRoute {
  /** `name` where its path alone says so. */
  readonly evidence: 'name' | 'route' | 'settings';
  /** Whether a route handler of the App Router serves it. */
  readonly isOfAppRouter: boolean;
  /** Values for the messages. */
  readonly data: Readonly<Record<string, string>>;
}

/** How a route comes to be requested without a click. */
export type Way = 'hover' | 'html' | 'link' | 'router';

export type SuggestionId = 'removeElement' | 'removePrefetchCall' | 'useAnchor';

export interface PrefetchQuestion<MessageId extends string> {
  /** What the text of a file has of paths to such routes. */
  readonly sourcesIn: TextGate['sourcesIn'];
  /** The route that a path leads to, if it is one that must not be prefetched by the router, or by the browser. */
  readonly routeAt: (
    project: Project,
    fromPath: string,
    path: HrefPath,
    prefetcher: Prefetcher,
  ) => UnwantedRoute | undefined;
  /** Whether the App Router serves a file: in the Pages Router a link prefetches on hover, whatever its props say. */
  readonly isInAppRouter: (project: Project, path: string) => boolean;
  readonly messageOf: (way: Way, route: UnwantedRoute) => MessageId;
}

type PrefetchFinding<MessageId extends string> = Finding<MessageId, SuggestionId>;

/** The finder of a rule about such routes. */
export function createPrefetchFinder<MessageId extends string>(
  asked: PrefetchQuestion<MessageId>,
): Finder<undefined, MessageId, SuggestionId> {
  return (file, project) => {
    const context = contextOf(asked, file, project, 'router');
    const byBrowser = contextOf(asked, file, project, 'browser');
    const mayHold = mayHoldPathIn(file, project, asked.sourcesIn(file.text, file.path, project));
    const found = [
      ...findingsOfUses(context, mayHold),
      ...routerPrefetchesIn(file, context.run, mayHold).flatMap((prefetch) => {
        const hit = firstHit(context, prefetch.paths);
        return hit ? [routerFinding(context, prefetch, hit)] : [];
      }),
      ...htmlPrefetchesIn(file, byBrowser.run).flatMap((prefetch) => {
        const hit = firstHit(byBrowser, prefetch.paths);
        return hit ? [{ messageId: asked.messageOf('html', hit.route), ...htmlReport(prefetch, hit, file) }] : [];
      }),
    ];
    return tidied(context, found);
  };
}

interface Context<MessageId extends string> {
  readonly asked: PrefetchQuestion<MessageId>;
  readonly file: SourceFile;
  readonly project: Project;
  readonly prefetcher: Prefetcher;
  readonly run: Run;
}

function contextOf<MessageId extends string>(
  asked: PrefetchQuestion<MessageId>,
  file: SourceFile,
  project: Project,
  prefetcher: Prefetcher,
): Context<MessageId> {
  // The same path is asked for again by every prop that holds the list it is in.
  const known = new Map<string, boolean>();
  const run = runOf(file, project, (path) => {
    const key = `${path.origin ?? path.variable ?? ''}${path.pathname}${path.search ?? ' '}${path.needsRoute ? ' ' : ''}`;
    let answer = known.get(key);
    if (answer === undefined)
      known.set(key, (answer = asked.routeAt(project, file.path, path, prefetcher) !== undefined));
    return answer;
  });
  return { asked, file, project, prefetcher, run };
}

interface Hit {
  readonly path: HrefPath;
  readonly route: UnwantedRoute;
}

const NOTHING: ReturnType<typeof unusedWithout> = new Set();

/** Findings whose edits, where they remove code, leave no import or router behind that nothing uses. */
function tidied<MessageId extends string>(
  { file, project }: Context<MessageId>,
  findings: readonly PrefetchFinding<MessageId>[],
): PrefetchFinding<MessageId>[] {
  const isPlain = (node: Node): boolean => isPlainValue(node) || isRouterHookCall({ file, node }, project);
  const removed = findings.flatMap(({ fix }) => (fix?.safety === 'review' ? fix.edits.map(({ range }) => range) : []));
  const leftByAll = unusedWithout(file, removed, isPlain);
  const tidy = (edits: readonly Edit[], leftByOthers: typeof leftByAll): readonly Edit[] => {
    const ranges = edits.map(({ range }) => range);
    return [...edits, ...unusedEdits(file, ranges, leftByOthers, isPlain)];
  };
  return findings.map((finding) => {
    const { fix, suggestions } = finding;
    return {
      ...finding,
      ...(fix?.safety === 'review' && { fix: { ...fix, edits: tidy(fix.edits, leftByAll) } }),
      ...(suggestions && { suggestions: suggestions.map((one) => ({ ...one, edits: tidy(one.edits, NOTHING) })) }),
    };
  });
}

function firstHit<MessageId extends string>(
  { asked, file, prefetcher, project }: Context<MessageId>,
  paths: readonly HrefPath[],
): Hit | undefined {
  for (const path of paths) {
    const route = asked.routeAt(project, file.path, path, prefetcher);
    // A prefetch of the Pages Router says so in a header, at which Next.js runs no handler of the App Router (test/e2e/browser).
    const isRun = prefetcher === 'browser' || !route?.isOfAppRouter || asked.isInAppRouter(project, file.path);
    if (route && isRun) return { path, route };
  }
  return undefined;
}

function findingsOfUses<MessageId extends string>(
  context: Context<MessageId>,
  mayHold: (node: Node) => boolean,
): PrefetchFinding<MessageId>[] {
  const { file, project } = context;
  // `<Box as={Link} href="…">` is a link by what is handed over, and by what `Box` does with it.
  const findings = new Map<string, PrefetchFinding<MessageId>>();
  for (const use of componentUsesIn(file, project)) {
    if (!use.carriers.some(mayHold)) continue;
    const finding = findingOfUse(context, use);
    const place = finding?.range.join();
    if (finding && place !== undefined && !findings.has(place)) findings.set(place, finding);
  }
  return [...findings.values()];
}

function findingOfUse<MessageId extends string>(
  context: Context<MessageId>,
  use: ComponentUse,
): PrefetchFinding<MessageId> | undefined {
  if (!mayHaveHref(use) || !mayBeLink(context, use)) return undefined;
  const { asked, file, project, run } = context;
  for (const link of linksOf(use, run)) {
    if (link.prefetch === 'unknown') continue;
    const hit = firstHit(context, link.paths);
    if (!hit) continue;
    const isInAppRouter = asked.isInAppRouter(project, file.path);
    if (!isInAppRouter && !link.model.isForm) return hoverFinding(context, use, link, hit);
    if (isInAppRouter && link.prefetch === 'on') return linkFinding(context, use, link, hit);
  }
  return undefined;
}

/**
 * False for a component that is imported from where no link comes from: from a package of icons, from a module of the project that leads to none. It costs
 * nothing to see, as its props do.
 */
function mayBeLink<MessageId extends string>(
  { file, project }: Context<MessageId>,
  { component }: ComponentUse,
): boolean {
  const root = rootOfComponent(component);
  if (!root || project.settings.linkComponents.some((setting) => setting.name === root.name)) return true;
  const variable = variableOf(file, root);
  const declaration = variable && declarationOf(variable);
  return (
    declaration?.kind !== 'import' ||
    libraryOf(declaration.module) !== undefined ||
    isFromModuleWithLinks(project, declaration.module, file.path)
  );
}

function linkFinding<MessageId extends string>(
  context: Context<MessageId>,
  use: ComponentUse,
  link: Link,
  hit: Hit,
): PrefetchFinding<MessageId> {
  const { asked, run } = context;
  const anchor = anchorOf(context, use, link);
  const off = prefetchOff(use, link, run);
  const suggestions: Suggestion<SuggestionId>[] = anchor ? [{ messageId: 'useAnchor', edits: anchor }] : [];
  return {
    messageId: asked.messageOf('link', hit.route),
    data: { ...dataOf(use, link, hit), fix: fixTextOf(off, use, link) },
    range: rangeOf(use, link),
    ...(off.edits ? { fix: { safety: 'safe', edits: off.edits } } : { unfixable: off.unfixable }),
    suggestions,
  };
}

/** In the Pages Router a hover prefetches whatever the prop says: only `<a>` or a button is right. */
function hoverFinding<MessageId extends string>(
  context: Context<MessageId>,
  use: ComponentUse,
  link: Link,
  hit: Hit,
): PrefetchFinding<MessageId> {
  const anchor = anchorOf(context, use, link);
  return {
    messageId: context.asked.messageOf('hover', hit.route),
    data: dataOf(use, link, hit),
    range: rangeOf(use, link),
    ...(anchor
      ? { fix: { safety: 'review', edits: anchor }, fixMessageId: 'useAnchor' }
      : { unfixable: 'the link is not a plain <Link> with all its props listed; make it an <a> or a button by hand' }),
  };
}

/** `<a>` is the same link only for a plain `next/link`, in an app whose paths need no prefix. */
function anchorOf<MessageId extends string>(
  { file, project }: Context<MessageId>,
  use: ComponentUse,
  link: Link,
): Edit[] | undefined {
  const hasPrefix = project.appsFor(file.path).some(({ basePath }) => basePath !== '');
  return link.model.isPlain && !link.wrapper && !hasPrefix ? anchorEdits(use) : undefined;
}

function routerFinding<MessageId extends string>(
  { asked, file, project }: Context<MessageId>,
  { call, unfixable }: RouterPrefetch,
  hit: Hit,
): PrefetchFinding<MessageId> {
  const edits = unfixable === undefined ? removeCallEdits(file, call, project) : undefined;
  return {
    messageId: asked.messageOf('router', hit.route),
    data: {
      ...hit.route.data,
      href: hit.path.shown,
      fix: unfixable === undefined ? 'Remove this call.' : 'Leave this path out.',
    },
    range: call.range,
    ...(edits
      ? { fix: { safety: 'review', edits }, fixMessageId: 'removePrefetchCall' as const }
      : { unfixable: unfixable ?? 'the call is part of a larger expression' }),
  };
}

function dataOf(use: ComponentUse, link: Link, { path, route }: Hit): Record<string, string> {
  const what = link.model.isForm ? 'form' : 'link';
  const through = link.wrapper ? ` (in ${nameOf(use)})` : '';
  const spread =
    link.prefetchProperty?.node.node.type === 'JSXSpreadAttribute' ? ', whose spread may set prefetch,' : '';
  return { ...route.data, href: path.shown, what: `This ${what}${through || spread}` };
}

/** What a message asks the reader to do: only what this component can take. */
function fixTextOf(off: PrefetchOff, use: ComponentUse, link: Link): string {
  if (off.prop !== undefined) return `Add ${off.prop}.`;
  return `Turn prefetch off ${link.wrapper ? `in ${nameOf(use)}` : 'where its props are made'}.`;
}

function nameOf({ component }: ComponentUse): string {
  return component.type === 'JSXIdentifier' || component.type === 'Identifier' ? component.name : 'its component';
}

/** The line of the href where it is on the element, else the element's first line. */
function rangeOf(use: ComponentUse, { hrefProperty }: Link): readonly [number, number] {
  const href = hrefProperty?.node.node;
  const isOwn = href !== undefined && use.carriers.some((carrier) => href.parent === carrier);
  return isOwn ? href.range : use.node.range;
}
