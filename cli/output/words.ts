/** Small pieces of sentences. */
import { relative } from 'node:path';
import { printable } from '../../analysis/texts/redact.ts';

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}

/** More names than this are a list that no one reads. */
const MAX_NAMED = 3;

/** `a, b, c and 2 others` */
export function listed(names: readonly string[]): string {
  const rest = names.length - MAX_NAMED;
  return rest <= 0 ? names.join(', ') : `${names.slice(0, MAX_NAMED).join(', ')} and ${count(rest, 'other')}`;
}

/** A path as the person would write it, from where they are; printable, for a name may hold anything. */
export function shown(path: string, cwd: string): string {
  return printable(relative(cwd, path) || '.');
}

/** A path as a shell takes it. */
export function shellWord(path: string): string {
  return /^[\w./@-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
