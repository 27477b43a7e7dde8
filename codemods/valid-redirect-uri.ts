import rule from '../rules/valid-redirect-uri.ts';
import { transformBothSides } from './text-side.ts';

export const parser = 'tsx';

export default transformBothSides(rule);
