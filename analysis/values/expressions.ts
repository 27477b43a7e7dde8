/** What single expressions give, by the values of their parts: literals of text, objects and arrays, operators. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, unwrap } from '../syntax/ast.ts';
import type { Located } from '../syntax/bindings/definitions.ts';
import {
  MAX_ITEMS,
  type ArrayValue,
  type ItemValue,
  type ObjectValue,
  type PropertyValue,
  type Value,
  alternativesOf,
  bounded,
  knownNumber,
  knownText,
  literal,
  oneOf,
  propertyOf,
  text,
  unknown,
} from './values.ts';
import { addedText, concatenate } from './concatenation.ts';
import { areEqual, areLooselyEqual, isNullish, knownToBe, truthOf } from './comparisons.ts';

/** A template: its pieces joined, with what their escapes stand for or `raw` as they are written. */
export function evaluateTemplate(
  node: TSESTree.TemplateLiteral,
  from: Located,
  evaluate: (node: Node) => Value,
  texts: 'cooked' | 'raw' = 'cooked',
): Value {
  const pieces: Value[] = [];
  for (const [index, quasi] of node.quasis.entries()) {
    // An invalid escape has no cooked text; only a tagged template may hold it.
    pieces.push(text(quasi.value[texts] ?? '', from));
    const expression = node.expressions[index];
    if (expression) pieces.push(evaluate(expression));
  }
  return concatenate(pieces, from);
}

/** An object literal: later properties lie over earlier ones, and an unknown spread makes those before it uncertain. */
export function evaluateObject(
  node: TSESTree.ObjectExpression,
  from: Located,
  evaluate: (node: Node) => Value,
  call: (getter: Value, from: Located) => Value | undefined,
): Value {
  let properties = new Map<string, PropertyValue>();
  let open = false;
  for (const property of node.properties) {
    const located: Located = { file: from.file, node: property };
    if (property.type === 'SpreadElement') {
      ({ properties, open } = spread(properties, open, evaluate(property.argument), located));
      continue;
    }
    if (property.kind === 'set') continue;
    const name = propertyName(property) ?? knownText(evaluate(property.key));
    if (name === undefined) {
      open = true;
      properties = uncertain(properties);
    } else {
      // A getter is read as a property, so that its call is the value.
      const getter =
        property.kind === 'get' ? () => call(evaluate(property.value), located) ?? unknown(located) : undefined;
      properties.set(
        name,
        getter ? whenAsked(located, getter) : { value: evaluate(property.value), node: located, certain: true },
      );
    }
  }
  return { type: 'object', properties, open, from };
}

/** A property whose value is found out when it is asked for: what it reads may be its neighbour. */
export function whenAsked(node: Located, evaluate: () => Value): PropertyValue {
  return {
    node,
    certain: true,
    get value() {
      return evaluate();
    },
  };
}

/** An array literal, or what is given to a call as one list: a spread that is not decided makes its items uncertain. */
export function evaluateList(
  elements: readonly (Node | null)[],
  from: Located,
  evaluate: (node: Node) => Value,
): ArrayValue {
  const items: ItemValue[] = [];
  let open = false;
  for (const element of elements) {
    if (!element) items.push({ value: literal(undefined, from), certain: true });
    else if (element.type === 'SpreadElement') {
      const arms = alternativesOf(evaluate(element.argument));
      for (const arm of arms) {
        if (arm.type === 'array') {
          for (const item of items.length > MAX_ITEMS ? [] : arm.items)
            items.push({ ...item, certain: item.certain && arms.length === 1 });
          open ||= arm.open;
        } else if (arm.type === 'unknown' || arm.type === 'text') open = true;
      }
    } else items.push({ value: evaluate(element), certain: true });
  }
  return bounded({ type: 'array', items, open, from });
}

/** `test ? a : b`: the arm that is reached; both where that is not known. */
export function evaluateConditional(
  node: TSESTree.ConditionalExpression,
  from: Located,
  evaluate: (node: Node) => Value,
): Value {
  const test = truthOf(evaluate(node.test));
  if (test !== undefined) return evaluate(test ? node.consequent : node.alternate);
  return oneOf([evaluate(node.consequent), evaluate(node.alternate)], from);
}

/** `||`, `&&` and `??`: the right side where the left goes on to it; both where that is not known. */
export function evaluateLogical(
  node: TSESTree.LogicalExpression,
  from: Located,
  evaluate: (node: Node) => Value,
): Value {
  return chosen(node.operator, evaluate(node.left), () => evaluate(node.right), from);
}

/** What `left || right`, `&&` and `??` give. A left side that is the result has come out as the operator says. */
export function chosen(
  operator: TSESTree.LogicalExpression['operator'],
  left: Value,
  right: () => Value,
  from: Located,
): Value {
  const arms = alternativesOf(left).map((arm): Value => {
    const tested = operator === '??' ? isNullish(arm) : truthOf(arm);
    const result = operator === '||';
    if (tested === undefined) return oneOf([operator === '??' ? arm : knownToBe(result, arm), right()], from);
    return tested === result ? arm : right();
  });
  return oneOf(arms, from);
}

