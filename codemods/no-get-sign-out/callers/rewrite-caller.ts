/** One file that leads to the route, with all of it rewritten that can be. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, type Range, attributeName, contains } from '../../../analysis/syntax/ast.ts';
import { disabledIn } from '../../../analysis/syntax/disable-directives.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Edit, applyEdits, replace } from '../../../analysis/edits/edits.ts';
import { laidOut } from '../../../analysis/edits/layout/lay-out.ts';
import { isPlainValue, unusedEdits } from '../../../analysis/edits/unused.ts';
import { isRouterHookCall } from '../../../playbook/links/router/routers.ts';
import type { App, Project } from '../../../project/project.ts';
import { type ImportTarget, importOf, quoteOf, withImport } from '../edits/import-edits.ts';
import { LINK_ATTRIBUTES, removed } from '../edits/link-attributes.ts';
import { linkEdits } from '../edits/link-edits.ts';
import { dependencyEdits, navigationEdits } from '../edits/navigation-edits.ts';
import type { Site } from './sites.ts';

export interface LeftSite {
  readonly target: Node;
  readonly reason: string;
}

export interface RewrittenCaller {
  /** Without a byte order mark; undefined where nothing is rewritten. */
  readonly text: string | undefined;
  readonly changed: readonly Node[];
  readonly left: readonly LeftSite[];
}

export interface CallerContext {
  readonly project: Project;
  readonly app: App;
  readonly action: ImportTarget;
  /** Why nothing of this file can be rewritten, whatever is in it. */
  readonly obstacle: string | undefined;
}

interface Rewritten {
  readonly target: Node;
  readonly edits: readonly Edit[];
  /** What of the old code is gone, as opposed to moved. */
  readonly gone: readonly Range[];
}

export function rewriteCaller(file: SourceFile, sites: readonly Site[], context: CallerContext): RewrittenCaller {
  const { obstacle, project } = context;
  const isDisabled = disabledIn(file.text, 'authkit/no-get-sign-out', () => file.ast.comments ?? []);
  const imported = importOf(file, context.action, project);
  const rewritten: Rewritten[] = [];
  const left: LeftSite[] = [];
  for (const site of sites) {
    const { target } = site;
    const off = isDisabled(target.range[0]) ? 'a comment turns the rule off there' : obstacle;
    const result = off ?? (site.kind === 'other' ? site.reason : rewriteSite(file, site, context, imported.local));
    if (typeof result === 'string') left.push({ target, reason: result });
    else rewritten.push(result);
  }
  if (rewritten.length === 0) return { text: undefined, changed: [], left };
  const targets = rewritten.map(({ target }) => target);
  const navigations = sites.flatMap((site) =>
    site.kind === 'navigation' && targets.includes(site.target) ? [site.expression] : [],
  );
  const dependencies = dependencyEdits(file, navigations);
  const own = [...rewritten.flatMap(({ edits }) => edits), ...dependencies];
  const gone = [...rewritten.flatMap((one) => one.gone), ...dependencies.map(({ range }) => range)];
  const isDisposable = (node: Node): boolean => isPlainValue(node) || isRouterHookCall({ file, node }, project);
  const unused = unusedEdits(file, gone, new Set(), isDisposable);
  const edits = withImport(file, imported, [...own, ...unused]);
  const formatted = laidOut(edits, file, project.formattingOf(file.path));
  const { applied, text } = applyEdits(file.text, [formatted]);
  if (applied.length === 0) {
    const all = targets.map((target): LeftSite => ({ target, reason: 'its edits overlap others of the file' }));
    return { text: undefined, changed: [], left: [...left, ...all] };
  }
  const isRemoved = (node: Node) => unused.some((edit) => contains(edit, node));
  return {
    text,
    changed: targets,
    left: left.filter(({ target }) => !isRemoved(target)),
  };
}

function rewriteSite(
  file: SourceFile,
  site: Exclude<Site, { readonly kind: 'other' }>,
  { action: { quote }, app, project }: CallerContext,
  action: string,
): Rewritten | string {
  const { target } = site;
  switch (site.kind) {
    case 'form': {
      const fields = site.element.openingElement.attributes.some((one) => one.type === 'JSXSpreadAttribute');
      if (fields) return 'its props are spread from elsewhere';
      return { target, ...formEdits(file, site.element, site.attribute, action) };
    }
    case 'navigation': {
      const edits = navigationEdits(file, site.expression, action);
      if (typeof edits === 'string') return edits;
      return { target, edits, gone: [site.expression.range] };
    }
    case 'link': {
      const edits = linkEdits(site.element, { file, project, app, action, quote: quoteOf(file, quote) });
      return typeof edits === 'string' ? edits : { target, edits, gone: goneOf(site.element) };
    }
  }
}

/** The tag and what only a link has: the rest is on the button. */
function goneOf({ closingElement, openingElement }: TSESTree.JSXElement): Range[] {
  const attributes = openingElement.attributes.filter(
    (one) => one.type === 'JSXAttribute' && LINK_ATTRIBUTES.test(attributeName(one)),
  );
  return [openingElement.name, ...(closingElement ? [closingElement.name] : []), ...attributes].map(
    ({ range }) => range,
  );
}

/** A form that asks for the route by GET: with the action, React sets the method. A form of next/form becomes a plain one. */
function formEdits(
  file: SourceFile,
  { closingElement, openingElement }: TSESTree.JSXElement,
  action: TSESTree.JSXAttribute,
  name: string,
): Pick<Rewritten, 'edits' | 'gone'> {
  const others = openingElement.attributes.filter(
    (one) =>
      one.type === 'JSXAttribute' &&
      /^(?:encType|formMethod|method|prefetch|replace|scroll|target)$/u.test(attributeName(one)),
  );
  const edits = [replace(action, `action={${name}}`), ...others.map((attribute) => removed(file, attribute))];
  const tag = openingElement.name;
  const isPlain = tag.type === 'JSXIdentifier' && tag.name === 'form';
  const tags = isPlain ? [] : [tag, ...(closingElement ? [closingElement.name] : [])];
  return {
    edits: [...edits, ...tags.map((node) => replace(node, 'form'))],
    gone: [action, ...others, ...tags].map(({ range }) => range),
  };
}
