import rule from '../rules/consistent-preview-host.ts';
import { transformBothSides } from './text-side.ts';

export const parser = 'tsx';

export default transformBothSides(rule);
