/** How prettier lays expressions out (`src/language-js/print/`). */
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, type Node } from '../../syntax/ast.ts';
import { isNullishLiteral } from '../../syntax/objects.ts';
import {
  align,
  BLANK_LINE,
  type Doc,
  group,
  HARDLINE,
  ifBreak,
  indent,
  join,
  LINE,
  SOFTLINE,
  UNKNOWN,
  willBreak,
} from './doc.ts';
import {
  block,
  hasBlankLineBetween,
  hasLineBetween,
  isOneLine,
  isParenthesised,
  printed,
  type Printers,
  sliceOf,
  type Source,
  verbatim,
} from './source.ts';

export const EXPRESSIONS: Printers = {
  CallExpression: (node, source) => printCall(node, source),
  NewExpression: (node, source) => printCall(node, source),
  AwaitExpression: ({ argument }, source) => ['await ', printed(argument, source)],
  SpreadElement: ({ argument }, source) => ['...', printed(argument, source)],
  ArrowFunctionExpression: (node, source) => printArrow(node, source),
  ObjectExpression: (node, source) => printObject(node, source, true),
  ObjectPattern: (node, source) => printObject(node, source, false),
  Property: (node, source) => printProperty(node, source),
  ArrayExpression: ({ elements, range }, source) => {
    if (elements.length === 0 || elements.includes(null)) return verbatim(source, range);
    const items = elements.filter((element) => element !== null).map((element) => printed(element, source));
    // Several objects or arrays have lines of their own.
    const isMatrix =
      elements.length > 1 && elements.every((one) => one?.type === 'ObjectExpression' && one.properties.length > 1);
    const broken = isMatrix ? HARDLINE : SOFTLINE;
    return group('[', indent(broken, join([',', LINE], items)), ifBreak(source.trailingComma), SOFTLINE, ']');
  },
  ConditionalExpression: (node, source) => group(printConditional(node, source)),
  LogicalExpression: (node, source) => {
    const [first = '', ...rest] = operandsOf(node, source);
    // An element has parentheses of its own, as far in as what is before it.
    const element = isElement(node.right) ? rest.pop() : undefined;
    return element === undefined ? group(first, indent(rest)) : group(group(first, indent(rest)), element);
  },
};

const isElement = ({ type }: Node): boolean => type === 'JSXElement' || type === 'JSXFragment';

const isBinaryish = ({ type }: Node): boolean => type === 'LogicalExpression' || type === 'BinaryExpression';

/** `test ? a : test ? b : c`: all of it breaks, or nothing. */
function printConditional(node: TSESTree.ConditionalExpression, source: Source): Doc {
  const { alternate, consequent, test } = node;
  if (choosesElement(node))
    return [printed(test, source), ' ? ', printArm(consequent, source), ' : ', printArm(alternate, source)];
  const isChain = alternate.type === 'ConditionalExpression' && !isParenthesised(alternate, source);
  const last = isChain ? printConditional(alternate, source) : align(printed(alternate, source));
  return [printed(test, source), indent(LINE, '? ', align(printed(consequent, source)), LINE, ': ', last)];
}

/** `test ? <A /> : null` */
export const choosesElement = ({ alternate, consequent }: TSESTree.ConditionalExpression): boolean =>
  isElement(consequent) || isElement(alternate);

/** In parentheses of its own where the conditional takes several lines, unless it is nothing. */
function printArm(node: Node, source: Source): Doc {
  if (isNullishLiteral(node)) return source.print(node);
  return node.type === 'ConditionalExpression'
    ? UNKNOWN
    : [ifBreak('('), indent(SOFTLINE, source.print(node)), SOFTLINE, ifBreak(')')];
}

/** The operands of one operator: `a ||`, `b ||`, `c`, with a place to break before each but the first. */
export function operandsOf(node: TSESTree.LogicalExpression, source: Source): Doc[] {
  const { left, operator, right } = node;
  const isSame = left.type === 'LogicalExpression' && left.operator === operator && !isParenthesised(left, source);
  const before = isSame ? operandsOf(left, source) : [printed(left, source)];
  const last = isElement(right)
    ? [` ${operator} `, wrapped(source.print(right))]
    : [` ${operator}`, LINE, printed(right, source)];
  return [...before, last];
}

