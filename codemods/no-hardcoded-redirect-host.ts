import rule from '../rules/no-hardcoded-redirect-host.ts';
import { transformBothSides } from './text-side.ts';

export const parser = 'tsx';

export default transformBothSides(rule);
