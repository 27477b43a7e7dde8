/** Gives every link to a route that starts a sign-in `prefetch={false}`, or makes it an `<a>` where that does not help. */
import rule from '../rules/no-sign-in-prefetch.ts';
import { transformFor } from './transform.ts';

/** jscodeshift reads it; our own parse goes by the file's extension. */
export const parser = 'tsx';

export default transformFor(rule);
