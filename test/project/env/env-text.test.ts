import { parse as dotenv } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { readEnvText } from '../../../project/env/env-text.ts';
import { createRandom } from '../../helpers/random.ts';

const read = (text: string) => Object.fromEntries(readEnvText(text).entries.map(({ name, value }) => [name, value]));

describe('the entries of an env file', () => {
  it.each([
    'A=b',
    'A = b c  # comment',
    'export A=b',
    'A="b # c"  # d',
    "A='b\\nc'",
    'A="b\\nc"',
    'A=`b "c"`',
    'A="b\nc"\nD=e',
    'A=\nB=c',
    'A: b',
    'A="unclosed\nB=c',
    '# A=b\r\nB=c\r\n\r\nD=e',
    'A=b=c',
    'A="say \\"hi\\""',
    'no assignment\nA.b-c=d',
    'A=b\nA=c',
    '  A=b',
    'A=\'b\'\nB="c"#d',
    'A="b" c',
    'A="b\\"',
    'A="b\r\nc"',
    'A="b\nC="d',
  ])('of %j are those that dotenv reads', (text) => {
    expect(read(text)).toEqual(dotenv(text));
  });

  it('have the ranges of their names and values', () => {
    const text = '# one\nexport NAME = "a b" # two\n';
    const { comments, entries } = readEnvText(text);
    const [entry] = entries;
    expect(text.slice(...(entry?.nameRange ?? [0, 0]))).toBe('NAME');
    expect(text.slice(...(entry?.valueRange ?? [0, 0]))).toBe('"a b"');
    expect(comments.map(({ range }) => text.slice(...range))).toEqual(['# one', '# two']);
  });

  it('are those that dotenv reads, whatever the text', () => {
    const random = createRandom(20_261_129);
    const pieces = [
      'A',
      'B-C',
      'D.E',
      '=',
      '=',
      ' ',
      '\n',
      '\n',
      '\r\n',
      '"',
      "'",
      '`',
      '\\',
      '#',
      ' # ',
      '$A',
      'x',
      ':',
      ': ',
      'export ',
    ];
    const texts = Array.from({ length: 20_000 }, () =>
      Array.from({ length: 1 + random.below(14) }, () => random.pick(pieces)).join(''),
    )
      // dotenv also looks for `=` and for quotes on the next line, where no one writes them.
      .filter((text) => !/[\w.-](?:\s*[\n\r]\s*=|:\s*[\n\r])|export\s*[\n\r]|[=:]\s*[\n\r]\s*["'`]/u.test(text));
    expect(texts.length).toBeGreaterThan(10_000);
    for (const text of texts) expect([text, read(text)]).toEqual([text, dotenv(text)]);
  });

  it('have line numbers, whichever way lines end', () => {
    const lines = (text: string) => readEnvText(text).entries.map(({ line, name }) => `${name} ${String(line)}`);
    expect(lines('\nA=1\r\n\r\nB="x\ny"\rC=2\n#\nD=3')).toEqual(['A 2', 'B 4', 'C 6', 'D 8']);
  });

  it('of a file of a megabyte are read in one pass', () => {
    const many = Array.from({ length: 16_000 }, (_, index) => `NAME_${String(index)}="value ${String(index)}" # note`);
    const entries = readEnvText(many.join('\n')).entries;
    expect(entries.at(-1)).toMatchObject({ name: 'NAME_15999', value: 'value 15999', line: 16_000 });
    for (const text of ["'", "A='\\", 'A=" ', 'A ', 'export  ', '# ', 'A=$B${C}']) {
      expect(readEnvText(text.repeat(300_000)).entries.length).toBeLessThan(2);
    }
    expect(readEnvText('A="\n'.repeat(100_000)).entries).toHaveLength(50_000);
  });
});
