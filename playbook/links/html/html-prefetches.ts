/**
 * Elements of HTML by which a browser fetches a page without a click: `<link rel="prefetch" href="/sign-out">`, `rel="prerender"`, and the lists of
 * `<script type="speculationrules">`. It sends the cookies, and takes those of the response (test/e2e/browser: `link-of-html`).
 */
import type { TSESTree } from '@typescript-eslint/types';
import { hasNode, walk } from '../../../analysis/syntax/ast.ts';
import { type Edit, remove } from '../../../analysis/edits/edits.ts';
import { definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type ObjectValue, type Value, alternativesOf, knownText } from '../../../analysis/values/values.ts';
import type { Finding } from '../../finding.ts';
import type { ComponentUse } from '../component-uses.ts';
import type { HrefPath } from '../hrefs.ts';
import { propsOf } from '../props.ts';
import type { Run } from '../run.ts';
import { speculatedUrls } from './speculation-rules.ts';

export interface HtmlPrefetch {
  readonly element: TSESTree.JSXOpeningElement;
  /** As it is written: `<link rel="prefetch">`. */
  readonly shown: string;
  /** The wanted paths that it fetches. */
  readonly paths: readonly HrefPath[];
  /** What it fetches paths with: its one href, one of several that it may have, or the rules in it. */
  readonly by: 'href' | 'oneOfHrefs' | 'rules';
}

/** Whether a text has such an element: `<Link prefetch>` is none, and most files with links have no other. */
const mayFetch = (text: string): boolean =>
  (/<link\b/u.test(text) && /(?<!\w)(?:prefetch|prerender)\b/iu.test(text)) || /(?<!\w)speculationrules\b/iu.test(text);

/** The elements of a file that fetch a wanted path. */
export function htmlPrefetchesIn(file: SourceFile, run: Run): HtmlPrefetch[] {
  if (!mayFetch(file.text)) return [];
  const found: HtmlPrefetch[] = [];
  walk(file.ast, (node) => {
    const prefetch = node.type === 'JSXOpeningElement' && isAsked(node) ? prefetchOf(node, file, run) : undefined;
    if (prefetch) found.push(prefetch);
  });
  return found;
}

/** Elements of HTML, and `Script` of next/script, which hands its props on to one. */
const isAsked = ({ name }: TSESTree.JSXOpeningElement): boolean =>
  name.type === 'JSXIdentifier' && /^(?:link|[sS]cript)$/u.test(name.name);

function prefetchOf(node: TSESTree.JSXOpeningElement, file: SourceFile, all: Run): HtmlPrefetch | undefined {
  const use: ComponentUse = { file, component: node.name, carriers: [node], node };
  const ways = all.around(use).flatMap((run) => propsOf(use, run).map((props) => ({ run, props })));
  for (const { props, run } of ways) {
    const shown = shownAs(props);
    if (shown === undefined) continue;
    const paths = hrefsOf(props, node, run).flatMap((href) => run.wantedPathsOf(href));
    if (paths.length === 0 || !run.isReached(use)) continue;
    const by = isLink(props) ? (hasOneHref(use, run) ? 'href' : 'oneOfHrefs') : 'rules';
    return { element: node, shown, paths, by };
  }
  return undefined;
}

/** Whether an element has the same href wherever and however often it is rendered: one that is not handed to the code around it. */
function hasOneHref(use: ComponentUse, { always, project }: Run): boolean {
  const { file } = use;
  const [props, other] = propsOf(use, always);
  const href = props?.properties.get('href');
  if (!props || other || props.open || !href || alternativesOf(href.value).length > 1) return false;
  return !hasNode(
    href.node.node,
    (node) => node.type === 'Identifier' && /^(?:parameter|unknown)$/u.test(definitionOf({ file, node }, project).kind),
  );
}

const isLink = ({ properties }: ObjectValue): boolean => properties.has('rel');

/** What fetches something, as it is written; undefined for an element that does not. */
function shownAs(props: ObjectValue): string | undefined {
  if (onlyText(props, 'type')?.toLowerCase() === 'speculationrules') return '<script type="speculationrules">';
  // Of a list of words each counts, in any letter case.
  const words = onlyText(props, 'rel')?.toLowerCase().split(/\s+/u);
  const word = words?.find((each) => each === 'prefetch' || each === 'prerender');
  return word === undefined ? undefined : `<link rel="${word}">`;
}

function onlyText({ properties }: ObjectValue, name: string): string | undefined {
  const value = properties.get(name)?.value;
  const [only, other] = value ? alternativesOf(value) : [];
  return only && !other ? knownText(only) : undefined;
}

function hrefsOf(props: ObjectValue, element: TSESTree.JSXOpeningElement, run: Run): readonly Value[] {
  if (!isLink(props)) return speculatedUrls(props, element, run);
  const href = props.properties.get('href')?.value;
  return href ? [href] : [];
}

/** What to report of an element, whichever router its page is of: the browser fetches by itself. */
export function htmlReport(
  { by, element, shown }: HtmlPrefetch,
  { path, route }: { readonly path: HrefPath; readonly route: Pick<Finding, 'data'> },
  file: SourceFile,
): Omit<Finding<never, 'removeElement'>, 'messageId'> {
  const report = (fix: string) => ({
    data: { ...route.data, href: path.shown, what: shown, fix },
    range: element.range,
  });
  if (by === 'rules')
    return {
      ...report(`Remove '${path.shown}' from its urls.`),
      unfixable: 'the rules of a script have to be changed by hand',
    };
  if (by === 'oneOfHrefs')
    return { ...report('Leave this path out.'), unfixable: 'the element may fetch other paths as well' };
  const edit = withoutElement(element, file);
  return typeof edit === 'string'
    ? { ...report('Remove it.'), unfixable: edit }
    : { ...report('Remove it.'), fix: { safety: 'review', edits: [edit] }, fixMessageId: 'removeElement' };
}

/** The edit that removes an element without children from those of another one, or why there is none. */
function withoutElement(element: TSESTree.JSXOpeningElement, file: SourceFile): Edit | string {
  const { parent: whole } = element;
  const holder = whole.parent;
  if (holder.type !== 'JSXElement' && holder.type !== 'JSXFragment') return 'the element is a value of its own';
  if (!element.selfClosing) return 'the element has a closing tag';
  const index = holder.children.indexOf(whole);
  const textAt = (at: number): string => {
    const child = holder.children[at];
    return child?.type === 'JSXText' ? file.text.slice(...child.range) : '';
  };
  const [before, after] = [textAt(index - 1), textAt(index + 1)];
  const kept = before.slice(0, before.length - (/\r?\n[\t ]*$/u.exec(before)?.[0].length ?? 0));
  if (renderedText(kept + after) !== renderedText(before) + renderedText(after))
    return 'the text around the element would be spaced differently without it';
  return remove([whole.range[0] - before.length + kept.length, whole.range[1]]);
}

/** What is rendered of a text between elements: lines are trimmed where they meet, and those with nothing else in them are left out. */
function renderedText(written: string): string {
  const lines = written.split(/\r?\n/u);
  return lines
    .map((line, at) => {
      const start = at === 0 ? line : line.replace(/^[\t ]+/u, '');
      return at === lines.length - 1 ? start : start.replace(/[\t ]+$/u, '');
    })
    .filter((line) => line !== '')
    .join(' ');
}
