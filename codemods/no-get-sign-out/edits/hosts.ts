/** What the component around a link makes of it, recognised by what its code renders. */
import type { TSESTree } from '@typescript-eslint/types';
import { definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';

/**
 * - `button`: a component of the project that renders a button, or its only child in the button's place (`asChild`).
 * - `menu-item`: an item of a Radix menu.
 * - `closing`: something else that a click closes.
 */
export type Host = 'button' | 'closing' | 'menu-item' | 'plain';

const RADIX_MENU = /^(?:radix-ui|@radix-ui\/react-(?:context-menu|dropdown-menu|menubar))$/u;
const FROM_RADIX_MENU = /from\s*['"](?:radix-ui|@radix-ui\/react-(?:context-menu|dropdown-menu|menubar))['"]/u;
/** `const Comp = asChild ? Slot : 'button'`, as shadcn/ui writes it, its versions of every year. */
const BUTTON_OR_CHILD = /\basChild\s*\?\s*[\w.]+\s*:\s*["']button["']/u;
/** Names are all that can be had of other libraries; the wrong guess here leaves a link alone. */
const CLOSING = /(?:Menu|Dropdown|Command|Select|Combobox|Listbox)\w*(?:Item|Option|Link)$|Close$|^(?:Item|MenuItem)$/u;

export function hostOf({ openingElement }: TSESTree.JSXElement, file: SourceFile, project: Project): Host {
  const { name } = openingElement;
  if (name.type === 'JSXIdentifier' && /^[a-z]/u.test(name.name)) return 'plain';
  const shown =
    name.type === 'JSXIdentifier' ? name.name : name.type === 'JSXMemberExpression' ? name.property.name : '';
  const definition = definitionOf({ file, node: name }, project);
  const isItem = shown.endsWith('Item');
  if (definition.kind === 'export') {
    if (isItem && RADIX_MENU.test(definition.module)) return 'menu-item';
  } else if (definition.kind === 'value' && definition.path.length === 0) {
    const text = definition.file.text.slice(...definition.node.range);
    if (BUTTON_OR_CHILD.test(text)) return 'button';
    if (isItem && FROM_RADIX_MENU.test(definition.file.text) && /\.(?:\w*Item)\b/u.test(text)) return 'menu-item';
  }
  return CLOSING.test(shown) ? 'closing' : 'plain';
}
