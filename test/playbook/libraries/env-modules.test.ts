import { describe, expect, it } from 'vitest';
import { createEvaluator } from '../../../analysis/values/evaluate.ts';
import { alternativesOf, describeText } from '../../../analysis/values/values.ts';
import { type Node, walk } from '../../../analysis/syntax/ast.ts';
import { interpretEnvModules, readEnvModule } from '../../../playbook/libraries/env-modules.ts';
import { loaderOf, parse } from '../../analysis/support.ts';

const ZOD = "import { z } from 'zod';\n";
const VALIBOT = "import * as v from 'valibot';\n";
const ENVALID = "import { cleanEnv, str, url, num, makeValidator } from 'envalid';\n";
const T3 = `${ZOD}import { createEnv } from '@t3-oss/env-nextjs';\nimport { vercel } from '@t3-oss/env-nextjs/presets-zod';\n`;

/** The variables that the last call of a schema lists: `A`, `B by .default()`, `C changed`. */
function variables(code: string, modules: Record<string, string> = {}): string[] | undefined {
  const file = parse(code);
  const loader = loaderOf(modules);
  let found: ReturnType<typeof readEnvModule>;
  walk(file.ast, (node) => {
    found = readEnvModule({ file, node }, loader) ?? found;
  });
  return found?.variables.map(
    ({ changesValue, name, optionalBy }) =>
      name + (optionalBy === undefined ? '' : ` by ${optionalBy}`) + (changesValue ? ' changed' : ''),
  );
}

/** What `use(…)` is called with, one text an alternative; a required variable reads as `required NAME`. */
function values(code: string, modules: Record<string, string> = {}): string[] {
  const file = parse(code);
  const interpret = interpretEnvModules({
    required: (_, { at, name }) => ({ type: 'text', parts: [{ kind: 'known', text: `required ${name}` }], from: at }),
  });
  const evaluator = createEvaluator({ loader: loaderOf(modules), interpret });
  let argument: Node | undefined;
  walk(file.ast, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'use')
      [argument] = node.arguments;
  });
  if (!argument) throw new Error('the code calls no use()');
  return alternativesOf(evaluator.evaluate({ file, node: argument })).map((value) =>
    value.type === 'text' ? describeText(value) : value.type === 'literal' ? String(value.value) : value.type,
  );
}

