import { describe, expect, it } from 'vitest';
import { redacted } from '../../../analysis/texts/redact.ts';
import { TextPattern } from '../../../analysis/values/text-pattern.ts';
import type { Part } from '../../../analysis/values/values.ts';
import { parsed } from '../../helpers/parse.ts';

const file = parsed('a.ts', 'use(x)');
const from = { file, node: file.ast };

/** `https://{HOST}/callback`: text, and variables in braces. */
function pattern(text: string): TextPattern {
  const parts = text.split(/(?=\{)|(?<=\})/u).map((piece): Part => {
    const name = /^\{(?<name>\w+)\}$/u.exec(piece)?.groups?.['name'];
    return name === undefined ? { kind: 'known', text: piece } : { kind: 'env', name, presence: 'maybe', from };
  });
  return new TextPattern(parts);
}
const text = (one: TextPattern) => one.describe((hole) => (hole.kind === 'env' ? `{${hole.name}}` : '…'));

describe('a URL', () => {
  it.each([
    ['https://{HOST}/callback?x=1', ['https:', '{HOST}', '/callback?x=1']],
    ['https://shop-{BRANCH}-acme.vercel.app', ['https:', 'shop-{BRANCH}-acme.vercel.app', '']],
    ['http://localhost:{PORT}/a/{B}', ['http:', 'localhost:{PORT}', '/a/{B}']],
    ['{PROTO}://{HOST}', ['{PROTO}:', '{HOST}', '']],
    ['//host/path', ['', 'host', '/path']],
    ['https://{HOST}#top', ['https:', '{HOST}', '#top']],
  ])('%s', (url, expected) => {
    const { host, rest, scheme } = pattern(url).url() ?? {};
    expect([scheme, host, rest].map((part) => part && text(part))).toEqual(expected);
  });

  it.each(['/callback', '{BASE}/callback', 'callback', '/a//b', '{BASE}/x?to=https://y', 'a/{B}//c', ''])(
    'is none: %s',
    (url) => {
      expect(pattern(url).url()).toBeUndefined();
    },
  );
});

describe('a text with holes', () => {
  it('knows what is before the first and behind the last', () => {
    const one = pattern('a{B}c{D}e');
    expect([one.start, one.end, one.known, one.holes.length]).toEqual(['a', 'e', undefined, 2]);
    expect([pattern('abc').start, pattern('abc').end, pattern('abc').known]).toEqual(['abc', 'abc', 'abc']);
  });

  it('tells a hole that is all there is', () => {
    expect(pattern('{A}').onlyHole).toMatchObject({ name: 'A' });
    expect(pattern('{A}b').onlyHole).toBeUndefined();
    expect(pattern('a').onlyHole).toBeUndefined();
  });

  it('is empty without parts, and with empty ones', () => {
    expect(pattern('').isEmpty).toBe(true);
    expect(pattern('{A}').isEmpty).toBe(false);
  });

  it.each([
    ['/a/{B}/c{D}', ['', 'a', '{B}', 'c{D}']],
    ['{A}', ['{A}']],
    ['a//', ['a', '', '']],
    ['', ['']],
  ])('is split at a character: %s', (one, expected) => {
    expect(pattern(one).split('/').map(text)).toEqual(expected);
  });

  it('is cut before a character of known text', () => {
    expect(pattern('a{B}d/e').cutBefore('/')?.map(text)).toEqual(['a{B}d', '/e']);
    expect(pattern('a{B}c').cutBefore('/')).toBeUndefined();
  });

  it('loses characters at its start across pieces', () => {
    const pieces = new TextPattern([
      { kind: 'known', text: 'ab' },
      { kind: 'known', text: 'cd' },
    ]);
    expect(text(pieces.without(3))).toBe('d');
    expect(text(pattern('{A}bc').without(2))).toBe('{A}bc');
  });
});

describe('what a message shows', () => {
  it.each([
    ['https://me:PASSWORD@host/x', 'https://me:***@host/x'],
    ['https://host/x?api_key=abc&y=1', 'https://host/x?api_key=***&y=1'],
    ['/x?to=1&access_token=abc#y', '/x?to=1&access_token=***#y'],
    ['https://host/?key=sk_live_abc', 'https://host/?key=***'],
    ['https://host/sk_live_abc', 'https://host/***'],
    ['https://host:3000/a@b', 'https://host:3000/a@b'],
    ['https://host/callback?next=/home', 'https://host/callback?next=/home'],
  ])('%s', (given, shown) => {
    expect(redacted(given)).toBe(shown);
  });

  it('is short, and made in no time, however long the text is', () => {
    expect(redacted('//a'.repeat(1_000_000))).toHaveLength(201);
    expect(pattern('{A}x'.repeat(100_000)).describe()).toHaveLength(201);
  });
});
