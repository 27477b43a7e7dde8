/** What `require('eslint-plugin-authkit/codemods')` gives. */
import type * as esm from '../dist/codemods.js' with { 'resolution-mode': 'import' };

export type * from '../dist/codemods.js' with { 'resolution-mode': 'import' };

export declare const codemods: typeof esm.codemods;
export declare const codemodNamed: typeof esm.codemodNamed;
