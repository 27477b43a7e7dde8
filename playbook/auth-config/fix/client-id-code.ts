/** How a file writes the client id: by a name of its own, or the way in which the project reads variables. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains, isFunction, propertyName, unwrap, walk } from '../../../analysis/syntax/ast.ts';
import type { Edit } from '../../../analysis/edits/edits.ts';
import { namesIn } from '../../../analysis/syntax/bindings/exports.ts';
import { readsOf, variableOf, isNameTaken } from '../../../analysis/syntax/bindings/scopes.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Evaluator } from '../../../analysis/values/evaluate.ts';
import type { Value } from '../../../analysis/values/values.ts';
import type { Project } from '../../../project/project.ts';
import { readsGeneratedEnv, GENERATED } from '../read/environment-object.ts';
import type { KnownEnvironment } from '../read/environment.ts';
import { CLIENT_ID_VARIABLE, concreteOf, variableNamed } from '../read/placeholders.ts';
import { importEdits } from '../../../analysis/edits/imports.ts';
import { importsOf } from '../../../analysis/syntax/bindings/imports.ts';

/** An expression (`clientId`, `process.env.WORKOS_CLIENT_ID`), and what the file has to import for it. */
export interface ClientIdExpression {
  readonly expression: string;
  readonly imports?: readonly Edit[];
  /** The variable that it reads by itself: Convex refuses a deploy where that is not set. */
  readonly variable?: string;
}

/** A client id as code: an expression, or the id itself. */
export type ClientIdCode = ClientIdExpression | { readonly literal: string };

/** How the file itself writes a client id: a constant at its top, a member of one (`env.WORKOS_CLIENT_ID`), or the read of the variable. */
export function clientIdCode(file: SourceFile, value: string, evaluator: Evaluator, project: Project): ClientIdCode {
  const expression = constantFor(file, value, evaluator, false) ?? memberFor(file, value, evaluator);
  return expression === undefined
    ? variableCode(file, variableNamed(value) ?? CLIENT_ID_VARIABLE, project)
    : { expression };
}

/** A read of a variable in the project's own way: `env.NAME` of the generated module, or `process.env.NAME`. */
export function variableCode(file: SourceFile, name: string, project: Project): ClientIdExpression {
  const generated = importsOf(file).filter(({ module }) => GENERATED.test(module));
  const env = generated.find((one) => one.name === 'env');
  if (env) return { expression: `${env.variable.name}.${name}`, variable: name };
  if (isNameTaken(file, 'env') || !readsGeneratedEnv(file, name, project))
    return { expression: `process.env.${name}`, variable: name };
  const module = generated[0]?.module ?? './_generated/server';
  return { expression: `env.${name}`, imports: importEdits(file, { module, name: 'env' }), variable: name };
}

/**
 * Whether the deployment has, or will have, what the code reads: not where no app has to do with WorkOS, and nothing names the variable. A deploy
 * that succeeded would fail for it (PLAYBOOK 3, row 19).
 */
export function isSetFor(code: ClientIdCode, file: SourceFile, { names }: KnownEnvironment, project: Project): boolean {
  const variable = 'expression' in code ? code.variable : undefined;
  if (variable === undefined || file.text.includes(variable) || names.has(variable)) return true;
  const apps = project.appsFor(file.path);
  return apps.length === 0 || apps.some(({ dependencies }) => [...dependencies].some((name) => WORKOS.test(name)));
}

const WORKOS = /^@(?:workos-inc\/|convex-dev\/workos)/u;

/** The same for an id that is in the text. */
export function literalIdCode(file: SourceFile, id: string, evaluator: Evaluator): ClientIdCode {
  const constant = constantFor(file, id, evaluator, true);
  return constant === undefined ? { literal: id } : { expression: constant };
}

function constantFor(file: SourceFile, value: string, evaluator: Evaluator, literals: boolean): string | undefined {
  const found: { readonly name: TSESTree.Identifier; readonly init: Node }[] = [];
  for (const statement of file.ast.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue;
    for (const { id, init } of declaration.declarations) {
      if (!init || (unwrap(init).type === 'Literal') !== literals) continue;
      const name = namesIn(id).find(
        (one) => idIn(evaluator.evaluate({ file, node: id.type === 'Identifier' ? init : one })) === value,
      );
      if (name) found.push({ name, init });
    }
  }
  // `const raw = process.env.X?.trim(); const clientId = raw || undefined;`: the one that was made of the other.
  const isSource = (name: TSESTree.Identifier): boolean => {
    const variable = variableOf(file, name);
    return variable !== undefined && readsOf(variable).some((read) => found.some(({ init }) => contains(init, read)));
  };
  return (found.find(({ name }) => !isSource(name)) ?? found[0])?.name.name;
}

/** A value that may be an id; a variable that no one knows is what stands for it. */
const idIn = (value: Value): unknown => (value.type === 'text' ? concreteOf(value, false).json : undefined);

/** More members than these are not asked for. */
const MAX_MEMBERS = 60;

/** `env.WORKOS_CLIENT_ID`, where the file has it outside of functions. */
function memberFor(file: SourceFile, value: string, evaluator: Evaluator): string | undefined {
  let left = MAX_MEMBERS;
  let found: string | undefined;
  walk(file.ast, (node) => {
    if (found !== undefined || left === 0 || isFunction(node)) return false;
    if (node.type !== 'MemberExpression') return true;
    left -= 1;
    const isPlain = node.object.type === 'Identifier' && !node.computed && variableOf(file, node.object) !== undefined;
    // What an env module does with the variable need not be known: `z.string().parse(process.env.WORKOS_CLIENT_ID)`.
    const isNamed = isPlain && propertyName(node) === variableNamed(value);
    if (isPlain && (isNamed || idIn(evaluator.evaluate({ file, node })) === value))
      found = file.text.slice(...node.range);
    return true;
  });
  return found;
}
