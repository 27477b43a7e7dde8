/**
 * What the codemods are tried on: their fixtures, the bridges of the gallery, and apps of the same forms from a folder outside
 * of this repository that `AUTHKIT_EDIT_CASES` names (`<codemod>/<case>/input.*`, or apps with an `expected.json` each).
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { codemods } from '../../../codemods/index.ts';
import { isScript } from '../../../cli/files/skip.ts';
import { readFixtures } from '../../helpers/codemod-fixtures.ts';
import { ROOT } from '../../helpers/commands.ts';

export interface EditCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Those of the files that the codemods are let at. */
  readonly paths: readonly string[];
  /** Names of codemods; all of them are those of the preset `strict` as well. */
  readonly codemods: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
}

const ALL = codemods.filter(({ isOnDemand }) => isOnDemand !== true).map(({ name }) => name);
const GALLERY = join(ROOT, 'test/e2e/token-bridge/gallery');

export function readCases(): EditCase[] {
  const outside = process.env['AUTHKIT_EDIT_CASES'];
  return [
    ...fixtureCases(join(ROOT, 'test/codemods')),
    ...galleryCases(),
    ...(outside === undefined ? [] : [...fixtureCases(outside), ...appCases(outside)]),
  ];
}

/** `<codemod>/<case>/input.*`, as in test/codemods. */
function fixtureCases(folder: string): EditCase[] {
  return ALL.filter((codemod) => existsSync(join(folder, codemod))).flatMap((codemod) =>
    readFixtures(join(folder, codemod)).map(({ as, files, input, name, settings = {} }) => ({
      name: `${codemod}/${name}`,
      files: { ...files, [as]: input },
      paths: [as],
      codemods: [codemod],
      settings,
    })),
  );
}

/** Each bridge in a file of its own, with all of the helpers. */
function galleryCases(): EditCase[] {
  const files = readTree(GALLERY);
  const isHelper = (path: string) => path.startsWith('helpers/');
  const helpers = Object.entries(files).filter(([path]) => isHelper(path));
  return Object.entries(files)
    .filter(([path]) => !isHelper(path))
    .map(([path, text]) => ({
      name: `bridge ${basename(path, '.tsx')}`,
      files: Object.fromEntries([...helpers, [path, text]].map(([at = '', code = '']) => [`components/${at}`, code])),
      paths: [`components/${path}`],
      codemods: ALL,
      settings: {},
    }));
}

/** `<case>/` with an `expected.json`: a whole app. */
function appCases(folder: string): EditCase[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'expected.json')))
    .map((name) => {
      const { 'expected.json': expected = '{}', ...files } = readTree(join(folder, name));
      const { settings } = JSON.parse(expected) as { settings?: object };
      return {
        name: `app ${name}`,
        files,
        paths: Object.keys(files).filter(isScript),
        codemods: ALL,
        settings: settings ? { authkit: settings } : {},
      };
    });
}

function readTree(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const files = paths.filter((path) => statSync(path).isFile());
  return Object.fromEntries(files.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}