describe('the variables of an env module', () => {
  it.each([
    [
      'parse',
      `${ZOD}z.object({ A: z.string(), B: z.string().default('x') }).parse(process.env)`,
      ['A', 'B by .default()'],
    ],
    ['safeParse', `${ZOD}z.object({ A: z.string().url().optional() }).safeParse(process.env)`, ['A by .optional()']],
    [
      'a strict object, and methods that keep it',
      `${ZOD}z.strictObject({ A: z.url() }).loose().parse(process.env)`,
      ['A'],
    ],
    ['a schema of its own', `${ZOD}const schema = z.object({ A: z.string() });\nschema.parse(process.env)`, ['A']],
    ['the function of the namespace', `${ZOD}z.safeParse(z.object({ A: z.string() }), process.env)`, ['A']],
    [
      'extend',
      `${ZOD}z.object({ A: z.string() }).extend({ B: z.string().nullish() }).parse(process.env)`,
      ['A', 'B by .nullish()'],
    ],
    ['merge', `${ZOD}z.object({ A: z.string() }).merge(z.object({ B: z.string() })).parse(process.env)`, ['A', 'B']],
    ['partial', `${ZOD}z.object({ A: z.string() }).partial().parse(process.env)`, ['A by .partial()']],
    [
      'a spread shape',
      `${ZOD}const base = z.object({ A: z.string() });\nz.object({ ...base.shape, B: z.string() }).parse(process.env)`,
      ['A', 'B'],
    ],
    [
      'a schema by name',
      `${ZOD}const url = z.string().url();\nz.object({ A: url.optional(), B: url }).parse(process.env)`,
      ['A by .optional()', 'B'],
    ],
    [
      'a schema of a function',
      `${ZOD}const optional = () => z.string().optional();\nz.object({ A: optional() }).parse(process.env)`,
      ['A by .optional()'],
    ],
    [
      'coerce and transform',
      `${ZOD}z.object({ A: z.coerce.number(), B: z.string().transform((x) => x) }).parse(process.env)`,
      ['A changed', 'B changed'],
    ],
    [
      'the functions of zod/mini',
      "import * as z from 'zod/mini';\nz.object({ A: z.optional(z.string()), B: z._default(z.string(), 'x') }).parse(process.env)",
      ['A by optional()', 'B by _default()'],
    ],
    [
      'or undefined',
      `${ZOD}z.object({ A: z.string().or(z.undefined()), B: z.string().or(z.literal('')) }).parse(process.env)`,
      ['A by undefined()', 'B'],
    ],
  ])('of zod: %s', (_, code, wanted) => {
    expect(variables(code)).toEqual(wanted);
  });

  it.each([
    [
      'parse',
      `${VALIBOT}v.parse(v.object({ A: v.string(), B: v.optional(v.string(), 'x'), C: v.nullish(v.string()) }), process.env)`,
      ['A', 'B by optional()', 'C by nullish()'],
    ],
    [
      'pipe',
      `${VALIBOT}v.parse(v.object({ A: v.pipe(v.string(), v.url()), B: v.pipe(v.string(), v.transform(Number)) }), process.env)`,
      ['A', 'B changed'],
    ],
    [
      'a pipe in optional',
      `${VALIBOT}v.safeParse(v.object({ A: v.optional(v.pipe(v.string(), v.url())) }), process.env)`,
      ['A by optional()'],
    ],
    ['fallback', `${VALIBOT}v.parse(v.object({ A: v.fallback(v.string(), 'x') }), process.env)`, ['A by fallback()']],
    ['parser', `${VALIBOT}v.parser(v.object({ A: v.string() }))(process.env)`, ['A']],
    [
      'named imports',
      "import { object, parse as read, string } from 'valibot';\nread(object({ A: string() }), process.env)",
      ['A'],
    ],
    [
      'spread entries',
      `${VALIBOT}const base = v.object({ A: v.string() });\nv.parse(v.object({ ...base.entries }), process.env)`,
      ['A'],
    ],
  ])('of valibot: %s', (_, code, wanted) => {
    expect(variables(code)).toEqual(wanted);
  });

  it.each([
    [
      'cleanEnv',
      `${ENVALID}cleanEnv(process.env, { A: str(), B: url({ default: 'x' }), C: str({ devDefault: 'y' }) })`,
      ['A', 'B by default', 'C'],
    ],
    [
      'numbers and validators of its own',
      `${ENVALID}const own = makeValidator((x) => x);\ncleanEnv(process.env, { A: num({ default: 1 }), B: own() })`,
      ['A by default changed', 'B changed'],
    ],
  ])('of envalid: %s', (_, code, wanted) => {
    expect(variables(code)).toEqual(wanted);
  });

  it.each([
    [
      'all three lists',
      `${T3}createEnv({ server: { A: z.string() }, client: { NEXT_PUBLIC_B: z.string() }, shared: { C: z.string().optional() }, runtimeEnv: process.env })`,
      ['A', 'NEXT_PUBLIC_B', 'C by .optional()'],
    ],
    [
      'valibot in it',
      `${VALIBOT}import { createEnv } from '@t3-oss/env-core';\ncreateEnv({ server: { A: v.optional(v.string()) }, runtimeEnv: process.env })`,
      ['A by optional()'],
    ],
  ])('of t3-env: %s', (_, code, wanted) => {
    expect(variables(code)).toEqual(wanted);
  });

  it('of t3-env: the preset of Vercel', () => {
    const found = variables(`${T3}createEnv({ extends: [vercel()], server: {}, experimental__runtimeEnv: {} })`);
    expect(found).toContain('VERCEL_URL by vercel()');
  });

  it('are found through imports', () => {
    const modules = { './schema': `${ZOD}export const schema = z.object({ A: z.string() });` };
    expect(variables("import { schema } from './schema';\nschema.parse(process.env)", modules)).toEqual(['A']);
  });

  it.each([
    'JSON.parse(process.env.A)',
    `${ZOD}z.string().parse(process.env)`,
    "import { z } from './own';\nz.object({ A: z.string() }).parse(process.env)",
    'const z = { object: (x) => x };\nz.object({ A: 1 }).parse(process.env)',
    'function cleanEnv(a, b) {}\ncleanEnv(process.env, { A: str() })',
    `${ZOD}const a = b.loose(); const b = a.loose(); a.parse(process.env)`,
    'parse()',
  ])('are none of %j', (code) => {
    expect(variables(code, { './own': 'export const z = {};' })).toBeUndefined();
  });
});

