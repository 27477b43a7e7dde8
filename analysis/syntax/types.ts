/** Where the types that a file names are declared. */
import type { TSESTree } from '@typescript-eslint/types';
import type { Located } from './bindings/definitions.ts';
import type { ModuleLoader } from './bindings/modules.ts';
import type { SourceFile } from './source-file.ts';
import { listedName } from './bindings/exports.ts';

export type TypeDeclaration = TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration;

export type DeclaredType =
  | { readonly kind: 'own'; readonly type: Located<TypeDeclaration> }
  /** Imported from a package. */
  | { readonly kind: 'export'; readonly module: string; readonly name: string };

/** Files that hand a type on. */
const MAX_HOPS = 5;

/** The declaration of a type that a file names, there or in the project's file that it is imported from; undefined for any other. */
export function declaredTypeOf(
  file: SourceFile,
  name: string,
  loader: ModuleLoader,
  hops: number = MAX_HOPS,
): DeclaredType | undefined {
  const own = ownType(file, name);
  if (own) return { kind: 'own', type: { file, node: own } };
  const from = hops > 0 ? importedType(file, name) : undefined;
  if (!from) return undefined;
  const target = loader.load(from.module, file.path);
  return target ? declaredTypeOf(target, from.name, loader, hops - 1) : { kind: 'export', ...from };
}

function ownType({ ast }: SourceFile, name: string): TypeDeclaration | undefined {
  for (const statement of ast.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    const isType = declaration?.type === 'TSInterfaceDeclaration' || declaration?.type === 'TSTypeAliasDeclaration';
    if (isType && declaration.id.name === name) return declaration;
  }
  return undefined;
}

/** `import type { LinkProps } from 'next/link'`, `export type { Props } from './props'` */
function importedType({ ast }: SourceFile, name: string): { module: string; name: string } | undefined {
  for (const statement of ast.body) {
    if (statement.type === 'ImportDeclaration') {
      for (const specifier of statement.specifiers) {
        if (specifier.type !== 'ImportSpecifier' || specifier.local.name !== name) continue;
        return { module: statement.source.value, name: listedName(specifier.imported) };
      }
    } else if (statement.type === 'ExportNamedDeclaration' && statement.source) {
      const found = statement.specifiers.find(({ exported }) => listedName(exported) === name);
      if (found) return { module: statement.source.value, name: listedName(found.local) };
    }
  }
  return undefined;
}
