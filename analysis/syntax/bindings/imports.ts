/** The names that a file imports as values: what a finder starts from. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../../once.ts';
import { declarationOf } from './declarations.ts';
import { type Variable, variableOf } from './scopes.ts';
import type { SourceFile } from '../source-file.ts';

/** A name of the file that an import gave it. */
export interface ImportedName {
  readonly module: string;
  /** `default`, `*` for a namespace, or the exported name. */
  readonly name: string;
  readonly variable: Variable;
}

/** Every value import of a file, in source order. */
export const importsOf = onceFor((file: SourceFile): readonly ImportedName[] =>
  file.ast.body.flatMap((statement) =>
    statement.type === 'ImportDeclaration'
      ? statement.specifiers.flatMap((specifier) => importedName(file, specifier))
      : [],
  ),
);

function importedName(file: SourceFile, specifier: TSESTree.ImportClause): ImportedName[] {
  const variable = variableOf(file, specifier.local);
  const declaration = variable && declarationOf(variable);
  return variable && declaration?.kind === 'import'
    ? [{ module: declaration.module, name: declaration.name, variable }]
    : [];
}
