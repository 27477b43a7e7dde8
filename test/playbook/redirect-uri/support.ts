/** Finders asked directly, with files in memory around the one in question. */
import { applyEdits } from '../../../analysis/edits/edits.ts';
import { type SourceFile, parseSourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Finder, Finding } from '../../../playbook/finding.ts';
import { type AuthKitSettings, type Project, openProject } from '../../../project/project.ts';

export interface Around {
  readonly path?: string;
  /** Modules by their specifier. */
  readonly modules?: Readonly<Record<string, string>>;
  readonly settings?: AuthKitSettings;
}

export function parse(path: string, code: string): SourceFile {
  const result = parseSourceFile(path, code);
  if (!result.ok) throw new Error(`${result.problem.message} in ${code}`);
  return result.file;
}

function projectWith({ modules = {}, settings = {} }: Around = {}): Project {
  const files = new Map(Object.entries(modules).map(([name, code]) => [name, parse(`/nowhere/app/${name}.ts`, code)]));
  const project = openProject({ cwd: '/nowhere/app', settings: { authkit: settings } });
  const load = (specifier: string) => files.get(specifier);
  return { ...project, load, concerning: () => ({ load }) };
}

export interface Asked {
  /** The message and the text that each finding points at. */
  readonly found: readonly string[];
  readonly findings: readonly Finding[];
  /** The file after the fixes of one pass. */
  readonly fixed: string;
}

/** What a finder says of a file. */
export function ask(find: Finder, code: string, around: Around = {}): Asked {
  const file = parse(around.path ?? '/nowhere/app/proxy.ts', code);
  const findings = find(file, projectWith(around), undefined);
  const { text } = applyEdits(
    code,
    findings.map(({ fix }) => fix?.edits ?? []),
  );
  return {
    found: findings.map(({ messageId, range }) => `${messageId}: ${code.slice(...range)}`),
    findings,
    fixed: text,
  };
}

/** A text without its line breaks: layout.test.ts says where those go. */
export const flat = (text: string): string =>
  text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/, (?=[)}])/gu, ' ')
    .replaceAll(/(?<=[:=(]) (?=\S)/gu, '')
    .replaceAll(/ (?=[)}])/gu, '')
    .replaceAll(/\{ /gu, '{');
