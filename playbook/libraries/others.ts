/** What is no part of AuthKit, Convex or Next.js, and decides what code around them does. */
import type { Entry, Library } from './entry.ts';

const asserts: Entry = { asserts: true };
const NODE = { default: { ...asserts, members: { ok: asserts } }, ok: asserts };

/** Node.js's own (`lib/assert.js`). */
export const nodeAssert: Library = {
  name: 'node:assert',
  modules: ['node:assert', 'assert', 'node:assert/strict', 'assert/strict'],
  exports: { ...NODE, strict: NODE.default },
};

/** alexreardon/tiny-invariant `src/tiny-invariant.ts`, zertosh/invariant, apollographql/invariant-packages, epicweb-dev/invariant. */
export const invariants: Library = {
  name: 'tiny-invariant',
  modules: ['tiny-invariant', 'invariant', 'ts-invariant', '@epic-web/invariant'],
  exports: { default: asserts, invariant: asserts },
};

const onPost: Entry = { signsOutOnPost: true };

/** better-auth/better-auth `packages/better-auth/src/api/routes/sign-out.ts`, `src/integrations/next-js.ts`. */
export const betterAuth: Library = {
  name: 'better-auth',
  modules: ['better-auth', 'better-auth/minimal', 'better-auth/next-js', 'better-auth/node'],
  exports: {
    betterAuth: { returns: { handler: onPost } },
    toNextJsHandler: { returns: { GET: onPost, POST: onPost } },
    toNodeHandler: { returns: { '()': onPost } },
  },
};

/** trpc/trpc `packages/server/src/adapters/fetch/fetchRequestHandler.ts`: where `createContext` throws, every procedure of the request fails. */
export const trpc: Library = {
  name: '@trpc/server',
  modules: ['@trpc/server/adapters/fetch'],
  exports: { fetchRequestHandler: { callsMember: 'createContext' } },
};
