import { describe, expect, it } from 'vitest';
import { MAX_STEPS_TO_TRY, stepsToTry } from '../../../analysis/values/builtins/patterns.ts';
import { evaluated } from '../support.ts';

const isTried = ({ flags, source }: Pick<RegExp, 'flags' | 'source'>, length = 30): boolean =>
  stepsToTry(source, flags, length) <= MAX_STEPS_TO_TRY;

describe('patterns of the linted code', () => {
  it.each([
    /^\/(?:sign|log)[-_]?(?:out|off)$/u,
    /\/+$/u,
    /^\/(?:en|nl)?\/logout/u,
    /[()*+]{2}/u,
    /\d{4}-\d{2}/u,
    /(?<last>[^/]*)$/u,
  ])('tries %s, whose work is bounded', (pattern) => {
    expect(isTried(pattern)).toBe(true);
  });

  it.each([
    ['a choice in a repeated group', /(a|a)*c/u],
    ['a repetition in a repeated group', /^((a+))+$/u],
    ['a group that is repeated a number of times', /(?:a|a){20}b/u],
    ['a lazy repetition of a group', /(a*)*?b/u],
    [
      'many choices behind each other',
      /(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b/u,
    ],
    ['many repetitions behind each other', /a*a*a*a*a*b/u],
    ['many optional characters', /a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?b/u],
    ['a reference back', /(a*)\1b/u],
    ['a class that holds strings', { source: String.raw`[\q{abc|a}--a]`, flags: 'v' }],
  ])('never tries one with %s', (_, pattern) => {
    expect(isTried(pattern)).toBe(false);
  });

  it('tries a pattern on a short text that it would not try on a long one', () => {
    expect(isTried(/a*a*b/u, 20)).toBe(true);
    expect(isTried(/a*a*b/u, 2_000)).toBe(false);
  });

  it('says nothing of a test with a pattern that it does not try', () => {
    expect(evaluated(`use(/(a|a)*c/.test('${'a'.repeat(60)}'))`)).toEqual(['unknown']);
    expect(evaluated("use(/^\\/sign-?out$/i.test('/signout'))")).toEqual(['true']);
  });
});

describe('what grows without a bound', () => {
  it('gives up a text that each call makes longer', () => {
    const grow = ".replaceAll('x', 'xxxxxxxxxx')".repeat(12);
    expect(evaluated(`use('x'${grow})`)).toEqual(['unknown']);
    expect(evaluated(`use('x'.replaceAll('x', 'xx').replaceAll('x', 'y'))`)).toEqual(['yy']);
  });

  it('gives up a pattern that writes a long text in many places', () => {
    expect(evaluated(`const a = '${'x'.repeat(2_000)}'; use(a.replace(/x/g, a))`)).toEqual(['unknown']);
  });

  it('gives up a list that doubles itself', () => {
    const steps = Array.from({ length: 40 }, (_, index) => [String(index + 1), String(index)] as const);
    const doubles = steps.map(([next, last]) => `const a${next} = [...a${last}, ...a${last}];`);
    expect(evaluated(`const a0 = ['/a']; ${doubles.join('')} use(a40.length)`)).toEqual(['unknown']);
    const joins = steps.map(([next, last]) => `const b${next} = b${last}.concat(b${last});`);
    expect(evaluated(`const b0 = ['/a']; ${joins.join('')} use(b40[0])`)).toContain('unknown');
  });

  it('gives up a template of very many parts', () => {
    expect(evaluated(`use(\`${'${x}/'.repeat(20_000)}\`)`)).toEqual(['unknown']);
    expect(evaluated('use(`${x}/${y}/c`)')).toEqual(['…/…/c']);
  });
});

describe('what a test before it has shown', () => {
  it.each([
    ['use(Boolean(x || true))', 'true'],
    ['use(!(x || true))', 'false'],
    ['use(Boolean(x && false))', 'false'],
    ['use((x || "a") ? "/a" : "/b")', '/a'],
    ['use((x && "") ? "/a" : "/b")', '/b'],
    ["use(((x === 'a') || (y === 'b') || true) ? '/a' : '/b')", '/a'],
    ['let skip = x; skip ||= true; use(skip ? "/a" : "/b")', '/a'],
    ['let skip = x; skip &&= false; use(skip ? "/a" : "/b")', '/b'],
    ['use((process.env.SKIP || true) ? "/a" : "/b")', '/a'],
  ])('%s', (code, expected) => {
    expect(evaluated(code)).toEqual([expected]);
  });

  it.each([
    ['use((x || y) ? "/a" : "/b")', ['/a', '/b']],
    ['use((x || false) ? "/a" : "/b")', ['/a', '/b']],
    ['use((x && true) ? "/a" : "/b")', ['/a', '/b']],
    ['use((x ?? true) ? "/a" : "/b")', ['/a', '/b']],
    ['use((x && y || z) ? "/a" : "/b")', ['/a', '/b']],
  ])('but not: %s', (code, expected) => {
    expect(evaluated(code)).toEqual(expected);
  });
});
