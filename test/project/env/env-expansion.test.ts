import { describe, expect, it } from 'vitest';
import { expandedValue } from '../../../project/env/env-files.ts';
import { expandEnvValue } from '../../../project/env/env-expansion.ts';
import { sandbox } from '../helpers.ts';

/** The value of `V` in the last of the files. */
function expanded(files: Record<string, string>) {
  const box = sandbox(files);
  const all = box.project().envFilesIn(box.root);
  const name = Object.keys(files).at(-1);
  const file = all.find((one) => one.name === name);
  const variable = file?.variables.get('V');
  if (!file || !variable) throw new Error(`${String(name)} has no V`);
  return expandedValue(variable, file, all);
}

const inEnv = (text: string) => expanded({ '.env': text })?.text;

describe('a value as @next/env 16.4.6 expands it', () => {
  it.each([
    ['V=abc$defgh', 'abc'],
    ['V=abc\\$defgh', 'abc$defgh'],
    ["V='abc$defgh'", 'abc'],
    ['V=$2b$10$abcdef', ''],
    ['V="x # y"', 'x # y'],
    ['V=a #b', 'a'],
    ['V=$', '$'],
    ['V=a$b$', 'a$b$'],
    ['A=one\nV=$A', 'one'],
    ['A=one\nV=${A}x', 'onex'],
    ['V=$A\nA=later', 'later'],
    ['A=one\nV=a$$A', 'a'],
    ['A=one\nV=${A', 'one'],
    ['A=one\nV={$A}', '{one'],
    ['A=one\nV=${A:-x}', 'x'],
    ['V=${nothing:-x}y', 'xy'],
    ['V=${nothing-x}', '-x}'],
    ['A=\nV=x${A:-fall}y${A}z', 'xfallyz'],
    ['A=c\nV=${nothing:-${A}}', 'c'],
    ['A=c\nV=$A.b', 'c.b'],
    ['V=$B\nB=$C\nC=c', 'c'],
    // What is above has been expanded, and its dollar signs count again.
    ['A=x\\$y\nV=$A', 'x'],
    ['A=$b\nV=${x:-1}${x:-${A}}', '1'],
    // As `replace` takes them.
    ['B=$\nV=${B}${B}', '$$'],
  ])('%j is %j', (text, value) => {
    expect(inEnv(text)).toBe(value);
  });

  it('names what is gone', () => {
    expect(expanded({ '.env': 'V=abc$def-$ghi' })).toEqual({ text: 'abc-', lost: ['ghi', 'def'] });
  });

  it.each([
    ['a name that a shell may set', 'V=$VAULT_PASSWORD'],
    ['a circle', 'V=$V'],
    ['a longer circle', 'V=$A\nA=$V'],
    ['an escaped dollar sign in a value below', 'V=$A\nA=x\\$y'],
  ])('is unknown with %s', (_, text) => {
    expect(inEnv(text)).toBeUndefined();
  });

  it('has the values of files that are loaded before, not of those that follow', () => {
    expect(expanded({ '.env.local': 'A=two', '.env': 'A=one\nV=$A' })?.text).toBe('two');
    expect(expanded({ '.env': 'b=one', '.env.local': 'V=x$b' })?.text).toBe('x');
    expect(expanded({ '.env.example': 'b=one', '.env': 'V=x$b' })?.text).toBe('x');
    expect(expanded({ '.env.preview': 'b=one', '.env': 'V=x$b' })?.text).toBe('x');
  });

  it('is unknown where it depends on the mode', () => {
    expect(expanded({ '.env.production': 'b=one', '.env': 'V=x$b' })).toBeUndefined();
    expect(expanded({ '.env.production': 'A=one', '.env': 'A=two\nV=$A' })).toBeUndefined();
    expect(expanded({ '.env.production.local': 'b=one', '.env.production': 'V=x$b' })?.text).toBe('xone');
    expect(expanded({ '.env.development.local': 'b=one', '.env.production': 'V=x$b' })?.text).toBe('x');
  });

  it('is unknown at the end of a chain of thousands', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `a${String(index + 1)}=\${a${String(index)}}`);
    expect(inEnv(['a0=x', ...lines, 'V=$a20000'].join('\n'))).toBeUndefined();
    expect(inEnv(['a0=x', ...lines, 'V=$a3'].join('\n'))).toBe('x');
  });

  it('is unknown where the work would double with each line', () => {
    const lines = Array.from(
      { length: 30 },
      (_, index) => `A${String(index)}=${`\${A${String(index + 1)}}`.repeat(8)}`,
    );
    expect(inEnv([...lines, 'A30=x', 'V=$A0'].join('\n'))).toBeUndefined();
    expect(expandEnvValue('$a'.repeat(500_000), () => 'unset')).toBeUndefined();
    expect(expandEnvValue('$a'.repeat(300), () => 'unset')).toBeUndefined();
    expect(expandEnvValue('x'.repeat(1_000_000), () => 'unset')).toBeUndefined();
  });
});
