/** The codemods under the real jscodeshift bin, whose contract they keep. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runNode } from '../helpers/commands.ts';
import { installedProject, signOutApp, signOutAppFixed } from '../helpers/installed.ts';

const JSCODESHIFT = join(ROOT, 'node_modules/jscodeshift/bin/jscodeshift.js');

describe.each([
  { name: 'with Babel', flags: [] },
  { name: 'with --no-babel', flags: ['--no-babel'] },
])('$name', ({ flags }) => {
  it('changes the file that has a finding, and no other', () => {
    const { path, root } = installedProject('eslint', {
      ...signOutApp,
      'components/other.jsx': 'export const a  =  1\n',
    });
    const transform = path('node_modules/eslint-plugin-authkit/dist/codemods/no-sign-out-prefetch.cjs');
    const args = ['-t', transform, '--parser', 'tsx', '--extensions', 'jsx', '--run-in-band', ...flags, 'components'];
    const { all } = runNode(JSCODESHIFT, args, root);
    expect(all).toContain('0 errors');
    expect(all).toContain('1 ok');
    expect(readFileSync(path('components/nav.jsx'), 'utf8')).toBe(signOutAppFixed);
    expect(readFileSync(path('components/other.jsx'), 'utf8')).toBe('export const a  =  1\n');
  });

  it('counts a file that does not parse as an error, and does the others', () => {
    const { path, root } = installedProject('eslint', {
      ...signOutApp,
      'components/broken.jsx': "import Link from 'next/link';\n// '/sign-out'\nconst = 1;\n",
    });
    const transform = path('node_modules/eslint-plugin-authkit/dist/codemods/no-sign-out-prefetch.cjs');
    const { all } = runNode(JSCODESHIFT, ['-t', transform, '--extensions', 'jsx', ...flags, 'components'], root);
    expect(all).toContain('1 errors');
    expect(all).toContain('1 ok');
    expect(all).toMatch(/broken\.jsx:3:\d+/u);
  });
});
