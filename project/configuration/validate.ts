/** Holds a value against a JSON schema, as far as our schema and those of rule options go, in words that name the nearest right one. */
import { isRecord, recordOf } from '../settings.ts';
import { closest } from './closest.ts';

type Schema = Readonly<Record<string, unknown>>;
export type Path = readonly (number | string)[];

export interface SchemaFault {
  /** Where in the value. */
  readonly path: Path;
  /** Whether the place is a key of an object, rather than its value. */
  readonly isKey: boolean;
  /** A sentence with its full stop. */
  readonly message: string;
}

/** What is wrong with a value. `root` is the schema that `$ref` starts from, `name` what the value is called in messages. */
export function faultsOf(value: unknown, schema: unknown, root: Schema, name: string): readonly SchemaFault[] {
  return check(value, recordOf(schema), { root, name, path: [] });
}

interface Context {
  readonly root: Schema;
  readonly name: string;
  readonly path: Path;
}

function check(value: unknown, given: Schema, context: Context): readonly SchemaFault[] {
  const schema = resolved(given, context.root);
  const branches = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(branches)) return checkBranches(value, branches.map(recordOf), context);
  const type = schema['type'];
  if (type !== undefined && !typesOf(type).includes(typeOf(value)) && !isInteger(value, type))
    return [
      fault(
        context,
        `${called(context)} must be ${typesOf(type).map(article).join(' or ')}, not ${value === undefined ? 'empty' : shown(value)}.`,
      ),
    ];
  const known = schema['enum'];
  if (Array.isArray(known) && !known.includes(value)) return [unknownValue(value, known, context)];
  if (isRecord(value)) return checkObject(value, schema, context);
  return Array.isArray(value) ? checkList(value, schema, context) : [];
}

/** The branch that was most likely meant is the one of the value's type; where it accepts nothing, its faults are the ones to tell. */
function checkBranches(value: unknown, branches: readonly Schema[], context: Context): readonly SchemaFault[] {
  const results = branches.map((branch) => ({ branch, faults: check(value, branch, context) }));
  if (results.some(({ faults }) => faults.length === 0)) return [];
  const fitting = results.find(({ branch }) => {
    const { enum: known, type } = resolved(branch, context.root);
    return Array.isArray(known)
      ? known.some((each) => typeof each === typeof value)
      : typesOf(type).includes(typeOf(value));
  });
  if (fitting) return fitting.faults;
  const types = [...new Set(branches.flatMap((branch) => namesOfBranch(resolved(branch, context.root))))];
  return [fault(context, `${called(context)} must be ${types.join(' or ')}, not ${shown(value)}.`)];
}

function namesOfBranch({ enum: known, type }: Schema): readonly string[] {
  return Array.isArray(known) ? [`one of ${known.map(shown).join(', ')}`] : typesOf(type).map(article);
}

function checkObject(
  value: Readonly<Record<string, unknown>>,
  schema: Schema,
  context: Context,
): readonly SchemaFault[] {
  const properties = recordOf(schema['properties']);
  const rest = schema['additionalProperties'];
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly string[]) : [];
  const missing = required
    .filter((key) => !Object.hasOwn(value, key))
    .map((key) => fault(context, `${called(context)} lacks the key '${key}'.`));
  const wrong = Object.entries(value).flatMap(([key, each]) => {
    // `process.env` spread into settings has undefined values.
    if (each === undefined) return [];
    const inner = { ...context, path: [...context.path, key] };
    if (Object.hasOwn(properties, key)) return check(each, recordOf(properties[key]), inner);
    if (isRecord(rest)) return check(each, rest, inner);
    if (rest !== false) return [];
    const meant = closest(key, Object.keys(properties));
    const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
    return [{ ...fault(inner, `Unknown key '${key}' in ${called(context)}.${hint}`), isKey: true }];
  });
  return [...missing, ...wrong];
}

function checkList(value: readonly unknown[], schema: Schema, context: Context): readonly SchemaFault[] {
  const { items, maxItems } = schema;
  if (typeof maxItems === 'number' && value.length > maxItems)
    return [
      fault(context, `${called(context)} has ${String(value.length)} items, and takes ${String(maxItems)} at most.`),
    ];
  return value.flatMap((each, index) => {
    const own: unknown = Array.isArray(items) ? items[index] : items;
    return isRecord(own) ? check(each, own, { ...context, path: [...context.path, index] }) : [];
  });
}

function unknownValue(value: unknown, known: readonly unknown[], context: Context): SchemaFault {
  const words = known.filter((each) => typeof each === 'string');
  const meant = typeof value === 'string' ? closest(value, words) : undefined;
  const hint = meant === undefined ? `Write one of ${known.map(shown).join(', ')}.` : `Did you mean '${meant}'?`;
  return fault(context, `Unknown value ${shown(value)} of ${called(context)}. ${hint}`);
}

function resolved(schema: Schema, root: Schema): Schema {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const target = reference
    .replace(/^#\//u, '')
    .split('/')
    .reduce<unknown>((value, key) => recordOf(value)[key], root);
  return recordOf(target);
}

const fault = ({ path }: Context, message: string): SchemaFault => ({ path, isKey: false, message });

const called = ({ name, path }: Context): string =>
  [name, ...path].reduce<string>(
    (text, key) =>
      typeof key === 'number'
        ? `${text}[${String(key)}]`
        : text === ''
          ? key
          : /^[\w$]+$/u.test(key)
            ? `${text}.${key}`
            : `${text}['${key}']`,
    '',
  ) || 'the configuration';

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const isInteger = (value: unknown, type: unknown): boolean =>
  typesOf(type).includes('integer') && Number.isInteger(value);

const typesOf = (type: unknown): readonly string[] =>
  (Array.isArray(type) ? (type as readonly unknown[]) : [type]).filter((each) => typeof each === 'string');

const article = (type: string): string => (/^[aeiou]/u.test(type) ? `an ${type}` : `a ${type}`);

/** A value as a message shows it: short, and without what is in an object. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 40 ? `${value.slice(0, 40)}…` : value}'`;
  return typeof value === 'object' && value !== null ? article(typeOf(value)) : String(value);
}
