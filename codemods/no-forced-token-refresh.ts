/** Takes the forced refresh out of a token bridge, so that it returns `getAccessToken()`. */
import rule from '../rules/no-forced-token-refresh.ts';
import { transformFor } from './transform.ts';

/** jscodeshift reads it; our own parse goes by the file's extension. */
export const parser = 'tsx';

export default transformFor(rule);
