import { type SourceFile, parseSourceFile } from '../../analysis/syntax/source-file.ts';

/** Parses what has to parse. */
export function parsed(path: string, text: string): SourceFile {
  const result = parseSourceFile(path, text);
  if (!result.ok) throw new Error(`${path}: ${result.problem.message}`);
  return result.file;
}
