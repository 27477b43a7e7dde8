/**
 * CommonJS, so that `source-file.ts` can load it late. Built, it has the JavaScript of oxc-parser inside, an ES module, which Yarn's PnP
 * on Node.js 20 cannot `require`. The binary comes from the installed package.
 */
'use strict';

const { parseSync } = require('oxc-parser');

module.exports = { parseSync };
