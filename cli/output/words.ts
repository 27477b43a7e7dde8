/** Small pieces of sentences. */
import { relative } from 'node:path';

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}

/** A path as the person would write it, from where they are. */
export function shown(path: string, cwd: string): string {
  return relative(cwd, path) || '.';
}
