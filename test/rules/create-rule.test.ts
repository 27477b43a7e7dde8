import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Finding } from '../../playbook/finding.ts';
import { openProject } from '../../project/project.ts';
import { createRule } from '../../rules/create-rule.ts';
import { crashOf } from '../../rules/report.ts';
import { eslints, languageOptionsFor } from '../helpers/eslints.ts';
import { ruleTester } from '../helpers/rule-tester.ts';
import { tinyRule } from '../helpers/tiny-rule.ts';

ruleTester.run(tinyRule(), {
  valid: [
    { name: 'says nothing of a file without findings', code: 'good;' },
    { name: 'says nothing of a needle in a comment', code: '// bad' },
    { name: 'hands options to the finder', code: 'bad;', options: [{ ignore: ['bad'] }] },
    { name: 'runs on JavaScript', code: 'good;', filename: 'a.jsx' },
  ],
  invalid: [
    {
      name: 'turns a safe fix into an autofix',
      code: 'good;\nbad;',
      output: 'good;\ngood;',
      errors: [{ messageId: 'bad', data: { name: 'bad' }, line: 2, column: 1, endLine: 2, endColumn: 4 }],
    },
    {
      name: 'offers a fix to be reviewed as the first suggestion',
      code: 'doubtful;',
      errors: [
        {
          messageId: 'doubtful',
          suggestions: [
            { messageId: 'useGood', output: 'good;' },
            { messageId: 'remove', output: 'undefined;' },
          ],
        },
      ],
    },
    { name: 'reports a finding without edits', code: 'hopeless;', errors: [{ message: "'hopeless' is hopeless." }] },
    {
      name: 'places findings behind a byte order mark where ESLint counts them',
      code: '\uFEFFbad;',
      output: '\uFEFFgood;',
      errors: [{ messageId: 'bad', line: 1, column: 1 }],
    },
    {
      name: 'reports in JavaScript that espree parsed',
      code: '<a>{bad}</a>;',
      filename: 'a.jsx',
      output: '<a>{good}</a>;',
      errors: [{ messageId: 'bad' }],
    },
  ],
});

describe.each(eslints)('createRule under $version', ({ Linter }) => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const lint = (rule: ReturnType<typeof tinyRule>, code: string, settings = {}) =>
    new Linter().verify(
      code,
      [
        {
          files: ['**/*.tsx'],
          languageOptions: languageOptionsFor('a.tsx'),
          plugins: { authkit: { rules: { tiny: rule } } },
          rules: { 'authkit/tiny': 'error' },
          settings,
        },
      ],
      'a.tsx',
    );

  it('does not look at a file without the needles', () => {
    expect(lint(tinyRule(['absent']), 'bad;')).toEqual([]);
    expect(lint(tinyRule(/ba[d]/u), 'bad;')).toHaveLength(1);
  });

  it('asks needles that depend on the project with the project', () => {
    const rule = tinyRule((text, _path, open) => text.includes(String(open().settings.authkit.rootDir)));
    expect(lint(rule, 'bad;', { authkit: { rootDir: 'bad' } })).toHaveLength(1);
    expect(lint(rule, 'bad;', { authkit: { rootDir: 'elsewhere' } })).toEqual([]);
  });

  it('reports a finder that throws on the first line, so that a file that was not checked does not pass', () => {
    vi.stubEnv('AUTHKIT_RETHROW', '');
    expect(lint(tinyRule(), '\n\ncrash;')).toMatchObject([
      { ruleId: 'authkit/tiny', severity: 2, line: 1, message: expect.stringContaining('TypeError: a bug') as string },
    ]);
  });

  it('tells such a report from a finding, whatever a finding says', () => {
    vi.stubEnv('AUTHKIT_RETHROW', '');
    const [crash] = lint(tinyRule(), 'crash;');
    const [finding] = lint(tinyRule(), 'bad;');
    expect(crash && crashOf(crash)).toBe('authkit/tiny could not check this file: TypeError: a bug');
    expect(finding && crashOf(finding)).toBeUndefined();
  });

  it('reports in a run what is known to be found, and finds by itself where nothing is or a comment gives options', () => {
    const project = openProject({ cwd: process.cwd(), settings: {} });
    const tiny = tinyRule();
    const within = (known: readonly Finding[] | undefined) => ({ ...tiny, ...tiny.within(project, () => known) });
    const known: Finding = { messageId: 'hopeless', data: { name: 'known' }, range: [0, 3] };
    const ignore = '/* eslint authkit/tiny: ["error", { "ignore": [] }] */';
    expect(lint(within([known]), 'bad;')).toMatchObject([{ message: "'known' is hopeless.", line: 1, endColumn: 4 }]);
    expect(lint(within([]), 'bad;')).toEqual([]);
    expect(lint(within(undefined), 'bad;')).toMatchObject([{ message: "'bad' is bad." }]);
    expect(lint(within([known]), `${ignore}\nbad;`)).toMatchObject([{ message: "'bad' is bad.", line: 2 }]);
  });

  it('lets the error of a finder through where AUTHKIT_RETHROW is set', () => {
    vi.stubEnv('AUTHKIT_RETHROW', '1');
    expect(() => lint(tinyRule(), 'crash;')).toThrow('a bug');
  });
});

it('does nothing with source code that is not a program', () => {
  const context = {
    cwd: '/',
    settings: {},
    options: [],
    filename: '/a.json',
    sourceCode: { text: '"bad"', ast: { type: 'Document' } },
  };
  expect(tinyRule().create(context as never)).toEqual({});
});

it('has no options, fixes or suggestions unless the definition names them', () => {
  const { meta } = createRule({
    name: 'bare',
    type: 'problem',
    description: 'disallow nothing',
    presets: {},
    messages: {},
    needles: [],
    find: () => [],
  });
  expect(meta).toMatchObject({ schema: [], hasSuggestions: false, docs: { recommended: false } });
  expect(meta).not.toHaveProperty('fixable');
  expect(meta).not.toHaveProperty('defaultOptions');
});
