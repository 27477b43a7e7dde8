/**
 * What makes a button look like the link that it takes the place of. With Tailwind CSS, whose preflight takes the browser's own look from
 * buttons, the classes of the link do; without it a class may mean anything, and is only kept where a button of the app has it already.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode, literalText, unwrap, attributeNamed, nodesOf } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { type Edit, insertAfter } from '../../../analysis/edits/edits.ts';
import { isAtLeast, type App, type Project } from '../../../project/project.ts';
import { sourceFilesBelow } from '../../../project/modules/source-files.ts';
import { perProject } from '../../../project/memos/per-project.ts';
import type { LinkContext } from './link-attributes.ts';

export interface Look {
  /** What else the classes of the button need. */
  readonly edits: readonly Edit[];
  /** The attribute of the form; empty where it is to have a box of its own. With a space in front. */
  readonly form: string;
}

/** A text says why a button would not look the same. */
export function lookOf(element: TSESTree.JSXElement, context: LinkContext): Look | string {
  const { app, file, project } = context;
  const attribute = attributeNamed(element.openingElement, 'className');
  const isTailwind = usesTailwind(file, project);
  const form = formAttribute(element, context);
  const written = attribute?.value ? literalText(unwrap(attribute.value)) : undefined;
  if (written !== undefined && buttonClasses(project, app).has(written)) return { edits: [], form };
  if (!isTailwind) {
    if (attributeNamed(element.openingElement, 'style'))
      return 'a button with these styles may look different from the link';
    if (attribute) return 'a button of that class may look different from the link';
    return stylesLinks(project, app)
      ? 'the CSS of the app styles links, and a button would look different'
      : { edits: [], form };
  }
  if (!attribute?.value) return attribute ? 'its className has no value' : { edits: [], form };
  return withClasses(element, attribute.value, context, form);
}

function withClasses(element: TSESTree.JSXElement, value: Node, context: LinkContext, form: string): Look | string {
  const literals = textsIn(value);
  if (literals === undefined) return 'what its className holds is not known here, and a button may look different';
  const tokens = literals.flatMap((node) => (textOf(node) ?? '').split(/\s+/u)).filter(Boolean);
  if (tokens.some((token) => /^tw[-:]/u.test(token))) return 'its classes have a prefix';
  const added = addedClasses(tokens, parentClasses(element), context);
  if (typeof added === 'string') return added;
  const [first] = literals;
  if (added.length === 0) return { edits: [], form };
  if (!first) return 'its className is made by code, and a button may look different';
  const end = first.range[1] - (first.type === 'TemplateElement' ? 0 : 1);
  const isEmpty = (textOf(first) ?? '').trim() === '';
  return { edits: [insertAfter([end, end], `${isEmpty ? '' : ' '}${added.join(' ')}`)], form };
}

/** What a button lacks: a link that is a block fills its line, and has its text on the left. */
function addedClasses(
  tokens: readonly string[],
  parent: readonly string[] | undefined,
  { file, project }: LinkContext,
): string[] | string {
  const has = (pattern: RegExp) => tokens.some((token) => pattern.test(token));
  const added: string[] = [];
  const isBlock = has(/^(?:block|flex|grid)$/u);
  if (isBlock && !has(/^(?:w|basis|flex|size)-|^absolute$|^fixed$/u)) {
    if (parent === undefined) return 'whether the link fills its line depends on what is around it';
    const isItem = parent.some((token) => /^(?:inline-)?(?:flex|grid)$/u.test(token));
    if (!isItem) added.push('w-full');
  }
  const isCentred = has(/^(?:text-(?:center|left|right|start|end|justify)|justify-\w+)$/u);
  if (has(/^(?:block|grid)$/u) && !isCentred) added.push('text-left');
  // Since version 4 its preflight leaves buttons the arrow.
  const version = project.versionOf(file.path, 'tailwindcss');
  if (version && isAtLeast(version, '4.0.0') && !has(/^cursor-/u)) added.push('cursor-pointer');
  return added;
}

