/** Which modules a file loads. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../../once.ts';
import { readsOf, variableOf } from './scopes.ts';
import type { SourceFile } from '../source-file.ts';

/** An import or re-export of a value, or for the sake of what a module does. */
export interface ModuleRequest {
  /** As it is written. */
  readonly module: string;
  readonly node: TSESTree.ProgramStatement;
}

/** The modules that a file imports or hands on, but for types, and for names that no value is read of: compilers take those away. */
export const moduleRequestsOf = onceFor((file: SourceFile): readonly ModuleRequest[] =>
  file.ast.body.flatMap((node) => {
    const module = isLoading(file, node) ? sourceOf(node) : undefined;
    return module === undefined ? [] : [{ module, node }];
  }),
);

/** Whether a statement is left when types are taken away. */
export function isLoading(file: SourceFile, statement: TSESTree.ProgramStatement): boolean {
  switch (statement.type) {
    case 'ImportDeclaration': {
      const { importKind, specifiers } = statement;
      return importKind !== 'type' && (specifiers.length === 0 || specifiers.some((one) => isUsedAsValue(file, one)));
    }
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return statement.exportKind !== 'type';
    default:
      return true;
  }
}

function isUsedAsValue(file: SourceFile, specifier: TSESTree.ImportClause): boolean {
  if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') return false;
  const variable = variableOf(file, specifier.local);
  return variable !== undefined && readsOf(variable).length > 0;
}

function sourceOf(statement: TSESTree.ProgramStatement): string | undefined {
  switch (statement.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return statement.source.value;
    case 'ExportNamedDeclaration':
      return statement.source?.value;
    default:
      return undefined;
  }
}
