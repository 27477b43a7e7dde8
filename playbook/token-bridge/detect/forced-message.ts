/** When a refresh runs that holds nothing back: on Convex's flag, on every request, or where `getAccessToken()` has returned nothing. */
import { testsBefore } from '../../../analysis/flow/paths.ts';
import type { Project } from '../../../project/project.ts';
import type { Diagnosis, Forced } from './diagnosis.ts';
import { isSameForEachToken } from './tokens/token-life.ts';

export type ForcedMessage = 'forced' | 'forcedAlways' | 'repeated';

/** What is to be said of a forced refresh: a fetcher that is given no flag refreshes whatever Convex asks for. */
export function forcedMessageOf({ bridge, calls }: Diagnosis, { call }: Forced, project: Project): ForcedMessage {
  if (bridge.functions.length === 0 || bridge.functions.some(({ at }) => at.node.params.length > 0)) return 'forced';
  const asks = calls.some(({ what }) => what.kind === 'ask' && what.mayForce !== true);
  const isConditional = call.sites.some(({ file, function: owner, node, ref }) =>
    testsBefore(node, owner).some((test) => !isSameForEachToken({ ...ref, file, node: test.node, path: [] }, project)),
  );
  return asks && isConditional ? 'repeated' : 'forcedAlways';
}
