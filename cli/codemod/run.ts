/** Applies codemods to files, one file at a time. */
import { basename } from 'node:path';
import type { Codemod, LeftFinding, PlacedFinding } from '../../codemods/index.ts';
import type { TextCodemod } from '../../codemods/text-side.ts';
import type { FoundFile } from '../files/discover.ts';
import { isTurnedOn, type RunProject } from '../files/project.ts';
import { isScript } from '../files/skip.ts';
import { replaceFile } from '../write.ts';

export interface NamedCodemod {
  readonly name: string;
  readonly codemod: Codemod;
  /** Whether it runs only where a configuration turns its rule on. */
  readonly isStrict?: boolean;
}

export interface FileProblem {
  /** Goes on where the path ends; with a line it is a sentence of its own. */
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export type By<Finding> = Finding & {
  /** The codemod's name. */
  readonly by: string;
};

/** What became of a file that there is something to tell of. */
export interface FileOutcome {
  /** Absolute. */
  readonly path: string;
  readonly before: string;
  /** The text that the file holds now, or would hold. */
  readonly after: string;
  readonly written: boolean;
  readonly changed: readonly By<PlacedFinding>[];
  readonly left: readonly By<LeftFinding>[];
  readonly problems: readonly FileProblem[];
}

export interface RunOptions extends RunProject {
  readonly write: boolean;
  readonly tick: (done: number) => void;
}

/** Runs the codemods over the files in turn, and returns those files that were changed, left in part, or not done. */
export function runCodemods(
  codemods: readonly NamedCodemod[],
  files: readonly FoundFile[],
  options: RunOptions,
): FileOutcome[] {
  const outcomes: FileOutcome[] = [];
  for (const [index, file] of files.entries()) {
    const outcome = runFile(codemods, file, options);
    if (outcome) outcomes.push(outcome);
    options.tick(index + 1);
  }
  return outcomes;
}

/** Whether a codemod does a file that is no script, by its base name. */
export function doesText(codemod: Codemod | TextCodemod, name: string): boolean {
  return 'isText' in codemod && codemod.isText(name);
}

function runFile(
  codemods: readonly NamedCodemod[],
  file: FoundFile,
  { projectFor, read, write }: RunOptions,
): FileOutcome | undefined {
  const { path } = file;
  const source = read(file);
  if (!source.ok)
    return {
      path,
      before: '',
      after: '',
      written: false,
      changed: [],
      left: [],
      problems: [{ message: source.message }],
    };
  const before = source.text;
  const changed: By<PlacedFinding>[] = [];
  const left: By<LeftFinding>[] = [];
  const problems: FileProblem[] = [];
  let after = before;
  const project = projectFor(path);
  for (const { codemod, isStrict = false, name } of codemods) {
    if (!isScript(path) && !doesText(codemod, basename(path))) continue;
    if (isStrict && !isTurnedOn(project, name)) continue;
    const result = codemod.run({ path, source: after, project });
    if (result.problem) {
      // Every codemod would stumble over the same line.
      problems.push(result.problem);
      break;
    }
    after = result.text;
    changed.push(...result.changed.map((finding) => ({ ...finding, by: name })));
    left.push(...result.left.map((finding) => ({ ...finding, by: name })));
  }
  let written = false;
  if (write && after !== before) {
    const result = replaceFile(path, before, after);
    if (result.ok) written = true;
    else problems.push({ message: result.message });
  }
  if (after === before && left.length === 0 && problems.length === 0) return undefined;
  return { path, before, after, written, changed, left, problems };
}
