/** What to say about a name that does not exist. */
import { closest } from '../../project/configuration/closest.ts';

/** `Did you mean 'a' or 'b'?`, or all names there are. */
export function hintAt(word: string, names: readonly string[]): string {
  // A part of a name is what people remember.
  const near = names.filter((name) => word.length > 2 && name.includes(word.toLowerCase()));
  const meant = near.length > 0 ? near : [closest(word, names) ?? []].flat();
  return meant.length === 0 ? `There are: ${names.join(', ')}.` : `Did you mean ${alternatives(meant)}?`;
}

function alternatives(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}
