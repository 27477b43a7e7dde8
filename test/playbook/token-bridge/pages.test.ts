/** The figures in the pages are the recorded ones. `npx vitest run test/playbook/token-bridge/pages.test.ts --update` writes them again. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { observationsTable, outcomesTable, scenariosTable } from '../../e2e/token-bridge/recorded.ts';

const ROOT = new URL('../../../', import.meta.url);

const QUOTED =
  /(?<begin><!-- begin (?<what>observations|bridge|outcomes|scenarios)(?:: (?<names>[^>]*))? -->)[^]*?(?<end><!-- end \k<what> -->)/gu;

function quotation(what: string, names: string): string {
  switch (what) {
    case 'observations':
      return observationsTable(names.split(', '));
    case 'bridge': {
      const text = readFileSync(new URL(`test/e2e/token-bridge/gallery/${names}.tsx`, ROOT), 'utf8');
      return `\`\`\`tsx\n${text.replace("'use client';\n\n", '')}\`\`\``;
    }
    case 'outcomes':
      return outcomesTable();
    default:
      return scenariosTable();
  }
}

it.each([
  'rules/no-token-refresh-loop',
  'rules/no-forced-token-refresh',
  'rules/no-stale-access-token',
  'rules/handle-token-error',
  'guides/token-bridges',
])('the page %s shows what was observed', async (name) => {
  const path = fileURLToPath(new URL(`docs/${name}.md`, ROOT));
  const page = readFileSync(path, 'utf8');
  expect(page).toMatch(QUOTED);
  const written = page.replaceAll(
    QUOTED,
    (_whole, begin: string, what: string, names: string | undefined, end: string) =>
      [begin, quotation(what, names ?? ''), end].join('\n\n'),
  );
  await expect(written).toMatchFileSnapshot(path);
});