/** What is assigned, behind `=` or `:`. */
export function printAssigned(value: Node, source: Source, { isShort = false, isPattern = false } = {}): Doc {
  if (value.type === 'JSXElement') return [' ', wrapped(source.print(value))];
  if (isParenthesised(value, source)) return [' ', printed(value, source)];
  if (value.type === 'LogicalExpression' && isElement(value.right)) return { kind: 'fluid', doc: source.print(value) };
  if (value.type === 'LogicalExpression') return group(indent(LINE, group(operandsOf(value, source))));
  const doc = source.print(value);
  if (value.type === 'ConditionalExpression' && isBinaryish(value.test)) return group(indent(LINE, doc));
  if (value.type === 'TemplateLiteral' || value.type === 'ClassExpression' || isPattern || isShort) return [' ', doc];
  if (value.type === 'Literal' && typeof value.value === 'string') return group(indent(LINE, doc));
  if (value.type === 'MemberExpression' && isMemberChain(value)) return group(indent(LINE, doc));
  if (value.type === 'ArrowFunctionExpression') return [' ', doc];
  return { kind: 'fluid', doc };
}

/** `a.b.c` */
function isMemberChain({ object }: TSESTree.MemberExpression): boolean {
  return object.type === 'Identifier' || (object.type === 'MemberExpression' && isMemberChain(object));
}

function printProperty(node: TSESTree.Property, source: Source): Doc {
  const { computed, key, kind, method, range, shorthand, value } = node;
  if (shorthand || method || kind !== 'init' || !isOneLine(source, key.range)) return verbatim(source, range);
  const name = sliceOf(source, key.range);
  return [computed ? `[${name}]` : name, ':', printAssigned(value, source, { isShort: name.length <= 2 })];
}

function printObject(
  { properties, range }: TSESTree.ObjectExpression | TSESTree.ObjectPattern,
  source: Source,
  isLiteral: boolean,
): Doc {
  const [first] = properties;
  if (!first) return verbatim(source, range);
  const annotation = typeOf(range, properties.at(-1)?.range[1] ?? range[0], source);
  const items = properties.flatMap((property, index): Doc[] => {
    const next = properties[index + 1];
    const isBlank = next !== undefined && hasBlankLineBetween(source, property.range[1], next.range[0]);
    const comments = commentsBetween(properties[index - 1]?.range[1] ?? range[0] + 1, property.range[0], source);
    return [...comments, source.print(property), ...(next ? [',', isBlank ? BLANK_LINE : LINE] : [])];
  });
  const isKept = isLiteral && hasLineBetween(source, range[0], first.range[0]);
  // A pattern and a type behind it that takes several lines break together.
  const isOpen = isKept || willBreak(annotation);
  const isRest = properties.at(-1)?.type === 'RestElement';
  const comma = isRest ? '' : ifBreak(source.trailingComma);
  return [group('{', indent(isOpen ? HARDLINE : LINE, items), comma, LINE, '}'), annotation];
}

/** Comments on lines of their own before an item of a list. */
function commentsBetween(start: number, end: number, { text }: Source): Doc[] {
  const between = text.slice(start, end).replace(/^\s*,/u, '');
  if (between.trim() === '') return [];
  const lines = between.trim().split(/\r?\n/u);
  const isOwn = /^[\t ]*\r?\n/u.test(between) && lines.every((line) => line.trim().startsWith('//'));
  return isOwn ? lines.flatMap((line) => [line.trim(), HARDLINE]) : [UNKNOWN];
}

/** `: Props` behind a pattern. */
function typeOf(range: readonly [number, number], from: number, source: Source): Doc {
  const close = source.text.indexOf('}', from);
  return close === -1 || close + 1 >= range[1] ? '' : verbatim(source, [close + 1, range[1]]);
}

/** `(a, b): T`, of which the pattern of a sole parameter breaks without them. */
export function printParams(params: readonly TSESTree.Parameter[], source: Source): Doc {
  const [first] = params;
  if (!first) return '()';
  const items = params.map((param) => source.print(param));
  if (params.length === 1 && first.type === 'ObjectPattern') return ['(', items, ')'];
  return group('(', indent(SOFTLINE, join([',', LINE], items)), ifBreak(source.argumentComma), SOFTLINE, ')');
}

/** What is before `=>`. */
function arrowStart({ body, params, range, typeParameters }: TSESTree.ArrowFunctionExpression, source: Source): Doc {
  const arrow = source.text.lastIndexOf('=>', body.range[0]);
  const end = source.text.slice(0, arrow).trimEnd().length;
  const [first] = params;
  const hasParens = first ? isParenthesised(first, source) || params.length > 1 : false;
  const open = first ? source.text.lastIndexOf('(', first.range[0]) : -1;
  const close = first ? source.text.indexOf(')', params.at(-1)?.range[1] ?? 0) : -1;
  const isPlain = !hasParens || Boolean(typeParameters) || open < range[0] || close > arrow;
  return isPlain
    ? verbatim(source, [range[0], end])
    : [sliceOf(source, [range[0], open]), printParams(params, source), verbatim(source, [close + 1, end])];
}

