import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextPattern } from '../../../analysis/values/text-pattern.ts';
import type { Part } from '../../../analysis/values/values.ts';
import { holds } from '../../helpers/properties.ts';
import { parsed } from '../../helpers/parse.ts';

const file = parsed('a.ts', 'use(x)');
const from = { file, node: file.ast };

const part = fc.oneof(
  fc
    .string({ unit: fc.constantFrom('/', ':', '?', '#', 'a', '😀'), maxLength: 4 })
    .map((text): Part => ({ kind: 'known', text })),
  fc.constantFrom('A', 'B').map((name): Part => ({ kind: 'env', name, presence: 'maybe', from })),
);
const pattern = fc.array(part, { maxLength: 6 }).map((parts) => new TextPattern(parts));

/** Text, with holes in braces. */
const text = ({ parts }: TextPattern): string =>
  parts.map((one) => (one.kind === 'known' ? one.text : one.kind === 'env' ? `{${one.name}}` : '{}')).join('');

it('a cut loses nothing, and comes before the first of the characters', () => {
  holds(
    fc.property(pattern, (one) => {
      const [before, behind] = one.cutBefore('/?') ?? [one, undefined];
      expect(text(before)).not.toMatch(/[/?]/u);
      expect(text(before) + (behind ? text(behind) : '')).toBe(text(one));
      if (behind) expect(behind.start).toMatch(/^[/?]/u);
    }),
  );
});

it('a text begins and ends with what is known, and is known where it has no hole', () => {
  holds(
    fc.property(pattern, (one) => {
      expect(text(one).startsWith(one.start)).toBe(true);
      expect(text(one).endsWith(one.end)).toBe(true);
      expect(one.known).toBe(text(one).includes('{') ? undefined : text(one));
      expect(one.isEmpty).toBe(text(one) === '');
    }),
  );
});

it('what is taken from the start is known text, and no more than there is', () => {
  holds(
    fc.property(pattern, fc.nat(8), (one, length) => {
      expect(text(one.without(length))).toBe(text(one).slice(Math.min(length, one.start.length)));
    }),
  );
});

it('a URL is its scheme, its host and the rest', () => {
  holds(
    fc.property(pattern, (one) => {
      const url = one.url();
      if (!url) return;
      expect(`${text(url.scheme)}//${text(url.host)}${text(url.rest)}`).toBe(text(one));
      expect(text(url.scheme) + text(url.host)).not.toMatch(/[/?#]/u);
    }),
  );
});
