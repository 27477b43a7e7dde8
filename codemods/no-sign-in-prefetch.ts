import './without-babel.ts';
import rule from '../rules/no-sign-in-prefetch.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
