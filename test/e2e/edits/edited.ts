/** What the codemods make of a case, and what our rules say about it before and after. */
import { codemodNamed } from '../../../codemods/index.ts';
import type { Codemod } from '../../../codemods/index.ts';
import { rules } from '../../../rules/index.ts';
import type { Finding } from '../../../playbook/finding.ts';
import { openProject } from '../../../project/project.ts';
import { mayConcern } from '../../../rules/needles.ts';
import { parsed } from '../../helpers/parse.ts';
import { type ProjectFixture, projectFixture } from '../../helpers/project-fixture.ts';
import type { EditCase } from './cases.ts';

export type Files = Readonly<Record<string, string>>;

export interface EditedCase extends EditCase {
  readonly after: Files;
  /** Those of the paths whose text is another one afterwards. */
  readonly changed: readonly string[];
}

/** As the command: what has not come to rest after ten rounds never will. */
const MAX_ROUNDS = 10;

/** Runs the codemods of a case to their end. */
export async function editCase(given: EditCase, files: Files = given.files): Promise<EditedCase> {
  const entries = given.codemods.flatMap((name) => codemodNamed(name) ?? []);
  const loaded = await Promise.all(entries.map(async ({ load }) => await load()));
  const project = projectFixture(files);
  const after = { ...files };
  for (const path of given.paths) {
    const text = rewritten(loaded, project, path, files[path] ?? '', given.settings);
    after[path] = text;
    project.write(path, text);
  }
  project.remove();
  return { ...given, files, after, changed: given.paths.filter((path) => after[path] !== files[path]) };
}

function rewritten(
  loaded: readonly Codemod[],
  { path: at, root }: ProjectFixture,
  path: string,
  source: string,
  settings: EditCase['settings'],
): string {
  const project = openProject({ cwd: root, settings, path: at(path) });
  let text = source;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const start = text;
    for (const codemod of loaded) text = codemod.run({ path: at(path), source: text, project }).text;
    if (text === start) return text;
  }
  throw new Error(`${path} does not come to rest`);
}

/** `file: rule messageId` of what our rules find in the scripts of a case; `fixable` has those that a codemod would change. */
export interface OurFindings {
  readonly all: readonly string[];
  readonly fixable: readonly string[];
}

export function ourFindings({ codemods, paths, settings }: EditCase, files: Files): OurFindings {
  const { path: at, remove, root } = projectFixture(files);
  const project = openProject({ cwd: root, settings });
  const found = paths.flatMap((path) => {
    const text = files[path] ?? '';
    const file = parsed(at(path), text);
    return Object.values(rules).flatMap(({ definition }) => {
      if (!mayConcern(definition.needles, text, at(path), () => project)) return [];
      const findings: readonly Finding[] = definition.find(file, project, {});
      return findings.map((finding) => ({
        label: `${path}: ${definition.name} ${finding.messageId}`,
        isFixable: finding.fix !== undefined && codemods.includes(definition.name),
      }));
    });
  });
  remove();
  return {
    all: found.map(({ label }) => label),
    fixable: found.filter(({ isFixable }) => isFixable).map(({ label }) => label),
  };
}
