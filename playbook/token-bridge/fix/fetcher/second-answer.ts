/** What is left where only one of a fetcher's two answers stays: the variable that holds it, and what is said of the other one. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, hasNode, literalText, nodesOf, unwrap } from '../../../../analysis/syntax/ast.ts';
import { type Variable, variableOf } from '../../../../analysis/syntax/bindings/scopes.ts';
import { reindented, styleOf } from '../../../../analysis/edits/edits.ts';
import { linesWithComments } from '../../../../analysis/edits/removals.ts';
import { calleeName } from '../../../../analysis/flow/timers.ts';
import { type EditBuilder, isRemoved, put, slice } from '../edit-builder.ts';

/** Puts the `else` of a forced refresh in the place of the whole `if`. */
export function keepAlternate(
  statement: TSESTree.IfStatement,
  alternate: TSESTree.Statement,
  builder: EditBuilder,
): void {
  const body = bodyOf(alternate, builder);
  const declared = body.startsWith('{') ? undefined : declaredFirst(statement, alternate, builder);
  put(
    builder,
    statement.range,
    declared ? `const ${slice(builder.file, declared)}${body.slice(declared.name.length)}` : body,
  );
}

/** The statements of an `else`, at the level of the `if`: in their block where a name of theirs is another one outside. */
export function bodyOf(branch: TSESTree.Statement, builder: EditBuilder): string {
  const { text } = builder.file;
  for (const name of nodesOf(branch, 'Identifier')) {
    const variable = variableOf(builder.file, name);
    if (variable) builder.used.add(variable);
  }
  if (branch.type !== 'BlockStatement' || hidesName(branch, builder)) return slice(builder.file, branch);
  const [first] = branch.body;
  const last = branch.body.at(-1);
  if (!first || !last) return '';
  return reindented(text.slice(first.range[0], last.range[1]), styleOf(builder.file).indentUnit, '');
}

function hidesName(block: TSESTree.BlockStatement, builder: EditBuilder): boolean {
  const scope = builder.file.scopes.acquire(block);
  const outside = scope?.upper;
  if (!scope || !outside) return false;
  return scope.variables.some(
    ({ name }) =>
      outside.set.get(name)?.defs.some(({ node }) => !isRemoved(builder, node)) === true ||
      outside.through.some(({ identifier }) => identifier.name === name && !isRemoved(builder, identifier)),
  );
}

/**
 * The name that an `else` begins to set and nothing else sets any more, as it is declared: `let token; if (force) { token = … } else { token = … }`. Its
 * declaration is removed, for the value goes there.
 */
function declaredFirst(
  statement: TSESTree.IfStatement,
  alternate: TSESTree.Statement,
  builder: EditBuilder,
): TSESTree.Identifier | undefined {
  const first = alternate.type === 'BlockStatement' ? alternate.body[0] : alternate;
  const set = first?.type === 'ExpressionStatement' ? first.expression : undefined;
  if (set?.type !== 'AssignmentExpression' || set.operator !== '=' || set.left.type !== 'Identifier') return undefined;
  const { left } = set;
  const variable = variableOf(builder.file, left);
  const declaration = variable && letOf(variable);
  const [declarator] = declaration?.declarations ?? [];
  if (
    !declaration ||
    declarator?.id.type !== 'Identifier' ||
    declarator.init ||
    declaration.parent !== statement.parent
  )
    return undefined;
  const isFree = variable.references.every(
    (one) =>
      one.identifier === left ||
      contains(statement.consequent, one.identifier) ||
      (one.isReadOnly() && one.identifier.range[0] > set.range[1]),
  );
  if (!isFree) return undefined;
  put(builder, linesWithComments(builder.file, declaration), '');
  return declarator.id;
}

/** `let name …` that declares nothing else. */
function letOf({ defs: [definition] }: Variable): TSESTree.VariableDeclaration | undefined {
  const declaration = definition?.parent;
  return declaration?.type === 'VariableDeclaration' &&
    declaration.kind === 'let' &&
    declaration.declarations.length === 1
    ? declaration
    : undefined;
}

/** Variables that code which is removed has set, as constants where nothing else sets them again, in what is kept of that code's statement either. */
export function declareConstants(code: Node, builder: EditBuilder, kept?: Node | null): void {
  const set = nodesOf(code, 'AssignmentExpression').flatMap(({ left }) =>
    left.type === 'Identifier' ? (variableOf(builder.file, left) ?? []) : [],
  );
  for (const variable of new Set(set)) declareAsConstant(variable, builder, kept ?? undefined);
}

function declareAsConstant(variable: Variable, builder: EditBuilder, kept: Node | undefined): void {
  const declaration = letOf(variable);
  if (!declaration?.declarations[0]?.init || isRemoved(builder, declaration)) return;
  const isKept = (name: Node) => (kept && contains(kept, name)) ?? false;
  const left = variable.references.filter(
    ({ identifier, init }) => init !== true && (!isRemoved(builder, identifier) || isKept(identifier)),
  );
  // What no one reads any more is removed with its declaration.
  if (left.length === 0 || left.some((one) => one.isWrite())) return;
  const [start] = declaration.range;
  put(builder, [start, start + 'let'.length], 'const');
}

/** Removes a second answer, with an `if` around nothing else. False where something has to stand in its place. */
export function dropAnswer(statement: TSESTree.ExpressionStatement, builder: EditBuilder): boolean {
  const { parent } = statement;
  const others = parent.type === 'BlockStatement' ? parent.body.filter((one) => one !== statement) : [];
  const owner = parent.type === 'BlockStatement' ? parent.parent : parent;
  const isWhole = owner.type === 'IfStatement' && !owner.alternate && owner.parent.type === 'BlockStatement';
  const gone = isWhole && others.every(isLogOnRefresh) ? owner : others.length > 0 ? statement : undefined;
  if (!gone) return false;
  if (gone === statement) dropLogsOnRefresh(statement, builder);
  put(builder, linesWithComments(builder.file, gone), '');
  declareConstants(statement, builder);
  return true;
}

/** Removes what is logged next to a statement of the refresh that it no longer makes. */
export function dropLogsOnRefresh(statement: Node, builder: EditBuilder): void {
  const { parent } = statement;
  for (const one of parent?.type === 'BlockStatement' ? parent.body : [])
    if (isLogOnRefresh(one) && !isRemoved(builder, one)) put(builder, linesWithComments(builder.file, one), '');
}

/** `console.log('Token refreshed', Boolean(token));` */
function isLogOnRefresh(statement: TSESTree.Statement): boolean {
  const call = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
  return (
    call?.type === 'CallExpression' &&
    /^console\.\w+$/u.test(calleeName(call.callee)) &&
    call.arguments.some((argument) => /refresh|\bforc/iu.test(textIn(argument))) &&
    !hasNode(call, ({ type }) => EFFECTS.has(type))
  );
}

const EFFECTS = new Set(['AssignmentExpression', 'AwaitExpression', 'UpdateExpression']);

const textIn = (argument: Node): string =>
  argument.type === 'TemplateLiteral'
    ? argument.quasis.map(({ value }) => value.raw).join(' ')
    : (literalText(argument) ?? '');
