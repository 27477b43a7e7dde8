/** Removes the key of a provider, with what only the key used. */
import type { TSESTree } from '@typescript-eslint/types';
import { enclosingFunction } from '../../../analysis/syntax/ast.ts';
import type { Edit } from '../../../analysis/edits/edits.ts';
import type { ModuleLoader } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { createBuilder, put } from './edit-builder.ts';
import { finish } from './unused.ts';
import { languageObjection } from './verify.ts';

/** The edits that remove an attribute; undefined where they would leave something behind. */
export function removeKey(
  attribute: TSESTree.JSXAttribute,
  file: SourceFile,
  loader: ModuleLoader,
): readonly Edit[] | undefined {
  const home = enclosingFunction(attribute);
  if (!home) return undefined;
  const builder = createBuilder(file, home);
  const start = file.text.slice(0, attribute.range[0]).trimEnd().length;
  put(builder, [start, attribute.range[1]], '');
  finish(builder, loader);
  return languageObjection(builder.edits, file) === undefined ? builder.edits : undefined;
}
