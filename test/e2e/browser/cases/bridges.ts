/** Token bridges of the jsdom gallery, each in a page of a running app: PLAYBOOK §2. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../helpers/commands.ts';
import type { Files, State } from '../stage/common.ts';
import type { Failure } from '../stage/tap.ts';

const GALLERY = join(ROOT, 'test/e2e/token-bridge/gallery');

/** Under which a page is opened. With a failure, WorkOS fails from the start, and the token is about to expire. */
export type Scenario = Failure | 'expires' | 'guarded' | 'switches';

export interface BridgeCase {
  readonly name: string;
  /** The rule that reports it, if any. */
  readonly rule?: string;
  /** It asks some times more than it should, which is no loop; `triage` may call it one. */
  readonly retries?: true;
  /** Whether a codemod rewrites it. */
  readonly rewritten: boolean;
  /** Where it is opened as it is written, and where it does not come to rest then. */
  readonly scenarios: readonly Scenario[];
  readonly loops: readonly Scenario[];
}

const LOOP = 'no-token-refresh-loop';
const FORCED = 'no-forced-token-refresh';
const ERROR = 'handle-token-error';

const FAILURES: readonly Scenario[] = ['400', '429', '500'];
/** Under which each bridge is opened that no rule reports, or that a codemod has written. */
const ALL: readonly Scenario[] = ['none', 'expires', ...FAILURES];

const bridge = (
  name: string,
  rule: string | undefined,
  scenarios: readonly Scenario[],
  loops: readonly Scenario[] = [],
): BridgeCase => ({ name, ...(rule !== undefined && { rule }), rewritten: rule !== undefined, scenarios, loops });

export const BRIDGES: readonly BridgeCase[] = [
  bridge('get-access-token', undefined, [...ALL, 'guarded', 'switches']),
  bridge('latched-error', undefined, ALL),
  bridge('last-token-in-catch', undefined, ALL),
  bridge('token-loading-and-token', undefined, ['none', 'guarded'], ['guarded']),
  bridge('authenticated-with-token-and-loading', undefined, ['none', 'guarded'], ['guarded']),
  bridge('authenticated-unless-loading', undefined, ['none', 'guarded']),

  bridge('official-template', FORCED, ['none', 'expires', '400', 'switches']),
  bridge('refresh-session-action', FORCED, ['none', '400']),
  bridge('guarded-token-loading', FORCED, ['none', 'guarded'], ['guarded']),
  bridge('always-refresh', FORCED, ['none']),

  bridge('token-loading-in-is-loading', LOOP, ['none'], ['none']),
  bridge('hook-wraps-hook', LOOP, ['none'], ['none']),
  bridge('access-token-in-deps', LOOP, ['none'], ['none']),
  bridge('forced-not-memoised', LOOP, ['none'], ['none']),
  bridge('get-access-token-not-memoised', LOOP, ['none'], ['none']),
  bridge('refresh-auth-user-in-deps', LOOP, ['none'], ['none']),
  bridge('own-state-in-is-loading', LOOP, ['none'], ['none']),
  bridge('error-in-is-authenticated', LOOP, ['none', '400'], ['400']),
  // It logs the error that it must not depend on.
  { ...bridge('error-in-deps', LOOP, ['none', '400'], ['400']), rewritten: false },
  { ...bridge('retry-in-catch', LOOP, ['none', '400']), retries: true },
  bridge('refresh-on-error-caught', LOOP, ['none', '400'], ['400']),
  bridge('provider-keyed-by-token', LOOP, ['none'], ['none']),

  bridge('get-access-token-uncaught', ERROR, ['none', '400']),
  bridge('authenticated-with-token', ERROR, ['none', 'guarded'], ['guarded']),
  bridge('loading-until-token-of-user', ERROR, ['none', '400']),
  bridge('token-ref', 'no-stale-access-token', ['none', 'expires']),
  bridge('token-closure', 'no-stale-access-token', ['none', 'expires']),
];

/** Under which a bridge is opened. What a codemod has written has to do in all of them. */
export const scenariosOf = ({ name, rewritten, scenarios }: BridgeCase, state: State): readonly Scenario[] =>
  state === 'before' || (name === 'get-access-token' && scenarios.length > 0)
    ? scenarios
    : rewritten
      ? [...new Set([...ALL, ...scenarios])]
      : [];

export const hookFile = ({ name }: BridgeCase): string => `bridges/${name}.tsx`;

/** The hooks, and a page for each. */
export function bridgeFiles(): Files {
  const files: Record<string, string> = {};
  const copy = (path: string): string => (files[`bridges/${path}`] = readFileSync(join(GALLERY, path), 'utf8'));
  for (const helper of readdirSync(join(GALLERY, 'helpers'))) copy(`helpers/${helper}`);
  for (const { name } of BRIDGES) {
    const hasHook = copy(`${name}.tsx`).includes('export function useBridge');
    files[`app/bridges/${name}/page.tsx`] = hasHook
      ? page(name, 'useBridge', 'BridgePage', 'useAuth={useBridge}')
      : page(name, 'ConvexClientProvider', 'ProviderPage', 'Provider={ConvexClientProvider}');
  }
  return files;
}

const page = (name: string, imported: string, component: string, prop: string): string =>
  `'use client';\n\nimport { ${imported} } from '../../../bridges/${name}';\nimport { ${component} } from '../../../components/bridge-page';\n\nexport default function Page() {\n  return <${component} ${prop} />;\n}\n`;
