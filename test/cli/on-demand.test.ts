/** Codemods without a rule, as people run them. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cli, gitProject } from './cli.ts';

const FILES = {
  'package.json': `${JSON.stringify(
    { name: 'web', dependencies: { '@workos-inc/authkit-nextjs': '^2.13.0', next: '16.0.10', react: '19.2.0' } },
    null,
    2,
  )}\n`,
  'app/layout.tsx':
    'export default function Layout({ children }: { children: React.ReactNode }) {\n  return <html><body>{children}</body></html>;\n}\n',
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\n\nexport const GET = handleAuth();\n",
  'middleware.ts':
    "import { authkitMiddleware } from '@workos-inc/authkit-nextjs';\n\nexport default authkitMiddleware();\n",
} as const;

it('upgrade-authkit writes all of an upgrade, and then says what to run', () => {
  const { path, root } = gitProject(FILES);
  const { status, stdout } = cli(root, ['codemod', 'upgrade-authkit', '--force']);
  expect(stdout).toContain('package.json\n  changed');
  expect(stdout).toContain('is not installed yet: run npm install');
  expect(status).toBe(1);
  expect(existsSync(path('middleware.ts'))).toBe(false);
  expect(readFileSync(path('proxy.ts'), 'utf8')).toContain('export default authkitProxy();');
  expect(cli(root, ['codemod', 'upgrade-authkit', '--check']).stdout).toContain(
    'Nothing changed. 1 finding needs a manual change',
  );
});

it('add-auth-debug writes two files once', () => {
  const { path, root } = gitProject(FILES);
  expect(cli(root, ['codemod', 'add-auth-debug', '--force']).status).toBe(0);
  expect(existsSync(path('app/admin/auth-debug/page.tsx'))).toBe(true);
  expect(existsSync(path('app/admin/auth-debug/auth-debug.tsx'))).toBe(true);
  expect(cli(root, ['codemod', 'add-auth-debug', '--check']).status).toBe(0);
});

it('all leaves both out', () => {
  const { root } = gitProject(FILES);
  const { stdout } = cli(root, ['codemod', 'all', '--json']);
  expect(stdout).not.toContain('upgrade-authkit');
  expect(stdout).not.toContain('add-auth-debug');
});
