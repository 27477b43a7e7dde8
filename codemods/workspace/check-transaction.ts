/** What is wrong with a transaction before anything is written. */
import { parseSourceFile } from '../../analysis/syntax/source-file.ts';
import { type FileChange, pathAfter, type Transaction } from './plan.ts';

export interface Fault {
  readonly path: string;
  /** Goes on where the path ends. */
  readonly message: string;
}

const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/iu;

/**
 * The first thing that speaks against a transaction: a file that does not parse after it, a file twice, or one that may not be changed. Each is a
 * bug of its planner; better no change than a broken one.
 */
export function faultOf({ changes }: Transaction, mayChange: (path: string) => boolean): Fault | undefined {
  const seen = new Set<string>();
  for (const change of changes) {
    const paths = [change.path, ...(change.kind === 'rename' ? [change.to] : [])];
    const twice = paths.find((path) => seen.has(path));
    if (twice !== undefined) return { path: twice, message: 'would be changed twice, which is a bug' };
    for (const path of paths) seen.add(path);
    if (change.kind !== 'create' && !mayChange(change.path))
      return { path: change.path, message: 'is not among the files of this run, and would be changed' };
    const message = faultOfText(change);
    if (message !== undefined) return { path: change.path, message };
  }
  return undefined;
}

function faultOfText(change: FileChange): string | undefined {
  if (change.kind === 'delete') return undefined;
  const path = pathAfter(change) ?? change.path;
  if (SCRIPT.test(path)) {
    const parsed = parseSourceFile(path, change.after);
    return parsed.ok ? undefined : `would not parse after the edit, which is a bug: ${parsed.problem.message}`;
  }
  const wasJson = path.endsWith('.json') && (change.kind === 'create' || isJson(change.before));
  return wasJson && !isJson(change.after) ? 'would be no JSON after the edit, which is a bug' : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/u, ''));
    return true;
  } catch {
    return false;
  }
}
