/** Env files, read with dotenv, so that a value here is the value that the app gets (variables in values are not expanded). */
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import type * as Dotenv from 'dotenv';
import { withoutBOM } from '../analysis/syntax/source-file.ts';
import type { Facts } from './stamps.ts';

/** One variable of an env file. Its value shows neither in `console.log` nor in JSON: it may be a secret. */
export class EnvVariable {
  readonly name: string;
  /** Absolute path of the file. */
  readonly file: string;
  /** The line of the assignment that counts (dotenv takes the last), from 1. */
  readonly line: number;
  readonly #value: string;

  constructor(name: string, value: string, file: string, line: number) {
    this.name = name;
    this.file = file;
    this.line = line;
    this.#value = value;
  }

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

const require = createRequire(import.meta.url);
let dotenv: typeof Dotenv | undefined;

const NAME = /^\.env(?:\.[\w-]+)*$/u;
const EXAMPLE = /\.(?:example|sample|template|tmpl|dist|defaults?|schema)\b/u;

/** Whether a file, by its base name, is read as an env file. */
export const isEnvFile = (name: string): boolean => NAME.test(name);

/** Whether an env file, by its base name, is there to be copied: its values mean nothing. */
export const isExampleEnvFile = (name: string): boolean => EXAMPLE.test(name);

/** The env files of a folder, the strongest first as Next.js and Convex read them: local before shared, examples last. */
export function envFilesIn(facts: Facts, folder: string): readonly EnvFile[] {
  return facts.memo(`env-files:${folder}`, () =>
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
  return facts.memo(`env-file:${path}`, () => {
    const text = facts.text(path);
    if (text === undefined) return undefined;
    const name = basename(path);
    const isLocal = name.endsWith('.local');
    const mode = /^\.env\.(?<mode>.+?)(?:\.local)?$/u.exec(name)?.groups?.['mode'];
    return {
      path,
      name,
      mode: mode === 'local' ? undefined : mode,
      isLocal,
      isExample: isExampleEnvFile(name),
      variables: readVariables(path, text),
    };
  });
}

function readVariables(file: string, raw: string): ReadonlyMap<string, EnvVariable> {
  dotenv ??= require('dotenv') as typeof Dotenv;
  const { parse } = dotenv;
  const text = withoutBOM(raw).replace(/\r\n?/gu, '\n');
  const parsed = Object.entries(parse(text));
  return new Map(parsed.map(([name, value]) => [name, new EnvVariable(name, value, file, lineOf(text, name))]));
}

/**
 * dotenv tells no positions. The assignment that counts is the last line that looks like one and is not the inside of a
 * value in quotes: without the text from there on, an outer quote would stay open, and the file would read otherwise.
 */
function lineOf(text: string, name: string): number {
  const assignment = new RegExp(
    `^[ \\t]*(?:export[ \\t]+)?${name.replace(/[.-]/gu, '\\$&')}(?:[ \\t]*=|:[ \\t])`,
    'gmu',
  );
  const lines = [...text.matchAll(assignment)].map(({ index }) => index);
  const insides = quotedRanges(text);
  const start =
    lines.filter((index) => !insides.some(([from, to]) => from < index && index < to)).at(-1) ?? lines.at(-1) ?? 0;
  return text.slice(0, start).split('\n').length;
}

// Values in quotes that span lines; their grammar is dotenv's.
function quotedRanges(text: string): (readonly [number, number])[] {
  const value =
    /^[ \t]*(?:export[ \t]+)?[\w.-]+(?:[ \t]*=[ \t]*|:[ \t]+)(?:'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`)/gmu;
  return [...text.matchAll(value)].map((match) => [match.index, match.index + match[0].length] as const);
}
