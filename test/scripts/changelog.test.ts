/** What `npm version` makes of the changelog, and what a release says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runNode } from '../helpers/commands.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

const HEAD = '# Changelog\n\n';

function changelog(text: string) {
  const { path, root } = projectFixture({ 'CHANGELOG.md': HEAD + text, 'package.json': '{ "version": "1.2.0" }' });
  const run = (command: string) => runNode(join(ROOT, 'scripts/changelog.mjs'), [command, '--root', root], root);
  return { run, read: () => readFileSync(path('CHANGELOG.md'), 'utf8') };
}

describe('a release', () => {
  it('takes over what is unreleased, and leaves the heading for what comes', () => {
    const { read, run } = changelog('## Unreleased\n\n- New.\n\n## 1.1.0 - 2026-01-01\n\n- Old.\n');
    expect(run('release').status).toBe(0);
    expect(read().replace(/\d{4}-\d\d-\d\d(?=\n\n- New)/u, 'today')).toBe(
      `${HEAD}## Unreleased\n\n## 1.2.0 - today\n\n- New.\n\n## 1.1.0 - 2026-01-01\n\n- Old.\n`,
    );
  });

  it('is refused where nothing is unreleased', () => {
    const { read, run } = changelog('## Unreleased\n\n## 1.1.0 - 2026-01-01\n\n- Old.\n');
    expect(run('release')).toMatchObject({ status: 1 });
    expect(read()).toContain('## Unreleased\n\n## 1.1.0');
  });
});

describe('the notes of a release', () => {
  it('are what stands under its version, to the next one', () => {
    const { run } = changelog('## Unreleased\n\n- Next.\n\n## 1.2.0 - 2026-02-01\n\n- New.\n\n## 1.1.0\n\n- Old.\n');
    expect(run('notes')).toMatchObject({ status: 0, stdout: '- New.\n' });
  });

  it('are missed where no one wrote any', () => {
    expect(changelog('## 1.2.00\n\n- Other.\n').run('notes')).toMatchObject({ status: 1, stdout: '' });
  });
});
