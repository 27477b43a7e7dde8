/**
 * Env modules: objects that a schema makes of the environment. `createEnv` of t3-env, `schema.parse(process.env)` of zod,
 * `parse(schema, process.env)` of valibot and zod, `cleanEnv(process.env, …)` of envalid.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Definition, type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import type { Evaluator, EvaluatorOptions } from '../../analysis/values/evaluate.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import {
  type Frame,
  type PropertyValue,
  type Value,
  alternativesOf,
  literal,
  oneOf,
  propertyOf,
  unknown,
} from '../../analysis/values/values.ts';
import { isNullish } from '../../analysis/values/comparisons.ts';
import { type VariableSchema, variableSchema } from './env-schema.ts';
import { valueNamed } from '../../analysis/syntax/objects.ts';
import { expressionAt } from '../../analysis/syntax/bindings/expressions.ts';

/** A variable that a schema lists. */
export interface SchemaVariable extends VariableSchema {
  readonly name: string;
  /** The property that lists it; of a preset, the call. */
  readonly at: Located;
}

export interface EnvModule {
  readonly variables: readonly SchemaVariable[];
  /** The object that the values come from; `process.env` where it is left out. */
  readonly source: Located | undefined;
  /** Whether what the source lacks is read off `process.env`: t3-env's server variables need not be listed. */
  readonly isPartial: boolean;
  /** The property that holds the result of a `safeParse`. */
  readonly resultIn: string | undefined;
}

/** What the packages call their functions. */
const T3 = '@t3-oss/env-';
const ZOD = /^zod(?:\/|$)/u;
const ENVALID: ReadonlySet<string> = new Set(['cleanEnv', 'customCleanEnv']);
const PARSERS = /^(?:zod(?:\/.*)?|valibot)$/u;
const PARSES: ReadonlySet<string> = new Set(['parse', 'parseAsync', 'safeParse', 'safeParseAsync']);
const OBJECTS = /^(?:object|(?:loose|strict)Object|objectWithRest)$/u;
/** Methods of an object schema that keep its variables. `extend` and its like add some. */
const KEEPS_OBJECT: ReadonlySet<string> = new Set([
  'catchall',
  'loose',
  'passthrough',
  'readonly',
  'refine',
  'required',
  'strict',
  'strip',
  'superRefine',
]);
const ADDS_TO_OBJECT: ReadonlySet<string> = new Set(['and', 'extend', 'merge', 'safeExtend']);

/** The variables of the preset `vercel()`, all of them optional (t3-oss/t3-env `packages/core/src/presets-zod.ts`). */
const VERCEL_PRESET =
  'VERCEL CI VERCEL_ENV VERCEL_TARGET_ENV VERCEL_URL VERCEL_PROJECT_PRODUCTION_URL VERCEL_BRANCH_URL VERCEL_REGION VERCEL_DEPLOYMENT_ID VERCEL_SKEW_PROTECTION_ENABLED VERCEL_AUTOMATION_BYPASS_SECRET VERCEL_GIT_PROVIDER VERCEL_GIT_REPO_SLUG VERCEL_GIT_REPO_OWNER VERCEL_GIT_REPO_ID VERCEL_GIT_COMMIT_REF VERCEL_GIT_COMMIT_SHA VERCEL_GIT_COMMIT_MESSAGE VERCEL_GIT_COMMIT_AUTHOR_LOGIN VERCEL_GIT_COMMIT_AUTHOR_NAME VERCEL_GIT_PREVIOUS_SHA VERCEL_GIT_PULL_REQUEST_ID'.split(
    ' ',
  );

/** Longer chains, deeper ones, and circles are not followed. */
const MAX_LINKS = 24;

/** What a call makes of the environment; undefined for every other call. */
export function readEnvModule({ file, node }: Located, loader: ModuleLoader): EnvModule | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const [first, second] = node.arguments;
  if (!first) return undefined;
  const definition = definitionOf({ file, node: unwrap(node.callee) }, loader);
  const given = { file, node: first };
  return definition.kind === 'export'
    ? byFunction(definition, given, second && { file, node: second }, loader)
    : bySchema(unwrap(node.callee), given, loader);
}

