import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEnvText } from '../../../project/env/env-text.ts';
import { holds } from '../../helpers/properties.ts';

const piece = fc.oneof(
  fc.constantFrom(
    '=',
    '\n',
    '\r\n',
    '\r',
    '"',
    "'",
    '`',
    '\\',
    '#',
    ': ',
    'export ',
    'export e=',
    'e',
    'A',
    ' ',
    '\t',
    '\u2028',
  ),
  fc.string({ maxLength: 3, unit: 'binary' }),
);
const envText = fc.array(piece, { maxLength: 25 }).map((parts) => parts.join(''));

it('names, values and comments of an env file are where they are said to be', () => {
  holds(
    fc.property(envText, (text) => {
      const { comments, entries } = readEnvText(text);
      for (const { line, name, nameRange, value, valueRange } of entries) {
        expect(text.slice(...nameRange)).toBe(name);
        expect(text.slice(nameRange[1])).toMatch(/^[\t ]*[:=]/u);
        expect(text.slice(0, nameRange[0]).split(/\r\n?|\n/u)).toHaveLength(line);
        const written = text.slice(...valueRange);
        expect(written).toBe(written.trimEnd());
        if (/^[^"'`]/u.test(written)) expect(value).toBe(written.replaceAll(/\r\n?/gu, '\n'));
      }
      for (const comment of comments) expect(text.slice(...comment.range)).toBe(`#${comment.text}`);
    }),
    1000,
  );
});

it('nothing that is read of an env file overlaps, and entries are in their order', () => {
  holds(
    fc.property(envText, (text) => {
      const { comments, entries } = readEnvText(text);
      const ranges = [
        ...entries.flatMap(({ nameRange, valueRange }) => [nameRange, valueRange]),
        ...comments.map(({ range }) => range),
      ].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      for (const [index, range] of ranges.entries())
        expect(range[0]).toBeGreaterThanOrEqual(ranges[index - 1]?.[1] ?? 0);
      expect(entries).toEqual(entries.toSorted((a, b) => a.nameRange[0] - b.nameRange[0]));
    }),
    1000,
  );
});
