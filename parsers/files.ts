/**
 * A parser for files that are no scripts: `convex.json` and env files become a program without statements, so that they are JavaScript to
 * ESLint and to every rule that comes along, and there is nothing in them to look at. Our own rules read the text.
 *
 * ESLint has languages of their own for this, but a config object without `files`, which is what most presets are, then runs its rules
 * for JavaScript on a source code that has no tokens, comments or scopes, and they end the run (eslint/json#56, eslint/markdown#299).
 */
import { basename } from 'node:path';
import type { Linter } from 'eslint';
import { readEnvText } from '../project/env/env-text.ts';
import { commentsOfJson, type JsonComment } from '../project/json.ts';
import { locationsIn } from './locations.ts';
import { servicesOfNothing } from './services.ts';

/** What ESLint calls with a text without a byte order mark, and the options of the config. Never throws. */
export function parseFile(text: string, { filePath = '' }: { filePath?: string } = {}): Linter.ESLintParseResult {
  const at = locationsIn(text);
  const loc = ([start, end]: readonly [number, number]) => ({ start: at(start), end: at(end) });
  const range: [number, number] = [0, text.length];
  const comments = directivesIn(text, basename(filePath)).map((comment) => ({ ...comment, loc: loc(comment.range) }));
  const program = { type: 'Program', sourceType: 'module', body: [], tokens: [], comments, range, loc: loc(range) };
  return {
    ast: program as unknown as Linter.ESLintParseResult['ast'],
    visitorKeys: { Program: [] },
    services: servicesOfNothing(),
  };
}

const DISABLES = /^\s*eslint-(?:disable|enable)(?<line>-line|-next-line)?(?=\s|$)/u;

// Of other comments nothing is shown: rules about comments are rules about code.
function directivesIn(text: string, name: string): JsonComment[] {
  if (!text.includes('eslint-')) return [];
  const comments = name.endsWith('.json') ? commentsOfJson(text) : commentsOfEnv(text);
  return comments.filter(({ value }) => DISABLES.test(value));
}

function commentsOfEnv(text: string): JsonComment[] {
  return readEnvText(text).comments.map(({ range: [start, end], text: value }) => ({
    // An env file has one kind of comment; ESLint takes those for more than a line in block comments alone.
    type: DISABLES.exec(value)?.groups?.['line'] === undefined ? 'Block' : 'Line',
    value,
    range: [start, end],
  }));
}
