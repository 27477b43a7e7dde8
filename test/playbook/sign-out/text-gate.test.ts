/** Which handlers are read at all, told by their texts. */
import { describe, expect, it } from 'vitest';
import { mayEndSession } from '../../../playbook/sign-out/text-gate.ts';
import { openProject } from '../../../project/project.ts';
import { createFacts } from '../../../project/memos/stamps.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

function asked(handler: string, files: Readonly<Record<string, string>> = {}): boolean {
  const { path, root } = projectFixture({ 'app/x/route.ts': handler, ...files });
  const project = openProject({ cwd: root, settings: {}, facts: createFacts() });
  return mayEndSession(project, handler, path('app/x/route.ts'));
}

const COOKIES = "import { cookies } from 'next/headers';\nconst SESSION = 'session';\n";

describe('a handler may end a session', () => {
  it.each([
    ['by a function of a library', "import { signOut } from '@workos-inc/authkit-nextjs';"],
    ['by the deletion of a cookie', `${COOKIES}export const GET = async () => (await cookies()).delete(SESSION);`],
    [
      'by the deletion of a cookie with options',
      `${COOKIES}export const GET = async () => (await cookies()).delete({ name: SESSION, path: '/' });`,
    ],
    [
      'by the deletion of the cookie that AuthKit is told to use',
      "import { cookies } from 'next/headers';\nexport const GET = async () => (await cookies()).delete(process.env.WORKOS_COOKIE_NAME);",
    ],
    ['by an empty cookie', `${COOKIES}export const GET = async () => (await cookies()).set(SESSION, '');`],
    [
      'by every cookie there is',
      'export const GET = async () => { for (const { name } of store.getAll()) store.delete(name); };',
    ],
  ])('%s', (_, handler) => {
    expect(asked(handler)).toBe(true);
  });

  it('in what it imports, and in what that imports', () => {
    const files = {
      'lib/a.ts': "export { end } from './b';",
      'lib/b.ts': `${COOKIES}export const end = async () => (await cookies()).delete(SESSION);`,
    };
    expect(asked("import { end } from '../../lib/a';\nexport const GET = () => end();", files)).toBe(true);
  });
});

describe('a handler ends no session', () => {
  it.each([
    ['that reads one', `${COOKIES}export const GET = async () => (await cookies()).get(SESSION);`],
    [
      'that deletes a row of a database',
      `${COOKIES}export const GET = async () => prisma.account.delete({\n  where: { id: 1 },\n});`,
    ],
    ['that deletes what is no cookie', 'export const GET = async () => jobs.delete(1);'],
  ])('%s', (_, handler) => {
    expect(asked(handler)).toBe(false);
  });
});
