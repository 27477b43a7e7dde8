import './without-babel.ts';
import rule from '../rules/no-hardcoded-redirect-host.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
