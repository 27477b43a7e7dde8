/** Why something could not be looked at: a file, a folder, or a path that somebody wrote. */
export interface Problem {
  /** Absolute. */
  readonly path: string;
  /** Goes on where the path ends: `is not UTF-8 text`. No full stop. */
  readonly message: string;
}

/** What an error of the file system means to a person. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
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
