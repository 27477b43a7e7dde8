/** What the playbook knows of a finding beyond the message that ESLint carries: its edit, and why there is none. */
import { basename } from 'node:path';
import type { Linter } from 'eslint';
import { parseSourceFile, positionAt, type SourceFile, withoutBOM } from '../../analysis/syntax/source-file.ts';
import { codemodNamed } from '../../codemods/index.ts';
import type { Finding } from '../../playbook/finding.ts';
import type { Project } from '../../project/project.ts';
import { rules } from '../../rules/index.ts';
import type { AuthKitRule } from '../../rules/create-rule.ts';
import { optionsIn } from '../../rules/definition.ts';
import { isTextRule } from '../../rules/on-text.ts';
import type { RunProject } from '../files/project.ts';
import { nameOf } from './results.ts';

export interface Detail {
  readonly rule: AuthKitRule;
  readonly finding: Finding;
  /** The text that the finding is in, and what it parses to; undefined for a file that is no script. */
  readonly text: string;
  readonly file: SourceFile | undefined;
  readonly project: Project;
  /** The codemod that makes its edit; undefined where it has none. */
  readonly codemod: string | undefined;
}

/** Finds the detail of a message in a file (absolute); undefined for what is no finding, or is one no longer. */
export type DetailOf = (path: string, message: Linter.LintMessage) => Detail | undefined;

/** Asks the finders of a file again when the first of its messages is looked up. */
export function detailsIn({ projectFor, read }: RunProject): DetailOf {
  const files = new Map<string, ReadonlyMap<string, Detail>>();
  return (path, message) => {
    const { ruleId } = message;
    if (ruleId === null) return undefined;
    const key = `${path}\0${ruleId}`;
    let details = files.get(key);
    if (!details) files.set(key, (details = detailsOf(nameOf(ruleId), path)));
    return details.get(placeOf(message));
  };

  function detailsOf(name: string, path: string): ReadonlyMap<string, Detail> {
    const rule = rules[name];
    const source = read({ path, named: true });
    if (!rule || !source.ok) return new Map();
    const text = withoutBOM(source.text);
    const codemod = codemodNamed(name)?.name;
    const project = projectFor(path);
    const { file, findings } = findingsOf(rule, path, text, project);
    return new Map(
      findings.map((finding) => [
        placeOf({ ...positionAt(text, finding.range[0]), messageId: finding.messageId }),
        { rule, finding, text, file, project, codemod: finding.fix && codemod },
      ]),
    );
  }
}

const placeOf = ({ column, line, messageId = '' }: Pick<Linter.LintMessage, 'column' | 'line' | 'messageId'>): string =>
  `${String(line)}:${String(column)}:${messageId}`;

interface Found {
  readonly findings: readonly Finding[];
  readonly file?: SourceFile;
}

function findingsOf(rule: AuthKitRule, path: string, text: string, project: Project): Found {
  try {
    if (isTextRule(rule) && rule.textSide.isFile(basename(path)))
      return { findings: rule.textSide.find(path, text, project) };
    const parsed = parseSourceFile(path, text);
    const { definition } = rule;
    if (!parsed.ok) return { findings: [] };
    const findings = definition.find(parsed.file, project, optionsIn(project, definition.name, undefined));
    return { findings, file: parsed.file };
  } catch {
    // ESLint has reported it.
    return { findings: [] };
  }
}
