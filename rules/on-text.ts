/**
 * The side of a rule that looks at files that are no scripts: `convex.json` through `@eslint/json`, env files through the
 * plugin's own language. The playbook reads the text itself, so what the language makes of it does not matter here.
 */
import { basename, resolve } from 'node:path';
import type { Rule } from 'eslint';
import { positionAt } from '../analysis/syntax/source-file.ts';
import type { Finding } from '../playbook/finding.ts';
import { openProject, type Project } from '../project/project.ts';
import { type AuthKitRule, type CrashReport, findSafely, isTurnedOff, shownData } from './create-rule.ts';

export interface TextSide {
  /** What the languages of its files call the root of their trees: `Document`, `EnvFile`. */
  readonly root: string | readonly string[];
  /** Whether a file of that language, by its base name, concerns the rule. */
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
  const { find, isFile, root } = textSide;
  return {
    ...rule,
    textSide,
    create(context) {
      const { ast, text } = context.sourceCode as { ast: unknown; text: string };
      const type = (ast as { type?: unknown } | undefined)?.type;
      if (typeof type !== 'string' || ![root].flat().includes(type)) return rule.create(context);
      const path = resolve(context.cwd, context.physicalFilename || context.filename);
      if (!isFile(basename(path))) return {};
      const visit = () => {
        const project = openProject({ cwd: context.cwd, settings: context.settings, path });
        if (isTurnedOff(context, project, rule.definition.name, path)) return;
        for (const finding of findSafely(rule.definition, () => find(path, text, project)))
          report(context, finding, text);
      };
      return { [type]: visit };
    },
  };
}

function report(context: Rule.RuleContext, finding: CrashReport | Finding, text: string): void {
  if ('crash' in finding) {
    context.report({ loc: { line: 1, column: columnStart(context) }, message: finding.crash });
    return;
  }
  const { data, fix, fixMessageId, messageId, range, suggestions = [] } = finding;
  const place = (offset: number) => {
    const { column, line } = positionAt(text, offset);
    return { line, column: column - 1 + columnStart(context) };
  };
  const cures = [
    ...(fix && fixMessageId !== undefined ? [{ messageId: fixMessageId, data, edits: fix.edits }] : []),
    ...suggestions,
  ];
  context.report({
    loc: { start: place(range[0]), end: place(range[1]) },
    messageId,
    data: shownData(data),
    suggest: cures.map((cure) => ({
      messageId: cure.messageId,
      data: shownData(cure.data ?? data),
      fix: (fixer: Rule.RuleFixer) =>
        cure.edits.map((edit) => fixer.replaceTextRange([edit.range[0], edit.range[1]], edit.text)),
    })),
  });
}

// Whether columns count from 0 or from 1 is the language's to say: @eslint/json says 1.
function columnStart({ sourceCode }: Rule.RuleContext): 0 | 1 {
  const { ast } = sourceCode as unknown as { ast: { loc?: { start?: { column?: unknown } } } };
  return ast.loc?.start?.column === 1 ? 1 : 0;
}
