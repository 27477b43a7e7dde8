import rule from '../rules/no-hardcoded-redirect-host.ts';
import { transformFor } from './transform.ts';

export const parser = 'tsx';

export default transformFor(rule);
