/** Changes of a text: of its nodes where it parses, of its lines and characters in any case. */
import { type Node, walk } from '../../../analysis/syntax/ast.ts';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Random } from '../../helpers/random.ts';
import { FORMS, LINES } from './forms.ts';
import { BLANKS, NAMES, STATEMENTS, TEXTS, WRAPPERS } from './oddities.ts';

/** A text as a mutation sees it. The lists are of nodes in source order. */
interface Subject extends Mutated {
  /** Lists of statements that are side by side. */
  readonly lists: readonly (readonly Node[])[];
  readonly expressions: readonly Node[];
  readonly all: readonly Node[];
}

type Mutation = (subject: Subject, random: Random) => string;

const EXPRESSIONS = new Set([
  'ArrowFunctionExpression',
  'AwaitExpression',
  'CallExpression',
  'ConditionalExpression',
  'Identifier',
  'JSXElement',
  'Literal',
  'LogicalExpression',
  'MemberExpression',
  'NewExpression',
  'ObjectExpression',
  'TemplateLiteral',
]);

const spliced = (text: string, [start, end]: readonly [number, number], by: string): string =>
  text.slice(0, start) + by + text.slice(end);
const sourceOf = ({ text }: Subject, { range }: Node): string => text.slice(...range);

const pickStatement = ({ lists }: Subject, random: Random): Node => random.pick(random.pick(lists));

const OF_NODES: readonly Mutation[] = [
  (subject, random) => spliced(subject.text, pickStatement(subject, random).range, ''),
  (subject, random) => {
    const one = pickStatement(subject, random);
    return spliced(subject.text, [one.range[1], one.range[1]], `\n${sourceOf(subject, one)}`);
  },
  (subject, random) => {
    const list = random.pick(subject.lists);
    const [first, second] = [random.pick(list), random.pick(list)].sort((a, b) => a.range[0] - b.range[0]);
    if (!first || !second || first === second) return subject.text;
    const behind = spliced(subject.text, second.range, sourceOf(subject, first));
    return spliced(behind, first.range, sourceOf(subject, second));
  },
  (subject, random) => {
    const at = pickStatement(subject, random).range[random.pick([0, 1] as const)];
    return spliced(subject.text, [at, at], `\n${random.pick(random.chance(0.5) ? STATEMENTS : LINES)}\n`);
  },
  (subject, random) => spliced(subject.text, random.pick(subject.expressions).range, random.pick(FORMS)),
  (subject, random) => {
    const one = pickStatement(subject, random);
    const [before, behind] = random.pick([
      ['{', '}'],
      ['if (odd) ', ''],
      ['try {', '} catch (error) {}'],
      ['for (const odd of []) {', '}'],
      ['(async () => {', '})();'],
      ['{'.repeat(200), '}'.repeat(200)],
    ] as const);
    return spliced(subject.text, one.range, `${before}${sourceOf(subject, one)}${behind}`);
  },
  (subject, random) => {
    const one = random.pick(subject.expressions);
    const wrapper = random.pick(WRAPPERS);
    return spliced(
      subject.text,
      one.range,
      wrapper.replaceAll('§', () => sourceOf(subject, one)),
    );
  },
  (subject, random) => {
    const one = random.pick(subject.expressions);
    const depth = random.pick([30, 200, 900]);
    const [before, behind] = random.pick([
      ['(', ')'],
      ['[', ']'],
      ['!', ''],
      ['f(', ')'],
      ['() => ', ''],
    ] as const);
    return spliced(subject.text, one.range, before.repeat(depth) + sourceOf(subject, one) + behind.repeat(depth));
  },
  (subject, random) =>
    spliced(subject.text, random.pick(subject.expressions).range, sourceOf(subject, random.pick(subject.expressions))),
  (subject, random) => {
    const names = subject.all.filter(({ type }) => type === 'Identifier');
    const name = sourceOf(subject, random.pick(names));
    const by = random.chance(0.5) ? random.pick(NAMES) : sourceOf(subject, random.pick(names));
    return names
      .filter((node) => sourceOf(subject, node) === name)
      .reduceRight((text, { range }) => spliced(text, range, by), subject.text);
  },
  (subject, random) => {
    const texts = subject.all.filter((node) => node.type === 'Literal' && typeof node.value === 'string');
    return spliced(subject.text, random.pick(texts).range, `'${random.pick(TEXTS)}'`);
  },
  (subject, random) => {
    const at = random.pick(subject.all).range[random.pick([0, 1] as const)];
    return spliced(subject.text, [at, at], random.pick(BLANKS));
  },
];

