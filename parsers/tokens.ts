/**
 * The tokens of a script, as typescript-eslint's parser gives them: rules about style and spaces ask for them. The parser on oxc has none,
 * so the text is read once more. Where a token cannot be recognised without grammar (is `/` a division, is `>>` one operator?) the tree shows it.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, type Range, walk } from '../analysis/syntax/ast.ts';
import { firstWhere } from '../analysis/search.ts';

export interface Token {
  readonly type: string;
  readonly value: string;
  readonly range: [start: number, end: number];
}

/** A comment. */
interface Span {
  readonly range: Range;
}

interface Known {
  readonly end: number;
  readonly type: string;
}

// As TypeScript's scanner counts them: contextual words (`as`, `type`, `of`, `async`, `await`) are identifiers.
const KEYWORDS = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends finally for function if import in ' +
    'instanceof new return super switch this throw try typeof var void while with ' +
    'implements interface let package private protected public static yield'
  ).split(' '),
);

const SPACE = /[\s\uFEFF]+/uy;
const WORD = /(?:[$\p{ID_Continue}\u200C\u200D]|\\u(?:[\dA-Fa-f]{4}|\{[\dA-Fa-f]+\}))+/uy;
// What begins with `<` or `>` is here one character: longer ones are operators of the tree.
const PUNCTUATOR =
  /\.{3}|=>|===?|!==?|\?\?=?|\?\.|\+\+|--|\*\*=?|&&=?|\|\|=?|[%&*+\-/^|]=|[%&*+\-/^|!#(),.:;<=>?@[\]{}~]/uy;

/** Reads all tokens of a text that was parsed. Comments, in source order, are passed over. */
export function tokensOf(ast: TSESTree.Program, text: string, comments: readonly Span[]): Token[] {
  const known = knownTokens(ast, text, comments);
  const tokens: Token[] = [];
  let position = text.startsWith('#!') ? endOfLine(text) : 0;
  let comment = 0;
  const add = (type: string, end: number) => {
    tokens.push({ type, value: valueOf(type, text.slice(position, end)), range: [position, end] });
    position = end;
  };
  while (position < text.length) {
    const leaf = known.get(position);
    if (leaf) {
      add(leaf.type, leaf.end);
      continue;
    }
    while ((comments[comment]?.range[1] ?? Infinity) <= position) comment += 1;
    const [start, end] = comments[comment]?.range ?? [];
    if (start === position && end !== undefined) {
      position = end;
      continue;
    }
    const space = matchAt(SPACE, text, position);
    if (space > position) {
      position = space;
      continue;
    }
    const word = matchAt(WORD, text, position);
    if (word > position) {
      add(KEYWORDS.has(text.slice(position, word)) ? 'Keyword' : 'Identifier', word);
      continue;
    }
    const punctuator = matchAt(PUNCTUATOR, text, position);
    // `a?.5:1`
    const isCut = punctuator === position + 2 && known.has(position + 1);
    add('Punctuator', isCut ? position + 1 : Math.max(punctuator, position + 1));
  }
  return tokens;
}

function matchAt(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : position;
}

function endOfLine(text: string): number {
  const index = text.search(/[\n\r\u2028\u2029]/u);
  return index === -1 ? text.length : index;
}

/** By their start, the tokens that the tree knows: literals, what is in templates and JSX, and operators with `<` or `>` in them. */
function knownTokens(ast: TSESTree.Program, text: string, comments: readonly Span[]): Map<number, Known> {
  const known = new Map<number, Known>();
  walk(ast, (node) => {
    const type = leafType(node);
    // The range of an identifier takes in its type.
    const end = node.type === 'Identifier' ? node.range[0] + node.name.length : node.range[1];
    if (type !== undefined) known.set(node.range[0], { end, type });
    if (node.type !== 'BinaryExpression' && node.type !== 'AssignmentExpression') return;
    if (!/[<>]/u.test(node.operator)) return;
    const start = skipTo(node.operator[0] ?? '', text, node.left.range[1], comments);
    known.set(start, { end: start + node.operator.length, type: 'Punctuator' });
  });
  return known;
}

function leafType(node: Node): string | undefined {
  switch (node.type) {
    case 'Literal':
      return literalType(node);
    case 'TemplateElement':
      return 'Template';
    case 'JSXText':
      return 'JSXText';
    case 'JSXIdentifier':
      return 'JSXIdentifier';
    case 'PrivateIdentifier':
      return 'PrivateIdentifier';
    case 'Identifier':
      // `record.new`, but not `import.meta`
      return KEYWORDS.has(node.name) && node.parent.type !== 'MetaProperty' ? 'Identifier' : undefined;
    case 'TSNullKeyword':
      return 'Null';
    default:
      return undefined;
  }
}

function literalType(node: TSESTree.Literal): string {
  if ('regex' in node) return 'RegularExpression';
  if ('bigint' in node) return 'Numeric';
  if (node.value === null) return 'Null';
  if (typeof node.value === 'string') return node.parent.type === 'JSXAttribute' ? 'JSXText' : 'String';
  return typeof node.value === 'number' ? 'Numeric' : 'Boolean';
}

/** Where a character is, from an offset on, comments left out; between there are only spaces and parentheses. */
function skipTo(character: string, text: string, from: number, comments: readonly Span[]): number {
  let start = text.indexOf(character, from);
  let comment = firstWhere(comments.length, (index) => (comments[index]?.range[1] ?? 0) > from);
  for (let span = comments[comment]; span && start > span.range[0]; span = comments[(comment += 1)])
    if (start < span.range[1]) start = text.indexOf(character, span.range[1]);
  return start;
}

// A private name's token is its name.
function valueOf(type: string, source: string): string {
  return type === 'PrivateIdentifier' ? source.slice(1) : source;
}
