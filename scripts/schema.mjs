/**
 * Writes the rules and their options into authkit.schema.json, as the built rules have them; the rest of the schema is written by hand.
 * With `--check` it writes nothing, and fails where the schema is out of date.
 */
import { readFileSync } from 'node:fs';
import plugin from '../dist/index.js';
import { at, writePage } from './page.mjs';

const schema = JSON.parse(readFileSync(at('authkit.schema.json'), 'utf8'));

const entries = Object.entries(plugin.rules).map(([name, { meta }]) => [name, { ...meta.docs, options: meta.schema }]);
const level = { $ref: '#/definitions/level' };
schema.definitions.rules.properties = Object.fromEntries(
  entries.flatMap(([name, { description, options }]) => {
    const list = { type: 'array', items: [level, ...options], maxItems: 1 + options.length };
    return [
      [name, { description, anyOf: [level, list] }],
      [`authkit/${name}`, { $ref: `#/definitions/rules/properties/${name}` }],
    ];
  }),
);

await writePage('authkit.schema.json', JSON.stringify(schema));
