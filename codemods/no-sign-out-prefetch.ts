import rule from '../rules/no-sign-out-prefetch.ts';
import { transformFor } from './transform.ts';

export const parser = 'tsx';

export default transformFor(rule);
