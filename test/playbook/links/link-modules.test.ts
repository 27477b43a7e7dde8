/** Which files can link to anything at all, told by their texts and by what they import. */
import { describe, expect, it } from 'vitest';
import { isFromModuleWithLinks, mayLink } from '../../../playbook/links/link-modules.ts';
import { openProject } from '../../../project/project.ts';
import { createFacts } from '../../../project/memos/stamps.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

const FILES = {
  'package.json': '{}',
  'ui/card.tsx': 'export const Card = ({ children }) => <div>{children}</div>;',
  'ui/nav.tsx': `import { Item } from './item';\nexport const Nav = () => <Item href="/" />;`,
  'ui/item.tsx': `import Link from 'next/link';\nexport const Item = (props) => <Link {...props} />;`,
  'lib/warm.ts': 'export const warm = (router, path) => router.prefetch(path);',
};

function asked(text: string, path: string, settings: object = {}): boolean {
  const fixture = projectFixture({ ...FILES, [path]: text });
  try {
    return mayLink(
      text,
      fixture.path(path),
      openProject({ cwd: fixture.root, settings: { ...settings }, facts: createFacts() }),
    );
  } finally {
    fixture.remove();
  }
}

describe('a file may link to something', () => {
  it.each([
    ['by a package that has links', 'app/page.tsx', `import Link from 'next/link';`],
    [
      'by a component that it imports, however far away its link is',
      'app/page.tsx',
      `import { Nav } from '../ui/nav';`,
    ],
    ['by a component that is loaded late', 'app/page.tsx', `const Nav = dynamic(() => import('../ui/nav'));`],
    ['by a router', 'app/page.tsx', 'router.prefetch(path);'],
    ['by a function that has a router, in a file without JSX', 'lib/a.ts', `import { warm } from './warm';`],
    [
      'by an element that is made in a file without JSX',
      'lib/a.ts',
      `import Link from 'next/link';\ncreateElement(Link, { href });`,
    ],
  ])('%s', (_, path, text) => {
    expect(asked(text, path)).toBe(true);
  });

  it('by a component that the settings name, wherever it comes from', () => {
    expect(asked(`import { Card } from '../ui/card';`, 'app/page.tsx', { linkComponents: ['Card'] })).toBe(true);
  });
});

describe('a file links to nothing', () => {
  it.each([
    ['whose components make elements of the DOM alone', 'app/page.tsx', `import { Card } from '../ui/card';`],
    ['that imports the types of a module with links', 'app/page.tsx', `import type { Nav } from '../ui/nav';`],
    ['that has no JSX, whatever it imports', 'lib/a.ts', `import { Nav } from '../ui/nav';`],
  ])('%s', (_, path, text) => {
    expect(asked(text, path)).toBe(false);
  });
});

it('knows of each import whether a component may come from there', () => {
  const fixture = projectFixture(FILES);
  try {
    const project = openProject({ cwd: fixture.root, settings: {}, facts: createFacts() });
    const from = fixture.path('app/page.tsx');
    expect(['../ui/card', '../ui/nav', 'a-package'].map((name) => isFromModuleWithLinks(project, name, from))).toEqual([
      false,
      true,
      false,
    ]);
  } finally {
    fixture.remove();
  }
});