/** The classes of the element around; none for an element without any, undefined where they are not known. */
function parentClasses(element: TSESTree.JSXElement): readonly string[] | undefined {
  const parent = parentElement(element);
  if (!parent) return undefined;
  const { name } = parent.openingElement;
  if (name.type !== 'JSXIdentifier' || !/^[a-z]/u.test(name.name)) return undefined;
  const attribute = attributeNamed(parent.openingElement, 'className');
  if (!attribute) return [];
  const text = literalText(attribute.value && unwrap(attribute.value));
  return text?.split(/\s+/u);
}

/** What keeps a form in the place of an element from having a box of its own, where that is to be. With a space in front. */
export function formAttribute(element: TSESTree.JSXElement, { file, project, quote }: LinkContext): string {
  // Margins between children, and lines, are given to boxes.
  const needsBox = parentClasses(element)?.some((token) => /^(?:\w+:)*-?(?:space|divide)-[xy]/u.test(token)) === true;
  if (needsBox) return '';
  return usesTailwind(file, project) ? ' className="contents"' : ` style={{ display: ${quote}contents${quote} }}`;
}

/** `{items.map((item) => <li>…</li>)}`, `{isOpen && <a>…</a>}` */
const BETWEEN =
  /^(?:JSXExpressionContainer|JSXFragment|(?:Conditional|Logical|Call|ArrowFunction)Expression|BlockStatement|IfStatement|ReturnStatement)$/u;

/** The JSX element around another one, through expressions and fragments. */
export function parentElement(element: TSESTree.JSXElement): TSESTree.JSXElement | undefined {
  for (let node: Node | undefined = element.parent; node; node = node.parent) {
    if (node.type === 'JSXElement') return node;
    if (!BETWEEN.test(node.type)) return undefined;
  }
  return undefined;
}

/** The texts that classes are written in; undefined where something else is among them. */
function textsIn(value: Node): (TSESTree.Literal | TSESTree.TemplateElement)[] | undefined {
  const expression = unwrap(value);
  if (expression.type === 'Literal') return [expression];
  if (expression.type === 'MemberExpression' || expression.type === 'Identifier') return undefined;
  const found = nodesOf(expression, 'Literal', 'TemplateElement').filter((node) => textOf(node) !== undefined);
  return hasNode(expression, isOfModule) || found.length === 0 ? undefined : found;
}

/** A class of a CSS module: `styles.link`. */
const isOfModule = (node: Node): boolean =>
  node.type === 'MemberExpression' && node.object.type === 'Identifier' && /styles?$/iu.test(node.object.name);

const textOf = (node: TSESTree.Literal | TSESTree.TemplateElement): string | undefined =>
  node.type === 'TemplateElement'
    ? (node.value.cooked ?? undefined)
    : typeof node.value === 'string'
      ? node.value
      : undefined;

function usesTailwind({ path }: SourceFile, project: Project): boolean {
  return project.dependsOn(path, 'tailwindcss');
}

const BUTTON = /<button\b[^<>]*?\bclassName=(?:\{\s*)?["'`](?<classes>[^"'`]*)["'`]/gu;
const MAX_SOURCES = 3_000;

/** The classes that plain buttons of an app have. */
const buttonClasses = perProject('codemods: classes of buttons', ({ facts }, app: App): ReadonlySet<string> => {
  const found = new Set<string>();
  let count = 0;
  for (const path of sourceFilesBelow(app.root, facts)) {
    if ((count += 1) > MAX_SOURCES) break;
    if (!path.endsWith('x')) continue;
    for (const { groups } of (facts.text(path) ?? '').matchAll(BUTTON)) found.add(groups?.['classes'] ?? '');
  }
  return found;
});

const LINK_SELECTOR = /(?:^|[\s,{}>+~])a(?=[\s,:.[>+~{])[^;]*\{/mu;

/** Whether a style sheet of an app says how links look. */
const stylesLinks = perProject('codemods: styles of links', ({ facts }, app: App): boolean => {
  const folders = [app.root];
  let count = 0;
  for (const folder of folders) {
    for (const { kind, name, path } of facts.entries(folder) ?? []) {
      if ((count += 1) > MAX_SOURCES) return true;
      if (kind === 'directory' && !/^(?:\..*|node_modules|public|dist|build|out)$/u.test(name)) folders.push(path);
      else if (/\.(?:css|scss|sass|less)$/u.test(name) && LINK_SELECTOR.test(facts.text(path) ?? '')) return true;
    }
  }
  return false;
});
