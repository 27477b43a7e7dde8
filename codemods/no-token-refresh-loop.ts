import './without-babel.ts';
import rule from '../rules/no-token-refresh-loop.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
