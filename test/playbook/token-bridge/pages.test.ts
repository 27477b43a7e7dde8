/** The figures in the rule pages are the recorded ones. `npx vitest run test/playbook/token-bridge/pages.test.ts --update` writes them anew. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { observationsTable } from '../../e2e/token-bridge/recorded.ts';

const TABLE = /(?<begin><!-- begin observations: (?<names>[^>]*) -->)[^]*?(?<end><!-- end observations -->)/gu;

it.each(['no-token-refresh-loop', 'no-forced-token-refresh', 'no-stale-access-token', 'handle-token-error'])(
  'the page of %s shows what was observed',
  async (name) => {
    const path = fileURLToPath(new URL(`../../../docs/rules/${name}.md`, import.meta.url));
    const page = readFileSync(path, 'utf8');
    expect(page).toMatch(TABLE);
    const written = page.replaceAll(TABLE, (_whole, begin: string, names: string, end: string) =>
      [begin, observationsTable(names.split(', ')), end].join('\n\n'),
    );
    await expect(written).toMatchFileSnapshot(path);
  },
);
