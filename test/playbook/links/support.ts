/** Small apps, and what the finder says of one file in them. */
import { parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Finder, Finding } from '../../../playbook/finding.ts';
import { findSignOutPrefetch } from '../../../playbook/sign-out/find-prefetch.ts';
import { mayPrefetchSignOut } from '../../../playbook/sign-out/text-gate.ts';
import { type Project, openProject } from '../../../project/project.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';

export type Files = Readonly<Record<string, string>>;

export const packageJson = (next: string): string =>
  JSON.stringify({ name: 'web', dependencies: { next, '@workos-inc/authkit-nextjs': '4.3.0' } });

/** An App Router app without a route. */
export const APP: Files = {
  'package.json': packageJson('16.0.0'),
  'app/page.tsx': 'export default function Page() { return null; }\n',
};

/** A rule's finder, and the gate that its files pass. */
export interface Asked {
  readonly find: Finder;
  readonly mayConcern: (text: string, path: string, open: () => Project) => boolean;
}

const SIGN_OUT: Asked = { find: findSignOutPrefetch, mayConcern: mayPrefetchSignOut };

/** The messages of the findings in a file. */
export function messagesOf(code: string, files: Files, path?: string, asked?: Asked): string[] {
  return findingsIn(code, files, path, asked).map(
    ({ data, messageId }) => `${messageId} ${data['href'] ?? ''} ${data['because'] ?? ''}`,
  );
}

/** The findings in a file. One that the text search would have kept out counts as an error. */
export function findingsIn(
  code: string,
  files: Files,
  path = 'components/nav.tsx',
  { find, mayConcern }: Asked = SIGN_OUT,
): readonly Finding[] {
  const fixture = projectFixture({ ...files, [path]: code });
  try {
    const project = openProject({ cwd: fixture.root });
    const result = parseSourceFile(fixture.path(path), code);
    if (!result.ok) throw new Error(result.problem.message);
    const found = find(result.file, project, undefined);
    if (found.length > 0 && !mayConcern(code, fixture.path(path), () => project))
      throw new Error('kept out by its text');
    return found;
  } finally {
    fixture.remove();
  }
}
