import './without-babel.ts';
import rule from '../rules/handle-token-error.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
