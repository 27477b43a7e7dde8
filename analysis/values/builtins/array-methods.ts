/** What the methods of arrays, sets and maps give. A set is the list of its members, a map that of its entries. */
import type { Located } from '../../syntax/bindings/definitions.ts';
import type { Evaluator } from '../evaluator.ts';
import {
  type ArrayValue,
  type ItemValue,
  type Value,
  alternativesOf,
  bounded,
  isFixed,
  knownNumber,
  knownText,
  listOf,
  literal,
  oneOf,
  text,
  unknown,
  unsure,
} from '../values.ts';
import { concatenate } from '../concatenation.ts';
import { truthOf } from '../comparisons.ts';

interface MethodCall {
  readonly evaluator: Evaluator;
  readonly list: ArrayValue;
  readonly args: readonly Value[];
  readonly from: Located;
}

type Method = (call: MethodCall) => Value | undefined;

/** By their names; a method that is not here is not known. */
const METHODS: Readonly<Record<string, Method>> = {
  at,
  concat: ({ args, from, list }) =>
    flatten(
      [list, ...args].map((value) => ({ value, certain: true })),
      false,
      from,
    ),
  entries: ({ from, list }) =>
    isFixed(list)
      ? listOf(
          list.items.map((item, index) => listOf([literal(index, from), item.value], from)),
          from,
        )
      : undefined,
  every: (call) => quantified(call, false),
  filter: (call) => listWith(call, kept(call)),
  find,
  flat: ({ from, list }) => flatten(list.items, list.open, from),
  flatMap: (call) => flatten(mapped(call), call.list.open, call.from),
  has: includes,
  includes,
  join,
  map: (call) => listWith(call, mapped(call)),
  reduce,
  reverse: reversed,
  slice,
  some: (call) => quantified(call, true),
  sort: sorted,
  splice: ({ args, from, list }) => (args.length === 0 ? list : { ...unsure(list), from }),
  toReversed: reversed,
  toSorted: sorted,
  values: ({ list }) => list,
};

/** What a method of an array gives; undefined when the analysis does not know it, or what it would need to. */
export function callArrayMethod(
  evaluator: Evaluator,
  list: ArrayValue,
  name: string,
  args: readonly Value[],
  from: Located,
): Value | undefined {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  const result = method?.({ evaluator, list, args, from });
  return result?.type === 'array' ? bounded(result) : result;
}

/** A new list in place of the one whose method is called. */
const listWith = ({ from, list: { open } }: MethodCall, items: readonly ItemValue[]): ArrayValue => ({
  type: 'array',
  items,
  open,
  from,
});

function at({ args: [position], from, list }: MethodCall): Value | undefined {
  const index = position && knownNumber(position);
  if (index === undefined || !isFixed(list)) return undefined;
  return list.items.at(index)?.value ?? literal(undefined, from);
}

function find(call: MethodCall): Value {
  const { from, list } = call;
  const found = kept(call);
  const [first] = found;
  if (first?.certain === true) return first.value;
  return oneOf([...found.map(({ value }) => value), list.open ? unknown(from) : literal(undefined, from)], from);
}

function includes({ args: [wanted], from, list }: MethodCall): Value | undefined {
  const known = wanted && knownText(wanted);
  const listed = list.items.map(({ value }) => knownText(value));
  if (known === undefined || list.open || listed.includes(undefined)) return undefined;
  if (!listed.includes(known)) return literal(false, from);
  return list.items.some(({ certain }, index) => certain && listed[index] === known) ? literal(true, from) : undefined;
}

function join({ args: [separator], from, list }: MethodCall): Value | undefined {
  if (!isFixed(list)) return undefined;
  const between = separator ?? text(',', from);
  return concatenate(
    list.items.flatMap(({ value }, index) => (index === 0 ? [value] : [between, value])),
    from,
  );
}

/** `some` and `every`. One result ends it: true for `some`, false for `every`. */
function quantified(call: MethodCall, ending: boolean): Value | undefined {
  const { from, list } = call;
  const answers = list.items.map(({ certain }, index) => ({ certain, answer: answerOf(call, index) }));
  if (answers.some(({ answer, certain }) => certain && answer === ending)) return literal(ending, from);
  return list.open || answers.some(({ answer }) => answer !== !ending) ? undefined : literal(!ending, from);
}

/** A longer list is no path that is pieced together. */
const MAX_REDUCED = 20;

