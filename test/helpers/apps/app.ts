/** The small apps of `test/apps`, each a text file that says what is found in it (test/apps/README.md has the format). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../commands.ts';
import { type Archive, formatArchive, parseArchive } from './archive.ts';

export interface App {
  /** The folder, which is a failure mode, and the file without its extension. */
  readonly name: string;
  /** Absolute, of the text file. */
  readonly path: string;
  readonly text: string;
  readonly archive: Archive;
  /** Why what is found differs from what is right, where that is known. */
  readonly known: string | undefined;
  /** What is not as it should be about the codemods' edits, where that is known. */
  readonly knownEdits: string | undefined;
  /** All files of the app: its own over those of its folder, and these over those of all apps. */
  readonly files: Readonly<Record<string, string>>;
  /** What is found in the files that are not its own. */
  readonly inherited: readonly string[];
}

/** What an app is expected to give: what is found, and the files that `codemod all` makes other ones of ('' for those it deletes). */
export interface Outcome {
  readonly findings: readonly string[];
  readonly edited: ReadonlyMap<string, string>;
}

export const APPS = join(ROOT, 'test/apps');
const EXTENSION = '.txtar';
const BASE = `base${EXTENSION}`;
const FINDINGS = 'findings';
const WANTED = 'want/';

const isOwn = (name: string): boolean => name !== FINDINGS && !name.startsWith(WANTED);

export function readApps(): App[] {
  const base = readFileSync(join(APPS, BASE), 'utf8');
  const folders = readdirSync(APPS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name: folder }) => {
    const at = (name: string) => join(APPS, folder, name);
    const bases = [base, ...(existsSync(at(BASE)) ? [readFileSync(at(BASE), 'utf8')] : [])].map(parseArchive);
    return readdirSync(join(APPS, folder))
      .filter((name) => name.endsWith(EXTENSION) && name !== BASE)
      .map((name) => readApp(`${folder}/${basename(name, EXTENSION)}`, at(name), bases));
  });
}

function readApp(name: string, path: string, bases: readonly Archive[]): App {
  const text = readFileSync(path, 'utf8');
  const archive = parseArchive(text);
  const below = wordIn(archive.comment, 'base') === 'none' ? [] : bases;
  const files = new Map<string, string>();
  let inherited: string[] = [];
  for (const [index, layer] of [...below, archive].entries()) {
    for (const [file, content] of layer.files) {
      if (!isOwn(file)) continue;
      // What an app replaces is found in the app.
      inherited = inherited.filter((line) => !line.startsWith(`${file}:`));
      // An empty file takes away the one below it.
      if (content === '') files.delete(file);
      else files.set(file, content);
    }
    if (index < below.length) inherited.push(...linesOf(layer.files.get(FINDINGS)));
  }
  const known = wordIn(archive.comment, 'known');
  const knownEdits = wordIn(archive.comment, 'known edits');
  return { name, path, text, archive, known, knownEdits, files: Object.fromEntries(files), inherited };
}

/** What the comment says behind a word and a colon, on a line of its own. */
const wordIn = (comment: string, word: string): string | undefined =>
  comment
    .split('\n')
    .find((line) => line.startsWith(`${word}: `))
    ?.slice(word.length + 2);

const linesOf = (text = ''): string[] => text.split('\n').filter((line) => line !== '');

/** The text file of an app with what was found in it, and with the edited files where it shows some. */
export function textWith({ archive, inherited }: App, { edited, findings }: Outcome): string {
  const files = new Map([...archive.files].filter(([name]) => isOwn(name)));
  const left = [...inherited];
  const own = findings.filter((line) => {
    const index = left.indexOf(line);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
  // What is missing in a file of another text is a difference as well.
  const lines = [...own, ...left.map((line) => `not ${line}`)];
  if (lines.length > 0) files.set(FINDINGS, lines.map((line) => `${line}\n`).join(''));
  const shows = [...archive.files.keys()].some((name) => name.startsWith(WANTED));
  if (shows) for (const [name, text] of edited) files.set(WANTED + name, text);
  return formatArchive({ comment: archive.comment, files });
}
