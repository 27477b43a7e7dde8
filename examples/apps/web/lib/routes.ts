/** Paths of the app, so that no one types them twice. */
export const ROUTES = {
  home: '/',
  dashboard: '/dashboard',
  signIn: '/sign-in',
  signOut: '/sign-out',
} as const;

export const menu = [
  { label: 'Dashboard', href: ROUTES.dashboard },
  { label: 'Sign out', href: ROUTES.signOut },
];
