/** Ends the loop of a token bridge: a memoised `getAccessToken()`, both flags from `useAuth()` alone. */
import rule from '../rules/no-token-refresh-loop.ts';
import { transformFor } from './transform.ts';

/** jscodeshift reads it; our own parse goes by the file's extension. */
export const parser = 'tsx';

export default transformFor(rule);