/** `createEnv({ … })`, `cleanEnv(process.env, { … })`, `parse(schema, process.env)`. */
function byFunction(
  { module, name, path }: Extract<Definition, { kind: 'export' }>,
  first: Located,
  second: Located | undefined,
  loader: ModuleLoader,
): EnvModule | undefined {
  const called = path.at(-1) ?? name;
  if (module.startsWith(T3)) return called === 'createEnv' ? createdEnv(first, loader) : undefined;
  if (!second || typeof called !== 'string') return undefined;
  if (module === 'envalid')
    return ENVALID.has(called) ? moduleOf(shapeOf(second, loader), first, undefined) : undefined;
  if (!PARSERS.test(module) || !PARSES.has(called)) return undefined;
  const resultIn = ZOD.test(module) ? 'data' : 'output';
  return moduleOf(objectSchema(first, loader), second, isSafe(called) ? resultIn : undefined);
}

/** `schema.parse(process.env)`, and `parser(schema)(process.env)` of valibot. */
function bySchema(callee: Node, given: Located, loader: ModuleLoader): EnvModule | undefined {
  const { file } = given;
  if (callee.type === 'MemberExpression') {
    const name = propertyName(callee);
    if (name === undefined || !PARSES.has(name)) return undefined;
    return moduleOf(objectSchema({ file, node: callee.object }, loader), given, isSafe(name) ? 'data' : undefined);
  }
  const [schema] = callee.type === 'CallExpression' ? callee.arguments : [];
  if (callee.type !== 'CallExpression' || !schema) return undefined;
  const made = definitionOf({ file, node: callee.callee }, loader);
  return made.kind === 'export' && made.module === 'valibot' && (made.path.at(-1) ?? made.name) === 'parser'
    ? moduleOf(objectSchema({ file, node: schema }, loader), given, undefined)
    : undefined;
}

const isSafe = (method: string): boolean => method.startsWith('safe');

const moduleOf = (
  variables: readonly SchemaVariable[] | undefined,
  source: Located | undefined,
  resultIn: string | undefined,
): EnvModule | undefined => variables && { variables, source, resultIn, isPartial: false };

/** The variables of a schema of an object, wherever that is written; undefined for any other schema. */
function objectSchema(schema: Located, loader: ModuleLoader, links = MAX_LINKS): readonly SchemaVariable[] | undefined {
  const call = links > 0 ? expressionAt(schema, loader, 'CallExpression') : undefined;
  if (!call) return undefined;
  const { file, node } = call;
  const made = definitionOf({ file, node: node.callee }, loader);
  if (made.kind !== 'export') return derivedSchema(call, loader, links);
  const [shape] = node.arguments;
  const called = made.path.at(-1) ?? made.name;
  return shape && PARSERS.test(made.module) && typeof called === 'string' && OBJECTS.test(called)
    ? shapeOf({ file, node: shape }, loader, links - 1)
    : undefined;
}

/** `schema.strict()`, `schema.partial()`, `schema.extend({ … })`. */
function derivedSchema(
  { file, node }: Located<TSESTree.CallExpression>,
  loader: ModuleLoader,
  links: number,
): readonly SchemaVariable[] | undefined {
  const callee = unwrap(node.callee);
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
  if (callee.type !== 'MemberExpression' || method === undefined) return undefined;
  const [first] = node.arguments;
  const isPartial = method === 'partial' && !first;
  if (!KEEPS_OBJECT.has(method) && !ADDS_TO_OBJECT.has(method) && !isPartial) return undefined;
  const inner = objectSchema({ file, node: callee.object }, loader, links - 1);
  if (!inner || KEEPS_OBJECT.has(method)) return inner;
  if (isPartial) return inner.map((one) => ({ ...one, optionalBy: one.optionalBy ?? '.partial()' }));
  const given = first && { file, node: first };
  const added = given && (objectSchema(given, loader, links - 1) ?? shapeOf(given, loader, links - 1));
  return added && [...inner, ...added];
}

/** The variables of an object that lists schemas by name. What is spread into it counts as well. */
function shapeOf(shape: Located, loader: ModuleLoader, links = MAX_LINKS): readonly SchemaVariable[] | undefined {
  const definition = definitionOf(shape, loader);
  if (links === 0 || definition.kind !== 'value') return undefined;
  const { file, node, path } = definition;
  // `...shared.shape` of zod, `...shared.entries` of valibot.
  if (node.type === 'CallExpression' && path.length === 1 && (path[0] === 'shape' || path[0] === 'entries'))
    return objectSchema({ file, node }, loader, links - 1);
  if (node.type !== 'ObjectExpression' || path.length > 0) return undefined;
  return node.properties.flatMap((property): readonly SchemaVariable[] => {
    if (property.type === 'SpreadElement') return shapeOf({ file, node: property.argument }, loader, links - 1) ?? [];
    const name = propertyName(property);
    if (name === undefined) return [];
    return [{ name, at: { file, node: property }, ...variableSchema({ file, node: property.value }, loader) }];
  });
}

