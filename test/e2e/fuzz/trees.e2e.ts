/**
 * The command over folders as no one lays them out: files that are missing, that lead back to themselves, that may not be read, that are cut off.
 * And the command killed at any moment.
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cli, cliWithoutRights, MAIN } from '../../cli/cli.ts';
import { projectFixture, type ProjectFixture } from '../../helpers/project-fixture.ts';
import { createRandom, type Random } from '../../helpers/random.ts';
import { readSeeds, type Seed } from './corpus.ts';

const SEED = Number(process.env['AUTHKIT_FUZZ_SEED'] ?? 1);
const TREES = 6;
const KILLS = 6;

const seeds = readSeeds();

/** The projects of the fixtures, each with its files. */
const projects = [...new Set(seeds.map(({ root }) => root))].map((root) => seeds.filter((seed) => seed.root === root));

/** Files that name each other, or nothing, or are no files of their kind. */
const ODD_FILES: Readonly<Record<string, readonly string[]>> = {
  'tsconfig.json': [
    '{ "extends": "./tsconfig.json" }',
    '{ "extends": "./nowhere.json", "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
    '{',
  ],
  'package.json': [
    '{',
    '[]',
    '{ "dependencies": { "next": 16 }, "workspaces": ["../*", "**"] }',
    'null',
    '{ "name": "x", "authkit": [] }',
  ],
  'convex.json': [
    '{',
    '{ "functions": "../../.." }',
    '{ "functions": 1 }',
    '\0',
    '{ "authKit": { "preview": { "configure": null } } }',
  ],
  'vercel.json': ['', '[1]'],
  '.env.local': ['A=${A}\nB=${C}\nC=${B}\n', '=\n=\n', '\uFEFFA="'],
  'next.config.js': ["module.exports = require('./next.config.js')", 'export default'],
  'app/a.ts': ["export * from './b'; export { c as d } from './c'; import './a';"],
  'app/b.ts': ["export * from './a'; export { d as c } from './a';", "export * from './nowhere';"],
  'app/c.ts': ["import { d } from './b'; export const c = d; export default c;"],
};

/** A path of a file that is there, or of none. */
const pickPath = (files: readonly Seed[], random: Random): string =>
  random.chance(0.8) ? random.pick(files).as : `app/nowhere-${String(random.below(9))}.tsx`;

const attempt = (work: () => void): void => {
  try {
    work();
  } catch {
    // It stands there already, or cannot stand there.
  }
};

/** What is done to a tree, other than to its files. */
const ODDITIES: readonly ((project: ProjectFixture, files: readonly Seed[], random: Random) => void)[] = [
  ({ path }, files, random) => {
    attempt(() => {
      chmodSync(path(pickPath(files, random)), 0);
    });
  },
  ({ path }, files, random) => {
    attempt(() => {
      chmodSync(dirname(path(pickPath(files, random))), random.pick([0, 0o444]));
    });
  },
  ({ path }, files, random) => {
    attempt(() => {
      const target = pickPath(files, random);
      symlinkSync(path(target), path(`components/link-${String(random.below(99))}.tsx`));
    });
  },
  ({ path, root }, _files, random) => {
    attempt(() => {
      symlinkSync(root, path(`app/loop-${String(random.below(9))}`));
    });
  },
  ({ path }, _files, random) => {
    const [one, other] = [`app/x-${String(random.below(9))}.ts`, `app/y-${String(random.below(9))}.ts`];
    attempt(() => {
      symlinkSync(path(one), path(other));
    });
    attempt(() => {
      symlinkSync(path(other), path(one));
    });
  },
  ({ path }, _files, random) => {
    attempt(() => mkdirSync(path(`app/folder-${String(random.below(9))}.tsx`), { recursive: true }));
  },
  ({ write }, files, random) => {
    const { as, text } = random.pick(files);
    attempt(() => {
      write(as, text.slice(0, random.below(text.length)));
    });
  },
  ({ write }, _files, random) => {
    const name = random.pick(Object.keys(ODD_FILES));
    attempt(() => {
      write(name, random.pick(ODD_FILES[name] ?? []));
    });
  },
];

