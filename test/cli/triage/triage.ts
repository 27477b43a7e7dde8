/** An app with a link that signs users out, evidence of it, and the built command. */
import { readFileSync } from 'node:fs';
import { type Outcome, ROOT } from '../../helpers/commands.ts';
import { projectFixture } from '../../helpers/project-fixture.ts';
import { cli, NAV, ROUTE } from '../cli.ts';

export const APP = {
  'package.json': JSON.stringify({ dependencies: { next: '16.0.0', '@workos-inc/authkit-nextjs': '4.3.2' } }),
  'app/sign-out/route.ts': ROUTE,
  'components/nav.tsx': NAV,
};

export const har = (entries: readonly object[]): string =>
  JSON.stringify({ log: { version: '1.2', creator: {}, entries } });

const headers = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

/** What a browser sent without a click. */
export const PREFETCH = {
  startedDateTime: '2026-11-27T09:30:00.000Z',
  request: {
    method: 'GET',
    url: 'https://a.example/sign-out?_rsc=x',
    headers: headers({ rsc: '1', 'next-router-prefetch': '1', 'next-url': '/home' }),
  },
  response: {
    status: 307,
    headers: headers({
      'set-cookie': 'wos-session=; Max-Age=0',
      location: 'https://api.workos.com/user_management/sessions/logout?session_id=s',
    }),
  },
};

/** A server action that fails to refresh, so many milliseconds after the first. */
export const failedRefresh = (milliseconds: number) => ({
  startedDateTime: new Date(Date.parse('2026-11-27T09:30:00Z') + milliseconds).toISOString(),
  request: { method: 'POST', url: 'https://a.example/dashboard', headers: headers({ 'next-action': 'ab' }) },
  response: { status: 200, headers: [], content: { text: '1:{"error":"Failed to refresh access token"}' } },
});

/** Runs `triage` in that app, with more files in it. */
export function triage(
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
  input = '',
  env: Readonly<Record<string, string>> = {},
): Outcome & { readonly read: (file: string) => string } {
  const project = projectFixture({ ...APP, ...files });
  const outcome = cli(project.root, ['triage', ...args], { LANG: 'C.UTF-8', LC_ALL: '', ...env }, input);
  return { ...outcome, read: (file) => readFileSync(project.path(file), 'utf8') };
}

export const SCHEMA = JSON.parse(readFileSync(`${ROOT}/schemas/triage.schema.json`, 'utf8')) as Readonly<
  Record<string, unknown>
>;
