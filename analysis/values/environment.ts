/** The environment that a question assumes: "what is this string on a preview?" */
import type { Definition } from '../syntax/bindings/definitions.ts';

export type Assumed =
  /** It has exactly this value. */
  | { readonly kind: 'value'; readonly text: string }
  /** It has some value, never an empty one: a host that the platform fills in. */
  | { readonly kind: 'set' }
  | { readonly kind: 'unset' }
  /** No one can tell. */
  | { readonly kind: 'maybe' };

/** What an environment variable is, by its name. */
export type Environment = (name: string) => Assumed;

const MAYBE: Assumed = { kind: 'maybe' };
const UNSET: Assumed = { kind: 'unset' };
const SET: Assumed = { kind: 'set' };

/** Nothing is known of any variable. */
export const anyEnvironment: Environment = () => MAYBE;

/**
 * An environment from a table: a string is the value, `true` means set to something, `false` unset.
 * What the table lacks is what `otherwise` says (nothing known, by default).
 */
export function environmentOf(
  table: Readonly<Record<string, boolean | string>>,
  otherwise: Environment = anyEnvironment,
): Environment {
  return (name) => {
    const entry = Object.hasOwn(table, name) ? table[name] : undefined;
    if (entry === undefined) return otherwise(name);
    if (typeof entry === 'string') return { kind: 'value', text: entry };
    return entry ? SET : UNSET;
  };
}

/** Whether a name is `process.env`: the global one, also by `globalThis`, or the one that `node:process` exports. */
export function isProcessEnv(definition: Definition): boolean {
  if (definition.kind !== 'global' && definition.kind !== 'export') return false;
  const { name, path } = definition;
  const steps = [name, ...path].filter((step, index) => !(index === 0 && (step === 'default' || step === '*')));
  const isPath = (...names: string[]): boolean =>
    steps.length === names.length && names.every((one, index) => steps[index] === one);
  if (definition.kind === 'export') return /^(?:node:)?process$/u.test(definition.module) && isPath('env');
  return isPath('process', 'env') || isPath('globalThis', 'process', 'env') || isPath('window', 'process', 'env');
}
