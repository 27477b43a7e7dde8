import './without-babel.ts';

export { upgradeAuthkit as default } from './upgrade-authkit/codemod.ts';
