/** Stores as people write them, for tests of bridges that keep something in one. */

export const ZUSTAND = `import { create } from 'zustand';
const useStore = create((set) => ({
  token: null,
  busy: false,
  setToken: (token) => set({ token }),
  setBusy: (busy) => set({ busy }),
}));`;

export const JOTAI = `import { atom, useAtom, useAtomValue, useSetAtom } from 'jotai';
const busyAtom = atom(false);
const otherAtom = atom(false);
const tokenAtom = atom(null);`;

export const VALTIO = `import { proxy, useSnapshot } from 'valtio';
const store = proxy({ busy: false, ready: true, token: null });`;

/** `refresh()` on force, with something done before and after it. */
export const refreshesBetween = (before: string, after: string, deps = ''): string =>
  `useCallback(async ({ forceRefreshToken }) => { try { if (!forceRefreshToken) return (await getAccessToken()) ?? null; ${before} const answer = (await refresh()) ?? null; ${after} return answer; } catch { return null; } }, [getAccessToken, refresh${deps}])`;
