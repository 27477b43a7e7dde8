import js from '@eslint/js';
import { parse } from '@typescript-eslint/parser';
import { describe, expect, it } from 'vitest';
import plugin from '../../index.ts';
import { parseScript } from '../../parsers/scripts.ts';
import { eslints } from '../helpers/eslints.ts';

interface Placed {
  readonly type: string;
  readonly value: string;
  readonly range: readonly [number, number];
  readonly loc: unknown;
}

const tokensOf = (tokens: readonly Placed[] | undefined) =>
  (tokens ?? []).map(({ loc, range, type, value }) => ({ type, value, range, loc }));

describe('tokens and comments are those of typescript-eslint', () => {
  it.each([
    [
      'operators and type arguments that begin alike',
      'f<Array<Array<string>>>(a >> 2, b >>> 3, c >= 1, d < e); let g: A<B<C>>= 3; h <<= 1;',
    ],
    ['a comment before an operator', 'const a = (b /* > */ as C<D>) /* >> */ > d;'],
    ['division and regular expressions', 'const a = b / c / d; const e = /[/]>/gu; f(1) / 2;'],
    ['templates, in types too', 'const a = `x${`y${b}`}z`; type C = `d${E}f`;'],
    ['numbers that begin with a dot', 'const a = b?.5:1; const c = d?.[0] ?? 1n;'],
    [
      'words that are keywords here and names there',
      'a.new = { class: 1, extends: 2 }; type A = null; import.meta.url; const of = async () => { await b; };',
    ],
    [
      'private names and decorators',
      '@dec() class A { #b = this.#b; static get c() { return 1; } declare d: string; }',
    ],
    ['strings and names with escapes', String.raw`const \u0061b = 'it\'s', c = "\n";`],
    ['no text at all', ''],
    ['CRLF and a shebang', '#!/usr/bin/env node\r\n// a\r\nconst b = 1; /* c\r\nd */\r\n'],
  ])('%s', (_name, text) => {
    const ours = parseScript(text, { filePath: 'a.ts' }).ast as unknown as { tokens: Placed[]; comments: Placed[] };
    const theirs = parse(text, { filePath: 'a.ts', sourceType: 'module' }) as unknown as typeof ours;
    expect(tokensOf(ours.tokens)).toEqual(tokensOf(theirs.tokens));
    expect(tokensOf(ours.comments)).toEqual(tokensOf(theirs.comments));
  });

  it('JSX', () => {
    const text = "const a = <A b='x' c-d={1}>t {/* c */} <B.C />{' '}&amp;</A>;";
    const ours = parseScript(text, { filePath: 'a.tsx' }).ast as unknown as { tokens: Placed[] };
    const theirs = parse(text, {
      filePath: 'a.tsx',
      ecmaFeatures: { jsx: true },
      sourceType: 'module',
    }) as unknown as typeof ours;
    expect(tokensOf(ours.tokens)).toEqual(tokensOf(theirs.tokens));
  });
});

describe.each(eslints)('configs.standalone in $version', ({ Linter }) => {
  const lint = (text: string, filename: string) =>
    new Linter()
      .verify(text, [{ files: ['**/*.{ts,tsx}'], ...js.configs.recommended }, ...plugin.configs.standalone], {
        filename,
      })
      .map(({ line, message, ruleId }) => `${String(line)} ${ruleId ?? message}`);

  it('has rules of others see variables, types and JSX as they are', () => {
    const text =
      "import React from 'react';\nimport { type A, b } from './b';\n\nexport const C = (props: A & Partial<D>) => <b.E {...props} />;\n";
    expect(lint(text, 'components/c.tsx')).toEqual([]);
    expect(lint("import { a } from './a';\nexport const b = c;\n", 'b.ts')).toEqual(['1 no-unused-vars', '2 no-undef']);
  });

  it('listens to comments', () => {
    expect(lint('// eslint-disable-next-line no-undef\nexport const a: string = b;\n', 'a.ts')).toEqual([]);
  });

  it('says where a text cannot be parsed', () => {
    expect(lint('export const a = 1;\nconst = 2;\n', 'a.ts')).toMatchObject([
      expect.stringMatching(/^2 Parsing error/u),
    ]);
  });
});

it('gives a place to what fails otherwise, such as a parser that is not installed', () => {
  expect(() => parseScript(null as unknown as string)).toThrow(
    expect.objectContaining({ lineNumber: 1, column: 1 }) as Error,
  );
});
