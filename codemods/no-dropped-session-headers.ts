import './without-babel.ts';
import rule from '../rules/no-dropped-session-headers.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
