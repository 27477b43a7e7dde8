import './without-babel.ts';

export { addAuthDebug as default } from './add-auth-debug/codemod.ts';
