/** Makes a token bridge catch what `getAccessToken()` throws, and takes what comes of the token out of its flags. */
import rule from '../rules/handle-token-error.ts';
import { transformFor } from './transform.ts';

/** jscodeshift reads it; our own parse goes by the file's extension. */
export const parser = 'tsx';

export default transformFor(rule);
