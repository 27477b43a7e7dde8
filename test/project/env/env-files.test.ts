import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { sandbox } from '../helpers.ts';

const read = (text: string) => {
  const box = sandbox({ '.env.local': text });
  const [file] = box.project().envFilesIn(box.root);
  return Object.fromEntries([...(file?.variables ?? [])].map(([name, { line, value }]) => [name, [value, line]]));
};

describe('an env file', () => {
  it("has dotenv's values, with the lines they are in", () => {
    expect(read('# head\nA=1\nexport B = "two words" # note\n\nC=\'$A\'\nD: yaml\nE=\nF=a#b\n')).toEqual({
      A: ['1', 2],
      B: ['two words', 3],
      C: ['$A', 5],
      D: ['yaml', 6],
      E: ['', 7],
      F: ['a', 8],
    });
  });

  it('may hold a value of several lines, and what looks like an assignment in it is none', () => {
    expect(read('KEY="-----BEGIN\nB=inside\n-----END"\nA=1\n')).toEqual({
      KEY: ['-----BEGIN\nB=inside\n-----END', 1],
      A: ['1', 4],
    });
    expect(read('B=1\nKEY="\nB=inside\n"\n')).toMatchObject({ B: ['1', 1] });
  });

  it('may have names with hyphens and dots', () => {
    expect(read('MY-VAR=1\na.b=2\n-=3\n')).toEqual({ 'MY-VAR': ['1', 1], 'a.b': ['2', 2], '-': ['3', 3] });
  });

  it('gives the last of several assignments', () => {
    expect(read('A=1\nA=2\nB=3')).toEqual({ A: ['2', 2], B: ['3', 3] });
  });

  it('may have CRLF, a byte order mark, and no newline at its end', () => {
    expect(read('\uFEFFA=1\r\nB=ü')).toEqual({ A: ['1', 1], B: ['ü', 2] });
  });

  it.each(['', '\n\n', '=x', 'no assignment', '\u2028', 'A'])('of %j has nothing', (text) => {
    expect(read(text)).toEqual({});
  });

  it('never shows a value in what is printed', () => {
    const box = sandbox({ '.env': 'WORKOS_API_KEY=sk_test_secret' });
    const files = box.project().envFilesIn(box.root);
    expect(files[0]?.variables.get('WORKOS_API_KEY')?.value).toBe('sk_test_secret');
    const variable = files[0]?.variables.get('WORKOS_API_KEY');
    expect(inspect(files, { depth: 9, showHidden: true }) + JSON.stringify([variable, files])).not.toContain('sk_test');
  });

  it('that changes is read again within a second', () => {
    const box = sandbox({ '.env.local': 'A=1' });
    const value = () => box.project().envFilesIn(box.root)[0]?.variables.get('A')?.value;
    expect(value()).toBe('1');
    box.write({ '.env.local': 'A=22' });
    box.wait(1000);
    expect(value()).toBe('22');
  });
});

describe('the env files of a folder', () => {
  it('come strongest first, examples last', () => {
    const names = [
      '.env',
      '.env.local',
      '.env.development',
      '.env.development.local',
      '.env.preview',
      '.env.example',
      '.envrc',
      'x.env',
    ];
    const box = sandbox(Object.fromEntries(names.map((name) => [name, 'A=1'])));
    const files = box.project().envFilesIn(box.root);
    expect(files.map(({ name }) => name)).toEqual([
      '.env.development.local',
      '.env.local',
      '.env.development',
      '.env.preview',
      '.env',
      '.env.example',
    ]);
    expect(files.map(({ mode }) => mode)).toEqual([
      'development',
      undefined,
      'development',
      'preview',
      undefined,
      'example',
    ]);
    expect(files.filter(({ isExample }) => isExample)).toHaveLength(1);
  });

  it('are none in a folder that is not there', () => {
    const box = sandbox();
    expect(box.project().envFilesIn(box.path('absent'))).toEqual([]);
  });

  it('named in settings are read from the working directory', () => {
    const box = sandbox({ 'web/secrets/dev': 'A=1' });
    const files = box.project({ authkit: { envFiles: ['secrets/dev', 'absent'] } }, box.path('web')).settingsEnvFiles();
    expect(files.map(({ variables }) => variables.get('A')?.value)).toEqual(['1']);
  });
});
