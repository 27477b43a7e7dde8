/**
 * Libraries that keep state outside of components. Read in their sources: pmndrs/zustand 5 `src/{react,vanilla}.ts`, pmndrs/jotai 2 `src/react/*`,
 * pmndrs/valtio 2 `src/{react,vanilla}.ts`, TanStack/query 5 `packages/react-query/src/types.ts`, vercel/swr 2 `src/_internal/types.ts`.
 */
import type { Library } from './entry.ts';

export const zustand: Library = {
  name: 'zustand',
  modules: ['zustand', 'zustand/react', 'zustand/vanilla', 'zustand/traditional'],
  exports: {
    create: { store: 'members' },
    createWithEqualityFn: { store: 'members' },
    createStore: { store: 'members' },
    useStore: { readsStore: 'members' },
  },
};

export const jotai: Library = {
  name: 'jotai',
  modules: ['jotai', 'jotai/react', 'jotai/vanilla'],
  exports: {
    atom: { store: 'value' },
    useAtom: { readsStore: 'pair' },
    useAtomValue: { readsStore: 'value' },
    useSetAtom: { readsStore: 'setter' },
  },
};

export const valtio: Library = {
  name: 'valtio',
  modules: ['valtio', 'valtio/react', 'valtio/vanilla'],
  exports: { proxy: { store: 'object' }, useSnapshot: { readsStore: 'value' } },
};

const QUERY = { caches: { argument: 0, member: 'queryFn', options: 0, renewedBy: 'refetchInterval' } } as const;

export const reactQuery: Library = {
  name: '@tanstack/react-query',
  modules: ['@tanstack/react-query'],
  exports: { useQuery: QUERY, useSuspenseQuery: QUERY },
};

export const swr: Library = {
  name: 'swr',
  modules: ['swr', 'swr/immutable'],
  exports: { default: { caches: { argument: 1, given: 0, options: 2, renewedBy: 'refreshInterval' } } },
};
