/**
 * Writes the rules and their options into authkit.schema.json, as the built rules have them; the rest of the schema is written by hand.
 * With `--check` it writes nothing, and fails where the schema is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import plugin from '../dist/index.js';

const path = fileURLToPath(new URL('../authkit.schema.json', import.meta.url));
const text = readFileSync(path, 'utf8');
const schema = JSON.parse(text);

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

const renewed = await format(JSON.stringify(schema), { ...(await resolveConfig(path)), filepath: path });
if (renewed !== text) {
  if (process.argv.includes('--check')) {
    console.error('authkit.schema.json is out of date: npm run docs');
    process.exitCode = 1;
  } else writeFileSync(path, renewed);
}