function printArrow(node: TSESTree.ArrowFunctionExpression, source: Source, isHugged = false): Doc {
  const { body } = node;
  const start = arrowStart(node, source);
  switch (body.type) {
    case 'BlockStatement':
      return [start, ' => ', block(body, source)];
    case 'JSXElement':
    case 'JSXFragment':
      return [start, ' => ', wrapped(source.print(body))];
    case 'ObjectExpression':
      return [start, ' => (', source.print(body), ')'];
    case 'ArrayExpression':
      return [start, ' => ', printed(body, source)];
    case 'ConditionalExpression': {
      const value = source.print(body);
      return choosesElement(body)
        ? [start, ' =>', group(indent(LINE, ifBreak('', '('), value, ifBreak('', ')')))]
        : [start, ' =>', group(indent(LINE, ifBreak('('), indent(SOFTLINE, value), SOFTLINE, ifBreak(')')))];
    }
    default: {
      const next = indent(LINE, printed(body, source));
      // `f((a) =>`, then the body, then `)`: each on a line of its own.
      return isHugged
        ? group(start, ' =>', next, ifBreak(source.argumentComma), SOFTLINE)
        : [start, ' =>', group(next)];
    }
  }
}

/** In parentheses, where it takes several lines. */
export const wrapped = (doc: Doc): Doc => group(ifBreak('('), indent(SOFTLINE, doc), SOFTLINE, ifBreak(')'));

function printCall(node: TSESTree.CallExpression | TSESTree.NewExpression, source: Source): Doc {
  const { arguments: args, callee, range, typeArguments } = node;
  const from = typeArguments?.range[1] ?? callee.range[1];
  const open = source.text.indexOf('(', from);
  if (open === -1 || open >= range[1]) return verbatim(source, range);
  return [verbatim(source, [range[0], open]), printArguments(args, source)];
}

function printArguments(args: readonly TSESTree.CallExpressionArgument[], source: Source): Doc {
  const [first, second] = args;
  const last = args.at(-1);
  if (!first || !last) return '()';
  const docs = args.map((argument) => source.print(argument));
  const separated = join([',', LINE], docs);
  const expanded = group('(', indent(HARDLINE, separated), ifBreak(source.argumentComma), HARDLINE, ')');
  const plain = group('(', indent(SOFTLINE, separated), ifBreak(source.argumentComma), SOFTLINE, ')');
  const isHook =
    args.length === 2 &&
    hasBlock(first) &&
    isFunction(first) &&
    first.params.length === 0 &&
    second?.type === 'ArrayExpression';
  if (isHook) return ['(', join(', ', docs), ')'];
  if (isComposition(args)) return expanded;
  if (isHuggable(last) && args.slice(0, -1).every(({ type }) => type !== last.type && !type.includes('Function'))) {
    const head: Doc = ['(', docs.slice(0, -1).map((doc) => [doc, ', '])];
    const hugged = last.type === 'ArrowFunctionExpression' ? printArrow(last, source, true) : (docs.at(-1) ?? '');
    return { kind: 'hug', head, last: hugged, tail: ')', expanded };
  }
  if (args.length === 2 && hasBlock(first) && second && !isHuggable(second)) return ['(', join(', ', docs), ')'];
  return willBreak(separated) ? expanded : plain;
}

/** Several functions, or a call with one next to another argument: `pipe(map(…), filter(…))`. */
const isComposition = (args: readonly Node[]): boolean =>
  args.filter((argument) => isFunction(argument)).length > 1 ||
  (args.length > 1 &&
    args.some((argument) => argument.type === 'CallExpression' && argument.arguments.some((one) => isFunction(one))));

const hasBlock = (node: Node): boolean => isFunction(node) && node.body.type === 'BlockStatement';
/** What an arrow function may return whose start stays behind `f(`. */
const HUGGED_BODY = /^(?:Array|Call|Object)Expression$|^JSX/u;

const isHuggable = (node: Node): boolean =>
  hasBlock(node) ||
  (node.type === 'ArrowFunctionExpression' && HUGGED_BODY.test(node.body.type)) ||
  (node.type === 'ObjectExpression' && node.properties.length > 0) ||
  (node.type === 'ArrayExpression' && node.elements.length > 0);
