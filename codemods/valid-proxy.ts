import './without-babel.ts';
import rule from '../rules/valid-proxy.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
