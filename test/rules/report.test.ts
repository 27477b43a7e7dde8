/** Nothing that a rule does may end ESLint's run. */
import type { Linter } from 'eslint';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Edit } from '../../analysis/edits/edits.ts';
import type { Range } from '../../analysis/syntax/ast.ts';
import type { Safety } from '../../playbook/finding.ts';
import { createRule } from '../../rules/create-rule.ts';
import { CRASHED } from '../../rules/report.ts';
import { eslints } from '../helpers/eslints.ts';

const overlapping: readonly Edit[] = [
  { range: [0, 3], text: 'one' },
  { range: [1, 4], text: 'two' },
];
const apart: readonly Edit[] = [
  { range: [0, 3], text: 'one' },
  { range: [4, 5], text: 'two' },
];

const ruleOf = (edits: readonly Edit[], safety: Safety, range: Range = [0, 3]) =>
  createRule<undefined, 'found', 'use'>({
    name: 'tiny',
    type: 'problem',
    description: 'disallow everything',
    presets: {},
    messages: { found: 'Found.', use: 'Use this.' },
    fixable: true,
    hasSuggestions: true,
    needles: ['bad'],
    find: () => [{ messageId: 'found', data: {}, range, fix: { safety, edits }, fixMessageId: 'use' }],
  });

describe.each(eslints)('reports in $version', ({ Linter: AnyLinter }) => {
  const lint = (rule: ReturnType<typeof ruleOf>): Linter.LintMessage[] =>
    new AnyLinter().verify('bad = 1;', [
      { plugins: { authkit: { rules: { tiny: rule } } }, rules: { 'authkit/tiny': 2 } },
    ]);

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('make one edit of those that are apart, with the text between them kept', () => {
    expect(lint(ruleOf(apart, 'safe'))).toMatchObject([{ fix: { range: [0, 5], text: 'one two' } }]);
    expect(lint(ruleOf(apart, 'review'))).toMatchObject([
      { suggestions: [{ fix: { range: [0, 5], text: 'one two' } }] },
    ]);
  });

  it('leave out edits that overlap each other, but not the finding', () => {
    const [fixed] = lint(ruleOf(overlapping, 'safe'));
    expect(fixed).toMatchObject({ messageId: 'found' });
    expect(fixed).not.toHaveProperty('fix');
    const [suggested] = lint(ruleOf(overlapping, 'review'));
    expect(suggested).toMatchObject({ messageId: 'found' });
    expect(suggested).not.toHaveProperty('suggestions');
  });

  it('tell a crash from a finding by its message id, also for a place outside the text', () => {
    vi.stubEnv('AUTHKIT_RETHROW', '');
    expect(lint(ruleOf([], 'safe', [0, 99]))).toMatchObject([{ messageId: CRASHED, line: 1, column: 1 }]);
  });
});
