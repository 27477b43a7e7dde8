import { describe, expect, it } from 'vitest';
import { sandbox, type Sandbox } from './helpers.ts';

const show = (box: Sandbox, path: string) =>
  box
    .project()
    .convexProjectsFor(box.path(path))
    .map(({ authConfigPath, functionsDir, root }) => ({
      root: box.project().display(root),
      functions: box.project().display(functionsDir),
      auth: authConfigPath && box.project().display(authConfigPath),
    }));

describe('the Convex project of a file', () => {
  it('is that of the nearest folder with convex.json', () => {
    const box = sandbox({ 'web/convex.json': '{"functions":"src/backend/"}', 'web/src/backend/auth.config.js': '' });
    expect(show(box, 'web/app/page.tsx')).toEqual([
      { root: 'web', functions: 'web/src/backend', auth: 'web/src/backend/auth.config.js' },
    ]);
  });

  it.each([
    ['convex/', { 'package.json': '{"dependencies":{"convex":"1"}}', 'convex/x.ts': '' }, 'convex'],
    ['src/convex/', { 'package.json': '{"dependencies":{"convex":"1"}}', 'src/convex/x.ts': '' }, 'src/convex'],
    ['convex/ by what Convex generates', { 'convex/_generated/api.js': '' }, 'convex'],
  ])('needs no convex.json: %s', (_where, files, functions) => {
    expect(show(sandbox(files), 'app/page.tsx')[0]?.functions).toContain(functions);
  });

  it('is not any folder called convex', () => {
    expect(show(sandbox({ 'convex/helpers.ts': '', 'package.json': '{}' }), 'app/page.tsx')).toEqual([]);
  });

  it('is in another package of a monorepo', () => {
    const box = sandbox({
      'package.json': '{"workspaces":["apps/*","packages/*"]}',
      'apps/web/package.json': '{}',
      'packages/backend/package.json': '{"dependencies":{"convex":"1"}}',
      'packages/backend/convex/auth.config.ts': '',
    });
    const expected = [
      {
        root: 'packages/backend',
        functions: 'packages/backend/convex',
        auth: 'packages/backend/convex/auth.config.ts',
      },
    ];
    expect(show(box, 'apps/web/app/page.tsx')).toEqual(expected);
    expect(show(box, 'packages/backend/convex/auth.config.ts')).toEqual(expected);
  });

  it('may have its convex.json next to the app and its functions in another package', () => {
    const box = sandbox({
      'package.json': '{"workspaces":["apps/*","packages/*"]}',
      'apps/web/package.json': '{}',
      'apps/web/convex.json': '{"functions":"../../packages/backend/convex"}',
      'packages/backend/package.json': '{}',
      'packages/backend/convex/auth.config.ts': '',
    });
    expect(show(box, 'packages/backend/convex/auth.config.ts').map(({ root }) => root)).toContain('apps/web');
  });

  it('keeps the text and the tree of convex.json, comments, commas and a byte order mark or not', () => {
    const text = '{ // ours\n "functions": "f", }';
    const box = sandbox({ 'convex.json': `\uFEFF${text}` });
    const [found] = box.project().convexProjectsFor(box.path('x.ts'));
    expect(found?.configFile).toMatchObject({ text, value: { functions: 'f' }, isValid: true });
    expect(found?.configFile?.tree?.children?.[0]?.offset).toBe(text.indexOf('"functions"'));
  });

  it.each(['{ broken', '[]', '7', '', '{"functions":7}', '{"functions":""}', '{"functions":"/etc"}'])(
    'survives a convex.json of %j',
    (text) => {
      const box = sandbox({ 'convex.json': text });
      expect(show(box, 'x.ts').map(({ functions }) => functions)).toEqual(['convex']);
    },
  );

  it('says of a broken convex.json that it is broken', () => {
    const box = sandbox({ 'convex.json': '{ "a": }' });
    expect(box.project().json(box.path('convex.json'))?.isValid).toBe(false);
  });
});
