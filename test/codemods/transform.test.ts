import { afterEach, describe, expect, it, vi } from 'vitest';
import { transformFor } from '../../codemods/transform.ts';
import { openProject } from '../../project/project.ts';
import { tinyRule } from '../helpers/tiny-rule.ts';

const codemod = transformFor(tinyRule());
const run = (source: string, path = '/app/a.tsx') =>
  codemod.run({ path, source, project: openProject({ cwd: '/app', settings: {} }) });

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('as a jscodeshift transform', () => {
  it('applies safe fixes and those to be reviewed', () => {
    expect(codemod({ path: '/app/a.ts', source: 'bad; doubtful;' })).toBe('good; good;');
  });

  it('returns undefined when nothing is to change', () => {
    expect(codemod({ path: '/app/a.ts', source: 'good; hopeless; // bad' })).toBeUndefined();
  });

  it('throws for a file that does not parse, so that jscodeshift counts it as an error', () => {
    expect(() => codemod({ path: 'a.ts', source: '\nbad (' }, undefined, { cwd: '/app' })).toThrow(
      /^\/app\/a\.ts:2:\d+: /u,
    );
  });
});

describe('as our runner calls it', () => {
  it('goes on until nothing more is to change', () => {
    expect(run('bad2;')).toMatchObject({
      text: 'good;',
      changed: [{ message: "'bad2' is bad." }, { message: "'bad' is bad." }],
    });
  });

  it('keeps a byte order mark and line ends', () => {
    expect(run('\uFEFFbad;\r\ngood;\r\n').text).toBe('\uFEFFgood;\r\ngood;\r\n');
  });

  it('says what it left, where in the new text, and why', () => {
    expect(run('bad2;\n  hopeless;').left).toMatchObject([
      { line: 2, column: 3, message: "'hopeless' is hopeless.", reason: 'nobody knows what it should be' },
    ]);
  });

  it('does not parse a file without needles', () => {
    expect(run('const = (')).toEqual({ text: 'const = (', changed: [], left: [] });
  });

  it('names the place of a syntax error and leaves the file as it is', () => {
    expect(run('bad;\nconst = 1;')).toMatchObject({ text: 'bad;\nconst = 1;', problem: { line: 2 } });
  });

  it('leaves a file as it is when the edited text would not parse', () => {
    expect(run('bad;\nbadSyntax;')).toMatchObject({
      text: 'bad;\nbadSyntax;',
      changed: [],
      problem: { message: expect.stringContaining('would not parse') as string },
    });
  });

  it('reports a finder that throws as a problem of that file', () => {
    vi.stubEnv('AUTHKIT_RETHROW', '');
    expect(run('crash;')).toMatchObject({
      text: 'crash;',
      problem: { message: 'tiny failed, which is a bug: TypeError: a bug' },
    });
  });
});
