import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSameSyntax } from '../../../analysis/syntax/same-syntax.ts';
import { holds } from '../../helpers/properties.ts';
import { parsed } from '../../helpers/parse.ts';

/** Code as pieces: a null is a place for white space, a list is code in its own right, which may be in parentheses. */
type Code = readonly (string | null | Code)[];

const { code } = fc.letrec<{ code: Code }>((tie) => ({
  code: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('a', 'b', '1', "'a  b'", '`a\n b`', '/a/u', 'null').map((text): Code => [text]),
    fc.tuple(tie('code'), tie('code')).map(([one, other]): Code => ['f(', null, one, ',', null, other, null, ')']),
    fc.tuple(tie('code'), tie('code')).map(([one, other]): Code => ['[', null, one, null, ',', other, null, ']']),
    tie('code').map((one): Code => ['({', null, 'a:', one, null, '})']),
    tie('code').map((one): Code => ['(', 'x', ')', ' =>', ' ', one]),
    tie('code').map((one): Code => ['<b c={', one, '}>', 'd {', one, '}</b>']),
  ),
}));

function print(part: Code[number], choices: Iterator<number>): string {
  const choice = choices.next().value as number;
  if (part === null) return ['', ' ', '\n', ' /* a */ ', '\r\n\t', ' // a\n'][choice % 6] ?? '';
  if (typeof part === 'string') return part;
  const text = part.map((one) => print(one, choices)).join('');
  return choice % 3 === 0 ? `(${text})` : text;
}

const programOf = (text: string) => parsed('/app/a.tsx', `x = ${text};`).ast;
const choices = fc.infiniteStream(fc.nat(1000));

it('code is the same however it is spaced, commented and put into parentheses', () => {
  holds(
    fc.property(code, choices, choices, (one, first, second) => {
      expect(isSameSyntax(programOf(print(one, first)), programOf(print(one, second)))).toBe(true);
    }),
  );
});

it('code is another one where its pieces are', () => {
  const plainly = (one: Code) => print(one, { next: () => ({ value: 0 }) });
  holds(
    fc.property(code, code, (one, other) => {
      const [first, second] = [plainly(one), plainly(other)];
      expect(isSameSyntax(programOf(first), programOf(second))).toBe(first === second);
    }),
  );
});
