import { describe, expect, it } from 'vitest';
import { fitted, tableRow, wrap } from '../../cli/output/wrap.ts';

describe('wrap', () => {
  it('breaks between words', () => {
    expect(wrap('one two three four five', 16)).toEqual(['one two three', 'four five']);
  });

  it('keeps the two spaces before the name of a rule on the same line', () => {
    expect(wrap('Remove this call  authkit/x', 40)).toEqual(['Remove this call  authkit/x']);
  });

  it('begins a line with a word, however many spaces are before it', () => {
    expect(wrap('Remove this call  authkit/valid-proxy', 18)).toEqual(['Remove this call', 'authkit/valid-proxy']);
  });

  it('leaves a word that is too wide whole', () => {
    expect(wrap('at /a/very/long/path/name.ts now', 16)).toEqual(['at', '/a/very/long/path/name.ts', 'now']);
  });
});

describe('a row of a table', () => {
  it('goes on below its right side, in a table of three columns too', () => {
    expect(tableRow('  name  safe, review  ', 'one two three four five six seven eight', 60)).toBe(
      '  name  safe, review  one two three four five six seven\n                      eight',
    );
  });

  it('puts its right side below the left one where that is too wide', () => {
    expect(tableRow('  a-name-of-some-length  review        ', 'one two three four five six seven eight', 40)).toBe(
      '  a-name-of-some-length  review\n      one two three four five six seven\n      eight',
    );
  });

  it('stays whole where nothing is known of a width', () => {
    expect(tableRow('  name  safe  ', 'one two', undefined)).toBe('  name  safe  one two');
    expect(fitted('  name  one two', undefined)).toBe('  name  one two');
  });
});
