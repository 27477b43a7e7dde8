import './without-babel.ts';
import rule from '../rules/no-get-sign-out.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
