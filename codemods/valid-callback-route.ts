import rule from '../rules/valid-callback-route.ts';
import { transformFor } from './transform.ts';

export const parser = 'tsx';

export default transformFor(rule);
