/** docs/api.md: every example runs as it is, in the installed package, and prints what the page says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runNode } from '../helpers/commands.ts';
import { installedProject, signOutApp } from '../helpers/installed.ts';
import { tokenOf } from '../helpers/token.ts';

const page = readFileSync(join(ROOT, 'docs/api.md'), 'utf8');
const examples = [
  ...page.matchAll(
    /^## (?<name>\w+)\n(?:(?!^## )[\s\S])*?^```js\n(?<code>[\s\S]*?)^```\n\n```text\n(?<output>[\s\S]*?)^```$/gmu,
  ),
].map(({ groups }) => ({
  name: groups?.['name'] ?? '',
  code: groups?.['code'] ?? '',
  output: groups?.['output'] ?? '',
}));

describe('the page of the API', () => {
  const { path, root, write } = installedProject('eslint', {
    ...signOutApp,
    'package.json': JSON.stringify({ type: 'module', dependencies: { next: '16.0.0' } }),
    'token.txt': tokenOf({ iss: 'https://api.workos.com/user_management/client_A' }),
  });

  it('has an example of each function', () => {
    expect(examples.map(({ name }) => name)).toEqual(['check', 'transform', 'explainToken']);
  });

  it.each(examples)('$name prints what it says', ({ code, name, output }) => {
    write(`${name}.mjs`, code);
    const { all, stderr, stdout } = runNode(path(`${name}.mjs`), [], root);
    expect(stdout, all).toBe(output);
    expect(stderr).toBe('');
  });
});
