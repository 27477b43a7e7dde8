/** Codemods of rules that look at more than scripts: `convex.json` is edited as text, to the character. */
import { basename, resolve } from 'node:path';
import { disabledIn } from '../analysis/syntax/disable-directives.ts';
import { applyEdits } from '../analysis/edits/edits.ts';
import { positionAt } from '../analysis/syntax/source-file.ts';
import type { Finding } from '../playbook/finding.ts';
import { commentsOfJson } from '../project/json.ts';
import { openProject, type Project } from '../project/project.ts';
import { isOff } from '../rules/create-rule.ts';
import type { TextRule } from '../rules/on-text.ts';
import {
  editsOf,
  isSuppressed,
  NEEDS_REVIEW,
  messageOf,
  problemOf,
  transformFor,
  type Codemod,
  type CodemodInput,
  type CodemodResult,
  type PlacedFinding,
  type TransformFile,
  type TransformOptions,
} from './transform.ts';

/** As ESLint: what has not come to rest after ten passes never will. */
const MAX_PASSES = 10;

/** A codemod that does some files that are no scripts as well. */
export interface TextCodemod extends Codemod {
  /** Whether it does such a file, by its base name. */
  readonly isText: (name: string) => boolean;
}

/** The codemod of a rule with two sides. */
export function transformBothSides(rule: TextRule): TextCodemod {
  const scripts = transformFor(rule);
  const isText = (path: string) => rule.textSide.isFile(basename(path));
  const run = (input: CodemodInput) => (isText(input.path) ? runText(rule, input) : scripts.run(input));
  const transform = (file: TransformFile, api?: unknown, options: TransformOptions = {}): string | undefined => {
    if (!isText(file.path)) return scripts(file, api, options);
    const cwd = resolve(typeof options.cwd === 'string' ? options.cwd : '.');
    const path = resolve(cwd, file.path);
    const project = openProject({ cwd, settings: { ...options.settings }, path });
    const { text } = runText(rule, { path, source: file.source, project });
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

function runText(
  { definition, textSide }: TextRule,
  { path, project, safe = false, source }: CodemodInput,
): CodemodResult {
  const untouched: CodemodResult = { text: source, changed: [], left: [] };
  if (isOff(project, definition.name, path)) return untouched;
  const mark = source.startsWith('\uFEFF') ? '\uFEFF' : '';
  const changed: PlacedFinding[] = [];
  let text = source.slice(mark.length);
  const placed = (finding: Finding): PlacedFinding => ({
    finding,
    message: messageOf(definition, finding),
    ...positionAt(text, finding.range[0]),
  });
  for (let pass = 1; ; pass += 1) {
    let findings: readonly Finding[];
    try {
      const isDisabled = disabledIn(text, `authkit/${definition.name}`, () => commentsOfJson(text));
      findings = textSide.find(path, text, project).filter(({ range }) => !isDisabled(range[0]));
    } catch (error) {
      return { ...untouched, problem: problemOf(definition, error) };
    }
    if (pass === 1 && isSuppressed(findings, definition, path, project)) return untouched;
    const result = applyEdits(
      text,
      findings.map((finding) => editsOf(finding, safe)),
    );
    if (pass > MAX_PASSES || result.applied.length === 0) {
      return {
        text: mark + text,
        changed,
        left: findings.map((finding) => ({
          ...placed(finding),
          reason: safe && finding.fix ? NEEDS_REVIEW : (finding.unfixable ?? 'there is no edit for it'),
        })),
      };
    }
    for (const index of result.applied) {
      const finding = findings[index];
      if (finding) changed.push(placed(finding));
    }
    ({ text } = result);
  }
}
