/**
 * The objects that hold the variables of a Convex deployment: `process.env`, and `env` of the generated module
 * (convex 1.39 and later, `src/cli/codegen_templates/server.ts`).
 */
import { mentions } from '../../../analysis/syntax/mentions.ts';
import { join } from 'node:path';
import { type Node, unwrap } from '../../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../../analysis/syntax/bindings/definitions.ts';
import { noModules } from '../../../analysis/syntax/bindings/modules.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { isProcessEnv } from '../../../analysis/values/environment.ts';
import type { EvaluatorOptions } from '../../../analysis/values/evaluate.ts';
import { unknown } from '../../../analysis/values/values.ts';
import { type Project, isAtLeast } from '../../../project/project.ts';

/** Specifiers of the module that has `env`. */
export const GENERATED = /(?:^|\/)_generated\/server(?:\.[jt]s)?$/u;

/** Whether an expression of a file is one of them, by whatever name. */
export function isEnvironment(file: SourceFile, expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
  const definition = definitionOf({ file, node }, noModules);
  return isProcessEnv(definition) || isGeneratedEnv(definition);
}

function isGeneratedEnv(definition: Definition): boolean {
  return (
    definition.kind === 'export' &&
    definition.name === 'env' &&
    definition.path.length === 0 &&
    GENERATED.test(definition.module)
  );
}

/** For an evaluator: `env` of the generated module, which git often ignores. No opinion on anything else. */
export const interpretGeneratedEnv: NonNullable<EvaluatorOptions['interpret']> = ({ file, node }) => {
  if (node.type !== 'Identifier' || !mentions(file, '_generated/server')) return undefined;
  const from: Located = { file, node };
  return isGeneratedEnv(definitionOf(from, noModules))
    ? unknown(from, { kind: 'global', name: 'process', path: ['env'] })
    : undefined;
};

/** `@convex-dev/eslint-plugin` forbids `process.env` from this version on. */
const FORBIDS_PROCESS_ENV = '5.0.0';
const OFFERS_ENV = '1.39.0';

/**
 * Whether new code of a Convex project reads a variable as `env.NAME`: its linter demands it, or the file reads no variable
 * off `process.env` yet; and the generated module has the variable.
 */
export function readsGeneratedEnv(file: SourceFile, name: string, project: Project): boolean {
  const offer = generatedEnv(file, name, project);
  if (offer === 'no') return false;
  const linter = project.versionOf(file.path, '@convex-dev/eslint-plugin');
  if (isAtLeast(linter, FORBIDS_PROCESS_ENV) === true) return offer === 'yes' || isNew(file, project);
  return offer === 'yes' && !file.text.includes('process.env');
}

const isNew = (file: SourceFile, project: Project): boolean =>
  isAtLeast(project.versionOf(file.path, 'convex'), OFFERS_ENV) === true;

/** Whether `_generated/server` has `env` with a variable of this name; `unknown` where it is not on disk. */
function generatedEnv({ path }: SourceFile, name: string, project: Project): 'no' | 'unknown' | 'yes' {
  const texts = project
    .convexProjectsFor(path)
    .flatMap(({ functionsDir }) =>
      ['server.d.ts', 'server.ts'].map((base) => project.facts.text(join(functionsDir, '_generated', base))),
    )
    .filter((text) => text !== undefined);
  const [text] = texts;
  if (text === undefined) return 'unknown';
  const type = /\bexport (?:declare )?const env: (?<type>Env|Record<)/u.exec(text)?.groups?.['type'];
  if (type === undefined) return 'no';
  // With variables in `convex.config.ts` the type has those and no others.
  return type === 'Record<' || new RegExp(`\\b${name}\\b`, 'u').test(text) ? 'yes' : 'no';
}
