/**
 * Where comments turn a rule off, read as ESLint reads them: what a person has disabled, `eslint --fix` does not touch,
 * and neither does a codemod. Parsed by the package that ESLint itself parses them with; placed as in ESLint's
 * `lib/linter/apply-disable-directives.js`.
 */
import { lazy, requirePackage } from '../lazy.ts';
import type { Range } from './ast.ts';
import { positionAt } from './source-file.ts';

export interface Comment {
  readonly type: 'Block' | 'Line';
  /** What is between its delimiters. */
  readonly value: string;
  readonly range: Range;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** From its place on, a rule is off or on again. */
interface Switch extends Place {
  readonly isOff: boolean;
}

interface Switches {
  /** Of `eslint-disable` and `eslint-enable`. */
  readonly blocks: Switch[];
  /** Of `eslint-disable-line` and `-next-line`: an `eslint-enable` does not end them. */
  readonly lines: Switch[];
}

// Loads with the first file that needs it.
const pluginKit = lazy(() => requirePackage('@eslint/plugin-kit') as typeof import('@eslint/plugin-kit'));

/**
 * Makes the question whether the rule `ruleId` (with its prefix) is turned off at an offset of a text.
 * `comments` is asked only when the text names ESLint. A comment that ESLint does not understand turns nothing off.
 */
export function disabledIn(
  text: string,
  ruleId: string,
  comments: () => readonly Comment[],
): (offset: number) => boolean {
  if (!text.includes('eslint')) return () => false;
  const all = comments().filter(({ value }) => value.includes('eslint'));
  if (all.length === 0) return () => false;
  const { ConfigCommentParser } = pluginKit();
  const parser = new ConfigCommentParser();
  const switches: Switches = { blocks: [], lines: [] };
  let severity: unknown;
  for (const comment of all) {
    const directive = parser.parseDirective(comment.value);
    if (!directive) continue;
    if (directive.label === 'eslint') {
      // ESLint takes the first configuration of a rule, and complains of another.
      if (comment.type === 'Block') severity ??= severityIn(parser.parseJSONLikeConfig(directive.value), ruleId);
      continue;
    }
    const names = Object.keys(parser.parseListConfig(directive.value));
    if (names.length === 0 || names.includes(ruleId)) addSwitches(switches, directive.label, comment, text);
  }
  if (severity === 0 || severity === 'off') return () => true;
  const { blocks, lines } = switches;
  if (blocks.length === 0 && lines.length === 0) return () => false;
  blocks.sort(compare);
  lines.sort(compare);
  return (offset) => {
    const place = positionAt(text, offset);
    return isOffAt(blocks, place) || isOffAt(lines, place);
  };
}

type ConfigComment = { readonly ok: true; readonly config: object } | { readonly ok: false };

/** What a comment like `eslint authkit/name: off` sets a rule to; undefined when it does not name the rule. */
function severityIn(parsed: ConfigComment, ruleId: string): unknown {
  const entry = parsed.ok ? (parsed.config as Record<string, unknown>)[ruleId] : undefined;
  return Array.isArray(entry) ? (entry as readonly unknown[])[0] : entry;
}

function addSwitches({ blocks, lines }: Switches, label: string, { range, type }: Comment, text: string): void {
  const start = positionAt(text, range[0]);
  const end = positionAt(text, range[1]);
  const offOn = (line: number) =>
    lines.push({ line, column: 1, isOff: true }, { line: line + 1, column: 0, isOff: false });
  if (label === 'eslint-disable-next-line') offOn(end.line + 1);
  else if (label === 'eslint-disable-line' && start.line === end.line) offOn(start.line);
  // ESLint takes these in block comments alone.
  else if (type === 'Block' && label === 'eslint-disable') blocks.push({ ...start, isOff: true });
  else if (type === 'Block' && label === 'eslint-enable') blocks.push({ ...start, isOff: false });
}

const compare = (a: Place, b: Place): number => a.line - b.line || a.column - b.column;

function isOffAt(sorted: readonly Switch[], place: Place): boolean {
  return sorted.findLast((one) => compare(one, place) <= 0)?.isOff ?? false;
}
