/** The lines of the project that the rules report: where an answer leads to. Reads files, and needs no ESLint. */
import { basename } from 'node:path';
import { withoutBOM, parseSourceFile, positionAt } from '../../analysis/syntax/source-file.ts';
import { codemodNamed } from '../../codemods/index.ts';
import { messageOf } from '../../codemods/passes.ts';
import { rules as allRules } from '../../rules/index.ts';
import type { Finding } from '../../playbook/finding.ts';
import type { Project } from '../../project/project.ts';
import { redact } from '../../analysis/texts/redact.ts';
import { UsageError } from '../usage.ts';
import { hidden } from './evidence/inputs.ts';
import type { AuthKitRule } from '../../rules/create-rule.ts';
import { isOff, optionsIn } from '../../rules/definition.ts';
import { mayConcern } from '../../rules/needles.ts';
import { isTextRule } from '../../rules/on-text.ts';
import { type Discovery, discover } from '../files/discover.ts';
import { configured, projectOfRun } from '../files/project.ts';
import { progressOf } from '../output/progress.ts';
import type { Terminal } from '../output/terminal.ts';
import { shown } from '../output/words.ts';

export interface Line {
  readonly rule: string;
  /** Relative to the working directory. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The codemod that rewrites it; undefined where nothing does. */
  readonly codemod: string | undefined;
}

export interface Found {
  readonly lines: readonly Line[];
  readonly files: number;
  /** Why no file could be looked at. */
  readonly problem?: string;
}

/** What rules find below a folder (absolute). `env`: the variables of the Convex deployment, where the evidence lists them. Throws a `UsageError` for a configuration that can't be followed. */
export function linesOf(
  folder: string,
  names: ReadonlySet<string>,
  terminal: Terminal,
  env?: Readonly<Record<string, string>>,
): Found {
  const { cwd } = terminal;
  const rules = Object.values(allRules).filter(({ definition }) => names.has(definition.name));
  const isText = (name: string): boolean => rules.some((rule) => isTextRule(rule) && rule.textSide.isFile(name));
  let found: Discovery;
  try {
    found = discover({ cwd, paths: [folder], isText });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { lines: [], files: 0, problem: error.message };
  }
  const { projectFor, read } = projectOfRun(found, folder);
  const files = configured(found.files, projectFor, cwd);
  const progress = progressOf(terminal, files.length, 'Looked at');
  const lines: Line[] = [];
  for (const [index, file] of files.entries()) {
    progress.tick(index);
    const source = read(file);
    if (!source.ok) continue;
    const text = withoutBOM(source.text);
    const project = withEnv(projectFor(file.path), env);
    for (const { finding, rule } of findingsIn(file.path, text, project, rules)) {
      lines.push({
        rule: rule.definition.name,
        file: shown(file.path, cwd),
        ...positionAt(text, finding.range[0]),
        message: redact(hidden(messageOf(rule.definition, finding), Object.values(env ?? {}))),
        codemod: finding.fix && codemodNamed(rule.definition.name) ? rule.definition.name : undefined,
      });
    }
  }
  progress.end();
  return { lines, files: files.length };
}

function withEnv(project: Project, env: Readonly<Record<string, string>> | undefined): Project {
  if (!env) return project;
  const { authkit } = project.settings;
  return { ...project, settings: { ...project.settings, authkit: { ...authkit, env } } };
}

function* findingsIn(
  path: string,
  text: string,
  project: Project,
  rules: readonly AuthKitRule[],
): Generator<{ readonly finding: Finding; readonly rule: AuthKitRule }> {
  let parsed: ReturnType<typeof parseSourceFile> | undefined;
  for (const rule of rules) {
    const { definition } = rule;
    if (isOff(project, definition.name, path)) continue;
    const isText = isTextRule(rule) && rule.textSide.isFile(basename(path));
    if (!isText && !mayConcern(definition.needles, text, path, () => project)) continue;
    if (!isText) parsed ??= parseSourceFile(path, text);
    const findings = isText
      ? rule.textSide.find(path, text, project)
      : parsed?.ok === true
        ? definition.find(parsed.file, project, optionsIn(project, definition.name, undefined))
        : [];
    for (const finding of findings) yield { finding, rule };
  }
}
