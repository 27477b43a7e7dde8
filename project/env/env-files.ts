/** Env files: their variables as dotenv reads them, and as Next.js expands them. */
import { basename } from 'node:path';
import type { Range } from '../../analysis/syntax/ast.ts';
import { withoutBOM } from '../../analysis/syntax/source-file.ts';
import { type Expansion, type Reference, expandEnvValue } from './env-expansion.ts';
import { type EnvEntry, readEnvText } from './env-text.ts';
import type { Facts } from '../memos/stamps.ts';

/** One variable of an env file. Its value shows neither in `console.log` nor in JSON: it may be a secret. */
export class EnvVariable {
  readonly name: string;
  /** Absolute path of the file. */
  readonly file: string;
  /** The line of the assignment that counts (dotenv takes the last), from 1. */
  readonly line: number;
  /** In the text without its byte order mark. */
  readonly nameRange: Range;
  /** With its quotes. */
  readonly valueRange: Range;
  readonly #value: string;

  constructor({ line, name, nameRange, value, valueRange }: EnvEntry, file: string) {
    this.name = name;
    this.file = file;
    this.line = line;
    this.nameRange = nameRange;
    this.valueRange = valueRange;
    this.#value = value;
  }

  /** As dotenv reads it; `expandedValue` is what a Next.js app gets. */
  get value(): string {
    return this.#value;
  }
}

export interface EnvFile {
  /** Absolute. */
  readonly path: string;
  /** `.env.local` and the like. */
  readonly name: string;
  /** The part between `.env.` and `.local`: `development`, `preview` …; undefined for `.env` and `.env.local`. */
  readonly mode: string | undefined;
  /** Whether it is one person's own, and not committed: `.env.local`, `.env.development.local`. */
  readonly isLocal: boolean;
  /** `.env.example`, `.env.sample` …: its values mean nothing. */
  readonly isExample: boolean;
  readonly variables: ReadonlyMap<string, EnvVariable>;
}

const NAME = /^\.env(?:\.[\w-]+)*$/u;
// `.env.ts` and the like are modules.
const NOT_ENV = /\.(?:[cm]?[jt]sx?|json)$/u;
const EXAMPLE = /\.(?:example|sample|template|tmpl|dist|defaults?|schema)\b/u;

/** Whether a file, by its base name, is read as an env file. */
export const isEnvFile = (name: string): boolean => NAME.test(name) && !NOT_ENV.test(name);

/** Whether an env file, by its base name, is there to be copied: its values mean nothing. */
const isExampleEnvFile = (name: string): boolean => EXAMPLE.test(name);

/** The env files of a folder, the strongest first as Next.js and Convex read them: local before shared, examples last. */
export function envFilesIn(facts: Facts, folder: string): readonly EnvFile[] {
  return facts.memo('env-files', folder, () =>
    (facts.entries(folder) ?? [])
      .filter(({ kind, name }) => kind === 'file' && isEnvFile(name))
      .flatMap(({ path }) => envFile(facts, path) ?? [])
      .sort((a, b) => rank(a) - rank(b)),
  );
}

// https://nextjs.org/docs/app/guides/environment-variables#environment-variable-load-order
function rank({ isExample, isLocal, mode }: EnvFile): number {
  return (isExample ? 8 : 0) + (isLocal ? 0 : 2) + (mode === undefined ? 1 : 0);
}

/** One env file; undefined when it can't be read. */
export function envFile(facts: Facts, path: string): EnvFile | undefined {
  return facts.memo('env-file', path, () => {
    const text = facts.text(path);
    return text === undefined ? undefined : readEnvFile(path, text);
  });
}

/** An env file from its text, saved or not. */
export function readEnvFile(path: string, text: string): EnvFile {
  const name = basename(path);
  const mode = /^\.env\.(?<mode>.+?)(?:\.local)?$/u.exec(name)?.groups?.['mode'];
  const { entries } = readEnvText(withoutBOM(text));
  return {
    path,
    name,
    mode: mode === 'local' ? undefined : mode,
    isLocal: name.endsWith('.local'),
    isExample: isExampleEnvFile(name),
    // dotenv takes the last of several.
    variables: new Map(entries.map((entry) => [entry.name, new EnvVariable(entry, path)])),
  };
}

/** The files that Next.js reads; others (`.env.preview`) are read by something else. */
const NEXT_MODES: ReadonlySet<string | undefined> = new Set([undefined, 'development', 'production', 'test']);

/** A name that a shell or a platform may set. A dollar sign in a password is seldom followed by one. */
export const SHELL_NAME = /^[A-Z][A-Z\d_]*$/u;

/** What dotenvx and sops decrypt before the app gets it (dotenvx/dotenvx `src/lib/helpers`, getsops/sops `aes/cipher.go`). */
const ENCRYPTED = /^(?:encrypted:.|ENC\[AES256_GCM,)/u;

/** Of values that refer to a value above, which refers to one above. */
const MAX_DEPTH = 50;

/**
 * The value of a variable as a Next.js app gets it. `files` are the env files of the folder. Undefined where it depends on
 * what is not in them, or on the mode in which the app runs, and where the file holds it encrypted.
 */
export function expandedValue(variable: EnvVariable, file: EnvFile, files: readonly EnvFile[]): Expansion | undefined {
  const earlier = files.filter(
    (other) =>
      other.path !== file.path &&
      !other.isExample &&
      NEXT_MODES.has(other.mode) &&
      rank(other) < rank(file) &&
      (file.mode === undefined || other.mode === undefined || other.mode === file.mode),
  );
  const names = [...file.variables.keys()];
  const done = new Map<string, Expansion | undefined>();
  let depth = 0;
  const expandedAt = (position: number, { value }: EnvVariable): Expansion | undefined =>
    ENCRYPTED.test(value)
      ? undefined
      : expandEnvValue(value, (name) => referenceTo(name, file, earlier, (own) => expandedBefore(name, own, position)));
  // Line by line: what is above is expanded by then, what is below stands as it is written.
  const expandedBefore = (name: string, own: EnvVariable, position: number): Reference => {
    const above = names.indexOf(name);
    if (above >= position) return plain(own.value, true);
    if (!done.has(name)) {
      if (depth === MAX_DEPTH) return 'unknown';
      depth += 1;
      done.set(name, expandedAt(above, own));
      depth -= 1;
    }
    const expansion = done.get(name);
    return expansion ? { value: expansion.text, isOwn: true, lost: expansion.lost } : 'unknown';
  };
  return expandedAt(names.indexOf(variable.name), variable);
}

/** `earlier`: the files that Next.js loads before, whose variables are in the environment by then. */
function referenceTo(
  name: string,
  file: EnvFile,
  earlier: readonly EnvFile[],
  fromOwn: (own: EnvVariable) => Reference,
): Reference {
  const own = file.variables.get(name);
  const others = earlier.flatMap(({ mode, variables }) => {
    const variable = variables.get(name);
    return variable ? [{ isAlways: mode === undefined || mode === file.mode, value: variable.value }] : [];
  });
  const [first] = others;
  if (first) {
    const isOne = others.every(({ value }) => value === first.value) && (!own || own.value === first.value);
    if (!others.some(({ isAlways }) => isAlways) || (!first.isAlways && !isOne)) return 'unknown';
    return plain(first.value, false);
  }
  if (own) return fromOwn(own);
  return SHELL_NAME.test(name) ? 'unknown' : 'unset';
}

// Whether an escaped dollar sign is still escaped depends on the order of the lines.
const plain = (value: string, isOwn: boolean): Reference =>
  value.includes('\\$') || ENCRYPTED.test(value) ? 'unknown' : { value, isOwn };
