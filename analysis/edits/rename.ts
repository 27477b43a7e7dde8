/** Another name for a variable. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, literalText, propertyName } from '../syntax/ast.ts';
import { isNameTaken, readsOf, variableOf } from '../syntax/bindings/scopes.ts';
import type { SourceFile } from '../syntax/source-file.ts';
import { type Edit, replace } from './edits.ts';

/** The edits that rename a variable, where it is declared and where it is read. Undefined where the file has the name for something. */
export function renameEdits(file: SourceFile, declared: TSESTree.Identifier, name: string): Edit[] | undefined {
  const variable = variableOf(file, declared);
  if (!variable || isNameTaken(file, name)) return undefined;
  const end = declared.typeAnnotation?.range[0] ?? declared.range[1];
  return [replace([declared.range[0], end], name), ...readsOf(variable).map((read) => renamedRead(read, name))];
}

function renamedRead(read: Node, name: string): Edit {
  const { parent } = read;
  if (parent?.type === 'Property' && parent.shorthand) return replace(read, `${propertyName(parent) ?? name}: ${name}`);
  if (parent?.type === 'ExportSpecifier' && parent.local === read && parent.exported.range[0] === read.range[0])
    return replace(read, `${name} as ${nameOrText(parent.exported)}`);
  return replace(read, name);
}

const nameOrText = (node: Node): string => (node.type === 'Identifier' ? node.name : (literalText(node) ?? ''));
