/** Places of a file that lead to the route: links, forms and navigations, and everything else that names it. */
import type { TSESTree } from '@typescript-eslint/types';
import {
  type Node,
  propertyName,
  unwrap,
  walk,
  wrapped,
  attributeNamed,
  contains,
} from '../../../analysis/syntax/ast.ts';
import { definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { variableOf } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { alternativesOf } from '../../../analysis/values/values.ts';
import { componentUsesIn } from '../../../playbook/links/component-uses.ts';
import { packageLink } from '../../../playbook/links/components.ts';
import type { HrefPath } from '../../../playbook/links/hrefs.ts';
import { linksOf } from '../../../playbook/links/links.ts';
import { isRouterHookCall } from '../../../playbook/links/router/routers.ts';
import { Run } from '../../../playbook/links/run.ts';
import type { Project } from '../../../project/project.ts';
import { isLocation, isLocationTarget } from '../../workspace/location.ts';

export type Site =
  /** `<a href="/sign-out">`, or a plain link of a package. */
  | { readonly kind: 'link'; readonly element: TSESTree.JSXElement; readonly target: Node }
  /** `<form action="/sign-out">`. */
  | {
      readonly kind: 'form';
      readonly element: TSESTree.JSXElement;
      readonly target: Node;
      readonly attribute: TSESTree.JSXAttribute;
    }
  /** `window.location.href = '/sign-out'`, `router.push('/sign-out')`: the whole expression. */
  | { readonly kind: 'navigation'; readonly expression: Node; readonly target: Node }
  /** Known not to be rewritten. */
  | { readonly kind: 'other'; readonly target: Node; readonly reason: string };

export interface SiteQuestion {
  readonly project: Project;
  /** Whether a path leads to the route. */
  readonly leads: (path: HrefPath) => boolean;
  /** Whether a longer text (as it is written) has an URL of the route in it. */
  readonly isIn: (text: string) => boolean;
}

/** How surely an expression leads to the route. */
type Lead = 'always' | 'never' | 'sometimes' | 'whole-url';

const REASONS = {
  sometimes: 'it leads there in one case of several',
  'whole-url': 'it is a whole URL, as for a mail or another app',
} as const;

/** All sites of a file, in source order; nothing is in two of them. */
export function sitesIn(file: SourceFile, question: SiteQuestion): Site[] {
  const search = new Search(file, question);
  walk(file.ast, (node) => search.visit(node));
  search.addComponents();
  return search.sites.sort((a, b) => a.target.range[0] - b.target.range[0]);
}

class Search {
  readonly sites: Site[] = [];
  readonly #file: SourceFile;
  readonly #question: SiteQuestion;
  readonly #run: Run;
  readonly #seen = new Set<Node>();

  constructor(file: SourceFile, question: SiteQuestion) {
    this.#file = file;
    this.#question = question;
    this.#run = new Run({ project: question.project, isWanted: question.leads });
  }

  visit(node: Node): unknown {
    switch (node.type) {
      case 'TSLiteralType':
      case 'ImportDeclaration':
        return false;
      case 'JSXElement':
        this.#element(node);
        return true;
      case 'AssignmentExpression':
        if (node.operator === '=' && isLocationTarget({ file: this.#file, node: node.left }))
          this.#add({ kind: 'navigation', expression: node, target: node.right }, node.right);
        return true;
      case 'CallExpression':
        this.#call(node);
        return true;
      case 'Literal':
      case 'TemplateLiteral':
        this.#mention(node);
        return true;
      default:
        return true;
    }
  }

  #lead(target: Node): Lead {
    const values = alternativesOf(this.#run.valueOf({ file: this.#file, node: target }));
    const paths = values.map((value) => this.#run.wantedPathsOf(value));
    if (paths.every(({ length }) => length === 0)) return 'never';
    if (paths.some(({ length }) => length === 0)) return 'sometimes';
    return paths.flat().some(({ needsRoute }) => needsRoute) ? 'whole-url' : 'always';
  }

  #add(site: Site, target: Node): void {
    const lead = this.#lead(target);
    if (lead === 'never') return;
    this.#claim(target);
    this.sites.push(lead === 'always' ? site : { kind: 'other', target, reason: REASONS[lead] });
  }

  /** Nothing below a target is a site of its own. */
  #claim(target: Node): void {
    walk(target, (node) => this.#seen.add(node));
  }

  #element(element: TSESTree.JSXElement): void {
    const { openingElement } = element;
    const { name } = openingElement;
    const tag = name.type === 'JSXIdentifier' ? name.name : '';
    const link =
      tag === 'a'
        ? { isForm: false }
        : packageLink(definitionOf({ file: this.#file, node: name }, this.#question.project), this.#question.project);
    if (tag === 'form' || link?.isForm === true) {
      const attribute = attributeNamed(openingElement, 'action');
      const method = attributeNamed(openingElement, 'method')?.value;
      const isPost = method?.type === 'Literal' && /^(?:post|dialog)$/iu.test(String(method.value));
      if (attribute?.value && !isPost)
        this.#add({ kind: 'form', element, target: attribute.value, attribute }, attribute.value);
      else if (attribute?.value && this.#lead(attribute.value) !== 'never') this.#claim(attribute.value);
      return;
    }
    const href = attributeNamed(openingElement, 'href')?.value;
    if (link && href) this.#add({ kind: 'link', element, target: href }, href);
  }

  #call(call: TSESTree.CallExpression): void {
    const callee = unwrap(call.callee);
    const [first] = call.arguments;
    if (!first || first.type === 'SpreadElement') return;
    const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
    const isOwnLocation =
      callee.type === 'MemberExpression' &&
      (method === 'assign' || method === 'replace') &&
      isLocation({ file: this.#file, node: callee.object });
    if (isOwnLocation || this.#isRouterCall(callee)) {
      this.#add({ kind: 'navigation', expression: call, target: first }, first);
      return;
    }
    const reason = reasonOfCall(this.#file, callee, method);
    if (reason !== undefined && this.#lead(first) !== 'never') {
      this.#claim(first);
      if (reason !== '') this.sites.push({ kind: 'other', target: first, reason });
    }
  }

  // const router = useRouter(); router.push('/x'), const { push } = useRouter()
  #isRouterCall(callee: Node): boolean {
    const { project } = this.#question;
    const definition = definitionOf({ file: this.#file, node: callee }, project);
    if (definition.kind !== 'value' || definition.path.length !== 1) return false;
    const [name] = definition.path;
    return (
      (name === 'push' || name === 'replace') &&
      isRouterHookCall({ file: definition.file, node: definition.node }, project)
    );
  }

  /** A text that leads there, wherever it is, is there for someone. */
  #mention(node: TSESTree.Literal | TSESTree.TemplateLiteral): void {
    if (this.#seen.has(node) || (node.type === 'Literal' && typeof node.value !== 'string')) return;
    // 'logout' alone is the name of anything.
    const text = this.#file.text.slice(...node.range);
    if (!text.includes('/') || isHarmless(node)) return;
    const isWhole = this.#lead(node) !== 'never';
    if (!isWhole && !this.#question.isIn(text)) return;
    this.#claim(node);
    this.sites.push({
      kind: 'other',
      target: node,
      reason: isWhole ? reasonOfMention(node) : 'it is in a longer text',
    });
  }

  /** Links of the project's own components, which get the path by their props. */
  addComponents(): void {
    for (const use of componentUsesIn(this.#file, this.#run.project)) {
      const isKnown = this.sites.some(({ target }) => contains(use.node, target));
      if (isKnown) continue;
      if (linksOf(use, this.#run).length > 0)
        this.sites.push({ kind: 'other', target: use.component, reason: 'its component, or a list, holds the link' });
    }
  }
}

/** Why a call that is given the path is not rewritten; empty for one that does not go there. Undefined for any other call. */
function reasonOfCall(file: SourceFile, callee: Node, method: string | undefined): string | undefined {
  if (method !== undefined && /^(?:endsWith|equals|has|includes|indexOf|matches|startsWith|test)$/u.test(method))
    return '';
  if (method === 'prefetch') return 'it prefetches the route: remove the call';
  const name = callee.type === 'Identifier' ? callee.name : method;
  if (name === 'fetch' && !(callee.type === 'Identifier' && variableOf(file, callee)))
    return 'it fetches the route; call the server action there';
  return name === 'redirect' || name === 'permanentRedirect'
    ? 'it redirects to the route from the server; call the server action there if it runs in an action or a route handler'
    : undefined;
}

/** A comparison goes nowhere. */
function isHarmless(node: Node): boolean {
  const { parent } = wrapped(node);
  if (parent?.type === 'BinaryExpression') return /^[!=]==?$/u.test(parent.operator);
  return (
    parent?.type === 'SwitchCase' || parent?.type === 'ImportExpression' || parent?.type === 'ExportNamedDeclaration'
  );
}

function reasonOfMention(node: Node): string {
  const { parent } = wrapped(node);
  switch (parent?.type) {
    case 'ArrayExpression':
    case 'Property':
      return 'it is in data, and how it is used is not known here';
    case 'JSXAttribute':
    case 'JSXExpressionContainer':
      return 'it is handed to a component, which decides what to make of it';
    case 'AssignmentPattern':
      return 'it is a default, and what else may be given is not known here';
    case 'VariableDeclarator':
      return 'it is a constant, and not all of its uses could be rewritten';
    case 'NewExpression':
    case 'CallExpression':
      return 'it is handed to a function, which decides what to do with it';
    default:
      return 'what it is for is not known here';
  }
}
