/** New code as prettier lays it out, so that a file that it has formatted stays formatted. */
import type { TSESTree } from '@typescript-eslint/types';
import type { FunctionNode } from '../../../analysis/syntax/ast.ts';
import { indentAt, reindented, textWithin } from '../../../analysis/edits/edits.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { hookOf } from '../values/hooks.ts';
import type { EditBuilder } from './edit-builder.ts';

/** A function without parameters, and a list of names behind it. */
const BARE = /^\s*(?<code>(?:async )?\(\)(?:: [^\r\n]*?)? => \{[^]*\}),\s*(?<deps>\[[^\r\n[\]{}()]*\]),?\s*$/u;

/**
 * A hook's function that has lost its parameters moves up to the hook's name: prettier writes `useCallback(async () => {`, and gives the function lines of
 * its own only where it has parameters (`isReactHookCallWithDepsArray` in `src/language-js/print/call-arguments.js`).
 */
export function hugFunction(builder: EditBuilder, node: FunctionNode, loader: ModuleLoader): void {
  const { file } = builder;
  const call = node.parent;
  if (call.type !== 'CallExpression' || call.arguments[0] !== node || node.params.length === 0) return;
  if (hookOf({ file, node: call, path: [] }, loader) === undefined) return;
  const [start, end] = argumentsOf(call, file);
  if (!/^\s*[\r\n]/u.test(file.text.slice(start, node.range[0]))) return;
  const inside = builder.edits.filter(({ range }) => start <= range[0] && range[1] <= end);
  const groups = BARE.exec(textWithin({ range: [start, end] }, inside, file.text) ?? '')?.groups;
  const [code, deps] = [groups?.['code'], groups?.['deps']];
  if (code === undefined || deps === undefined || code.includes('`')) return;
  const text = reindented(code, indentAt(file.text, node.range[0]), indentAt(file.text, call.range[0]));
  const others = builder.edits.filter((edit) => !inside.includes(edit));
  builder.edits = [...others, { range: [start, end], text: `${text}, ${deps}` }];
}

/** The text between the parentheses of a call. */
function argumentsOf(call: TSESTree.CallExpression, { text }: SourceFile): [start: number, end: number] {
  const from = call.typeArguments?.range[1] ?? call.callee.range[1];
  return [text.indexOf('(', from) + 1, call.range[1] - 1];
}
