/**
 * Elements of HTML by which a browser fetches a page without a click: `<link rel="prefetch" href="/sign-out">`, `rel="prerender"`, and the lists of
 * `<script type="speculationrules">`. It sends the cookies, and takes those of the response (test/e2e/browser: `link-of-html`).
 */
import type { TSESTree } from '@typescript-eslint/types';
import { walk } from '../../analysis/syntax/ast.ts';
import { type Edit, remove } from '../../analysis/edits/edits.ts';
import type { SourceFile } from '../../analysis/syntax/source-file.ts';
import { isReachable } from '../../analysis/flow/flow-values.ts';
import { runsOf } from '../../analysis/values/iterations.ts';
import {
  type Frame,
  type ObjectValue,
  type Value,
  alternativesOf,
  knownText,
  text,
} from '../../analysis/values/values.ts';
import type { Finding } from '../finding.ts';
import { type HrefPath, hrefPathsOf } from './hrefs.ts';
import type { LinkQuestion } from './links.ts';
import { propsOf } from './props.ts';

export interface HtmlPrefetch {
  readonly element: TSESTree.JSXOpeningElement;
  /** As it is written: `<link rel="prefetch">`. */
  readonly shown: string;
  /** The wanted paths that it fetches. */
  readonly paths: readonly HrefPath[];
}

/** What such an element has in its text. */
const MAY_FETCH = /<link\b[^]*\b(?:prefetch|prerender)\b|\bspeculationrules\b/iu;

/** The elements of a file that fetch a wanted path. */
export function htmlPrefetchesIn(file: SourceFile, question: LinkQuestion): HtmlPrefetch[] {
  if (!MAY_FETCH.test(file.text)) return [];
  const found: HtmlPrefetch[] = [];
  walk(file.ast, (node) => {
    if (node.type !== 'JSXOpeningElement' || !isAsked(node)) return;
    const prefetches = runsOf(question.evaluator, { file, node }).flatMap(
      (frame) => prefetchOf(node, frame, file, question) ?? [],
    );
    found.push(...prefetches.slice(0, 1));
  });
  return found;
}

/** Elements of HTML, and `Script` of next/script, which hands its props on to one. */
const isAsked = ({ name }: TSESTree.JSXOpeningElement): boolean =>
  name.type === 'JSXIdentifier' && /^(?:link|[sS]cript)$/u.test(name.name);

function prefetchOf(
  element: TSESTree.JSXOpeningElement,
  frame: Frame | undefined,
  file: SourceFile,
  question: LinkQuestion,
): HtmlPrefetch | undefined {
  const { evaluator, isWanted } = question;
  const use = { component: element.name, carriers: [element], node: element };
  for (const props of propsOf(evaluator, file, use, frame)) {
    const shown = shownAs(props);
    const hrefs =
      shown === undefined ? [] : props.properties.has('rel') ? hrefOf(props) : urlsIn(props, element, frame, question);
    const paths = hrefs.flatMap(hrefPathsOf).filter(isWanted);
    if (shown !== undefined && paths.length > 0 && isReachable(evaluator, { file, node: element }, frame))
      return { element, shown, paths };
  }
  return undefined;
}

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

function hrefOf({ properties }: ObjectValue): readonly Value[] {
  const href = properties.get('href')?.value;
  return href ? [href] : [];
}

/** The URLs that the rules of a script list: `{ prefetch: [{ urls: ['/next'] }] }`, as JSON. Those of links that people press are not among them. */
function urlsIn(
  { properties, from }: ObjectValue,
  element: TSESTree.JSXOpeningElement,
  frame: Frame | undefined,
  { evaluator }: LinkQuestion,
): readonly Value[] {
  const { file } = from;
  const child = element.parent.children.find(({ type }) => type === 'JSXExpressionContainer');
  const html = properties.get('dangerouslySetInnerHTML')?.value;
  const given =
    child?.type === 'JSXExpressionContainer'
      ? evaluator.evaluate({ file, node: child.expression }, frame)
      : html && evaluator.member(html, '__html', from);
  if (!given) return [];
  const written = knownText(given);
  if (written !== undefined) return urlsOf(parsed(written)).map((url) => text(url, from));
  const { node } = given.from;
  const isJson =
    node.type === 'CallExpression' && /^JSON\.stringify$/u.test(given.from.file.text.slice(...node.callee.range));
  const rules = isJson ? node.arguments[0] : undefined;
  if (!rules) return [];
  const value = evaluator.evaluate({ file: given.from.file, node: rules }, frame);
  return ['prefetch', 'prerender'].flatMap((kind) =>
    itemsOf(evaluator.member(value, kind, from)).flatMap((rule) => itemsOf(evaluator.member(rule, 'urls', from))),
  );
}

const itemsOf = (value: Value): readonly Value[] =>
  alternativesOf(value).flatMap((one) => (one.type === 'array' ? one.items.map((item) => item.value) : []));

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The texts in the lists named `urls` of speculation rules. */
function urlsOf(rules: unknown): readonly string[] {
  if (typeof rules !== 'object' || rules === null) return [];
  return Object.entries(rules).flatMap(([key, value]: [string, unknown]) =>
    key === 'urls' && Array.isArray(value) ? value.filter((url) => typeof url === 'string') : urlsOf(value),
  );
}

/** What to report of an element, whichever router its page is of: the browser fetches by itself. */
export function htmlReport(
  { element, shown }: HtmlPrefetch,
  { path, route }: { readonly path: HrefPath; readonly route: Pick<Finding, 'data'> },
  file: SourceFile,
): Omit<Finding<never, 'removeElement'>, 'messageId'> {
  const edit = withoutElement(element, file);
  return {
    data: { ...route.data, href: path.shown, what: `This ${shown}`, fix: 'Remove it.' },
    range: element.range,
    ...(edit
      ? { fix: { safety: 'review', edits: [edit] }, fixMessageId: 'removeElement' }
      : { unfixable: 'the element is a value of its own, or has other paths as well' }),
  };
}

/** The edit that removes an element without children from those of another one; undefined where it is a value of its own. */
function withoutElement(element: TSESTree.JSXOpeningElement, file: SourceFile): Edit | undefined {
  const { name, parent: whole } = element;
  const isAmong = whole.parent.type === 'JSXElement' || whole.parent.type === 'JSXFragment';
  // A script may list other paths as well.
  if (!isAmong || !element.selfClosing || name.type !== 'JSXIdentifier' || name.name !== 'link') return undefined;
  // White space with a line break between two elements is nothing.
  const before = /\r?\n[\t ]*$/u.exec(file.text.slice(0, whole.range[0]))?.[0].length ?? 0;
  return remove([whole.range[0] - before, whole.range[1]]);
}
