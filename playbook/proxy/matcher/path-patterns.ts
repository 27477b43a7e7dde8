/**
 * Whether a path is matched by a pattern of path-to-regexp 6, the version that Next.js and authkit-nextjs pin (vercel/next.js
 * packages/next/src/lib/try-to-parse-path.ts, workos/authkit-nextjs `src/session.ts`). A pattern may hold a regular expression of the linted
 * code: one that could run long is not run.
 */
import type * as PathToRegexp from 'path-to-regexp';
import { lazy, requirePackage } from '../../../analysis/lazy.ts';

export type PathPattern =
  | { readonly kind: 'regexp'; readonly matches: (path: string) => boolean }
  /** `message`: what path-to-regexp says. */
  | { readonly kind: 'invalid'; readonly message: string }
  /** It may be right, and is not run. */
  | { readonly kind: 'unknown' };

/** Next.js takes no longer source. */
const MAX_SOURCE = 4096;
/** Paths of ours are shorter, however many folders a route has. */
const MAX_PATH = 300;
/** Each `.*` multiplies the work by the length of a path. */
const MAX_REPETITIONS = 5;

const pathToRegexp = lazy(() => requirePackage('path-to-regexp') as typeof PathToRegexp);
const known = new Map<string, PathPattern>();
const MAX_KNOWN = 500;

/** Reads a pattern. Never throws. */
export function readPathPattern(source: string): PathPattern {
  let pattern = known.get(source);
  if (!pattern) {
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(source, (pattern = compile(source)));
  }
  return pattern;
}

function compile(source: string): PathPattern {
  if (source.length > MAX_SOURCE) return { kind: 'unknown' };
  const library = pathToRegexp();
  try {
    const tokens = library.parse(source);
    if (tokens.some((token) => typeof token === 'object' && mayExplode(token.pattern))) return { kind: 'unknown' };
    const regexp = library.tokensToRegexp(tokens.map(withPrefix));
    return { kind: 'regexp', matches: (path) => path.length <= MAX_PATH && regexp.test(path) };
  } catch (error) {
    return { kind: 'invalid', message: error instanceof Error ? error.message : String(error) };
  }
}

// Next.js does the same for what 6.3 takes no more and earlier versions took (route-pattern-normalizer.ts).
function withPrefix(token: PathToRegexp.Token): PathToRegexp.Token {
  return typeof token === 'object' && /[*+]/u.test(token.modifier) && token.prefix === '' && token.suffix === ''
    ? { ...token, prefix: '/' }
    : token;
}

/** Whether a regular expression repeats a group, or repeats too often, for anyone to say how long it runs. */
function mayExplode(pattern: string): boolean {
  const plain = pattern.replace(/\\./gu, 'x').replace(/\[(?:[^\]])*\]/gu, 'x');
  const repetitions = plain.match(/[*+]|\{\d+,\d*\}/gu) ?? [];
  return /\)(?:[*+]|\{)/u.test(plain) || repetitions.length > MAX_REPETITIONS;
}
