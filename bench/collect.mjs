/**
 * Builds the set of files that some figures are measured over, from any folder of checkouts:
 * `node bench/collect.mjs <checkouts> <target> [number]`. Takes distinct .tsx files as people wrote them, the same number of each
 * checkout as far as it goes, and leaves out what is minified, generated, a test or a story, and files that link to a sign-out path: the
 * set has to be without findings. It is a folder of other people's code, so never commit it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const LINKS_TO_SIGN_OUT =
  /next\/(?:link|form)[\s\S]*(?:sign|log)[-_]?(?:out|off)|(?:sign|log)[-_]?(?:out|off)[\s\S]*next\/(?:link|form)/iu;
const SKIPPED_FOLDER = /^(?:node_modules|\..*|dist|build|out|coverage|__tests__|__mocks__|tests?|e2e|_?generated_?)$/u;
const SKIPPED_FILE = /\.(?:test|spec|stories|story|gen|generated)\.tsx$/u;
const MAX_SIZE = 100_000;
const MAX_LINE = 1_000;

const [from, to, wanted = '2000'] = process.argv.slice(2);
if (from === undefined || to === undefined) {
  console.error('usage: node bench/collect.mjs <folder of checkouts> <target folder> [number of files]');
  process.exit(2);
}

const checkouts = readdirSync(from, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, files: tsxFiles(join(from, name)).values() }));
const seen = new Set();
let taken = 0;
for (let isLeft = true; isLeft && taken < Number(wanted);) {
  isLeft = false;
  for (const { files, name } of checkouts) {
    const next = nextFile(files);
    if (!next) continue;
    isLeft = true;
    if (taken === Number(wanted)) break;
    const target = join(resolve(to), name, relative(join(from, name), next.path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, next.text);
    taken += 1;
  }
}
// So that they are an app of AuthKit's, which all rules look at.
writeFileSync(
  join(resolve(to), 'package.json'),
  '{ "private": true, "dependencies": { "@workos-inc/authkit-nextjs": "^4.3.2", "convex": "^1.49.0", "next": "^16.4.0" } }\n',
);
console.log(`${String(taken)} files in ${to}`);

/** The next file of a checkout that is fit for the set. */
function nextFile(files) {
  for (const path of files) {
    const text = readFileSync(path, 'utf8');
    const hash = createHash('sha256').update(text).digest('hex');
    if (
      seen.has(hash) ||
      text.length > MAX_SIZE ||
      LINKS_TO_SIGN_OUT.test(text) ||
      /@generated|do not edit/iu.test(text.slice(0, 500))
    )
      continue;
    if (text.split('\n').some((line) => line.length > MAX_LINE)) continue;
    seen.add(hash);
    return { path, text };
  }
  return undefined;
}

function tsxFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED_FOLDER.test(entry.name) ? [] : tsxFiles(path);
    return entry.isFile() && entry.name.endsWith('.tsx') && !SKIPPED_FILE.test(entry.name) ? [path] : [];
  });
}
