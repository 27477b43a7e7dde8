import './without-babel.ts';
import rule from '../rules/no-forced-token-refresh.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
