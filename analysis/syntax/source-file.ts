/**
 * One file as every other layer sees it: text, AST and scopes.
 *
 * The AST is TSESTree in both worlds: in ESLint and Oxlint it comes from `context.sourceCode`, in codemods and for
 * files that a finding leads to it comes from `oxc-parser`. Both give the same node types and the same ranges.
 */
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { lazy } from '../lazy.ts';
import { setParents, walk } from './ast.ts';
import { readEntities } from './entities.ts';
import { isTooDeep } from './nesting.ts';
import { firstWhere } from '../search.ts';

export interface SourceFile {
  /** Absolute path. */
  readonly path: string;
  /** The text without a byte order mark; ranges count from its start, in UTF-16 units, as ESLint's do. */
  readonly text: string;
  readonly hasBOM: boolean;
  readonly ast: TSESTree.Program;
  readonly scopes: ScopeManager;
}

/** Why a file has no AST. `line` and `column` count from 1. */
export interface SyntaxProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export type ParseResult =
  { readonly ok: true; readonly file: SourceFile } | { readonly ok: false; readonly problem: SyntaxProblem };

/** How a program's scopes are read where it is not a module, or where other rules read them as well. */
export interface ScopeOptions {
  readonly sourceType?: 'module' | 'script';
  /** Whether the whole file is a function, as it is in CommonJS. */
  readonly globalReturn?: boolean;
  /** The variable that JSX elements use. */
  readonly jsxPragma?: string;
}

/** What is needed of ESLint's (or Oxlint's) `SourceCode`. */
export interface SourceCodeLike {
  readonly text: string;
  readonly hasBOM: boolean;
  readonly ast: unknown;
  readonly scopeManager: unknown;
}

// The parser (6 ms) and scope-manager (5 ms as one file, 40 ms as the package) load when the first file has to be parsed, never with the plugin.
const require = createRequire(import.meta.url);
const parser = lazy(() => require('./parser.cjs') as typeof import('oxc-parser'));
const scopeManager = lazy(() => require('./scope-manager.cjs') as ScopeManagerPackages);

type ScopeManagerPackages = typeof import('@typescript-eslint/scope-manager') &
  typeof import('@typescript-eslint/visitor-keys');

const parsed = new WeakMap<object, SourceFile>();

/**
 * The source file behind ESLint's `context.sourceCode`; the same object for every rule that asks.
 * A parser whose scopes leave JSX names out (espree under ESLint 9) is not relied on: the text is parsed here.
 */
export function fromSourceCode(sourceCode: SourceCodeLike, path: string): SourceFile {
  // By the AST: Oxlint has one source code object for all files.
  const ast = sourceCode.ast as object;
  const known = parsed.get(ast);
  if (known) return known;
  const file = withJsxScopes(sourceCode, path);
  parsed.set(ast, file);
  return file;
}

// An AST of espree's lacks what scope-manager reads (`decorators`), so the text is parsed once more. Ranges are the same.
function withJsxScopes(sourceCode: SourceCodeLike, path: string): SourceFile {
  const { ast: given, hasBOM, scopeManager: own, text } = sourceCode;
  const ast = given as TSESTree.Program;
  const scopes = own as ScopeManager | null;
  if (scopes && (makesScopesWhenAsked(sourceCode) || tracksJsx(ast, scopes, path)))
    return { path, text, hasBOM, ast, scopes };
  const again = parseSourceFile(path, text);
  if (again.ok) return { path, text, hasBOM, ast: again.file.ast, scopes: again.file.scopes };
  return { path, text, hasBOM, ast, scopes: scopes ?? analyzeScopes(ast) };
}

/** Whether scopes are made when something is asked of them, as Oxlint does it: as typescript-eslint's, JSX names included. To look at them would make them. */
const makesScopesWhenAsked = (sourceCode: SourceCodeLike): boolean =>
  Object.getOwnPropertyDescriptor(sourceCode, 'scopeManager')?.get !== undefined;

