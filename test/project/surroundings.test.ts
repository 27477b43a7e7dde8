import { describe, expect, it } from 'vitest';
import { createFacts, disk } from '../../project/memos/stamps.ts';
import { markedFoldersAround, placeOf } from '../../project/surroundings.ts';
import { sandbox } from './helpers.ts';

describe('the marked folders around a path', () => {
  it('are told from the nearest to the outermost, each with its marks', () => {
    const { facts, path } = sandbox({
      '.git/HEAD': '',
      'package.json': '{}',
      'apps/web/package.json': '{}',
      'apps/web/tsconfig.json': '{}',
      'apps/web/src/lib/x.ts': '',
    });
    expect(markedFoldersAround(facts, path('apps/web/src/lib'), 'packages', path())).toEqual([
      { path: path('apps/web'), marks: ['package.json'] },
      { path: path(), marks: ['.git', 'package.json'] },
    ]);
    expect(markedFoldersAround(facts, path('apps/web/src/lib'), 'configs', path())).toEqual([
      { path: path('apps/web'), marks: ['tsconfig.json'] },
    ]);
  });

  it('end with the folder that is named last', () => {
    const { facts, path } = sandbox({ 'package.json': '{}', 'apps/web/package.json': '{}', 'apps/web/src/x.ts': '' });
    expect(
      markedFoldersAround(facts, path('apps/web/src'), 'packages', path('apps')).map((folder) => folder.path),
    ).toEqual([path('apps/web')]);
  });

  it('are told from what has been listed already, without another look', () => {
    const { path } = sandbox({ 'a/package.json': '{}', 'a/src/x.ts': '' });
    const asked: string[] = [];
    const stat = (name: string) => (asked.push(name), disk.stat(name));
    const listed = new Map([
      [path('a'), ['package.json', 'src']],
      [path('a/src'), ['x.ts']],
    ]);
    const holds = (folder: string, name: string) => listed.get(folder)?.includes(name);
    const facts = createFacts({ fileSystem: { ...disk, holds, stat } });
    expect(markedFoldersAround(facts, path('a/src'), 'packages', path())).toEqual([
      { path: path('a'), marks: ['package.json'] },
    ]);
    expect(asked.filter((name) => name.startsWith(path('a/')))).toEqual([]);
  });

  it('are new a second after a mark has come', () => {
    const { facts, path, wait, write } = sandbox({ 'apps/web/src/x.ts': '' });
    expect(markedFoldersAround(facts, path('apps/web/src'), 'packages', path())).toEqual([]);
    write({ 'apps/web/package.json': '{}' });
    wait(1000);
    expect(markedFoldersAround(facts, path('apps/web/src'), 'packages', path()).map((folder) => folder.path)).toEqual([
      path('apps/web'),
    ]);
  });
});

describe('a place', () => {
  it('is the same for folders of an app, and another one for the next app', () => {
    const { facts, path, root } = sandbox({
      'package.json': '{}',
      'apps/web/package.json': '{}',
      'apps/web/src/a/x.ts': '',
      'apps/web/src/b/x.ts': '',
      'apps/docs/package.json': '{}',
    });
    const of = (folder: string) => placeOf(facts, root, path(folder));
    expect(of('apps/web/src/a')).toBe(of('apps/web/src/b'));
    expect(of('apps/web/src/a')).not.toBe(of('apps/docs'));
    expect(of('apps/web/src/a')).not.toBe(of('.'));
  });
});
