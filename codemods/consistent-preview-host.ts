import './without-babel.ts';
import rule from '../rules/consistent-preview-host.ts';
import { codemodOf } from './codemod-of.ts';

export default codemodOf(rule);
