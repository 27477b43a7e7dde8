import { describe, expect, it } from 'vitest';
import { createFacts, disk } from '../../project/stamps.ts';
import { markedFoldersAround, placeOf } from '../../project/surroundings.ts';
import { sandbox } from './helpers.ts';

describe('the marked folders around a path', () => {
  it('are told from the nearest to the outermost, each with its marks', () => {
    const { facts, path } = sandbox({ '.git/HEAD': '', 'package.json': '{}', 'apps/web/package.json': '{}', 'apps/web/tsconfig.json': '{}', 'apps/web/src/lib/x.ts': '' });
    const found = markedFoldersAround(facts, path('apps/web/src/lib'), path());
    expect(found).toEqual([
      { path: path('apps/web'), marks: ['package.json', 'tsconfig.json'] },
      { path: path(), marks: ['.git', 'package.json'] },
    ]);
  });

  it('end with the folder that is named last', () => {
    const { facts, path } = sandbox({ 'package.json': '{}', 'apps/web/package.json': '{}', 'apps/web/src/x.ts': '' });
    expect(markedFoldersAround(facts, path('apps/web/src'), path('apps')).map((folder) => folder.path)).toEqual([path('apps/web')]);
  });

  it('are found where a folder may be entered but not listed', () => {
    const { path } = sandbox({ 'closed/package.json': '{}', 'closed/src/x.ts': '' });
    const names = () => {
      throw new Error('EACCES');
    };
    const facts = createFacts({ fileSystem: { ...disk, names } });
    expect(markedFoldersAround(facts, path('closed/src'), path()).map((folder) => folder.path)).toEqual([path('closed')]);
  });

  it('are new a second after a mark has come', () => {
    const { facts, path, wait, write } = sandbox({ 'apps/web/src/x.ts': '' });
    expect(markedFoldersAround(facts, path('apps/web/src'), path())).toEqual([]);
    write({ 'apps/web/package.json': '{}' });
    wait(1000);
    expect(markedFoldersAround(facts, path('apps/web/src'), path()).map((folder) => folder.path)).toEqual([path('apps/web')]);
  });
});

describe('a place', () => {
  it('is the same for folders of an app, and another one for the next app', () => {
    const { facts, path, root } = sandbox({ 'package.json': '{}', 'apps/web/package.json': '{}', 'apps/web/src/a/x.ts': '', 'apps/web/src/b/x.ts': '', 'apps/docs/package.json': '{}' });
    const of = (folder: string) => placeOf(facts, root, path(folder));
    expect(of('apps/web/src/a')).toBe(of('apps/web/src/b'));
    expect(of('apps/web/src/a')).not.toBe(of('apps/docs'));
    expect(of('apps/web/src/a')).not.toBe(of('.'));
  });
});