const CHARACTERS = '( ) { } [ ] < > " \' ` ; , . = ? ! & | / \\ \0'.split(' ');

const pickPlace = (text: string, random: Random): number => random.below(text.length + 1);

const OF_TEXT: readonly Mutation[] = [
  ({ text }) => text.replace(/\r?\n/gu, '\r\n'),
  ({ text }) => `\uFEFF${text}`,
  ({ text }) => text.replace(/^(?: {2})+/gmu, (spaces) => '\t'.repeat(spaces.length / 2)),
  ({ text }) => text.replaceAll(/\n\s*/gu, ' '),
  ({ text }) => text.replaceAll(/;$/gmu, ''),
  ({ text }, random) => {
    const lines = text.split('\n');
    lines.splice(random.below(lines.length), random.below(3) + 1);
    return lines.join('\n');
  },
  ({ text }, random) => {
    const lines = text.split('\n');
    lines.splice(random.below(lines.length), 0, random.pick(lines));
    return lines.join('\n');
  },
  ({ text }, random) => {
    const at = pickPlace(text, random);
    return spliced(text, [at, Math.min(text.length, at + random.below(4))], '');
  },
  ({ text }, random) => {
    const at = pickPlace(text, random);
    return spliced(text, [at, at], random.pick([...CHARACTERS, '\uDC00', '=>', '...', '*/', '/*', '${']));
  },
];

export interface Mutated {
  readonly text: string;
  readonly isParsed: boolean;
}

export type Mutator = (path: string, text: string, random: Random) => Mutated;

/** A text after some mutations: one to four, most of which leave it parsing. What is made of a seed's own text is made once. */
export function createMutator(): Mutator {
  const originals = new Map<string, Subject>();
  const original = (path: string, text: string): Subject => {
    const known = originals.get(path);
    if (known?.text === text) return known;
    const subject = subjectOf(path, text);
    originals.set(path, subject);
    return subject;
  };
  return (path, given, random) => {
    let subject = original(path, given);
    for (let left = random.below(4) + 1; left > 0; left -= 1) {
      const next = subjectOf(path, mutatedOnce(subject, random));
      // What broke the text is kept once in a while only: little is asked of a text that does not parse.
      if (random.chance(0.1) || next.isParsed) subject = next;
    }
    return subject;
  };
}

function mutatedOnce(subject: Subject, random: Random): string {
  const hasNodes = subject.lists.length > 0 && subject.expressions.length > 0;
  const mutation = random.pick(hasNodes && random.chance(0.8) ? OF_NODES : OF_TEXT);
  try {
    return mutation(subject, random);
  } catch (error) {
    // There was nothing to pick from.
    if (error instanceof RangeError) return subject.text;
    throw error;
  }
}

function subjectOf(path: string, text: string): Subject {
  const lists: (readonly Node[])[] = [];
  const expressions: Node[] = [];
  const all: Node[] = [];
  const result = parseSourceFile(path, text);
  if (!result.ok) return { text, isParsed: false, lists, expressions, all };
  walk(result.file.ast, (node) => {
    all.push(node);
    if (EXPRESSIONS.has(node.type)) expressions.push(node);
    if ((node.type === 'Program' || node.type === 'BlockStatement') && node.body.length > 0) lists.push(node.body);
  });
  // Ranges are those of the text without its mark.
  return { text: result.file.text, isParsed: true, lists, expressions, all };
}
