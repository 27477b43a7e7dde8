/** A parser for TypeScript and JSX without the typescript package, on oxc-parser, for every rule that needs no types. */
import type { Linter } from 'eslint';
import { walk } from '../analysis/syntax/ast.ts';
import { parseSourceFile, visitorKeys, type SourceFile } from '../analysis/syntax/source-file.ts';
import { locationsIn } from './locations.ts';
import { tokensOf } from './tokens.ts';

/** What ESLint hands to a parser, as far as it is read here. */
export interface ParserOptions {
  readonly filePath?: string;
  readonly sourceType?: 'module' | 'script';
  readonly ecmaFeatures?: { readonly globalReturn?: boolean };
}

/** What ESLint calls with a text without a byte order mark. Throws what ESLint reports as a parsing error. */
export function parseScript(text: string, options: ParserOptions = {}): Linter.ESLintParseResult {
  const { ecmaFeatures, filePath = 'file.tsx', sourceType = 'module' } = options;
  const globalReturn = ecmaFeatures?.globalReturn === true;
  const result = placingErrors(() => parseSourceFile(filePath, text, { sourceType, globalReturn, jsxPragma: 'React' }));
  if (!result.ok) {
    const { column, line, message } = result.problem;
    throw Object.assign(new SyntaxError(message), { lineNumber: line, column });
  }
  const { file } = result;
  const parsed = { ast: locatedProgram(file, sourceType), scopeManager: scopesOf(file), visitorKeys: visitorKeys() };
  // ESLint's types are those of ESTree, without TypeScript.
  return parsed as unknown as Linter.ESLintParseResult;
}

/** What fails otherwise (the native part of oxc-parser is not installed) has no place in the text, and ESLint would print `undefined` for it. */
function placingErrors<Value>(parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw Object.assign(new Error(message, { cause: error }), { lineNumber: 1, column: 1 });
  }
}

interface Ranged {
  readonly range: readonly [start: number, end: number];
}

/** The program with what rules of others read: lines and columns, tokens, comments. */
function locatedProgram({ ast, text }: SourceFile, sourceType: 'module' | 'script') {
  const at = locationsIn(text);
  const located = <Item extends Ranged>(item: Item) =>
    Object.assign(item, { loc: { start: at(item.range[0]), end: at(item.range[1]) } });
  const comments = (ast.comments ?? []).map(located);
  const tokens = tokensOf(ast, text, comments).map(located);
  // As ESLint 10 wants it, a program is the whole text, comments at its ends included.
  ast.range = [0, text.length];
  walk(ast, located);
  return Object.assign(ast, { comments, tokens, sourceType });
}

/** A type that no declaration is found for is TypeScript's to report: to `no-undef` it would be a global that is missing. */
function scopesOf({ scopes }: SourceFile) {
  const { globalScope } = scopes;
  if (globalScope) globalScope.through = globalScope.through.filter((reference) => !reference.isTypeReference);
  return scopes;
}