/** `+` of texts, equality, `in`, and what is calculated with numbers that are known; other operators are unknown. */
export function evaluateBinary(node: TSESTree.BinaryExpression, from: Located, evaluate: (node: Node) => Value): Value {
  switch (node.operator) {
    case '+': {
      // Left-deep chains are walked in a loop, so that ten thousand pieces don't end the stack.
      const pieces: Node[] = [];
      let left: Node = node;
      while (left.type === 'BinaryExpression' && left.operator === '+') {
        pieces.push(left.right);
        left = unwrap(left.left);
      }
      pieces.push(left);
      return addedText(pieces.reverse().map(evaluate), from) ?? calculate(node, from, evaluate) ?? unknown(from);
    }
    case '===':
    case '==':
    case '!==':
    case '!=': {
      const compare = node.operator.length === 3 ? areEqual : areLooselyEqual;
      const equal = compare(evaluate(node.left), evaluate(node.right));
      return equal === undefined ? unknown(from) : literal(node.operator.startsWith('=') === equal, from);
    }
    case 'in': {
      const name = knownText(evaluate(node.left));
      const object = evaluate(node.right);
      if (name === undefined || object.type !== 'object') return unknown(from);
      const property = propertyOf(object, name);
      return property === undefined ? unknown(from) : literal(property !== 'absent', from);
    }
    default:
      return calculate(node, from, evaluate) ?? unknown(from);
  }
}

const CALCULATIONS: Readonly<Record<string, (left: number, right: number) => boolean | number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** `index < items.length - 1`. */
function calculate(node: TSESTree.BinaryExpression, from: Located, evaluate: (node: Node) => Value): Value | undefined {
  const operation = Object.hasOwn(CALCULATIONS, node.operator) ? CALCULATIONS[node.operator] : undefined;
  const left = operation && knownNumber(evaluate(node.left));
  const right = left === undefined ? undefined : knownNumber(evaluate(node.right));
  return operation && left !== undefined && right !== undefined ? literal(operation(left, right), from) : undefined;
}

/** `!`, `typeof`, `void` and a minus before a number. */
export function evaluateUnary(node: TSESTree.UnaryExpression, from: Located, evaluate: (node: Node) => Value): Value {
  if (node.operator === 'void') return literal(undefined, from);
  const value = evaluate(node.argument);
  if (node.operator === '!') {
    const truth = truthOf(value);
    return truth === undefined ? unknown(from) : literal(!truth, from);
  }
  if (node.operator === '-') {
    const number = knownNumber(value);
    return number === undefined ? unknown(from) : literal(-number, from);
  }
  if (node.operator === 'typeof') {
    // In a module of the server `window` is not there; what runs in the browser is not known, so neither is said.
    if (value.type === 'text') return isNullish(value) === false ? text('string', from) : unknown(from);
    if (value.type === 'literal') return text(value.value === null ? 'object' : typeof value.value, from);
    if (value.type === 'function') return text('function', from);
  }
  return unknown(from);
}

/** An object without some of its properties: what a rest element holds. */
export function without(object: ObjectValue, omit: readonly string[], from: Located): ObjectValue {
  const properties = new Map([...object.properties].filter(([name]) => !omit.includes(name)));
  return { ...object, properties, from };
}

/** An object after `Object.assign` has laid another value over it; `certain` is false where that may not happen. */
export function mergedWith(object: ObjectValue, other: Value, certain: boolean, from: Located): ObjectValue {
  if (other.type !== 'object') return { ...object, open: true, properties: uncertain(object.properties) };
  const properties = new Map<string, PropertyValue>(object.properties);
  for (const [name, property] of other.properties) {
    const before = properties.get(name)?.value ?? literal(undefined, from);
    properties.set(
      name,
      certain && property.certain ? property : { ...property, value: oneOf([before, property.value], from) },
    );
  }
  return { ...object, open: object.open || other.open, properties };
}

function uncertain(properties: ReadonlyMap<string, PropertyValue>): Map<string, PropertyValue> {
  return new Map([...properties].map(([name, property]) => [name, { ...property, certain: false }]));
}

/** Lays the properties of a spread value over those that come before it. */
function spread(
  before: Map<string, PropertyValue>,
  open: boolean,
  value: Value,
  node: Located,
): { properties: Map<string, PropertyValue>; open: boolean } {
  const arms = alternativesOf(value);
  const objects = arms.filter((arm): arm is ObjectValue => arm.type === 'object');
  const isUnknown = arms.some((arm) => arm.type === 'unknown');
  const properties = isUnknown ? uncertain(before) : new Map(before);
  for (const object of objects) {
    if (object.open) for (const [name, property] of properties) properties.set(name, { ...property, certain: false });
    for (const [name, property] of object.properties) {
      const certain = property.certain && arms.length === 1;
      const earlier = before.get(name);
      const merged = certain || !earlier ? property.value : oneOf([earlier.value, property.value], node);
      properties.set(name, { value: merged, node, certain: certain || (earlier?.certain ?? false) });
    }
  }
  return { properties, open: open || isUnknown || objects.some((object) => object.open) };
}