describe('the value of a variable behind a schema', () => {
  const env = (schema: string) => `const env = z.object({ A: ${schema} }).parse(process.env);\nuse(env.A);`;

  it.each([
    ['required', `${ZOD}${env('z.string()')}`, ['required A']],
    ['optional', `${ZOD}${env('z.string().optional()')}`, ['${process.env.A}']],
    ['with a default', `${ZOD}${env("z.string().default('x')")}`, ['${process.env.A}', 'x']],
    ['with a function for a default', `${ZOD}${env("z.string().default(() => 'x')")}`, ['${process.env.A}', 'x']],
    ['changed', `${ZOD}${env('z.string().transform((x) => x + 1)')}`, ['unknown']],
    ['not in the schema', `${ZOD}const env = z.object({}).parse(process.env);\nuse(env.A);`, ['unknown']],
    [
      'of safeParse',
      `${ZOD}const { data } = z.object({ A: z.string() }).safeParse(process.env);\nuse(data.A);`,
      ['required A'],
    ],
    [
      'of valibot',
      `${VALIBOT}const env = v.parse(v.object({ A: v.optional(v.string(), 'x') }), process.env);\nuse(env.A);`,
      ['${process.env.A}', 'x'],
    ],
    [
      "of valibot's safeParse",
      `${VALIBOT}const result = v.safeParse(v.object({ A: v.string() }), process.env);\nuse(result.output.A);`,
      ['required A'],
    ],
    [
      'of envalid',
      `${ENVALID}const env = cleanEnv(process.env, { A: str({ default: 'x' }) });\nuse(env.A);`,
      ['${process.env.A}', 'x'],
    ],
    [
      'under another name',
      `${ZOD}const env = z.object({ A: z.string().optional() }).parse({ A: process.env.B });\nuse(env.A);`,
      ['${process.env.B}'],
    ],
    [
      'of what is parsed and is no environment',
      `${ZOD}export const read = (body) => use(z.object({ A: z.string().optional() }).parse(body).A);`,
      ['unknown'],
    ],
    [
      'of t3-env, listed',
      `${T3}const env = createEnv({ client: { A: z.string().optional() }, runtimeEnv: { A: process.env.B } });\nuse(env.A);`,
      ['${process.env.B}'],
    ],
    [
      'of t3-env, not listed',
      `${T3}const env = createEnv({ server: { A: z.string().optional() }, experimental__runtimeEnv: {} });\nuse(env.A);`,
      ['${process.env.A}'],
    ],
    [
      'of a preset of t3-env',
      `${T3}const env = createEnv({ extends: [vercel()], experimental__runtimeEnv: {} });\nuse(env.VERCEL_URL);`,
      ['${process.env.VERCEL_URL}'],
    ],
  ])('%s', (_, code, wanted) => {
    expect(values(code)).toEqual(wanted);
  });
});
