/** What a schema of one environment variable (zod's, by its chain of methods) makes of the variable. */
import { type Node, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings.ts';
import type { Evaluator } from '../../analysis/values/evaluate.ts';
import { type Frame, type Value, alternativesOf, isNullish, oneOf, unknown } from '../../analysis/values/values.ts';

interface VariableSchema {
  /** Whether it lets the value be absent. */
  readonly isOptional: boolean;
  /** Whether the value may come out as another one: `transform`, `coerce` … */
  readonly changesValue: boolean;
  /** What stands in for an absent value. */
  readonly fallback: Node | undefined;
}

/** What the platform sets, whatever a schema asks for. */
const PLATFORM = /^(?:NODE_ENV|(?:NEXT_PUBLIC_)?VERCEL(?:_\w+)?)$/u;
const MAY_BE_UNSET = new Set(['nullish', 'optional']);
const FALLBACK = new Set(['catch', 'default', 'prefault']);
const CHANGES_VALUE = new Set([
  'coerce',
  'overwrite',
  'pipe',
  'preprocess',
  'stringbool',
  'toLowerCase',
  'toUpperCase',
  'transform',
]);

/**
 * The value of a variable behind its schema. Unknown for one that has to be set (it never comes to a fallback in the code, and what its
 * value is nobody can tell), and for one whose value the schema changes.
 */
export function behindSchema(
  schema: Located,
  name: string,
  read: Value,
  evaluator: Evaluator,
  frame: Frame | undefined,
): Value {
  const { changesValue, fallback, isOptional } = schemaOf(schema, evaluator);
  if (changesValue) return unknown(schema);
  if (fallback) return withFallback(read, { file: schema.file, node: fallback }, evaluator, frame);
  return isOptional || PLATFORM.test(name) ? read : unknown(schema);
}

function withFallback(read: Value, fallback: Located, evaluator: Evaluator, frame: Frame | undefined): Value {
  const arms = alternativesOf(read).map((arm) => {
    const isAbsent = isNullish(arm);
    if (isAbsent === false) return arm;
    const value = evaluator.evaluate(fallback, frame);
    const given = evaluator.call(value, [], fallback) ?? value;
    return isAbsent === true ? given : oneOf([arm, given], fallback);
  });
  return oneOf(arms, fallback);
}

function schemaOf(schema: Located, evaluator: Evaluator): VariableSchema {
  const definition = definitionOf(schema, evaluator.options.loader);
  let node: Node = definition.kind === 'value' && definition.path.length === 0 ? definition.node : unwrap(schema.node);
  const names = new Set<string>();
  let fallback: Node | undefined;
  for (;;) {
    if (node.type === 'CallExpression') {
      const callee = unwrap(node.callee);
      const method = callee.type === 'MemberExpression' ? propertyName(callee) : undefined;
      // The outermost of several decides.
      if (method !== undefined && FALLBACK.has(method)) fallback ??= node.arguments[0];
      node = callee;
    } else if (node.type === 'MemberExpression') {
      names.add(propertyName(node) ?? '');
      node = unwrap(node.object);
    } else break;
  }
  const has = (set: ReadonlySet<string>) => [...names].some((name) => set.has(name));
  return { isOptional: has(MAY_BE_UNSET), changesValue: has(CHANGES_VALUE), fallback };
}
