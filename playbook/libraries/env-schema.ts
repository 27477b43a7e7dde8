/** What a schema of one environment variable makes of it, by the chain of methods (zod) or of functions (valibot, envalid) that it is. */
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, propertyName, unwrap } from '../../analysis/syntax/ast.ts';
import { type Located, definitionOf } from '../../analysis/syntax/bindings/definitions.ts';
import type { ModuleLoader } from '../../analysis/syntax/bindings/modules.ts';
import { propertyNamed } from '../../analysis/syntax/objects.ts';
import { expressionAt } from '../../analysis/syntax/bindings/expressions.ts';

export interface VariableSchema {
  /** What lets the variable be unset, as it is written: `.default()`, `optional()`. */
  readonly optionalBy: string | undefined;
  /** Whether the value may come out as another one: `transform`, `coerce` … */
  readonly changesValue: boolean;
  /** What replaces an absent value. */
  readonly fallback: Located | undefined;
}

/** Methods and functions, as zod, zod/mini, valibot and envalid name them, by what they do. */
const MEANINGS: Readonly<Record<string, 'changes' | 'fallback' | 'optional'>> = {
  _default: 'fallback',
  bool: 'changes',
  catch: 'fallback',
  coerce: 'changes',
  decode: 'changes',
  default: 'fallback',
  exactOptional: 'optional',
  fallback: 'fallback',
  json: 'changes',
  makeValidator: 'changes',
  nullish: 'optional',
  num: 'changes',
  optional: 'optional',
  overwrite: 'changes',
  pipe: 'changes',
  port: 'changes',
  prefault: 'fallback',
  preprocess: 'changes',
  rawTransform: 'changes',
  stringbool: 'changes',
  toLowerCase: 'changes',
  toUpperCase: 'changes',
  transform: 'changes',
  undefinedable: 'optional',
  undefined: 'optional',
};

/** Longer chains, deeper ones, and circles are not followed. */
const MAX_LINKS = 24;

const REQUIRED: VariableSchema = { optionalBy: undefined, changesValue: false, fallback: undefined };
const UNKNOWN: VariableSchema = { ...REQUIRED, changesValue: true };

/** Reads the schema of a variable. One that can't be followed may do anything with the value. */
export function variableSchema(schema: Located, loader: ModuleLoader): VariableSchema {
  return read(schema, loader, MAX_LINKS);
}

function read(schema: Located, loader: ModuleLoader, links: number): VariableSchema {
  if (links === 0) return UNKNOWN;
  const node = unwrap(schema.node);
  if (node.type === 'CallExpression') return readCall({ file: schema.file, node }, loader, links);
  const named = expressionAt({ file: schema.file, node }, loader);
  if (named && named.node !== node) return read(named, loader, links - 1);
  // `z.string` itself, uncalled, and a schema of a package.
  return node.type === 'Identifier' || node.type === 'MemberExpression' ? REQUIRED : UNKNOWN;
}

function readCall(
  { file, node }: Located<TSESTree.CallExpression>,
  loader: ModuleLoader,
  links: number,
): VariableSchema {
  const callee = unwrap(node.callee);
  const definition = definitionOf({ file, node: callee }, loader);
  // A function of the package: `z.string()`, `optional(string(), 'x')`, `z.coerce.number()`.
  if (definition.kind === 'export') {
    const names = [definition.name, ...definition.path].filter((name) => typeof name === 'string');
    return ofFunction(names, { file, node }, loader, links);
  }
  // A method of a schema: `schema.default('x')`.
  if (callee.type === 'MemberExpression') {
    const method = propertyName(callee);
    if (method === undefined) return UNKNOWN;
    const inner = read({ file, node: callee.object }, loader, links - 1);
    return applied(method, `.${method}()`, inner, { file, node }, node.arguments[0], loader, links);
  }
  // A helper of the project that returns a schema.
  if (definition.kind === 'value' && isFunction(definition.node) && definition.node.body.type !== 'BlockStatement')
    return read({ file: definition.file, node: definition.node.body }, loader, links - 1);
  return UNKNOWN;
}

function ofFunction(
  names: readonly string[],
  call: Located<TSESTree.CallExpression>,
  loader: ModuleLoader,
  links: number,
): VariableSchema {
  const { file, node } = call;
  const [first, second] = node.arguments;
  const name = names.at(-1) ?? '';
  if (names.slice(0, -1).some((one) => MEANINGS[one] === 'changes')) return UNKNOWN;
  const inner = (): VariableSchema => (first ? read({ file, node: first }, loader, links - 1) : REQUIRED);
  if (name === 'pipe') {
    const steps = node.arguments.map((step) => read({ file, node: step }, loader, links - 1));
    const optional = steps.find(({ optionalBy }) => optionalBy !== undefined) ?? REQUIRED;
    return { ...optional, changesValue: steps.some(({ changesValue }) => changesValue) };
  }
  const meaning = MEANINGS[name];
  if (meaning === undefined) return first ? withOptions(REQUIRED, { file, node: first }, loader) : REQUIRED;
  if (meaning === 'changes')
    return first ? { ...withOptions(REQUIRED, { file, node: first }, loader), changesValue: true } : UNKNOWN;
  return applied(name, `${name}()`, inner(), call, second, loader, links);
}

/** `inner` behind another link of the chain. Of several fallbacks the outermost decides. */
function applied(
  name: string,
  shown: string,
  inner: VariableSchema,
  { file, node }: Located<TSESTree.CallExpression>,
  value: TSESTree.CallExpressionArgument | undefined,
  loader: ModuleLoader,
  links: number,
): VariableSchema {
  switch (MEANINGS[name]) {
    case 'optional':
      return value && name !== 'undefined' && !isMessage(value)
        ? { ...inner, optionalBy: shown, fallback: { file, node: value } }
        : { ...inner, optionalBy: inner.optionalBy ?? shown };
    case 'fallback':
      return { ...inner, optionalBy: shown, fallback: value && { file, node: value } };
    case 'changes':
      return { ...inner, changesValue: true };
    default: {
      // `.or(z.undefined())`
      const other =
        name === 'or' && node.arguments[0] ? read({ file, node: node.arguments[0] }, loader, links - 1) : inner;
      return other.optionalBy !== undefined && inner.optionalBy === undefined
        ? { ...inner, optionalBy: other.optionalBy }
        : inner;
    }
  }
}

// zod's `optional('message')` had one before version 4; a method of a chain takes no value.
const isMessage = (value: TSESTree.Node): boolean => value.type === 'ObjectExpression';

/** envalid's `str({ default: 'x', devDefault: 'y' })`. */
function withOptions(schema: VariableSchema, given: Located, loader: ModuleLoader): VariableSchema {
  const options = expressionAt(given, loader, 'ObjectExpression');
  // Where NODE_ENV is production a devDefault is none.
  const option = options && propertyNamed(options.node, 'default');
  return option ? { ...schema, optionalBy: 'default', fallback: { file: options.file, node: option.value } } : schema;
}
