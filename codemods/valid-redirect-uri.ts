import './without-babel.ts';
import rule from '../rules/valid-redirect-uri.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
