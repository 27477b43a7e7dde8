/** Makes a token bridge ask `getAccessToken()` instead of returning a stored token. */
import rule from '../rules/no-stale-access-token.ts';
import { transformFor } from './transform.ts';

/** jscodeshift reads it; our own parse goes by the file's extension. */
export const parser = 'tsx';

export default transformFor(rule);
