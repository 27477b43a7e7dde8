import './without-babel.ts';
import rule from '../rules/valid-auth-config.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
