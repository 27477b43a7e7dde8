/** The table in the page is made of the rows that the tests prove. `vitest -u` writes it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { acceptanceRows } from '../playbook/auth-config/acceptance-rows.ts';

const PAGE = fileURLToPath(new URL('../../docs/rules/valid-auth-config.md', import.meta.url));

const cell = (text: string): string => text.replaceAll('|', '\\|');

function table(): string {
  const rows = acceptanceRows.map(({ error, provider, result, row, token }) => {
    const quoted = error === undefined ? '' : `: "${error}"`;
    return `| ${String(row)} | ${cell(provider)} | ${cell(token)} | ${result}${cell(quoted)} |`;
  });
  return ['| # | provider | token | Convex |', '|---|---|---|---|', ...rows].join('\n');
}

it('is in the page of valid-auth-config as the rows say', async () => {
  const page = readFileSync(PAGE, 'utf8');
  const [, before, after] =
    /^(?<before>.*?<!-- begin acceptance table[^>]*-->\n).*(?<after><!-- end acceptance table -->.*)$/su.exec(page) ??
    [];
  expect(before).toBeDefined();
  await expect(`${String(before)}\n${table()}\n\n${String(after)}`).toMatchFileSnapshot(PAGE);
});
