/** The changes of several faults as one change of each property: each fault was found with the changes before it made. */
import type { Change } from '../provider/changes.ts';

interface Final {
  /** The property that it was at first; undefined for one that is new. */
  readonly from: string | undefined;
  readonly isSet: boolean;
}

/**
 * What is left of changes that undo each other: of `applicationID: null` that is set and then removed, a removal. `present`:
 * the properties before the first change. No property is in two of the changes, but for one that is renamed and set.
 */
export function netChanges(changes: readonly Change[], present: Iterable<string>): readonly Change[] {
  const initial = [...present];
  const state = new Map<string, Final>(initial.map((name) => [name, { from: name, isSet: false }]));
  for (const change of changes) {
    const held = state.get(change.property);
    if (change.kind === 'set') state.set(change.property, { from: held?.from, isSet: true });
    else state.delete(change.property);
    if (change.kind === 'rename' && held) state.set(change.to, held);
  }
  const finals = [...state];
  const removed = initial.filter((name) => !finals.some(([, { from }]) => from === name));
  return [
    ...finals.flatMap(([name, { from, isSet }]): readonly Change[] => [
      ...(from !== undefined && from !== name ? [{ kind: 'rename', property: from, to: name } as const] : []),
      ...(isSet && isWritable(name) ? [{ kind: 'set', property: name } as const] : []),
    ]),
    ...removed.map((property): Change => ({ kind: 'remove', property })),
  ];
}

const WRITABLE = ['algorithm', 'applicationID', 'issuer', 'jwks', 'type'] as const;

const isWritable = (name: string): name is (typeof WRITABLE)[number] => (WRITABLE as readonly string[]).includes(name);
