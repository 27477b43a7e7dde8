/** Removes an option from a call, and what is unused then. */
import { type Edit, remove, replace } from '../../../analysis/edits/edits.ts';
import { isPlainValue, unusedEdits, unusedWithout } from '../../../analysis/edits/unused.ts';
import { type Node, type Range, propertyName, unwrap, contains } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';
import { withoutItems } from '../../../analysis/edits/removals.ts';

/** A parenthesis, behind any space and comments. */
const CLOSES = /^(?:\s|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/[^\n\r\u2028\u2029]*)*\)/u;

/** The edit that removes the option of a call; undefined where it is not written in the call itself, or shares its place with a comment. */
export function removalOf(use: SinkUse): readonly Edit[] | undefined {
  const { file } = use;
  const property = use.optionProperty();
  if (property?.file !== file || property.node.type !== 'Property') return undefined;
  const object = property.node.parent;
  if (object.type !== 'ObjectExpression') return undefined;
  if (object.properties.length > 1) return withoutItems(file, object.properties, [property.node]);
  const call = object.parent;
  const hasComment = (file.ast.comments ?? []).some((comment) => contains(object, comment));
  if (hasComment) return [remove(property.node)];
  if (call.type !== 'CallExpression') return [replace(object, '{}')];
  const index = call.arguments.indexOf(object);
  if (index === -1 || index < call.arguments.length - 1) return [replace(object, '{}')];
  // With the comma before it, and one that may follow it.
  const before = index === 0 ? undefined : call.arguments[index - 1];
  const close = file.text.lastIndexOf(')', call.range[1] - 1);
  // In parentheses of its own: they would be left empty.
  if (CLOSES.test(file.text.slice(object.range[1], close))) return [replace(object, '{}')];
  const end = /^\s*,?\s*$/u.test(file.text.slice(object.range[1], close)) ? close : object.range[1];
  return [remove([before ? before.range[1] : object.range[0], end])];
}

/** Edits, and those that remove the constants and imports which nothing uses once some ranges are gone. */
export function withoutUnused(
  file: SourceFile,
  edits: readonly Edit[],
  gone: readonly Range[],
  goneElsewhere: readonly Range[] = [],
): readonly Edit[] {
  const leftByAll = unusedWithout(file, [...gone, ...goneElsewhere], isText);
  const unused = unusedEdits(file, gone, leftByAll, isText);
  const isApart = unused.every(({ range }) =>
    edits.every((edit) => range[1] <= edit.range[0] || edit.range[1] <= range[0]),
  );
  return isApart ? [...edits, ...unused] : edits;
}

const TEXT_METHODS = new Set(['replace', 'replaceAll', 'slice', 'split', 'toLowerCase', 'trim']);

/** Text that is made of values and of the environment: nothing happens when it is not made. */
function isText(node: Node): boolean {
  const value = unwrap(node);
  if (isPlainValue(value)) return true;
  switch (value.type) {
    case 'ChainExpression':
      return isText(value.expression);
    case 'Identifier':
      return true;
    case 'MemberExpression':
      return !value.computed && isText(value.object);
    case 'TemplateLiteral':
      return value.expressions.every(isText);
    case 'LogicalExpression':
    case 'BinaryExpression':
      return isText(value.left) && isText(value.right);
    case 'ConditionalExpression':
      return [value.test, value.consequent, value.alternate].every(isText);
    case 'CallExpression': {
      const callee = unwrap(value.callee);
      return (
        callee.type === 'MemberExpression' &&
        TEXT_METHODS.has(propertyName(callee) ?? '') &&
        isText(callee.object) &&
        value.arguments.every((argument) => argument.type !== 'SpreadElement' && isPlainValue(argument))
      );
    }
    default:
      return false;
  }
}
