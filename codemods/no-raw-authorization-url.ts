import './without-babel.ts';
import rule from '../rules/no-raw-authorization-url.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
