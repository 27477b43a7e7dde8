/**
 * The side of a rule that looks at files that are no scripts: `convex.json`, env files. The playbook reads their text itself, so it does
 * not matter what parsed them: the parser of `configs.files`, or another language that a config has for them.
 */
import { basename } from 'node:path';
import type { Finding } from '../playbook/finding.ts';
import { openProject, type Project } from '../project/project.ts';
import { type AuthKitRule, isTurnedOff, pathOf } from './create-rule.ts';
import { reportAll } from './report.ts';

export interface TextSide {
  /** Whether a file, by its base name, concerns the rule. */
  readonly isFile: (name: string) => boolean;
  /** Asks one question of one file. Never throws, whatever the file holds. */
  readonly find: (path: string, text: string, project: Project) => readonly Finding[];
}

/** A rule with another side. `textSide` lets programs without ESLint ask it. */
export interface TextRule extends AuthKitRule {
  readonly textSide: TextSide;
}

/** Whether a rule has another side. */
export function isTextRule(rule: AuthKitRule): rule is TextRule {
  return 'textSide' in rule;
}

/** Gives a rule its other side. */
export function onText(rule: AuthKitRule, textSide: TextSide): TextRule {
  const { find, isFile } = textSide;
  return {
    ...rule,
    textSide,
    create(context) {
      if (!isFile(basename(context.physicalFilename || context.filename))) return rule.create(context);
      const path = pathOf(context);
      const { ast, text } = context.sourceCode;
      const visit = () => {
        const project = openProject({ cwd: context.cwd, settings: context.settings, path });
        if (isTurnedOff(context, project, rule.definition.name, path)) return;
        reportAll(context, rule.definition.name, () => find(path, text, project));
      };
      // Each language has a name of its own for the root of its tree.
      return { [ast.type as string]: visit };
    },
  };
}