function reduce({ args: [callback, start], evaluator, from, list }: MethodCall): Value | undefined {
  if (!callback || !start || !isFixed(list) || list.items.length > MAX_REDUCED) return undefined;
  return list.items.reduce<Value>(
    (all, { value }) => evaluator.call(callback, [all, value], from) ?? unknown(from),
    start,
  );
}

function reversed({ from, list }: MethodCall): ArrayValue {
  return { ...list, items: list.items.toReversed(), from };
}

function slice({ args, from, list }: MethodCall): ArrayValue {
  const [start, end] = args.map(knownNumber);
  if (args.length === 0) return list;
  if (!isFixed(list) || start === undefined || (args.length > 1 && end === undefined)) return { ...unsure(list), from };
  return { ...list, items: list.items.slice(start, end), from };
}

function sorted({ from, list }: MethodCall): ArrayValue {
  // Which of them is where is not known.
  return list.items.length < 2 ? list : { ...unsure(list), from };
}

/** The items that a callback makes of a list's. */
function mapped({ args: [callback], evaluator, from, list }: MethodCall): readonly ItemValue[] {
  return list.items.map(({ certain, value }, index) => ({
    value: (callback && evaluator.call(callback, [value, indexIn(list, index, from)], from)) ?? unknown(from),
    certain,
  }));
}

/** The items for which a callback does not return false. */
function kept(call: MethodCall): readonly ItemValue[] {
  return call.list.items.flatMap((item, index): readonly ItemValue[] => {
    const answer = answerOf(call, index);
    if (answer === false) return [];
    return [answer === true ? item : { ...item, certain: false }];
  });
}

/** Whether a callback returns true for the item at a place. */
function answerOf({ args: [test], evaluator, from, list }: MethodCall, index: number): boolean | undefined {
  const item = list.items[index];
  if (!item || !test) return undefined;
  const answer = evaluator.call(test, [item.value, indexIn(list, index, from)], from);
  return answer && truthOf(answer);
}

/** What a callback gets after the item: its index, unless an item before it may be absent. */
function indexIn({ items }: ArrayValue, index: number, from: Located): Value {
  return items.slice(0, index).every(({ certain }) => certain) ? literal(index, from) : unknown(from);
}

function flatten(items: readonly ItemValue[], open: boolean, from: Located): ArrayValue {
  let isOpen = open;
  const flat = items.flatMap((item): ItemValue[] => {
    const arms = alternativesOf(item.value);
    return arms.flatMap((arm): ItemValue[] => {
      if (arm.type !== 'array') {
        isOpen ||= arm.type === 'unknown';
        return arm.type === 'unknown' ? [] : [{ value: arm, certain: item.certain && arms.length === 1 }];
      }
      isOpen ||= arm.open;
      return arm.items.map((inner) => ({
        value: inner.value,
        certain: inner.certain && item.certain && arms.length === 1,
      }));
    });
  });
  return { type: 'array', items: flat, open: isOpen, from };
}

/** What the methods of a `Map` give that an array does not have, or has in another sense. */
export function callMapMethod(
  evaluator: Evaluator,
  map: ArrayValue,
  name: string,
  [key]: readonly Value[],
  from: Located,
): Value | undefined {
  const parts = (step: '0' | '1'): ArrayValue => ({
    type: 'array',
    items: map.items.map((item) => ({ ...item, value: evaluator.member(item.value, step, from) })),
    open: map.open,
    from,
  });
  switch (name) {
    case 'entries':
      return { ...map, isMap: false };
    case 'keys':
      return parts('0');
    case 'values':
      return parts('1');
    case 'get':
      return key && valueAtKey(key, parts('0'), parts('1'), from);
    case 'has':
      return callArrayMethod(evaluator, parts('0'), name, key ? [key] : [], from);
    default:
      return undefined;
  }
}

/** What is at a key, for each of its alternatives: of two entries with one key the last counts. */
function valueAtKey(key: Value, keys: ArrayValue, values: ArrayValue, from: Located): Value | undefined {
  const names = keys.items.map(({ value }) => knownText(value));
  if (keys.open || names.includes(undefined)) return undefined;
  const held = values.items.map(({ value }) => value);
  const answers = alternativesOf(key).flatMap((one): readonly Value[] => {
    const wanted = knownText(one);
    if (wanted === undefined) return [...held, literal(undefined, from)];
    return [held[names.lastIndexOf(wanted)] ?? literal(undefined, from)];
  });
  return oneOf(answers, from);
}
