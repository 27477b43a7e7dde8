/** What could not be looked at, and why. */
import type { Terminal } from '../output/terminal.ts';
import { listed, shown } from '../output/words.ts';
import { fitted } from '../output/wrap.ts';

/** Of a file, a folder, or a path that someone wrote. */
export interface Problem {
  /** Absolute. */
  readonly path: string;
  /** Goes on where the path ends: `is not UTF-8 text`. No full stop. */
  readonly message: string;
}

/** Of a link to a folder around it. Goes on where the path ends. */
export const NOT_FOLLOWED = 'leads back to a folder around it, and was not followed';

/** Of a file that was named. Goes on where the path ends. */
const SKIPPED = 'was skipped: this command does not look at such files';

/** What a run did not look at. */
export interface NotLookedAt {
  readonly problems: readonly Problem[];
  /** Links that were not followed. Absolute. */
  readonly loops: readonly string[];
  /** Files that are not ours to look at. Absolute. */
  readonly skipped: readonly string[];
  /** Files in which something was too large to be followed. Absolute. */
  readonly limited?: readonly string[];
}

/** What a run did not look at, one line each. */
export function complaintsOf(
  { limited = [], loops, problems, skipped }: NotLookedAt,
  { colors: { err }, columns, cwd }: Pick<Terminal, 'colors' | 'columns' | 'cwd'>,
): string {
  const lines = [
    ...loops.map((path) => `${err.yellow('note:')} ${shown(path, cwd)} ${NOT_FOLLOWED}.\n`),
    ...skipped.map((path) => `${err.yellow('note:')} ${shown(path, cwd)} ${SKIPPED}.\n`),
    ...(limited.length === 0
      ? []
      : [`${fitted(`${err.yellow('note:')} ${notWhole(limited.map((path) => shown(path, cwd)))}.`, columns)}\n`]),
    ...problems.map(({ message, path }) => `${err.red('error:')} ${shown(path, cwd)} ${message}.\n`),
  ];
  return lines.join('');
}

/** Files in which something was too large to be followed, in one sentence: nothing has to be done about it. */
function notWhole(names: readonly string[]): string {
  const [was, each] = names.length === 1 ? ['was', 'it'] : ['were', 'each'];
  return `${listed(names)} ${was} not judged as a whole: a value in ${each} is too large to follow`;
}

/** What an error of the file system means to a person. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EISDIR':
      return 'it is a folder';
    case 'ELOOP':
      return 'its symbolic links go round in a circle';
    case 'ENOENT':
      return 'it does not exist';
    case 'ENOSPC':
      return 'no space is left on the disk';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENAMETOOLONG':
      return 'its name is too long';
    default:
      return code ?? message;
  }
}
