import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type Edit, mergeEdits } from '../../../analysis/edits/edits.ts';
import { eslints } from '../../helpers/eslints.ts';
import { holds } from '../../helpers/properties.ts';

/** No word of JavaScript can be made of these. */
const letters = (constraints: fc.StringConstraints = {}) =>
  fc.string({ unit: fc.constantFrom('x', 'y', 'z'), maxLength: 4, ...constraints });

/** Text that stays, then text that is replaced, and so on: edits that do not overlap. */
const pieces = fc.array(fc.record({ kept: letters({ minLength: 1 }), old: letters(), by: letters() }), {
  minLength: 1,
  maxLength: 6,
});

function editsOf(parts: readonly { readonly kept: string; readonly old: string; readonly by: string }[]): Edit[] {
  let at = 0;
  return parts.map(({ by, kept, old }) => {
    const start = at + kept.length;
    at = start + old.length;
    return { range: [start, at], text: by };
  });
}

it('one edit made of several does what they do, in whatever order they are given', () => {
  holds(
    fc.property(pieces, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (parts, keys) => {
      const text = parts.map(({ kept, old }) => kept + old).join('');
      const edits = editsOf(parts);
      const shuffled = edits
        .map((edit, index) => ({ edit, key: keys[index] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ edit }) => edit);
      const merged = mergeEdits(shuffled, text);
      expect(merged).toEqual(mergeEdits(edits, text));
      const [start, end] = merged?.range ?? [0, 0];
      const expected = parts.map(({ by, kept }) => kept + by).join('');
      expect(text.slice(0, start) + (merged?.text ?? '') + text.slice(end)).toBe(expected);
    }),
  );
});

const TEXT = 'xyzxyzxyzxyz';
const edit = fc
  .tuple(fc.nat(TEXT.length), fc.nat(4), letters())
  .map(([start, length, text]): Edit => ({ range: [start, Math.min(TEXT.length, start + length)], text }));
const groups = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 5 });

describe.each(eslints)('edits that may overlap', ({ Linter, version }) => {
  it(`are applied as one pass of ${version} applies them`, () => {
    holds(
      fc.property(groups, (all) => {
        // ESLint throws for a fix whose parts overlap each other.
        const sound = all.filter((group) => mergeEdits(group, TEXT));
        expect(applyEdits(TEXT, sound).text).toBe(fixedBy(new Linter(), sound));
        expect(applyEdits(TEXT, all).text).toBe(applyEdits(TEXT, sound).text);
      }),
      100,
    );
  });
});

function fixedBy(linter: InstanceType<(typeof eslints)[0]['Linter']>, all: readonly (readonly Edit[])[]): string {
  let isFirst = true;
  const { output } = linter.verifyAndFix(TEXT, {
    plugins: {
      a: {
        rules: {
          a: {
            meta: { fixable: 'code' },
            create: (context) => ({
              Program(node) {
                const reported = isFirst ? all : [];
                isFirst = false;
                for (const group of reported)
                  context.report({
                    node,
                    message: 'a',
                    fix: (fixer) =>
                      group.map(({ range: [start, end], text }) => fixer.replaceTextRange([start, end], text)),
                  });
              },
            }),
          },
        },
      },
    },
    rules: { 'a/a': 'error' },
  });
  return output;
}
