/**
 * Env modules made by t3-env (`createEnv` of `@t3-oss/env-nextjs` and `@t3-oss/env-core`): what `env.NAME` is, as far as its
 * schema leaves the variable as it is.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, unwrap } from '../../analysis/ast.ts';
import { type Located, isExportOf } from '../../analysis/bindings.ts';
import type { Evaluator, EvaluatorOptions } from '../../analysis/evaluate.ts';
import { type Frame, type PropertyValue, type Value, propertyOf, unknown } from '../../analysis/values.ts';

const MODULES = ['@t3-oss/env-nextjs', '@t3-oss/env-core'];
/** What the platform sets, whatever a schema asks for. */
const PLATFORM = /^(?:NODE_ENV|(?:NEXT_PUBLIC_)?VERCEL(?:_\w+)?)$/u;
const MAY_BE_UNSET = /\.(?:nullish|optional)\(/u;
const CHANGES_VALUE = /\.(?:catch|default|overwrite|pipe|prefault|transform)\(|\b(?:coerce|preprocess)\b/u;

/** Interprets a call of `createEnv`; no opinion on anything else. */
export const interpretEnvModule: NonNullable<EvaluatorOptions['interpret']> = (expression, evaluator, frame) => {
  const { file, node } = expression;
  if (node.type !== 'CallExpression' || !file.text.includes('@t3-oss/env-')) return undefined;
  if (!isExportOf({ file, node: node.callee }, MODULES, 'createEnv', evaluator.options.loader)) return undefined;
  const options = node.arguments[0] && unwrap(node.arguments[0]);
  return options?.type === 'ObjectExpression' ? environmentOf(expression, options, evaluator, frame) : undefined;
};

function environmentOf(from: Located, options: TSESTree.ObjectExpression, evaluator: Evaluator, frame: Frame | undefined): Value {
  const { file } = from;
  const option = (name: string) => options.properties.find((one) => one.type === 'Property' && propertyName(one) === name);
  const given = option('runtimeEnv') ?? option('runtimeEnvStrict') ?? option('experimental__runtimeEnv');
  const read = given?.type === 'Property' ? evaluator.evaluate({ file, node: given.value }, frame) : undefined;
  const properties = new Map<string, PropertyValue>();
  for (const schema of ['server', 'client', 'shared'].map(option)) {
    const variables = schema?.type === 'Property' ? unwrap(schema.value) : undefined;
    if (variables?.type !== 'ObjectExpression') continue;
    for (const property of variables.properties) {
      const name = property.type === 'Property' ? propertyName(property) : undefined;
      if (property.type !== 'Property' || name === undefined) continue;
      // One that has to be set never comes to its fallback, and what its value is nobody can tell.
      const isAsRead = isKept(file.text.slice(...property.value.range), name);
      properties.set(name, { value: isAsRead ? variableAt(read, name, from, evaluator) : unknown(from), node: located(from, property), certain: true });
    }
  }
  return { type: 'object', properties, open: true, from };
}

function isKept(schema: string, name: string): boolean {
  return PLATFORM.test(name) || (MAY_BE_UNSET.test(schema) && !CHANGES_VALUE.test(schema));
}

// Variables of the server need not be listed: `createEnv` reads them off process.env.
function variableAt(read: Value | undefined, name: string, from: Located, evaluator: Evaluator): Value {
  const listed = read?.type === 'object' ? propertyOf(read, name) : undefined;
  if (typeof listed === 'object') return listed.value;
  return evaluator.member(unknown(from, { kind: 'global', name: 'process', path: ['env'] }), name, from);
}

const located = ({ file }: Located, node: Node): Located => ({ file, node });
