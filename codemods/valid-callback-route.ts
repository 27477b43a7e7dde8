import './without-babel.ts';
import rule from '../rules/valid-callback-route.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
