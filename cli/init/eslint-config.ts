/**
 * Adds the preset to an ESLint config, as text: an import, and one item of the list that is exported. A config of another form (a
 * function of another package, a list that is made somewhere else) is left to its owner.
 */
import {
  applyEdits,
  type Edit,
  insertAfter,
  insertItemAfter,
  styleOf,
  type TextStyle,
} from '../../analysis/edits/edits.ts';
import { type Formatting, laidOut } from '../../analysis/edits/layout/lay-out.ts';
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, hasNode } from '../../analysis/syntax/ast.ts';
import { parseSourceFile, type SourceFile } from '../../analysis/syntax/source-file.ts';
import { type ConfigFile, configsOf } from './parsers.ts';

export type ConfigEdit =
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'present' }
  /** Goes on where "it was not edited:" ends. */
  | { readonly kind: 'unknown'; readonly reason: string };

type Preset = 'recommended' | 'standalone';

const PACKAGE = 'eslint-plugin-authkit';

/** The config with the preset; nothing of it is run. */
export function withPreset(path: string, text: string, preset: Preset, formatting: Formatting = {}): ConfigEdit {
  const parsed = parseSourceFile(path, text);
  if (!parsed.ok) return { kind: 'unknown', reason: `it can't be read (${parsed.problem.message})` };
  const { file } = parsed;
  if (configsOf({ path, text }).some(loadsPlugin)) return { kind: 'present' };
  const exported = exportedValue(file);
  if (!exported) return { kind: 'unknown', reason: 'what it exports is not written in it' };
  const list = listOf(exported, file);
  if (!list) return { kind: 'unknown', reason: 'it exports the result of a function that is not known here' };
  const name = freeName(text);
  const edits = [importEdit(file, name), ...itemEdits(list, file, `${name}.configs.${preset}`)];
  const after = applyEdits(file.text, [laidOut(edits, file, formatting)]).text;
  if (after === file.text || !parseSourceFile(path, after).ok)
    return { kind: 'unknown', reason: 'no place for the preset was found' };
  return { kind: 'edit', text: (file.hasBOM ? '\uFEFF' : '') + after };
}

/** A config for a project that has none. */
export function newConfig(): string {
  return `import authkit from '${PACKAGE}';
import { defineConfig, globalIgnores } from 'eslint/config';

export default defineConfig([
  authkit.configs.standalone,
  globalIgnores(['.next/**', 'out/**', 'build/**', 'next-env.d.ts', 'convex/_generated/**']),
]);
`;
}

// In a comment the name sets nothing up.
function loadsPlugin({ path, text }: ConfigFile): boolean {
  const parsed = text.includes(PACKAGE) ? parseSourceFile(path, text) : undefined;
  return parsed?.ok === true && hasNode(parsed.file.ast, (node) => node.type === 'Literal' && node.value === PACKAGE);
}

function exportedValue(file: SourceFile): TSESTree.Expression | undefined {
  for (const statement of file.ast.body) {
    if (statement.type === 'ExportDefaultDeclaration') return valueOf(statement.declaration, file);
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue;
    const { left, right } = statement.expression;
    if (file.text.slice(...left.range) === 'module.exports') return valueOf(right, file);
  }
  return undefined;
}

/** What an expression is behind types and a constant of the file. */
function valueOf(node: TSESTree.Node, file: SourceFile): TSESTree.Expression | undefined {
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression') return valueOf(node.expression, file);
  if (node.type === 'Identifier') {
    for (const statement of file.ast.body) {
      if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
      const found = statement.declarations.find(({ id }) => id.type === 'Identifier' && id.name === node.name);
      if (found?.init && found.init.type !== 'Identifier') return valueOf(found.init, file);
    }
    return undefined;
  }
  return node.type === 'ArrayExpression' || node.type === 'CallExpression' ? node : undefined;
}

interface List {
  readonly items: readonly (TSESTree.Node | null)[];
  /** What the items are between, brackets included. */
  readonly node: Node;
  /** Whether a list in it counts as its items. */
  readonly isFlattened: boolean;
}

const KNOWN = /^(?:defineConfig|(?:tseslint|ts|tsEslint|typescriptEslint)\.config|config)$/u;

function listOf(exported: TSESTree.Expression, file: SourceFile): List | undefined {
  if (exported.type === 'ArrayExpression') return { items: exported.elements, node: exported, isFlattened: false };
  if (exported.type !== 'CallExpression' || !KNOWN.test(file.text.slice(...exported.callee.range))) return undefined;
  const [first, second] = exported.arguments;
  if (first?.type === 'ArrayExpression' && !second) return { items: first.elements, node: first, isFlattened: true };
  return { items: exported.arguments, node: exported, isFlattened: true };
}

/** The plugin's name in the config, where something else of it may be called so. */
const freeName = (text: string): string =>
  ['authkit', 'authkitPlugin'].find((name) => !new RegExp(String.raw`(?<![\w-])${name}\b`, 'u').test(text)) ??
  'eslintPluginAuthkit';

function itemEdits({ isFlattened, items, node }: List, file: SourceFile, preset: string): Edit[] {
  const item = `${isFlattened ? '' : '...'}${preset}`;
  const last = items.findLast((each) => each !== null);
  if (last) return insertItemAfter(file, last, item, ',');
  return [insertAfter([node.range[1] - 1, node.range[1] - 1], item)];
}

function importEdit(file: SourceFile, name: string): Edit {
  const { quote, semicolons, eol } = styleOf(file);
  const style: Pick<TextStyle, 'eol' | 'quote' | 'semicolons'> = { quote, semicolons, eol };
  const { body } = file.ast;
  const lastImport = body.findLast(({ type }) => type === 'ImportDeclaration');
  const isESM = lastImport !== undefined || body.some(({ type }) => type === 'ExportDefaultDeclaration');
  const line = statementOf(isESM, name, style);
  if (lastImport) return insertAfter(lastImport, `${eol}${line}`);
  const lastRequire = body.findLast(
    (each) => each.type === 'VariableDeclaration' && /\brequire\s*\(/u.test(file.text.slice(...each.range)),
  );
  if (lastRequire) return insertAfter(lastRequire, `${eol}${line}`);
  // After 'use strict', and before a comment that says the type of what follows.
  const first =
    body.find((each) => each.type !== 'ExpressionStatement' || typeof each.directive !== 'string')?.range[0] ?? 0;
  const comment = file.ast.comments?.findLast(
    ({ range }) => range[1] <= first && file.text.slice(range[1], first).trim() === '',
  );
  const place = comment?.type === 'Block' && comment.value.startsWith('*') ? comment.range[0] : first;
  return insertAfter([place, place], `${line}${eol}${eol}`);
}

function statementOf(
  isESM: boolean,
  name: string,
  { quote, semicolons }: Pick<TextStyle, 'quote' | 'semicolons'>,
): string {
  const source = `${quote}${PACKAGE}${quote}`;
  const end = semicolons ? ';' : '';
  return isESM ? `import ${name} from ${source}${end}` : `const ${name} = require(${source})${end}`;
}
