/** Codemods of rules that look at more than scripts: `convex.json` is edited as text, to the character. */
import { basename, resolve } from 'node:path';
import { withoutBOM } from '../analysis/syntax/source-file.ts';
import { commentsOfJson } from '../project/json.ts';
import { openProject, type Project } from '../project/project.ts';
import type { TextRule } from '../rules/on-text.ts';
import { type CodemodInput, type CodemodResult, runPasses } from './passes.ts';
import { type Codemod, transformFor, type TransformFile, type TransformOptions } from './transform.ts';

/** A codemod that does some files that are no scripts as well. */
export interface TextCodemod extends Codemod {
  /** Whether it does such a file, by its base name. */
  readonly isText: (name: string) => boolean;
}

/** The codemod of a rule with two sides. */
export function transformBothSides(rule: TextRule): TextCodemod {
  const scripts = transformFor(rule);
  const isText = (path: string) => rule.textSide.isFile(basename(path));
  const run = (input: CodemodInput) => (isText(input.path) ? runOnText(rule, input) : scripts.run(input));
  const transform = (file: TransformFile, api?: unknown, options: TransformOptions = {}): string | undefined => {
    if (!isText(file.path)) return scripts(file, api, options);
    const cwd = resolve(typeof options.cwd === 'string' ? options.cwd : '.');
    const path = resolve(cwd, file.path);
    const project = openProject({ cwd, settings: { ...options.settings }, path });
    const { text } = runOnText(rule, { path, source: file.source, project });
    return text === file.source ? undefined : text;
  };
  return Object.assign(transform, {
    ...scripts,
    run,
    isText: rule.textSide.isFile,
    mayConcern: (text: string, path: string, project: Project) =>
      isText(path) ? text.includes('"authKit"') : scripts.mayConcern(text, path, project),
  });
}

function runOnText({ definition, textSide }: TextRule, input: CodemodInput): CodemodResult {
  const { path, project } = input;
  return runPasses(definition, input, (withMark) => {
    const text = withoutBOM(withMark);
    return {
      ok: true,
      comments: () => commentsOfJson(text),
      find: () => textSide.find(path, text, project),
    };
  });
}