/** The options of t3-env's `createEnv`. */
function createdEnv(options: Located, loader: ModuleLoader): EnvModule | undefined {
  const definition = definitionOf(options, loader);
  if (definition.kind !== 'value' || definition.node.type !== 'ObjectExpression') return undefined;
  const { file, node } = definition;
  const option = (name: string): Located | undefined => {
    const value = valueNamed(node, name);
    return value && { file, node: value };
  };
  const presets = option('extends');
  const variables = [
    ...(presets && hasVercelPreset(presets, loader) ? vercelVariables(presets) : []),
    ...['server', 'client', 'shared'].flatMap((name) => {
      const shape = option(name);
      return (shape && shapeOf(shape, loader)) ?? [];
    }),
  ];
  const source = option('runtimeEnv') ?? option('runtimeEnvStrict') ?? option('experimental__runtimeEnv');
  return { variables, source, resultIn: undefined, isPartial: true };
}

const vercelVariables = (at: Located): SchemaVariable[] =>
  VERCEL_PRESET.map((name) => ({ name, at, optionalBy: 'vercel()', changesValue: false, fallback: undefined }));

/** `extends: [vercel()]`. */
function hasVercelPreset({ file, node }: Located, loader: ModuleLoader): boolean {
  if (node.type !== 'ArrayExpression') return false;
  return node.elements.some((element) => {
    if (element?.type !== 'CallExpression') return false;
    const preset = definitionOf({ file, node: element.callee }, loader);
    return preset.kind === 'export' && preset.name === 'vercel' && preset.module.startsWith(T3);
  });
}

export interface EnvModuleOptions {
  /** The value of a variable that the schema demands, made of what reads it. */
  readonly required: (read: Value, variable: SchemaVariable) => Value;
}

/** For an evaluator: the object that a call makes of the environment. No opinion on anything else. */
export function interpretEnvModules({ required }: EnvModuleOptions): NonNullable<EvaluatorOptions['interpret']> {
  return (expression, evaluator, frame) => {
    const module = readEnvModule(expression, evaluator.options.loader);
    if (!module) return undefined;
    const properties = new Map<string, PropertyValue>();
    const read = readerOf(module, expression, evaluator, frame);
    for (const variable of module.variables) {
      const value = valueOf(variable, read(variable), { evaluator, frame, required });
      properties.set(variable.name, { value, node: variable.at, certain: true });
    }
    const env: Value = { type: 'object', properties, open: true, from: expression };
    return module.resultIn === undefined ? env : resultOf(env, module.resultIn, expression);
  };
}

function readerOf(
  { isPartial, source }: EnvModule,
  from: Located,
  evaluator: Evaluator,
  frame: Frame | undefined,
): (variable: SchemaVariable) => Value {
  const environment = unknown(from, { kind: 'global', name: 'process', path: ['env'] });
  const given = source ? evaluator.evaluate(source, frame) : environment;
  return ({ at, name }) => {
    const isListed = given.type === 'object' && typeof propertyOf(given, name) === 'object';
    return evaluator.member(isPartial && !isListed ? environment : given, name, at);
  };
}

function valueOf(
  variable: SchemaVariable,
  read: Value,
  {
    evaluator,
    frame,
    required,
  }: EnvModuleOptions & { readonly evaluator: Evaluator; readonly frame: Frame | undefined },
): Value {
  const { at, changesValue, fallback, optionalBy } = variable;
  if (changesValue) return unknown(at);
  if (optionalBy === undefined) return required(read, variable);
  if (!fallback) return read;
  const arms = alternativesOf(read).map((arm) => {
    const isAbsent = isNullish(arm);
    if (isAbsent === false) return arm;
    const value = evaluator.evaluate(fallback, frame);
    const given = evaluator.call(value, [], fallback) ?? value;
    return isAbsent === true ? given : oneOf([arm, given], fallback);
  });
  return oneOf(arms, fallback);
}

// What does not fit the schema is no environment that the app runs in.
function resultOf(env: Value, name: string, from: Located): Value {
  const property = (value: Value): PropertyValue => ({ value, node: from, certain: true });
  const properties = new Map([
    ['success', property(literal(true, from))],
    [name, property(env)],
  ]);
  return { type: 'object', properties, open: true, from };
}
