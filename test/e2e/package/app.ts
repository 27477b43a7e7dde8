/** The app into which the package is installed: two links that sign out. */
import { signOutApp } from '../../helpers/installed.ts';

export const APP = {
  ...signOutApp,
  // With types, so that only a parser for TypeScript can read it.
  'components/nav.tsx': signOutApp['components/nav.jsx'].replace('Nav = ()', 'Nav = (): React.ReactNode'),
  'package.json': JSON.stringify({ private: true, dependencies: { next: '16.0.0' } }),
};

/** What is installed, without Next.js, which is heavy and not asked for anything. */
export const LIGHT = { ...APP, 'package.json': JSON.stringify({ private: true }), 'next.config.js': '' };

/** The findings in what ESLint or `check` has printed. */
export const places = (printed: string): number => [...printed.matchAll(/ authkit\/no-sign-out-prefetch$/gmu)].length;
