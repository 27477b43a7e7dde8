import rule from '../rules/no-get-sign-out.ts';
import { transformFor } from './transform.ts';

export const parser = 'tsx';

export default transformFor(rule);
