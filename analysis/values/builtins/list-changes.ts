/** What a list, a set or a map holds after something has changed it in its place. */
import { type ArrayValue, type ItemValue, bounded, isFixed, knownNumber, oneOf, unsure } from '../values.ts';

export interface ListChange {
  readonly list: ArrayValue;
  /** What the method is called with. */
  readonly args: ArrayValue;
  /** Whether it is done at all, before the list is read. */
  readonly isCertain: boolean;
}

type Method = (change: ListChange) => ArrayValue;

const METHODS: Readonly<Record<string, Method>> = {
  add: appended,
  clear: ({ isCertain, list }) => (isCertain ? { ...list, items: [], open: false } : unsure(list)),
  copyWithin: ({ list }) => unsure(list),
  delete: ({ list }) => unsure(list),
  fill: mixed,
  pop: (change) => kept(change, (items) => items.slice(0, -1)),
  push: appended,
  reverse: (change) => kept(change, (items) => items.toReversed()),
  set: ({ args, isCertain, list }) =>
    list.isMap === true ? { ...list, items: [...list.items, { value: args, certain: isCertain }] } : list,
  shift: (change) => kept(change, (items) => items.slice(1)),
  sort: ({ list }) => (isFixed(list) && list.items.length < 2 ? list : unsure(list)),
  splice: spliced,
  unshift: ({ args, list, isCertain }) => ({
    ...list,
    items: [...itemsOf(args, isCertain), ...list.items],
    open: list.open || args.open,
  }),
};

/** Whether a method by that name changes a list, a set or a map. */
export const changesList = (method: string): boolean => Object.hasOwn(METHODS, method);

/** Whether a method puts items behind those that are there, whose places stay as they are. */
export const appends = (method: string): boolean => method === 'add' || method === 'push' || method === 'set';

/** The list after a call of a method; as it is where the method is none of its own. */
export function changedList(method: string, change: ListChange): ArrayValue {
  return bounded((Object.hasOwn(METHODS, method) ? METHODS[method]?.(change) : undefined) ?? change.list);
}

function appended({ args, isCertain, list }: ListChange): ArrayValue {
  return { ...list, items: [...list.items, ...itemsOf(args, isCertain)], open: list.open || args.open };
}

/** What is given may be anywhere among the items. */
function mixed({ args, list }: ListChange): ArrayValue {
  return unsure({ ...list, items: [...list.items, ...args.items], open: list.open || args.open });
}

function kept(
  { isCertain, list }: Pick<ListChange, 'isCertain' | 'list'>,
  change: (items: readonly ItemValue[]) => readonly ItemValue[],
): ArrayValue {
  return isCertain && isFixed(list) ? { ...list, items: change(list.items) } : unsure(list);
}

function spliced(change: ListChange): ArrayValue {
  const { args, isCertain, list } = change;
  const [start, count, ...more] = args.items;
  const [first, length] = [start, count].map((item) => item && knownNumber(item.value));
  const isPlain =
    isCertain && isFixed(list) && isFixed(args) && first !== undefined && (!count || length !== undefined);
  if (!isPlain) return mixed({ ...change, args: { ...args, items: more } });
  return { ...list, items: list.items.toSpliced(first, length ?? list.items.length, ...more) };
}

const itemsOf = ({ items }: ArrayValue, isCertain: boolean): readonly ItemValue[] =>
  items.map((item) => ({ ...item, certain: item.certain && isCertain }));

/** The list after `list[index] = value`, or after `list.length = value`; an index that is not known (or not in reach) may be any. */
export function changedItem(list: ArrayValue, name: string | undefined, { certain, value }: ItemValue): ArrayValue {
  if (name === 'length') {
    const length = knownNumber(value);
    return kept({ list, isCertain: certain && length !== undefined }, (items) => items.slice(0, length));
  }
  if (name !== undefined && !/^\d+$/u.test(name)) return list;
  const index = name === undefined ? -1 : Number(name);
  const before = list.items[index];
  if (before) {
    const after = certain ? value : oneOf([before.value, value], value.from);
    return { ...list, items: list.items.map((item, at) => (at === index ? { ...item, value: after } : item)) };
  }
  const items = [...list.items, { value, certain }];
  return isFixed(list) && index === list.items.length ? { ...list, items } : unsure({ ...list, items });
}
