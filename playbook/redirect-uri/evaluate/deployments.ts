/** The environments under which a redirect URI is asked for: previews, production, the developer's machine. */
import { type Assumed, type Environment, environmentOf } from '../../../analysis/values/environment.ts';
import { OTHER_HOSTINGS, VERCEL } from '../hosting/hosts.ts';

/** What is assumed of the variables that a project sets itself. */
export type Others = 'any' | 'set' | 'unset';

export type Deployment = 'local' | 'preview' | 'production';

export interface Assumptions {
  readonly deployment: Deployment;
  readonly others: Others;
  /** Another value than the deployment has, to see what depends on it. */
  readonly nodeEnv?: 'development';
}

const onVercel = (environment: 'preview' | 'production'): Record<string, boolean | string> => ({
  NODE_ENV: 'production',
  CI: '1',
  VERCEL: '1',
  VERCEL_ENV: environment,
  VERCEL_TARGET_ENV: environment,
  NEXT_PUBLIC_VERCEL_ENV: environment,
  NEXT_PUBLIC_VERCEL_TARGET_ENV: environment,
  VERCEL_GIT_COMMIT_REF: true,
  NEXT_PUBLIC_VERCEL_GIT_COMMIT_REF: true,
  ...Object.fromEntries(Object.keys(VERCEL.hostVariables).map((name) => [name, true])),
});

const ASSUMED: Readonly<Record<Deployment, Readonly<Record<string, boolean | string>>>> = {
  preview: onVercel('preview'),
  production: onVercel('production'),
  local: {
    ...Object.fromEntries(Object.keys(onVercel('preview')).map((name) => [name, false])),
    NODE_ENV: 'development',
  },
};

const OTHERS: Readonly<Record<Others, Assumed>> = {
  any: { kind: 'maybe' },
  set: { kind: 'set' },
  unset: { kind: 'unset' },
};

const OTHER_PLATFORMS = new Set(OTHER_HOSTINGS.flatMap(({ hostVariables }) => Object.keys(hostVariables)));

/**
 * The environment under some assumptions. Another platform's variables stay open under all of them: code that reads them says that
 * the app runs there, and there they are set.
 */
export function environmentUnder({ deployment, nodeEnv, others }: Assumptions): Environment {
  const table = { ...ASSUMED[deployment], ...(nodeEnv && { NODE_ENV: nodeEnv }) };
  return environmentOf(table, (name) => (OTHER_PLATFORMS.has(name) ? OTHERS.any : OTHERS[others]));
}
