import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codemods } from '../../codemods/index.ts';
import { transformFor } from '../../codemods/transform.ts';
import { rules } from '../../rules/index.ts';
import { readFixtures, testCodemod } from '../helpers/codemod-fixtures.ts';
import { tinyRule } from '../helpers/tiny-rule.ts';

describe('the invariants themselves, on a tiny codemod', () => {
  testCodemod(tinyRule(), transformFor(tinyRule()), [
    {
      name: 'safe and reviewed fixes',
      as: 'a.tsx',
      input: 'function f() {\n  bad2;\n  doubtful;\n}\n',
      output: 'function f() {\n  good;\n  good;\n}\n',
    },
    {
      name: 'a finding without an edit',
      as: 'a.jsx',
      input: '<a>{hopeless}</a>;\n',
      output: '<a>{hopeless}</a>;\n',
      left: 1,
    },
    { name: 'a needle without a finding', as: 'a.ts', input: '// bad\n', output: '// bad\n' },
  ]);
});

const withRule = codemods.filter(({ isOnDemand }) => isOnDemand !== true);

describe.each(withRule.map(({ load, name }) => ({ load, name })))('codemod $name', async ({ load, name }) => {
  const rule = rules[name];
  const folder = fileURLToPath(new URL(name, import.meta.url));
  it('has a rule and fixtures of its name', () => {
    expect(rule).toBeDefined();
    expect(existsSync(folder)).toBe(true);
  });
  if (rule && existsSync(folder)) testCodemod(rule, await load(), readFixtures(folder));
});
