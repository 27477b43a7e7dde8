/** What `require('eslint-plugin-authkit/codemods/NAME')` gives: a transform as jscodeshift runs it. */
import type { Codemod } from '../dist/codemods.js' with { 'resolution-mode': 'import' };

declare const codemod: Codemod;

export = codemod;
