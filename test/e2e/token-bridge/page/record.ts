/** The page's record, which its parts fill. */
import type { MutablePageRecord, PageState } from '../page-record.ts';
import { authenticateMessages } from './convex-server.ts';
import { refreshes } from './workos.ts';

export const record: MutablePageRecord = {
  refreshes,
  setAuths: [],
  fetches: [],
  authenticateMessages,
  states: [],
  switches: [],
};

/** Notes what Convex says of the user now, if it is another than before. */
export function noteState(state: PageState['state']): void {
  if (record.states.at(-1)?.state !== state) record.states.push({ at: Date.now(), state });
}
