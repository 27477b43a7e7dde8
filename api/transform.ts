/** The codemods as a function over one text. */
import { resolve } from 'node:path';
import { codemodNamed, codemods } from '../codemods/index.ts';
import { openProject } from '../project/project.ts';
import { isTurnedOn } from '../cli/files/project.ts';
import { runCodemods } from '../cli/codemod/run.ts';
import { resolved, type ProjectOptions } from './settings.ts';

export interface TransformOptions extends ProjectOptions {
  readonly code: string;
  /** Where the code is, relative to `cwd`: what a route or a wrapper is depends on the files around it. It need not exist. */
  readonly filename: string;
  /** Names of codemods; default: those that `codemod all` runs. */
  readonly codemods?: readonly string[];
  /** Whether to make only edits that are safe, as `eslint --fix` does; default: those to be reviewed as well. */
  readonly safe?: boolean;
}

/** A place in the code. Line and column count from 1. */
export interface TransformPlace {
  /** The codemod, which has the name of its rule. */
  readonly codemod: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface TransformResult {
  /** The new code; the code that was given, to the byte, where nothing is changed. */
  readonly code: string;
  /** What was changed, in the code that was given. */
  readonly changed: readonly TransformPlace[];
  /** What needs a manual change, in the new code, and why. */
  readonly left: readonly (TransformPlace & { readonly reason: string })[];
}

/**
 * Runs codemods over one text. It reads the files around `filename`, and writes none. A codemod that changes several files together does
 * here what it does to one.
 *
 * Rejects with a `SyntaxError` for code that does not parse, and with a `RangeError` for a codemod that there is not.
 */
export async function transform(options: TransformOptions): Promise<TransformResult> {
  const { code, filename, safe = false } = options;
  const { cwd, settings } = resolved(options);
  const path = resolve(cwd, filename);
  const project = openProject({ cwd, settings, path });
  const names =
    options.codemods ??
    codemods.filter(({ isStrict, name }) => isStrict !== true || isTurnedOn(project, name)).map(({ name }) => name);
  const chosen = await Promise.all(
    names.map(async (name) => {
      const entry = codemodNamed(name);
      if (!entry) throw new RangeError(`There is no codemod '${name}'.`);
      return { name, codemod: await entry.load(), isNamed: options.codemods !== undefined };
    }),
  );
  const [outcome] = await runCodemods(chosen, [{ path, named: true }], {
    projectFor: () => project,
    read: () => ({ ok: true, text: code }),
    safe,
    write: undefined,
    tick: () => undefined,
  });
  if (!outcome) return { code, changed: [], left: [] };
  const [problem] = outcome.problems;
  if (problem) {
    const { column, line, message } = problem;
    throw new SyntaxError(line === undefined ? message : `${filename}:${String(line)}:${String(column)}: ${message}`);
  }
  return {
    code: outcome.after,
    changed: outcome.changed.map(({ by, column, line, message }) => ({ codemod: by, message, line, column })),
    left: outcome.left.map(({ by, column, line, message, reason }) => ({ codemod: by, message, line, column, reason })),
  };
}
