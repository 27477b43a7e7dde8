/** What a file exports, and under which names: the other half of an import. */
import type { TSESTree } from '@typescript-eslint/types';
import { onceFor } from '../../once.ts';
import { type Node, propertyName } from '../ast.ts';
import type { SourceFile } from '../source-file.ts';

export type Export =
  /** An expression, a declaration, or the identifier of a local variable. */
  | { readonly kind: 'local'; readonly node: Node }
  /** `export { name } from 'module'`; the name is `*` for `export * as ns from`. */
  | { readonly kind: 'from'; readonly module: string; readonly name: string };

export interface FileExports {
  readonly named: ReadonlyMap<string, Export>;
  /** The modules of `export * from`. */
  readonly stars: readonly string[];
}

/** The value exports of a file, CommonJS assignments included. Types are left out. */
export const exportsOf = onceFor(({ ast }: SourceFile) => collect(ast.body));

/** What a TypeScript namespace exports: `namespace Routes { export const home = '/' }`. */
export const exportsOfNamespace = ({ body }: TSESTree.TSModuleDeclaration): FileExports['named'] =>
  collect(body?.body ?? []).named;

function collect(statements: readonly TSESTree.ProgramStatement[]): FileExports {
  const named = new Map<string, Export>();
  const stars: string[] = [];
  for (const statement of statements) {
    switch (statement.type) {
      case 'ExportAllDeclaration':
        if (statement.exportKind === 'type') break;
        if (statement.exported) named.set(listedName(statement.exported), from(statement.source.value, '*'));
        else stars.push(statement.source.value);
        break;
      case 'ExportDefaultDeclaration':
        named.set('default', { kind: 'local', node: statement.declaration });
        break;
      case 'ExportNamedDeclaration':
        if (statement.exportKind !== 'type') collectNamed(statement, named);
        break;
      case 'TSExportAssignment':
        named.set('default', { kind: 'local', node: statement.expression });
        break;
      case 'ExpressionStatement':
        collectCommonJs(statement.expression, named);
        break;
      default:
    }
  }
  return { named, stars };
}

function collectNamed(statement: TSESTree.ExportNamedDeclaration, named: Map<string, Export>): void {
  for (const specifier of statement.specifiers) {
    if (specifier.exportKind === 'type') continue;
    const exported = listedName(specifier.exported);
    named.set(
      exported,
      statement.source
        ? from(statement.source.value, listedName(specifier.local))
        : { kind: 'local', node: specifier.local },
    );
  }
  const { declaration } = statement;
  if (declaration?.type === 'VariableDeclaration') {
    for (const { id } of declaration.declarations) {
      for (const identifier of namesIn(id)) named.set(identifier.name, { kind: 'local', node: identifier });
    }
  } else if (
    declaration?.type === 'FunctionDeclaration' ||
    declaration?.type === 'ClassDeclaration' ||
    declaration?.type === 'TSEnumDeclaration'
  ) {
    if (declaration.id) named.set(declaration.id.name, { kind: 'local', node: declaration });
  } else if (declaration?.type === 'TSModuleDeclaration' && declaration.id.type === 'Identifier') {
    // By its name, which two of them may share.
    named.set(declaration.id.name, { kind: 'local', node: declaration.id });
  }
}

// `module.exports = …`, `module.exports.name = …`, `exports.name = …`
function collectCommonJs(expression: Node, named: Map<string, Export>): void {
  if (expression.type !== 'AssignmentExpression' || expression.left.type !== 'MemberExpression') return;
  const { left, right } = expression;
  const name = propertyName(left);
  const { object } = left;
  const isModule = object.type === 'Identifier' && object.name === 'module';
  const isExports =
    (object.type === 'Identifier' && object.name === 'exports') ||
    (object.type === 'MemberExpression' &&
      propertyName(object) === 'exports' &&
      object.object.type === 'Identifier' &&
      object.object.name === 'module');
  if (isExports && name !== undefined) named.set(name, { kind: 'local', node: right });
  else if (isModule && name === 'exports') {
    named.set('default', { kind: 'local', node: right });
    if (right.type !== 'ObjectExpression') return;
    for (const property of right.properties) {
      if (property.type !== 'Property') continue;
      const key = propertyName(property);
      if (key !== undefined) named.set(key, { kind: 'local', node: property.value });
    }
  }
}

/** The identifiers that a binding pattern declares. */
export function namesIn(pattern: Node): TSESTree.Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'Property':
      return namesIn(pattern.value);
    case 'ObjectPattern':
      return pattern.properties.flatMap(namesIn);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    default:
      return [];
  }
}

/** The name in an import or export list, which may be a text: `export { a as 'b-c' }`. */
export const listedName = (node: TSESTree.Identifier | TSESTree.StringLiteral): string =>
  node.type === 'Identifier' ? node.name : node.value;
const from = (module: string, name: string): Export => ({ kind: 'from', module, name });
