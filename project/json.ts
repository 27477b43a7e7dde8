/** JSON files as people write them: comments, trailing commas, a byte order mark. */
import type * as Jsonc from 'jsonc-parser';
import { lazy, requirePackage } from '../analysis/lazy.ts';
import { isJsonTooDeep } from '../analysis/syntax/nesting.ts';
import { withoutBOM } from '../analysis/syntax/source-file.ts';
import { isRecord, recordOf } from './settings.ts';
import type { Facts } from './memos/stamps.ts';

export interface JsonFile {
  /** Absolute. */
  readonly path: string;
  /** Without a byte order mark; offsets of the tree count in it. */
  readonly text: string;
  readonly value: unknown;
  /** The tree of jsonc-parser: `findNodeAtLocation` and `modify` take it from here. Undefined for an empty file. */
  readonly tree: Jsonc.Node | undefined;
  /** Whether it parsed without errors; a broken file has what could be made out. */
  readonly isValid: boolean;
  /** The first error, and where it is. */
  readonly problem?: JsonProblem;
}

export interface JsonProblem {
  /** Without a full stop. */
  readonly message: string;
  readonly offset: number;
}

const jsonc = lazy(() => requirePackage('jsonc-parser') as typeof Jsonc);

// Its `SyntaxKind` is a const enum, which isolated modules cannot read.
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const END_OF_FILE = 17;

/** Reads a JSON file; undefined when it can't be read. */
export function readJson(facts: Facts, path: string): JsonFile | undefined {
  return facts.memo('json', path, () => {
    const raw = facts.text(path);
    return raw === undefined ? undefined : parseJson(path, raw);
  });
}

/** Parses the text of a JSON file. Never throws. */
export function parseJson(path: string, textWithBOM: string): JsonFile {
  const text = withoutBOM(textWithBOM);
  // The parser recurses.
  if (isJsonTooDeep(text)) return { path, text, value: undefined, tree: undefined, isValid: false, problem: TOO_DEEP };
  const { getNodeValue, parseTree, printParseErrorCode } = jsonc();
  const errors: Jsonc.ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const value: unknown = tree ? getNodeValue(tree) : undefined;
  const [error] = errors;
  const problem = error && {
    message: `${wordsOf(printParseErrorCode(error.error))} in JSON`,
    offset: error.offset,
  };
  return { path, text, value, tree, isValid: !problem, ...(problem && { problem }) };
}

const TOO_DEEP: JsonProblem = { message: 'Nested too deeply', offset: 0 };

/** `CommaExpected`: `Comma expected`. */
function wordsOf(code: string): string {
  const words = code.replace(/(?<=[a-z])(?=[A-Z])/gu, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The value of a JSON text; undefined for what is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A JSON file's top-level object; empty when it is absent or something else. */
export function readJsonObject(facts: Facts, path: string): Readonly<Record<string, unknown>> {
  return recordOf(readJson(facts, path)?.value);
}

/** Whether a path holds a JSON object. */
export function hasJsonObject(facts: Facts, path: string): boolean {
  return isRecord(readJson(facts, path)?.value);
}

export interface JsonComment {
  readonly type: 'Block' | 'Line';
  /** What is between its delimiters. */
  readonly value: string;
  readonly range: [start: number, end: number];
}

/** The comments of a JSON text. */
export function commentsOfJson(text: string): JsonComment[] {
  const scanner = jsonc().createScanner(text);
  const comments: JsonComment[] = [];
  for (let token = scanner.scan(); token !== END_OF_FILE; token = scanner.scan()) {
    if (token !== LINE_COMMENT && token !== BLOCK_COMMENT) continue;
    const whole = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    const type = token === BLOCK_COMMENT ? 'Block' : 'Line';
    const end = type === 'Block' && whole.endsWith('*/') ? -2 : undefined;
    const range: [number, number] = [scanner.getTokenOffset(), scanner.getTokenOffset() + whole.length];
    comments.push({ type, value: whole.slice(2, end), range });
  }
  return comments;
}
