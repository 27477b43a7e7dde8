/**
 * Character references in JSX. typescript-estree reads them and oxc-parser leaves them as they are written; an attribute's value is the same from both
 * after this. Only those that a path or a URL may hold: numbers, and the names of XML.
 */
import { type Node, walk } from './ast.ts';

const REFERENCE = /&(?:#(?<decimal>\d{1,7})|#x(?<hex>[\da-fA-F]{1,6})|(?<name>amp|apos|gt|lt|quot));/gu;

const NAMED: Readonly<Record<string, string | undefined>> = { amp: '&', apos: "'", gt: '>', lt: '<', quot: '"' };

/** Reads the references in the attributes of a tree, which is walked only where its text may have some. */
export function readEntities(ast: Node, text: string): void {
  if (text.search(REFERENCE) === -1) return;
  walk(ast, (node) => {
    if (node.type === 'JSXAttribute' && node.value?.type === 'Literal' && typeof node.value.value === 'string')
      node.value.value = withoutEntities(node.value.value);
  });
}

/** `&#47;sign-out` → `/sign-out` */
export function withoutEntities(text: string): string {
  return text.replaceAll(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}
