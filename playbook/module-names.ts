/** Which modules a file names, by its text alone: for files that may not be worth parsing. It may name too many. */

const FROM = /\bfrom\s*['"](?<module>[^'"\n]{1,300})['"]/gu;
const CALLED = /\b(?:import|require)\s*\(\s*['"](?<module>[^'"\n]{1,300})['"]/gu;
/** How far before `from` its `export` is: a longer list of names is cut, and then the module counts. */
const MAX_CLAUSE = 2_000;

/** The modules that a text imports or exports from; with `export`, those alone that it hands on. */
export function modulesNamedIn(text: string, kind?: 'export'): string[] {
  const from = [...text.matchAll(FROM)].filter(({ index }) => kind === undefined || isExport(text, index));
  const named = kind === undefined ? [...from, ...text.matchAll(CALLED)] : from;
  return named.map(({ groups }) => groups?.['module'] ?? '');
}

// `export { a, b } from './c'`, `export * from './c'`: the nearer of the two words says which it is.
function isExport(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - MAX_CLAUSE), index);
  const [lastImport, lastExport] = [before.lastIndexOf('import'), before.lastIndexOf('export')];
  return lastExport >= lastImport;
}
