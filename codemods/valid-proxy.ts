import rule from '../rules/valid-proxy.ts';
import { transformFor } from './transform.ts';

export const parser = 'tsx';

export default transformFor(rule);
