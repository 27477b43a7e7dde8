/**
 * The changelog when a version is made. `node scripts/changelog.mjs release` (npm runs it in `npm version`) gives what is unreleased the version
 * of package.json and today's date; it fails when nothing is. `notes` prints what is under the version.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { root: { type: 'string', default: process.cwd() } },
});
const path = join(values.root, 'CHANGELOG.md');
const text = readFileSync(path, 'utf8');
const { version } = JSON.parse(readFileSync(join(values.root, 'package.json'), 'utf8'));

if (positionals[0] === 'release') {
  if (sectionOf('Unreleased') === '') stop('Nothing is unreleased: CHANGELOG.md has no line under "## Unreleased".');
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(path, text.replace(/^## Unreleased$/mu, `## Unreleased\n\n## ${version} - ${today}`));
} else if (positionals[0] === 'notes') {
  const notes = sectionOf(version);
  if (notes === '') stop(`CHANGELOG.md has no notes for ${version}.`);
  console.log(notes);
} else {
  stop('usage: node scripts/changelog.mjs release|notes');
}

/** What is under a heading; empty where there is no such heading. */
function sectionOf(name) {
  const sections = text.split(/^## /mu).slice(1);
  const section = sections.find((each) => /^\S+/u.exec(each)?.[0] === name);
  return section === undefined ? '' : section.slice(section.indexOf('\n')).trim();
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
