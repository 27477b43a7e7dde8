import { readdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Listings } from '../../cli/files/listings.ts';
import { projectFixture } from '../helpers/project-fixture.ts';

function listed(...folders: readonly string[]) {
  const project = projectFixture({ 'app/page.tsx': '', 'app/api/route.ts': '', 'lib/a.ts': '' });
  symlinkSync('lib', project.path('linked'));
  const listings = new Listings();
  for (const folder of folders)
    listings.add(project.path(folder), readdirSync(project.path(folder), { withFileTypes: true }));
  return { listings, path: (name: string) => project.path(name) };
}

describe('listings of folders', () => {
  it('give what a folder holds, and nothing of one that was not listed', () => {
    const { listings, path } = listed('app');
    expect(listings.get(path('app'))?.map((each) => [each.name, each.isFile(), each.isDirectory()])).toEqual([
      ['api', false, true],
      ['page.tsx', true, false],
    ]);
    expect(listings.get(path('lib'))).toBeUndefined();
    expect([listings.holds(path('app'), 'page.tsx'), listings.holds(path('app'), 'page.ts')]).toEqual([true, false]);
    expect(listings.holds(path('lib'), 'a.ts')).toBeUndefined();
  });

  it.each([
    ['app', 'directory'],
    ['app/page.tsx', 'file'],
    ['app/layout.tsx', 'absent'],
    ['app/page.tsx/route.ts', 'absent'],
    ['gone/ui/button.tsx', 'absent'],
    // Not listed, or behind a link.
    ['lib/a.ts', undefined],
    ['app/api/route.ts', undefined],
    ['linked', undefined],
    ['linked/b.ts', undefined],
  ])('tell of %s: %s', (name, kind) => {
    const { listings, path } = listed('.', 'app');
    expect(listings.known(path(name))).toBe(kind);
  });
});
