import { describe, expect, it } from 'vitest';
import { readSettings } from '../../project/settings.ts';

describe('settings', () => {
  it.each([
    undefined,
    null,
    7,
    'x',
    [],
    {},
    { authkit: null, linkComponents: null },
    { authkit: [], linkComponents: 7 },
  ])('of %j are empty', (raw) => {
    expect(readSettings(raw)).toEqual({ authkit: {}, linkComponents: [] });
  });

  it('keep what has the right shape', () => {
    const authkit = {
      rootDir: 'apps/web',
      signOutPaths: ['/bye'],
      envFiles: ['.env.x'],
      env: { A: '' },
      hosting: 'vercel',
      previewHost: 'VERCEL_URL',
    };
    expect(readSettings({ authkit }).authkit).toEqual(authkit);
  });

  it('lose only what has the wrong one', () => {
    const authkit = {
      rootDir: [1, 'a'],
      signOutPaths: { replace: ['/x', null] },
      env: { A: undefined, B: 1, C: {} },
      hosting: 'aws',
      previewHost: 1,
    };
    expect(readSettings({ authkit }).authkit).toEqual({
      rootDir: ['a'],
      signOutPaths: { replace: ['/x'] },
      env: { B: '1' },
    });
  });

  it('take link components as eslint-plugin-react does', () => {
    const linkComponents = [
      'A',
      { name: 'B', linkAttribute: 'to' },
      { name: ['C', 'D'], linkAttribute: ['to', 'url'] },
      { name: 'E' },
      {},
      null,
    ];
    expect(readSettings({ linkComponents }).linkComponents).toEqual([
      { name: 'A', linkAttribute: ['href'] },
      { name: 'B', linkAttribute: ['to'] },
      { name: 'C', linkAttribute: ['to', 'url'] },
      { name: 'D', linkAttribute: ['to', 'url'] },
      { name: 'E', linkAttribute: ['href'] },
    ]);
  });
});
