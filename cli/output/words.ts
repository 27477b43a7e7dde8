/** Small pieces of sentences. */
import { relative } from 'node:path';
import { printable } from '../../analysis/values/redact.ts';

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}

/** A path as the person would write it, from where they are; printable, for a name may hold anything. */
export function shown(path: string, cwd: string): string {
  return printable(relative(cwd, path) || '.');
}

/** A path as a shell takes it. */
export function shellWord(path: string): string {
  return /^[\w./@-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
