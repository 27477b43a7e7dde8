/** Brings the WorkOS providers of an `auth.config` back to the playbook's pair, on `process.env.WORKOS_CLIENT_ID`. */
import rule from '../rules/valid-auth-config.ts';
import { transformFor } from './transform.ts';

/** jscodeshift reads it; our own parse goes by the file's extension. */
export const parser = 'tsx';

export default transformFor(rule);
