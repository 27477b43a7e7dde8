/** Where everything listens, on the loopback address alone, and what an app is given. */
import type { AppName, State } from './common.ts';

export const PORTS = { workos: 3611, emulator: 3612, convex: 3613, edge: 3614, development: 3615 } as const;

const APPS: Readonly<Record<`${AppName} ${State}`, number>> = {
  'next-16 before': 3620,
  'next-16 after': 3621,
  'next-15 before': 3622,
  'next-15 after': 3623,
};

export const portOf = (app: AppName, state: State): number => APPS[`${app} ${state}`];
export const originOf = (app: AppName, state: State): string => `http://localhost:${String(portOf(app, state))}`;

/** What an app at this origin needs to sign in, at its build and when it runs. */
export const environmentOf = (origin: string): Readonly<Record<string, string>> => ({
  NEXT_TELEMETRY_DISABLED: '1',
  WORKOS_API_KEY: 'sk_test_default',
  WORKOS_CLIENT_ID: 'client_e2e',
  WORKOS_COOKIE_PASSWORD: 'a-password-of-more-than-32-letters',
  WORKOS_API_HOSTNAME: 'localhost',
  WORKOS_API_HTTPS: 'false',
  WORKOS_API_PORT: String(PORTS.workos),
  NEXT_PUBLIC_WORKOS_REDIRECT_URI: `${origin}/callback`,
  NEXT_PUBLIC_CONVEX_URL: `http://127.0.0.1:${String(PORTS.convex)}`,
  APP_ORIGIN: origin,
});
