/** The pages cannot lie: every example is run. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { AuthKitRule } from '../../rules/create-rule.ts';
import { languageOptionsFor } from '../helpers/eslints.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { type Example, REQUIRED_HEADINGS, readRulePage } from '../helpers/rule-page.ts';
import { tinyRule } from '../helpers/tiny-rule.ts';

const FOLDER = fileURLToPath(new URL('../../docs/rules/', import.meta.url));

/** What the rule says about an example; a syntax error throws. */
function reportsOf(rule: AuthKitRule, example: Example): Linter.LintMessage[] {
  const { root, path } = projectFixture({ ...example.files, [example.filename]: example.code });
  const messages = new Linter({ cwd: root }).verify(
    example.code,
    [
      {
        files: ['**/*.*'],
        languageOptions: languageOptionsFor(example.filename, 'typescript'),
        plugins: { authkit: { rules: { it: rule } } },
        rules: { 'authkit/it': example.options === undefined ? 'error' : ['error', example.options] },
        settings: example.settings,
      },
    ],
    { filename: path(example.filename) },
  );
  const other = messages.find(({ ruleId }) => ruleId !== 'authkit/it');
  if (other) throw new Error(`line ${String(example.line)}: ${other.message}`);
  return messages;
}

it('there is one page for every rule, and no other but their list', () => {
  const pages = existsSync(FOLDER)
    ? readdirSync(FOLDER).filter((name) => name.endsWith('.md') && name !== 'README.md')
    : [];
  expect(pages.sort()).toEqual(
    Object.keys(rules)
      .map((name) => `${name}.md`)
      .sort(),
  );
});

// The test above names a page that is missing.
const documented = Object.entries(rules).filter(([name]) => existsSync(`${FOLDER}${name}.md`));

describe.each(documented)('the page of %s', (name, rule) => {
  const page = readRulePage(readFileSync(`${FOLDER}${name}.md`, 'utf8'));

  it('has the sections that every page has, in their order', () => {
    expect(page.headings.filter((heading) => (REQUIRED_HEADINGS as readonly string[]).includes(heading))).toEqual(
      REQUIRED_HEADINGS,
    );
  });

  it('names the file of each block above it, since no site shows the words of a fence', () => {
    const text = readFileSync(`${FOLDER}${name}.md`, 'utf8');
    const fences = [...text.matchAll(/(?<above>[^\n]*)\n\n```\w+ [^\n]*?(?:filename|before|after)=(?<file>\S+)/gu)];
    expect(fences.filter(({ groups }) => groups?.['above']?.includes(`\`${groups['file'] ?? ''}\``) !== true)).toEqual(
      [],
    );
  });

  it('shows what is incorrect and what is correct', () => {
    expect(new Set(page.examples.map(({ section }) => section))).toEqual(new Set(['correct', 'incorrect']));
  });

  it.each(page.examples.filter(({ section }) => section === 'incorrect'))(
    'is right to call line $line incorrect',
    (example) => {
      expect(reportsOf(rule, example)).not.toEqual([]);
    },
  );

  it.each(page.examples.filter(({ section }) => section === 'correct'))(
    'is right to call line $line correct',
    (example) => {
      expect(reportsOf(rule, example)).toEqual([]);
    },
  );
});

describe('how a page is read', () => {
  const page = readRulePage(
    [
      '# tiny',
      '```ts filename=shared.ts project',
      'export {};',
      '```',
      '## Why',
      '```sh',
      'npm start',
      '```',
      '## Incorrect',
      '```ts filename=near.ts project',
      'export {};',
      '```',
      '```tsx',
      'bad;',
      '```',
      '## Correct',
      '```ts filename=a/b.ts options={"ignore":["bad"]}',
      'bad;',
      '```',
    ].join('\n'),
  );

  it('takes examples from their sections alone, with the project files that are above them', () => {
    expect(page.examples).toMatchObject([
      {
        section: 'incorrect',
        line: 13,
        filename: 'components/example.tsx',
        files: { 'shared.ts': 'export {};\n', 'near.ts': 'export {};\n' },
      },
      { section: 'correct', filename: 'a/b.ts', options: { ignore: ['bad'] }, files: { 'shared.ts': 'export {};\n' } },
    ]);
  });

  it('runs examples with the options of their fence', () => {
    expect(page.examples.map((example) => reportsOf(tinyRule(), example).length)).toEqual([1, 0]);
  });

  it('refuses a block that is never closed, and words it does not know', () => {
    expect(() => readRulePage('```ts\n')).toThrow('line 1: the block is never closed');
    expect(() => readRulePage('```ts title=a\n```')).toThrow('line 1: unknown word title');
  });
});
