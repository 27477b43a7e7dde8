/** The modules that a text names, read without parsing it. */

/** How far before `from` its `export` is: a longer list of names is cut, and then the module counts. */
const MAX_CLAUSE = 2_000;
/** A longer name of a module is none. */
const MAX_NAME = 300;

/** The modules that a text imports or exports from: all, those whose values it names, or those that it hands on. */
export function modulesNamedIn(text: string, which: 'all' | 'exports' | 'values' = 'all'): string[] {
  const named: string[] = [];
  forEachWord(text, 'from', (start, end) => {
    const module = moduleAfter(text, end);
    if (module !== undefined && (which === 'all' || isClauseOf(text, start, which))) named.push(module);
  });
  for (const word of which === 'exports' ? [] : ['import', 'require']) {
    forEachWord(text, word, (_, end) => {
      const open = skipSpace(text, end);
      const module = text[open] === '(' ? moduleAfter(text, open + 1) : undefined;
      if (module !== undefined) named.push(module);
    });
  }
  return named;
}

/** Calls back with the place of each word that begins as one. By `indexOf`: a pattern that is tried at every character takes many times as long. */
function forEachWord(text: string, word: string, found: (start: number, end: number) => void): void {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
    if (!isWordCode(text.charCodeAt(at - 1))) found(at, at + word.length);
}

/** The quoted name of a module at a place, behind space. */
function moduleAfter(text: string, from: number): string | undefined {
  const open = skipSpace(text, from);
  if (!isQuote(text.charCodeAt(open))) return undefined;
  const start = open + 1;
  let end = start;
  for (let code = text.charCodeAt(end); !isQuote(code) && code !== LINE_FEED; code = text.charCodeAt(end)) {
    end += 1;
    if (end - start > MAX_NAME || end >= text.length) return undefined;
  }
  return end === start || text.charCodeAt(end) === LINE_FEED ? undefined : text.slice(start, end);
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text.charAt(at))) at += 1;
  return at;
}

const LINE_FEED = 10;
const isQuote = (code: number): boolean => code === 34 || code === 39;
const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

// `import type { A } from './a'`, `export { b } from './b'`: the nearer of the two words says which it is.
function isClauseOf(text: string, index: number, which: 'exports' | 'values'): boolean {
  const before = text.slice(Math.max(0, index - MAX_CLAUSE), index);
  const lastImport = before.lastIndexOf('import');
  // Most clauses are of imports, and the last `export` far away.
  const isExport = before.includes('export', Math.max(lastImport, 0));
  if (which === 'exports') return isExport || lastImport === -1;
  const start = isExport ? before.lastIndexOf('export') : lastImport;
  return start === -1 || !/^\s+type\s+[^\s,]/u.test(before.slice(start + 'import'.length));
}
