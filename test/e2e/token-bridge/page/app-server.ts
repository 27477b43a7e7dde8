/** The routes of the app that a bridge may fetch. */
import { answer } from './workos-api.ts';
import { RefreshFailure, refreshSession } from './workos.ts';

/** Installs a `fetch` for `/api/token`, a route that answers with what `refreshSession()` gives. */
export function installAppServer(): void {
  Object.assign(window, {
    fetch: async (): Promise<Response> => {
      try {
        return answer(200, { accessToken: (await refreshSession())?.accessToken ?? null });
      } catch (error) {
        if (error instanceof RefreshFailure) return answer(500, {});
        throw error;
      }
    },
  });
}
