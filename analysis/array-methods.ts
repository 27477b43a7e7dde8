/** What the methods of arrays, sets and maps give. A set is the list of its members, a map that of its entries. */
import type { Located } from './bindings.ts';
import type { Evaluator } from './evaluate.ts';
import {
  type ArrayValue,
  type ItemValue,
  type Value,
  alternativesOf,
  concatenate,
  isFixed,
  knownNumber,
  knownText,
  listOf,
  literal,
  oneOf,
  text,
  truthOf,
  unknown,
} from './values.ts';

/** What a method of an array gives; undefined when the analysis does not know it, or what it would need to. */
export function callArrayMethod(
  evaluator: Evaluator,
  value: ArrayValue,
  name: string,
  args: readonly Value[],
  from: Located,
): Value | undefined {
  const [first] = args;
  const mapped = (): ItemValue[] =>
    value.items.map((item, index) => ({
      value: (first && evaluator.call(first, [item.value, indexIn(value, index, from)], from)) ?? unknown(from),
      certain: item.certain,
    }));
  switch (name) {
    case 'map':
      return { type: 'array', items: mapped(), open: value.open, from };
    case 'flatMap':
      return flatten(mapped(), value.open, from);
    case 'flat':
      return flatten(value.items, value.open, from);
    case 'filter':
      return { type: 'array', items: value.items.flatMap((item, index) => kept(evaluator, item, first, indexIn(value, index, from))), open: value.open, from };
    case 'find': {
      const found = value.items.flatMap((item, index) => kept(evaluator, item, first, indexIn(value, index, from)));
      const [only] = found;
      return only?.certain === true && found.indexOf(only) === 0
        ? only.value
        : oneOf([...found.map((item) => item.value), value.open ? unknown(from) : literal(undefined, from)], from);
    }
    case 'concat':
      return flatten([value, ...args].map((one) => ({ value: one, certain: true })), false, from);
    case 'at': {
      const index = first && knownNumber(first);
      if (index === undefined || !isFixed(value)) return undefined;
      return value.items.at(index)?.value ?? literal(undefined, from);
    }
    case 'slice': {
      const [start, end] = args.map(knownNumber);
      const isKnown = isFixed(value) && start !== undefined && (args.length === 1 || end !== undefined);
      if (isKnown) return { ...value, items: value.items.slice(start, end), from };
      return args.length === 0 ? value : { ...value, items: value.items.map((item) => ({ ...item, certain: false })), from };
    }
    case 'splice':
      return args.length === 0
        ? value
        : { type: 'array', items: value.items.map((item) => ({ ...item, certain: false })), open: value.open, from };
    case 'entries':
      return isFixed(value) ? listOf(value.items.map((item, index) => listOf([literal(index, from), item.value], from)), from) : undefined;
    case 'values':
      return value;
    case 'reduce': {
      const [start, ...rest] = [...args.slice(1, 2), ...value.items.map((item) => item.value)];
      if (!first || !start || !isFixed(value) || value.items.length > MAX_REDUCED) return undefined;
      return rest.reduce<Value>((all, item) => evaluator.call(first, [all, item], from) ?? unknown(from), start);
    }
    case 'reverse':
    case 'toReversed':
      return { ...value, items: value.items.toReversed(), from };
    case 'sort':
    case 'toSorted':
      // Which of them stands where is not known.
      return value.items.length < 2 ? value : { ...value, items: value.items.map((item) => ({ ...item, certain: false })), from };
    case 'join': {
      const separator = first ?? text(',', from);
      if (value.open || value.items.some(({ certain }) => !certain)) return undefined;
      return concatenate(
        value.items.flatMap((item, index) => (index === 0 ? [item.value] : [separator, item.value])),
        from,
      );
    }
    case 'some':
    case 'every': {
      // One answer ends it: true for `some`, false for `every`.
      const truths = value.items.map((item, index) => ({ truth: answerOf(evaluator, item, first, indexIn(value, index, from)), certain: item.certain }));
      const ending = name === 'some';
      if (truths.some(({ certain, truth }) => certain && truth === ending)) return literal(ending, from);
      return value.open || truths.some(({ truth }) => truth !== !ending) ? undefined : literal(!ending, from);
    }
    case 'has':
    case 'includes': {
      const wanted = first && knownText(first);
      const listed = value.items.map((item) => knownText(item.value));
      if (wanted === undefined || value.open || listed.includes(undefined)) return undefined;
      if (!listed.includes(wanted)) return literal(false, from);
      return value.items.some((item, index) => item.certain && listed[index] === wanted) ? literal(true, from) : undefined;
    }
    default:
      return undefined;
  }
}

/** A longer list is no path that is pieced together. */
const MAX_REDUCED = 20;

/** What the methods of a `Map` give that an array does not have, or has in another sense. */
export function callMapMethod(evaluator: Evaluator, map: ArrayValue, name: string, [key]: readonly Value[], from: Located): Value | undefined {
  const parts = (step: '0' | '1'): ArrayValue => ({ type: 'array', items: map.items.map((item) => ({ ...item, value: evaluator.member(item.value, step, from) })), open: map.open, from });
  switch (name) {
    case 'entries':
      return { ...map, isMap: false };
    case 'keys':
      return parts('0');
    case 'values':
      return parts('1');
    case 'get': {
      const keys = parts('0').items.map(({ value }) => knownText(value));
      if (map.open || !key || keys.includes(undefined)) return undefined;
      const values = parts('1').items.map(({ value }) => value);
      const answers = alternativesOf(key).flatMap((one): readonly Value[] => {
        const wanted = knownText(one);
        if (wanted === undefined) return [...values, literal(undefined, from)];
        return [values[keys.lastIndexOf(wanted)] ?? literal(undefined, from)];
      });
      return oneOf(answers, from);
    }
    case 'has':
      return callArrayMethod(evaluator, parts('0'), name, key ? [key] : [], from);
    default:
      return undefined;
  }
}

/** What a callback gets beside the item: where it stands, unless an item before it may be absent. */
function indexIn({ items }: ArrayValue, index: number, from: Located): Value {
  return items.slice(0, index).every(({ certain }) => certain) ? literal(index, from) : unknown(from);
}

function kept(evaluator: Evaluator, item: ItemValue, test: Value | undefined, index: Value): ItemValue[] {
  const truth = answerOf(evaluator, item, test, index);
  if (truth === false) return [];
  return [truth === true ? item : { ...item, certain: false }];
}

/** Whether a callback (or `Boolean`) answers true for an item. */
function answerOf(evaluator: Evaluator, item: ItemValue, test: Value | undefined, index: Value): boolean | undefined {
  const isBoolean = test?.type === 'unknown' && test.definition.kind === 'global' && test.definition.name === 'Boolean';
  const answer = isBoolean ? item.value : test && evaluator.call(test, [item.value, index], index.from);
  return answer && truthOf(answer);
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
      return arm.items.map((inner) => ({ value: inner.value, certain: inner.certain && item.certain && arms.length === 1 }));
    });
  });
  return { type: 'array', items: flat, open: isOpen, from };
}
