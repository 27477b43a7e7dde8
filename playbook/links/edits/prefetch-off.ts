/** How a link is kept from prefetching by a prop of its use, and the edits that do it: only what the component accepts. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, attributeName, propertyName } from '../../../analysis/syntax/ast.ts';
import { type Edit, insertItemAfter, remove, replace, styleOf } from '../../../analysis/edits/edits.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { literal, text } from '../../../analysis/values/values.ts';
import type { ComponentUse } from '../component-uses.ts';
import { type Link, linksOf } from '../links.ts';
import { prefetchPropOf } from '../prefetch-prop.ts';
import type { Run } from '../run.ts';

export type PrefetchOff =
  | { readonly prop: string; readonly edits: readonly Edit[]; readonly unfixable?: undefined }
  /** `prop` is what a person may add by hand. */
  | { readonly prop: string | undefined; readonly edits?: undefined; readonly unfixable: string };

/** What `prefetch` is turned off with: `false`, or a word where the component asks for words. */
type OffValue = string | false;

/** The prop that turns the prefetch of a link off, and the edits that write it. */
export function prefetchOff(use: ComponentUse, link: Link, run: Run): PrefetchOff {
  const value = offValueOf(use, link, run);
  if (value === undefined)
    return { prop: undefined, unfixable: 'the component does not pass prefetch={false} on to its link' };
  const prop = value === false ? 'prefetch={false}' : `prefetch=${JSON.stringify(value)}`;
  const edits = offEdits(use, link, value);
  if (edits) return { prop, edits };
  return { prop, unfixable: 'the props are not written out here; add prefetch: false where they are made' };
}

/** The value that reaches every link of the use as `false`: a wrapper may swallow the prop, or take other words for it. */
function offValueOf(use: ComponentUse, { wrapper }: Link, run: Run): OffValue | undefined {
  const isOffBy = (value: OffValue): boolean =>
    linksOf(use, run, value === false ? literal(false, use) : text(value, use)).every(
      ({ prefetch }) => prefetch === 'off',
    );
  const prop = wrapper && prefetchPropOf(wrapper.component, run.project);
  switch (prop?.kind) {
    case 'absent':
      return undefined;
    case 'words':
      return prop.words.find(isOffBy);
    default:
      return isOffBy(false) ? false : undefined;
  }
}

/**
 * `prefetch={false}` right after the href, on the element that carries it. A `prefetch` that is there is replaced; after a spread that
 * brings another, it is moved behind that. Undefined when the props are no literal that the edit could be in.
 */
function offEdits(
  { carriers, file }: ComponentUse,
  { hrefProperty, prefetchProperty }: Link,
  value: OffValue,
): Edit[] | undefined {
  const href = hrefProperty?.node.node;
  const prefetch = prefetchProperty?.node.node;
  for (const carrier of [...carriers].reverse()) {
    const hasPrefetch = prefetch?.parent === carrier;
    if (href && href.parent !== carrier && !hasPrefetch) continue;
    const edits = offEditsIn(file, carrier, {
      value,
      href: href?.parent === carrier ? href : undefined,
      spread: hasPrefetch && prefetch.type.includes('Spread') ? prefetch : undefined,
    });
    if (edits) return edits;
  }
  return undefined;
}

interface Place {
  readonly value: OffValue;
  /** The property of the carrier that holds the href. */
  readonly href: Node | undefined;
  /** The spread of the carrier that may set `prefetch`. */
  readonly spread: Node | undefined;
}

function offEditsIn(
  file: SourceFile,
  carrier: TSESTree.Expression | TSESTree.JSXOpeningElement,
  { href, spread, value }: Place,
): Edit[] | undefined {
  const isElement = carrier.type === 'JSXOpeningElement';
  if (!isElement && carrier.type !== 'ObjectExpression') return undefined;
  const items: readonly Node[] = isElement ? carrier.attributes : carrier.properties;
  const { quote } = styleOf(file);
  const item = isElement
    ? `prefetch=${value === false ? '{false}' : JSON.stringify(value)}`
    : `prefetch: ${value === false ? 'false' : `${quote}${value}${quote}`}`;
  const existing = items.findLast(isPrefetch);
  if (existing && (!spread || spread.range[0] < existing.range[0])) return [replace(existing, item)];
  // The last one counts: what is before a spread that holds `prefetch` is overridden.
  const place = lastOf(href, spread);
  if (!place) return undefined;
  const added = insertItemAfter(file, place, item, isElement ? '' : ',');
  if (!existing) return added;
  // Twice in one element it would not compile (TS17001).
  const next = items[items.indexOf(existing) + 1];
  const gone: [number, number] = [existing.range[0], next?.range[0] ?? existing.range[1]];
  const isOnlyThat = next && /^[\s,]*$/u.test(file.text.slice(existing.range[1], gone[1]));
  return isOnlyThat ? [remove(gone), ...added] : undefined;
}

function isPrefetch(item: Node): boolean {
  if (item.type === 'JSXAttribute') return attributeName(item) === 'prefetch';
  return item.type === 'Property' && propertyName(item) === 'prefetch';
}

function lastOf(href: Node | undefined, spread: Node | undefined): Node | undefined {
  if (!href || !spread) return href ?? spread;
  return spread.range[0] > href.range[0] ? spread : href;
}
