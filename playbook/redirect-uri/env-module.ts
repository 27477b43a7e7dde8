/**
 * Env modules: what `env.NAME` is, as far as the schema leaves the variable as it is. Those made by t3-env (`createEnv` of
 * `@t3-oss/env-nextjs` and `@t3-oss/env-core`), and those that are parsed with zod (`z.object({ … }).parse(process.env)`).
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf, isExportOf } from '../../analysis/syntax/bindings.ts';
import type { Evaluator, EvaluatorOptions } from '../../analysis/values/evaluate.ts';
import type { ModuleLoader } from '../../analysis/syntax/modules.ts';
import {
  type Frame,
  type ObjectValue,
  type PropertyValue,
  type Value,
  literal,
  propertyOf,
  unknown,
} from '../../analysis/values/values.ts';
import { behindSchema } from './env-schema.ts';
import { VERCEL_VARIABLES } from './hosting/hosts.ts';

const T3_MODULES = ['@t3-oss/env-nextjs', '@t3-oss/env-core'];
const ZOD = /^zod(?:\/|$)/u;
const PARSES = new Set(['parse', 'parseAsync', 'safeParse', 'safeParseAsync']);
/** What a schema of an object is given besides, without a change to its variables. */
const KEEPS_OBJECT = new Set(['loose', 'passthrough', 'readonly', 'refine', 'strict', 'strip', 'superRefine']);

/** Longer chains of methods, and circles of them, are not followed. */
const MAX_LINKS = 20;

/** Interprets a call that makes an environment; no opinion on anything else. */
export const interpretEnvModule: NonNullable<EvaluatorOptions['interpret']> = (expression, evaluator, frame) => {
  const { file, node } = expression;
  if (node.type !== 'CallExpression') return undefined;
  const [argument] = node.arguments;
  const callee = unwrap(node.callee);
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (callee.type === 'MemberExpression' && method !== undefined && PARSES.has(method)) {
    const schema = argument && zodObject({ file, node: callee.object }, evaluator.options.loader);
    if (!schema) return undefined;
    const parsed = parsedBy(schema, evaluator.evaluate({ file, node: argument }, frame), evaluator, frame);
    return method.startsWith('safe') ? resultOf(parsed) : parsed;
  }
  if (
    !file.text.includes('@t3-oss/env-') ||
    !isExportOf({ file, node: node.callee }, T3_MODULES, 'createEnv', evaluator.options.loader)
  ) {
    return undefined;
  }
  const options = argument && unwrap(argument);
  return options?.type === 'ObjectExpression' ? createdBy(expression, options, evaluator, frame) : undefined;
};

/** The object that lists the variables in `z.object({ … })`, wherever that stands; undefined for any other schema. */
function zodObject(
  schema: Located,
  loader: ModuleLoader,
  links = MAX_LINKS,
): Located<TSESTree.ObjectExpression> | undefined {
  const definition = definitionOf(schema, loader);
  if (
    links === 0 ||
    definition.kind !== 'value' ||
    definition.path.length > 0 ||
    definition.node.type !== 'CallExpression'
  )
    return undefined;
  const { file } = definition;
  const callee = unwrap(definition.node.callee);
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (callee.type === 'MemberExpression' && method !== undefined && KEEPS_OBJECT.has(method))
    return zodObject({ file, node: callee.object }, loader, links - 1);
  if (!isZodObject(definitionOf({ file, node: callee }, loader))) return undefined;
  const shape = definition.node.arguments[0] && definitionOf({ file, node: definition.node.arguments[0] }, loader);
  return shape?.kind === 'value' && shape.path.length === 0 && shape.node.type === 'ObjectExpression'
    ? { file: shape.file, node: shape.node }
    : undefined;
}

// `z.object`, `z.strictObject`, `z.looseObject`, by any of the module's names.
function isZodObject(definition: Definition): boolean {
  if (definition.kind !== 'export' || !ZOD.test(definition.module)) return false;
  const name = definition.path.at(-1) ?? definition.name;
  return typeof name === 'string' && /^(?:object|(?:loose|strict)Object)$/u.test(name);
}

function parsedBy(
  { file, node }: Located<TSESTree.ObjectExpression>,
  read: Value,
  evaluator: Evaluator,
  frame: Frame | undefined,
): ObjectValue {
  const properties = new Map<string, PropertyValue>();
  for (const property of node.properties) {
    const name = property.type === 'Property' ? propertyName(property) : undefined;
    if (property.type !== 'Property' || name === undefined) continue;
    const place: Located = { file, node: property };
    const value = behindSchema(
      { file, node: property.value },
      name,
      evaluator.member(read, name, place),
      evaluator,
      frame,
    );
    properties.set(name, { value, node: place, certain: true });
  }
  return { type: 'object', properties, open: true, from: { file, node } };
}

// What does not fit the schema is no environment that the app runs in.
function resultOf(data: ObjectValue): ObjectValue {
  const { from } = data;
  const property = (value: Value): PropertyValue => ({ value, node: from, certain: true });
  return {
    type: 'object',
    properties: new Map([
      ['success', property(literal(true, from))],
      ['data', property(data)],
    ]),
    open: true,
    from,
  };
}

function createdBy(
  from: Located,
  options: TSESTree.ObjectExpression,
  evaluator: Evaluator,
  frame: Frame | undefined,
): Value {
  const { file } = from;
  const option = (name: string): Node | undefined => {
    const found = options.properties.find((one) => one.type === 'Property' && propertyName(one) === name);
    return found?.type === 'Property' ? found.value : undefined;
  };
  const given = option('runtimeEnv') ?? option('runtimeEnvStrict') ?? option('experimental__runtimeEnv');
  const listed = given && evaluator.evaluate({ file, node: given }, frame);
  const environment = unknown(from, { kind: 'global', name: 'process', path: ['env'] });
  // Variables of the server need not be listed: `createEnv` reads them off process.env.
  const read = (name: string): Value => {
    const property = listed?.type === 'object' ? propertyOf(listed, name) : undefined;
    return typeof property === 'object' ? property.value : evaluator.member(environment, name, from);
  };
  const properties = new Map<string, PropertyValue>();
  if (hasVercelPreset({ file, node: option('extends') ?? options }, evaluator.options.loader)) {
    for (const name of VERCEL_VARIABLES) properties.set(name, { value: read(name), node: from, certain: true });
  }
  for (const schema of ['server', 'client', 'shared'].map(option)) {
    const variables = schema && unwrap(schema);
    if (variables?.type !== 'ObjectExpression') continue;
    for (const property of variables.properties) {
      const name = property.type === 'Property' ? propertyName(property) : undefined;
      if (property.type !== 'Property' || name === undefined) continue;
      const value = behindSchema({ file, node: property.value }, name, read(name), evaluator, frame);
      properties.set(name, { value, node: { file, node: property }, certain: true });
    }
  }
  return { type: 'object', properties, open: true, from };
}

/** `extends: [vercel()]`, a preset of t3-env with every system variable of Vercel. */
function hasVercelPreset({ file, node }: Located, loader: ModuleLoader): boolean {
  if (node.type !== 'ArrayExpression') return false;
  return node.elements.some((element) => {
    if (element?.type !== 'CallExpression') return false;
    const preset = definitionOf({ file, node: element.callee }, loader);
    return preset.kind === 'export' && preset.name === 'vercel' && preset.module.startsWith('@t3-oss/env-');
  });
}
