/**
 * Values that finders derive from several files, remembered as long as the files stay as they are.
 *
 * A memo is named and keyed by all that goes into it: the project (its settings included) and its arguments. The function that computes is
 * given these alone and is defined once, at the top of a module, so that no closure brings in what the key does not name. What was linted
 * before can then change no answer.
 */
import type { App } from '../app-model.ts';
import type { Project } from '../project-model.ts';

/** An app is known by its identity: it is another object as soon as its config or its package.json changes. */
export type MemoArgument = App | number | string | readonly string[];

/** `name` has to be unique. `whenCircular` is the answer to a computation that comes to ask for itself. */
export function perProject<Value, Args extends readonly MemoArgument[]>(
  name: string,
  compute: (project: Project, ...args: Args) => Value,
  whenCircular?: () => Value,
): (project: Project, ...args: Args) => Value {
  return (project, ...args) =>
    project.facts.memo(
      name,
      `${keyOf(project)}:${args.map(keyOfArgument).join(':')}`,
      () => compute(project, ...args),
      whenCircular,
    );
}

// The facts of a project tell its memos from those of others (project.ts).
const keyOf = ({ sources }: Project): string => (sources ? String(identityOf(sources)) : '');

function keyOfArgument(argument: MemoArgument): string {
  if (typeof argument === 'string') return `${String(argument.length)}:${argument}`;
  if (typeof argument === 'number') return String(argument);
  return isList(argument) ? `[${String(numberOfList(argument))}]` : `#${String(identityOf(argument))}`;
}

const isList = (argument: App | readonly string[]): argument is readonly string[] => Array.isArray(argument);

const listsByIdentity = new WeakMap<readonly string[], number>();
const listsByContent = new Map<string, number>();
const MAX_LISTS = 10_000;

/** Lists of the same texts have one number: they may be long, and the same one is asked about for every file. */
function numberOfList(list: readonly string[]): number {
  const known = listsByIdentity.get(list);
  if (known !== undefined) return known;
  const content = JSON.stringify(list);
  let number = listsByContent.get(content);
  if (number === undefined) {
    if (listsByContent.size >= MAX_LISTS) listsByContent.clear();
    listsByContent.set(content, (number = lastIdentity += 1));
  }
  listsByIdentity.set(list, number);
  return number;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function identityOf(value: object): number {
  let identity = identities.get(value);
  if (identity === undefined) identities.set(value, (identity = lastIdentity += 1));
  return identity;
}
