/** What `require('eslint-plugin-authkit/api')` gives. */
import type * as esm from '../dist/api.js' with { 'resolution-mode': 'import' };

export type * from '../dist/api.js' with { 'resolution-mode': 'import' };

export declare const check: typeof esm.check;
export declare const explainToken: typeof esm.explainToken;
export declare const transform: typeof esm.transform;
