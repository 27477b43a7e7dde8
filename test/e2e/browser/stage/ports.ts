/** Where everything listens, on the loopback address alone, and what the app is given. */
export const PORTS = { app: 3610, workos: 3611, emulator: 3612, convex: 3613 } as const;

export const ORIGIN = `http://localhost:${String(PORTS.app)}`;

export const ENV: Readonly<Record<string, string>> = {
  NEXT_TELEMETRY_DISABLED: '1',
  WORKOS_API_KEY: 'sk_test_default',
  WORKOS_CLIENT_ID: 'client_e2e',
  WORKOS_COOKIE_PASSWORD: 'a-password-of-more-than-32-letters',
  WORKOS_API_HOSTNAME: 'localhost',
  WORKOS_API_HTTPS: 'false',
  WORKOS_API_PORT: String(PORTS.workos),
  NEXT_PUBLIC_WORKOS_REDIRECT_URI: `${ORIGIN}/callback`,
  NEXT_PUBLIC_CONVEX_URL: `http://127.0.0.1:${String(PORTS.convex)}`,
  APP_ORIGIN: ORIGIN,
};
