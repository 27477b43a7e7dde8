import './without-babel.ts';
import rule from '../rules/no-cookie-write-in-render.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
