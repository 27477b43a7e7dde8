/** Whether the code of a repository may use a package of some scope at all. */
import { describe, expect, it } from 'vitest';
import { openProject } from '../../project/project.ts';
import { createFacts } from '../../project/memos/stamps.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

function mayUseWorkOS(files: Readonly<Record<string, string>>): boolean {
  const fixture = projectFixture({ ...files, 'apps/web/app/page.tsx': '' });
  try {
    const project = openProject({ cwd: fixture.root, facts: createFacts() });
    return project.mayUseScope(fixture.path('apps/web'), '@workos');
  } finally {
    fixture.remove();
  }
}

const PLAIN = '{ "dependencies": { "next": "16" } }';
const AUTHKIT = '{ "name": "@acme/auth", "dependencies": { "@workos-inc/authkit-nextjs": "4" } }';

describe('code may use a package of a scope', () => {
  it.each([
    ['that its own package names', { 'apps/web/package.json': AUTHKIT }],
    ['that a package around it names', { 'apps/web/package.json': PLAIN, 'package.json': AUTHKIT }],
    [
      'that another package of its workspace names',
      {
        'package.json': '{ "workspaces": ["apps/*", "packages/*"] }',
        'apps/web/package.json': PLAIN,
        'packages/auth/package.json': AUTHKIT,
      },
    ],
    [
      'that a package next to it names, where no workspace is declared',
      { 'web/package.json': PLAIN, 'auth/package.json': AUTHKIT },
    ],
    ['where no package.json can be read that could name it', { 'package.json': 'not JSON' }],
  ])('%s', (_, files) => {
    expect(mayUseWorkOS(files)).toBe(true);
  });

  it('unless there are packages, and none of them names one', () => {
    expect(mayUseWorkOS({ 'package.json': PLAIN, 'apps/web/package.json': PLAIN })).toBe(false);
  });
});
