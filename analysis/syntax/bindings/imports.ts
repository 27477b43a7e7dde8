/** The names that a file imports as values: what a finder starts from. */
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

/** Every value import of a file, in source order; a name that is imported more than once, which is an error, counts once. */
export const importsOf = onceFor((file: SourceFile): readonly ImportedName[] => {
  const variables = new Set(
    file.ast.body.flatMap((statement) =>
      statement.type === 'ImportDeclaration'
        ? statement.specifiers.flatMap(({ local }) => variableOf(file, local) ?? [])
        : [],
    ),
  );
  return [...variables].flatMap((variable): readonly ImportedName[] => {
    const declaration = declarationOf(variable);
    return declaration.kind === 'import' ? [{ module: declaration.module, name: declaration.name, variable }] : [];
  });
});
