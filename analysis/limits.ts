/**
 * What was given up because it is too large: a value that takes too many steps to follow, a text with too many parts. A finder stays
 * silent then, and a program that reports on a file can say that it was not judged as a whole.
 */

const reached = new Set<string>();

/** Says that a value in a file (its path) was given up. */
export function reachLimit(path: string): void {
  reached.add(path);
}

/** The files in which a value was given up since this was asked last. Of another file than the one that is judged, that is no news. */
export function takeLimits(): ReadonlySet<string> {
  const paths = new Set(reached);
  reached.clear();
  return paths;
}