function treeOf(random: Random): ProjectFixture {
  const files = [...random.pick(projects), ...random.pick(projects)];
  const project = projectFixture();
  for (const { as, text } of files)
    attempt(() => {
      project.write(as, text);
    });
  // Those who may read little run in it.
  for (const folder of ['app', 'components']) mkdirSync(project.path(folder), { recursive: true });
  for (let left = random.below(8) + 2; left > 0; left -= 1) random.pick(ODDITIES)(project, files, random);
  return project;
}

const BUG = /looks like a bug|which is a bug|^ {4}at /mu;

describe(`trees of seed ${String(SEED)}`, () => {
  it.each(Array.from({ length: TREES }, (_, number) => number))(
    'tree %i is looked at, and changed, without a failure of ours',
    (number) => {
      const { root } = treeOf(createRandom(SEED * 7_919 + number));
      for (const args of [['check'], ['check', '--json', '--strict'], ['codemod', 'all', '--dry-run']]) {
        for (const outcome of [cli(root, args), cliWithoutRights(root, args)]) {
          if (!outcome) continue;
          expect(outcome.all).not.toMatch(BUG);
          expect(outcome.status).toBeOneOf([0, 1, 2]);
        }
      }
      const changed = cli(root, ['codemod', 'all', '--force']);
      expect(changed.all).not.toMatch(BUG);
      const texts = textsIn(root);
      expect(cli(root, ['codemod', 'all', '--force']).all).not.toMatch(BUG);
      expect(textsIn(root)).toEqual(texts);
    },
  );
});

/** All files below a folder, with their texts. */
function textsIn(root: string): Map<string, string> {
  // By their entries: otherwise Node.js 20 follows links, in circles as well.
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:tsx?|jsx?|json)$/u.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return new Map(names.map((name) => [name, readFileSync(join(root, name), 'utf8')]));
}

/** Many links that a codemod edits, so that a run takes its time. */
function manyLinks(): ProjectFixture {
  const files = Array.from({ length: 150 }, (_, index) => [
    `components/nav-${String(index)}.tsx`,
    `import Link from 'next/link';\n\nexport const Nav${String(index)} = () => <Link href="/sign-out">Sign out</Link>;\n`,
  ]);
  return projectFixture({
    ...(Object.fromEntries(files) as Record<string, string>),
    'app/sign-out/route.ts':
      "import { signOut } from '@workos-inc/authkit-nextjs';\n\nexport async function GET() {\n  await signOut();\n}\n",
  });
}

it(`${String(KILLS)} runs that are killed at some moment leave each file as it was, or as it is to be`, async () => {
  const random = createRandom(SEED);
  const before = manyLinks();
  const old = textsIn(before.root);
  const start = Date.now();
  expect(cli(before.root, ['codemod', 'no-sign-out-prefetch', '--force']).status).toBe(0);
  const duration = Date.now() - start;
  const done = textsIn(before.root);
  expect(done).not.toEqual(old);
  let torn = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { path, root } = manyLinks();
    const child = spawn(process.execPath, [MAIN, 'codemod', 'no-sign-out-prefetch', '--force'], {
      cwd: root,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await wait(random.below(duration));
    child.kill('SIGKILL');
    await ended;
    const texts = textsIn(root);
    for (const [name, text] of texts) expect([old.get(name), done.get(name)], name).toContain(text);
    if (
      [...texts].some(([name, text]) => text !== old.get(name)) &&
      [...texts].some(([name, text]) => text !== done.get(name))
    )
      torn += 1;
    expect(existsSync(path('app/sign-out/route.ts'))).toBe(true);
    expect(cli(root, ['codemod', 'no-sign-out-prefetch', '--force']).status).toBe(0);
    expect(textsIn(root)).toEqual(done);
    expect(readdirSync(join(root, 'components')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }
  console.log(`${String(torn)} of ${String(KILLS)} runs were killed between two files`);
});
