import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factsCacheKey } from '../../../project/project.ts';
import { sandbox } from '../helpers.ts';

const files = {
  'package.json': '{}',
  'app/sign-out/route.ts': '',
  '.env.local': 'A=1',
  'node_modules/x/index.js': '',
  'README.md': '',
};

describe('the cache key of the facts', () => {
  it('is short, and the same while nothing changes', () => {
    const { facts, root, wait } = sandbox(files);
    const key = factsCacheKey(root, facts);
    wait(1000);
    expect(key).toMatch(/^[\da-f]{16}$/u);
    expect(factsCacheKey(root, facts)).toBe(key);
  });

  it.each([
    'app/sign-out/route.ts',
    'app/new/route.ts',
    '.env.local',
    '.env.preview',
    'package.json',
    'convex.json',
    'tsconfig.json',
    'next.config.mjs',
    'lib/links.ts',
    '.vercel/project.json',
  ])('is another when %s is written', (name) => {
    const { facts, root, wait, write } = sandbox(files);
    const key = factsCacheKey(root, facts);
    write({ [name]: 'changed' });
    wait(1000);
    expect(factsCacheKey(root, facts)).not.toBe(key);
  });

  it.each(['README.md', 'node_modules/x/index.js', '.next/server/page.js'])(
    'is the same when %s is written',
    (name) => {
      const { facts, root, wait, write } = sandbox(files);
      const key = factsCacheKey(root, facts);
      write({ [name]: 'changed' });
      wait(1000);
      expect(factsCacheKey(root, facts)).toBe(key);
    },
  );

  it('reads no file, and ends where links are circular', () => {
    const { calls, facts, path, root } = sandbox(files);
    symlinkSync(root, path('app/again'), 'dir');
    factsCacheKey(root, facts);
    expect(calls.filter((call) => call.startsWith('read'))).toEqual([]);
  });

  it('of a folder that is not there is a key too', () => {
    expect(factsCacheKey('/absent/folder')).toMatch(/^[\da-f]{16}$/u);
  });
});
