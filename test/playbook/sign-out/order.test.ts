/** What was linted before changes no verdict. */
import { describe, expect, it } from 'vitest';
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import { findSignOutPrefetch } from '../../../playbook/sign-out/find-prefetch.ts';
import { mayPrefetchSignOut } from '../../../playbook/sign-out/text-gate.ts';
import { openProject } from '../../../project/project.ts';
import { createFacts } from '../../../project/memos/stamps.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { APP } from '../links/support.ts';

const LINK = "import Link from 'next/link';\nexport const nav = <Link href='/leave' />;\n";

describe('a file whose settings differ from those of another', () => {
  it('has its own verdict, whichever is asked first', () => {
    const fixture = projectFixture({
      ...APP,
      'app/leave/route.ts':
        "import { redirect } from 'next/navigation';\nexport const GET = () => redirect('/auth/logout');\n",
      'app/auth/logout/route.ts':
        "import { signOut } from '@workos-inc/authkit-nextjs';\nexport const GET = () => signOut();\n",
      'ui/a.tsx': LINK,
    });
    const facts = createFacts();
    const plain = { cwd: fixture.root, facts, settings: {} };
    const replaced = { ...plain, settings: { authkit: { signOutPaths: { replace: [] } } } };
    const asked = (options: typeof plain): number => {
      const project = openProject(options);
      const path = fixture.path('ui/a.tsx');
      const result = parseSourceFile(path, LINK);
      if (!result.ok || !mayPrefetchSignOut(LINK, path, () => project)) return 0;
      return findSignOutPrefetch(result.file, project, undefined).length;
    };
    try {
      expect([asked(replaced), asked(plain), asked(replaced), asked(plain)]).toEqual([0, 1, 0, 1]);
    } finally {
      fixture.remove();
    }
  });
});
