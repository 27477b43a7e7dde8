/**
 * Values of env files as Next.js expands them: `$NAME`, `${NAME}`, `${NAME:-default}`, and `\$` for a dollar sign.
 *
 * Source: vercel/next.js `packages/next-env/index.ts`, which expands file by file with dotenv-expand 10
 * (motdotla/dotenv-expand `lib/main.js`): the last reference first, and what a reference stands for is expanded again.
 */

/** What a name stands for: its value, `unset` where Next.js finds none, `unknown` where no one can tell. */
export type Reference =
  /** `isOwn`: from the same file, where a default in the reference comes first. `lost`: what its own expansion has lost. */
  { readonly value: string; readonly isOwn: boolean; readonly lost?: readonly string[] } | 'unknown' | 'unset';

export interface Expansion {
  readonly text: string;
  /** The names whose references are gone from the text, because nothing sets them. */
  readonly lost: readonly string[];
}

/** A longer text, or more references, are not expanded: `A=${B}${B}`, `B=${C}${C}` … doubles with each line. */
const MAX_LENGTH = 32_768;
const MAX_REFERENCES = 200;
/** A pattern of `replace` may stand for all of the text. */
const MAX_PATTERN_LENGTH = 1_000_000;

const REFERENCE = /(?<!\\)\$\{?(?<name>\w+)(?::-(?<fallback>[^\\}]*))?\}?/u;
const NAMES = /(?<!\\)\$\{?(?<name>\w+)/gu;

/** The names that a value refers to, by itself. */
export function referencesIn(value: string): readonly string[] {
  return [...value.matchAll(NAMES)].flatMap(({ groups }) => groups?.['name'] ?? []);
}

/** Expands a value. Undefined where a name is unknown, in a circle, and where the work has no bound. */
export function expandEnvValue(value: string, referenceTo: (name: string) => Reference): Expansion | undefined {
  const lost: string[] = [];
  let text = value;
  for (let count = 0; text.length <= MAX_LENGTH; count += 1) {
    const start = lastDollar(text);
    const match = start === -1 ? null : REFERENCE.exec(text.slice(start));
    if (!match) return { text: text.replaceAll('\\$', '$'), lost };
    if (count === MAX_REFERENCES) return undefined;
    const { fallback, name = '' } = match.groups ?? {};
    const reference = referenceTo(name);
    if (reference === 'unknown') return undefined;
    const held = heldBy(reference, fallback);
    if (held === undefined) lost.push(name);
    else if (reference !== 'unset') lost.push(...(reference.lost ?? []));
    if (held?.includes('$') === true && held.length * text.length > MAX_PATTERN_LENGTH) return undefined;
    // As dotenv-expand does: the first place with this text, and `$&` or `$$` in the value have their meaning in `replace`.
    text = text.replace(match[0], held ?? '');
  }
  return undefined;
}

function heldBy(reference: Exclude<Reference, 'unknown'>, fallback = ''): string | undefined {
  if (reference === 'unset') return fallback === '' ? undefined : fallback;
  const { isOwn, value } = reference;
  return isOwn || value === '' ? fallback || value : value;
}

/** The last dollar sign without a backslash before it. */
function lastDollar(text: string): number {
  let index = text.lastIndexOf('$');
  while (index > 0 && text[index - 1] === '\\') index = text.lastIndexOf('$', index - 1);
  return index;
}
