/** Projects that are deployed: all are in one built app, which asks a header whose proxy and sign-in route it runs. */
import type { Files, State } from '../stage/common.ts';
import { PROXIES } from './proxies.ts';
import { REDIRECTS } from './redirects.ts';

export interface Deployed {
  readonly name: string;
  /** Besides those that each project has. */
  readonly files: Files;
}

export const DEPLOYED: readonly Deployed[] = [...REDIRECTS, ...PROXIES];

/** The header by which a request says which project it is for. */
export const variantHeader = (state: State, name: string): Readonly<Record<string, string>> => ({
  'x-variant': `${state}/${name}`,
});

/** All files of a project, as its developer sees them. */
export const projectOf = ({ files }: Deployed): Files => ({
  'package.json': JSON.stringify({
    private: true,
    dependencies: { '@workos-inc/authkit-nextjs': '4.3.2', '@workos-inc/node': '10.14.0', next: '16.4.6' },
  }),
  'app/layout.tsx': LAYOUT,
  'app/page.tsx': pageOf('Home'),
  'app/app/page.tsx': pageOf('App'),
  'app/callback/route.ts':
    "import { handleAuth } from '@workos-inc/authkit-nextjs';\n\nexport const GET = handleAuth();\n",
  'app/sign-in/route.ts':
    "import { getSignInUrl } from '@workos-inc/authkit-nextjs';\nimport { redirect } from 'next/navigation';\n\nexport async function GET() {\n  redirect(await getSignInUrl());\n}\n",
  ...files,
});

const LAYOUT =
  'import type { ReactNode } from \'react\';\n\nexport default function RootLayout({ children }: { children: ReactNode }) {\n  return (\n    <html lang="en">\n      <body>{children}</body>\n    </html>\n  );\n}\n';

const pageOf = (name: string): string =>
  `import { withAuth } from '@workos-inc/authkit-nextjs';\n\nexport default async function ${name}Page() {\n  const { user } = await withAuth();\n  return <p>{user?.email ?? 'no one'}</p>;\n}\n`;
