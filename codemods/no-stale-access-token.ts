import './without-babel.ts';
import rule from '../rules/no-stale-access-token.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
