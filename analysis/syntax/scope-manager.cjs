/**
 * CommonJS, so that `source-file.ts` can load it late. Built, it is one file with the packages inside: from its hundred files
 * scope-manager takes 40 ms to load.
 */
'use strict';

const { analyze } = require('@typescript-eslint/scope-manager');
const { visitorKeys } = require('@typescript-eslint/visitor-keys');

module.exports = { analyze, visitorKeys };
