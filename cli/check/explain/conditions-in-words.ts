/** Conditions as the code has them, for a person. */
import type { Ref } from '../../../analysis/flow/calls/call-contexts.ts';
import type { Atom, Condition } from '../../../analysis/flow/conditions.ts';
import { positionAt, type SourceFile } from '../../../analysis/syntax/source-file.ts';
import { redacted } from '../../../analysis/texts/redact.ts';
import type { Project } from '../../../project/project.ts';

/** A test in the code: that an expression is true, or nullish, or equal to another one, or the value of a `case`. */
export interface CodeTest extends Atom {
  readonly kind: 'case' | 'equal' | 'nullish' | 'true';
  readonly ref: Ref;
  readonly other?: Ref;
}

/** A longer condition is no explanation, and one that shares its parts with itself could be endless as a text. */
const MAX_LENGTH = 300;
const MAX_PARTS = 60;

/** The condition in words, with its places; undefined where it always holds, or is too long to be read. */
export function wordsOf(condition: Condition<CodeTest>, file: SourceFile, project: Project): string | undefined {
  if (condition.kind === 'known') return condition.value ? undefined : 'never';
  const context = { file, project, left: MAX_PARTS };
  const text = textOf(condition, true, context);
  return context.left < 0 || text.length > MAX_LENGTH ? undefined : text;
}

interface Context {
  readonly file: SourceFile;
  readonly project: Project;
  /** How many parts may still be said. */
  left: number;
}

function textOf(condition: Condition<CodeTest>, isTrue: boolean, context: Context): string {
  context.left -= 1;
  if (context.left < 0) return '';
  const inner = (one: Condition<CodeTest>, holds = isTrue) => {
    const text = textOf(one, holds, context);
    return one.kind === 'and' || one.kind === 'or' || one.kind === 'if' ? `(${text})` : text;
  };
  switch (condition.kind) {
    case 'known':
      return String(condition.value === isTrue);
    case 'not':
      return textOf(condition.of, !isTrue, context);
    case 'and':
    case 'or': {
      const word = (condition.kind === 'and') === isTrue ? ' and ' : ' or ';
      return [...new Set(condition.of.map((one) => inner(one)))].join(word);
    }
    case 'if':
      return `${inner(condition.test, true)} ? ${inner(condition.then)} : ${inner(condition.otherwise)}`;
    case 'atom':
      return `${testText(condition.atom, isTrue)}${placeOf(condition.atom, context)}`;
  }
}

const OPPOSITES: readonly (readonly [string, string])[] = [
  ['===', '!=='],
  ['==', '!='],
];

function testText({ kind, other, ref }: CodeTest, isTrue: boolean): string {
  const text = codeOf(ref);
  if (kind === 'nullish') return `${grouped(text)} ${isTrue ? 'is not set' : 'is set'}`;
  if (kind === 'equal' || kind === 'case') {
    const value = other ? codeOf(other) : 'the case';
    return kind === 'case' ? `${isTrue ? '' : 'not '}${text}` : `${text} ${isTrue ? '===' : '!=='} ${value}`;
  }
  if (isTrue) return text;
  const { node } = ref;
  if (node.type === 'BinaryExpression') {
    const [one, opposite] = OPPOSITES.find((pair) => pair.includes(node.operator)) ?? [];
    if (one !== undefined && opposite !== undefined) {
      const [left, right] = [node.left, node.right].map((side) => codeOf({ ...ref, node: side }));
      return `${left ?? ''} ${node.operator === one ? opposite : one} ${right ?? ''}`;
    }
  }
  return `!${grouped(text)}`;
}

/** What is more than a name or a call, in parentheses. */
const grouped = (text: string): string => (/^[\w.$?]+(?:\(.*\))?$/u.test(text) ? text : `(${text})`);

/** In another file than the one that is explained, a test needs its place to be found. */
function placeOf({ ref }: CodeTest, { file, project }: Context): string {
  const { line } = positionAt(ref.file.text, ref.node.range[0]);
  const where = ref.file === file ? `line ${String(line)}` : `${project.display(ref.file.path)}:${String(line)}`;
  return ` (${where})`;
}

const memberText = (name: string): string => (/^\d+$/u.test(name) ? `[${name}]` : `.${name}`);

/** An expression on one line, without secrets. */
export function codeOf({ file, node, path }: Ref): string {
  const members = path.map((step) => (typeof step === 'string' ? memberText(step) : '')).join('');
  return redacted(`${file.text.slice(...node.range).replaceAll(/\s+/gu, ' ')}${members}`);
}
