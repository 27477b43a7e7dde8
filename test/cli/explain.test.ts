/** `explain`: a rule's page on a terminal and in a pipe. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import picocolors from 'picocolors';
import { rendered } from '../../cli/explain/markdown.ts';
import { ROOT } from '../helpers/commands.ts';
import { installedProject } from '../helpers/installed.ts';
import { projectFixture } from '../helpers/project-fixture.ts';
import { runNode } from '../helpers/commands.ts';
import { cli } from './cli.ts';

const colors = { out: picocolors.createColors(false), err: picocolors.createColors(false) };
const RULES = readdirSync(join(ROOT, 'docs/rules'))
  .filter((name) => name !== 'README.md')
  .map((name) => name.replace('.md', ''));

const explain = (...args: string[]) => cli(projectFixture().root, ['explain', ...args]);

describe('explain', () => {
  it.each(['no-sign-out-prefetch', 'authkit/no-sign-out-prefetch'])('prints the page of %s', (name) => {
    const { status, stdout } = explain(name);
    expect(stdout).toMatch(
      /^authkit\/no-sign-out-prefetch\nDisallow links that prefetch a route which signs users out\.\n/u,
    );
    expect(stdout).toContain('\nWhy\n');
    expect(stdout).toContain('\nIncorrect\n');
    expect(stdout).not.toMatch(/<!--|```|^#/mu);
    expect(status).toBe(0);
  });

  it.each(RULES)('has nothing left of Markdown on the page of %s, and no line that is too wide', (name) => {
    const page = readFileSync(join(ROOT, 'docs/rules', `${name}.md`), 'utf8');
    const lines = rendered(page, { colors, columns: 72 }).split('\n');
    const code = (line: string) => line.startsWith('    ');
    expect(lines.filter((line) => line.length > 72 && !code(line) && line.trim().includes(' '))).toEqual([]);
    expect(lines.filter((line) => /^```|^#+ |^\|/u.test(line))).toEqual([]);
  });

  it('lists all rules without a name', () => {
    const { stdout } = explain();
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.trim().split(' ')[0]),
    ).toEqual(RULES.sort());
  });

  it.each([
    ['no-sing-out-prefetch', "Did you mean 'no-sign-out-prefetch'?"],
    ['prefetch', "Did you mean 'no-sign-in-prefetch' or 'no-sign-out-prefetch'?"],
    ['xyzzyxyzzy', 'There are: consistent-preview-host, '],
  ])('knows no %s, and says what is near', (name, hint) => {
    const { status, stderr } = explain(name);
    expect(stderr).toContain(`There is no rule '${name}'. `);
    expect(stderr).toContain(hint);
    expect(status).toBe(2);
  });

  it('names the page of a codemod that has no rule', () => {
    const { status, stderr } = explain('upgrade-authkit');
    expect(stderr).toContain('docs/codemods/upgrade-authkit.md');
    expect(status).toBe(2);
  });

  it('prints JSON', () => {
    const fact = JSON.parse(explain('valid-env', '--json').stdout) as Record<string, unknown>;
    expect(fact).toMatchObject({ name: 'valid-env', presets: ['recommended'], edits: [] });
    expect(fact['page']).toContain('# authkit/valid-env');
    expect(JSON.parse(explain('--json').stdout)).toHaveLength(RULES.length);
  });

  it('says which rules have edits only in their codemod', () => {
    const fact = JSON.parse(explain('no-cookie-write-in-render', '--json').stdout) as Record<string, unknown>;
    expect(fact['edits']).toEqual(['codemod']);
    expect(explain('no-cookie-write-in-render').stdout).toContain('made by the codemod of this name');
  });

  it('finds the pages in the package that is installed', () => {
    const { path, root } = installedProject('eslint');
    const main = path('node_modules/eslint-plugin-authkit/dist/cli/main.cjs');
    expect(runNode(main, ['explain', 'valid-env'], root).stdout).toContain('authkit/valid-env');
  });
});

describe('Markdown on a terminal', () => {
  const show = (text: string, columns = 40) => rendered(text, { colors, columns });

  it('lays out lists, links and code', () => {
    expect(show('- one `x` and [a page](other.md) that is\n  longer than the line\n- [b](https://a.test)')).toBe(
      '- one `x` and a page that is longer\n  than the line\n- b (https://a.test)\n',
    );
    expect(show('```ts\nconst a = 1;\n```')).toBe('    const a = 1;\n');
  });

  it.each([
    ['as a table where there is room', '| a | b |\n|---|---|\n| 1 | 2 \\| 3 |', 'a  b\n1  2 | 3\n'],
    [
      'row by row where there is none',
      `| what | so |\n|---|---|\n| ${'x'.repeat(20)} | ${'y'.repeat(20)} |`,
      `${'x'.repeat(20)}\n  so: ${'y'.repeat(20)}\n`,
    ],
    [
      'by its last column where it has many',
      `| what | a | b | c | ends |\n|---|---|---|---|---|\n| one | ${'x'.repeat(40)} | 2 | 3 | well |`,
      '  one: ends well\n  (3 more columns are on the page)\n',
    ],
  ])('prints a table %s', (_, markdown, expected) => {
    expect(show(markdown)).toBe(expected);
  });
});

it('names the file that an example is, for its place decides', () => {
  expect(explain('valid-proxy').stdout).toMatch(/\n {2}app\/proxy\.ts:\n {4}import \{ authkitProxy \}/u);
});
