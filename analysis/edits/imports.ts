/** Names that a file imports, and the edits that import one more. */
import { importsOf } from '../syntax/bindings/imports.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { type Edit, insertAfter, styleOf } from './edits.ts';

/** A name that edits of a file make use of. */
export interface NeededImport {
  readonly module: string;
  readonly name: string;
}

/** What a file calls an export that it imports; undefined where it does not import it as a value. */
export const importedAs = (file: SourceFile, { module, name }: NeededImport): string | undefined =>
  importsOf(file).find((one) => one.module === module && one.name === name)?.variable.name;

/** `import { name } from 'module';`, as the file writes its imports. */
export function importText(file: SourceFile, { module, name }: NeededImport): string {
  const { quote, semicolons } = styleOf(file);
  return `import { ${name} } from ${quote}${module}${quote}${semicolons ? ';' : ''}`;
}

/** The edits that import a name which no import of the file brings yet. */
export function importEdits(file: SourceFile, needed: NeededImport): readonly Edit[] {
  const imports = file.ast.body.filter((statement) => statement.type === 'ImportDeclaration');
  const own = imports.filter(({ importKind, source }) => source.value === needed.module && importKind !== 'type');
  const specifiers = own.flatMap((statement) => statement.specifiers);
  if (specifiers.some((each) => each.type === 'ImportSpecifier' && each.local.name === needed.name)) return [];
  const last = specifiers.findLast((each) => each.type === 'ImportSpecifier');
  if (last) return [insertAfter(last, `, ${needed.name}`)];
  const { eol } = styleOf(file);
  const statement = importText(file, needed);
  const lastImport = imports.at(-1);
  if (lastImport) return [insertAfter(lastImport, eol + statement)];
  const start = file.ast.body[0]?.range[0] ?? 0;
  return [insertAfter([start, start], statement + eol + eol)];
}
