/** Which files are looked at for links to a route that starts a sign-in: those that name it in what may be a link. */
import { describe, expect, it } from 'vitest';
import { mayPrefetchSignIn } from '../../../../playbook/sign-in/text-gate.ts';
import { openProject } from '../../../../project/project.ts';
import { createFacts } from '../../../../project/memos/stamps.ts';
import { projectFixture } from '../../../helpers/project-fixture.ts';
import { APP, type Files } from '../support.ts';

const STARTS =
  "import { getSignInUrl } from '@workos-inc/authkit-nextjs';\nimport { redirect } from 'next/navigation';\nexport const GET = async () => redirect(await getSignInUrl());\n";
const LINK = "import Link from 'next/link';\n";

/** Whether a component is looked at in an app with a route handler that starts a sign-in. */
function isLookedAt(code: string, route = 'app/login/route.ts', files: Files = {}): boolean {
  const fixture = projectFixture({ ...APP, [route]: STARTS, ...files, 'components/nav.tsx': code });
  try {
    const project = openProject({ cwd: fixture.root, facts: createFacts() });
    return mayPrefetchSignIn(code, fixture.path('components/nav.tsx'), () => project);
  } finally {
    fixture.remove();
  }
}

describe('a component', () => {
  it.each([
    ['that links to the route', "<Link href='/login'>In</Link>"],
    ['that names it in other letters', "<Link href='/Login?from=nav'>In</Link>"],
    ['that joins it from two parts', "<Link href={`/log${'in'}`}>In</Link>"],
    ['that joins it with a hyphen between', "<Link href={'/log' + separator + 'in'}>In</Link>"],
    ['that fetches it, and links there', "<Link href='/login' onClick={() => fetch('/login')}>In</Link>"],
    ['that has a function of that name', "<Link href={router.fetch('/login')}>In</Link>"],
  ])('%s is looked at', (_, element) => {
    expect(isLookedAt(`${LINK}export const nav = ${element};\n`)).toBe(true);
  });

  it.each([
    ['that links elsewhere', "<Link href='/home'>Home</Link>"],
    ['that only fetches it', "<Link href='/' onClick={() => fetch('/login')}>In</Link>"],
    ['that only fetches it with a query', "<Link href='/' onClick={() => fetch(`/login?from=${page}`)}>In</Link>"],
    ['that has only the end of it', "<Link href='/' data-place={'in'}>In</Link>"],
    ['that has only the start of it', "<Link href='/' data-level={'log'}>In</Link>"],
  ])('%s is not', (_, element) => {
    expect(isLookedAt(`${LINK}export const nav = ${element};\n`)).toBe(false);
  });

  it('that only imports a module of that name is not', () => {
    const code = `import { Login } from './forms/login';\n${LINK}export const nav = <Link href="/"><Login /></Link>;\n`;
    expect(isLookedAt(code, undefined, { 'components/forms/login.tsx': 'export const Login = () => null;\n' })).toBe(
      false,
    );
  });

  it.each([
    ['a component', 'import { List } from', true],
    ['a type alone', 'import type { Item } from', false],
  ])(
    'that is called by another, and takes %s from a module that names the route, is looked at only for a value',
    (_, clause, expected) => {
      const code = `${clause} './list';\n${LINK}export const nav = <List renderItem={(href) => <Link href={href}>In</Link>} />;\n`;
      const files: Files = { 'components/list.tsx': "export const List = ({ renderItem }) => renderItem('/login');\n" };
      expect(isLookedAt(code, undefined, files)).toBe(expected);
    },
  );

  it('that joins the name of a route with a character of two code units is looked at', () => {
    const code = `${LINK}export const nav = <Link href={'/go🚪' + 'in'}>In</Link>;\n`;
    expect(isLookedAt(code, 'app/go🚪in/route.ts')).toBe(true);
  });

  it('that takes the start from one module, and the end from another, is looked at', () => {
    const code = `import { START } from './start';\nimport { END } from './end';\n${LINK}export const nav = <Link href={START + END}>In</Link>;\n`;
    const files: Files = {
      'components/start.ts': "export const START = '/log';\n",
      'components/end.ts': "export const END = 'in';\n",
    };
    expect(isLookedAt(code, undefined, files)).toBe(true);
  });
});