/** Parses a file's text (a leading BOM is taken off). Never throws for what the text holds. */
export function parseSourceFile(path: string, textWithBOM: string, options?: ScopeOptions): ParseResult {
  const hasBOM = textWithBOM.startsWith('\uFEFF');
  const text = withoutBOM(textWithBOM);
  if (isTooDeep(text)) return { ok: false, problem: TOO_DEEP };
  const result = parser().parseSync(path, text, {
    astType: 'ts',
    lang: languageOf(path),
    range: true,
    preserveParens: false,
    sourceType: 'unambiguous',
  });
  const error = result.errors.find(({ severity }) => (severity as string) === 'Error');
  if (error) {
    const offset = error.labels[0]?.start ?? 0;
    return { ok: false, problem: { message: error.message, ...positionAt(text, offset) } };
  }
  const ast = result.program as unknown as TSESTree.Program;
  // As ESLint's parsers leave them, for who reads directives. `loc` is missing, as everywhere.
  ast.comments = result.comments.map(({ end, start, type, value }) => ({
    type,
    value,
    range: [start, end],
  })) as unknown as TSESTree.Comment[];
  const depth = setParents(ast);
  readEntities(ast, text);
  let scopes: ScopeManager | undefined;
  const file: SourceFile = {
    path,
    text,
    hasBOM,
    ast,
    // Of many files that a finding leads to the exports alone are read.
    get scopes() {
      return (scopes ??= analyzeScopes(ast, options));
    },
  };
  if (depth <= SAFE_DEPTH) return { ok: true, file };
  try {
    scopes = analyzeScopes(ast, options);
    return { ok: true, file };
  } catch (error) {
    // scope-manager recurses: an expression some thousand levels deep ends its stack.
    if (error instanceof RangeError) return { ok: false, problem: TOO_DEEP };
    throw error;
  }
}

/** The same tree as another file: what is remembered by one file, and that something in it was too large, is not taken for the other's. */
export function ofItsOwn(file: SourceFile): SourceFile {
  const { ast, hasBOM, path, text } = file;
  return {
    path,
    text,
    hasBOM,
    ast,
    get scopes() {
      return file.scopes;
    },
  };
}

/** Scopes of trees that are no deeper can be read wherever they are asked for. */
const SAFE_DEPTH = 300;

const TOO_DEEP: SyntaxProblem = { message: 'Nested too deeply', line: 1, column: 1 };

/** A text without the byte order mark that it may begin with. */
export function withoutBOM(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Line and column of an offset, both from 1. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const starts = lineStartsOf(text);
  const line = firstWhere(starts.length, (index) => (starts[index] ?? 0) > offset);
  return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
}

/** A file with many findings is asked about for each of them. */
let lastLines: { readonly text: string; readonly starts: readonly number[] } = { text: '', starts: [0] };

function lineStartsOf(text: string): readonly number[] {
  if (lastLines.text !== text) {
    const starts = [0];
    for (const { 0: end, index } of text.matchAll(/\r\n|[\r\n\u2028\u2029]/gu)) starts.push(index + end.length);
    lastLines = { text, starts };
  }
  return lastLines.starts;
}

function analyzeScopes(ast: TSESTree.Program, options?: ScopeOptions): ScopeManager {
  return scopeManager().analyze(ast, {
    sourceType: 'module',
    lib: [],
    jsxPragma: null,
    jsxFragmentName: null,
    ...options,
  });
}

/** The children of each kind of node, by name, in source order. */
export function visitorKeys(): Readonly<Record<string, readonly string[] | undefined>> {
  return scopeManager().visitorKeys;
}

/** The language of a file. `.js` may hold JSX (Next.js takes it there); `.ts` may not, and `<T>x` is a type assertion in it. */
function languageOf(path: string): 'ts' | 'tsx' | 'dts' | 'jsx' {
  const extension = extname(path).toLowerCase();
  if (/\.d\.[cm]?ts$/iu.test(path)) return 'dts';
  if (extension === '.tsx') return 'tsx';
  return ['.ts', '.mts', '.cts'].includes(extension) ? 'ts' : 'jsx';
}

/** Whether a scope manager counts `<Link/>` as a reference to `Link`. True for a file without such an element. */
function tracksJsx(ast: TSESTree.Program, scopes: ScopeManager, path: string): boolean {
  // There is no element in such a file, and what parses it makes scopes of its own.
  if (/\.[cm]?ts$/iu.test(path)) return true;
  // Nearly always one of the references is such a name, and nothing has to be walked.
  if (scopes.scopes.some(({ references }) => references.some(({ identifier }) => identifier.type === 'JSXIdentifier')))
    return true;
  let hasName = false;
  walk(ast, (node) => {
    if (!hasName && node.type === 'JSXOpeningElement') {
      const { name } = node;
      // `<Link>`, and `<Next.Link>` in whatever letters.
      hasName = name.type === 'JSXMemberExpression' || (name.type === 'JSXIdentifier' && /^[A-Z]/u.test(name.name));
    }
    return !hasName;
  });
  return !hasName;
}
