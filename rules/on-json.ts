/**
 * The JSON side of a rule: the same rule reports in `convex.json` when the config has a language for it
 * (`@eslint/json`). The text is read by the playbook's own reader, so it does not matter which of the JSON languages that is.
 */
import { basename, resolve } from 'node:path';
import type { Rule } from 'eslint';
import { positionAt } from '../analysis/source-file.ts';
import type { Finding } from '../playbook/finding.ts';
import { openProject, type Project } from '../project/project.ts';
import type { AuthKitRule } from './create-rule.ts';

/** Asks one question of one JSON file. Never throws, whatever the file holds. */
export type JsonFinder = (path: string, text: string, project: Project) => readonly Finding[];

/** A rule that also reports what a finder says of JSON files of one name. */
export function onJson(rule: AuthKitRule, fileName: string, find: JsonFinder): AuthKitRule {
  return {
    ...rule,
    create(context) {
      const { ast, text } = context.sourceCode as { ast: unknown; text: string };
      // `Document` of @eslint/json; everything else is the script side's to take or leave.
      if ((ast as { type?: unknown } | undefined)?.type !== 'Document') return rule.create(context);
      const path = resolve(context.cwd, context.physicalFilename || context.filename);
      if (basename(path) !== fileName) return {};
      const listener: Record<string, () => void> = {
        Document() {
          const project = openProject({ cwd: context.cwd, settings: context.settings });
          for (const finding of find(path, text, project)) report(context, finding, text);
        },
      };
      return listener as Rule.RuleListener;
    },
  };
}

function report(context: Rule.RuleContext, finding: Finding, text: string): void {
  const { data, fix, fixMessageId, messageId, range, suggestions = [] } = finding;
  const place = (offset: number) => {
    const { column, line } = positionAt(text, offset);
    return { line, column: column - 1 + columnStart(context) };
  };
  const cures = [...(fix && fixMessageId !== undefined ? [{ messageId: fixMessageId, data, edits: fix.edits }] : []), ...suggestions];
  context.report({
    loc: { start: place(range[0]), end: place(range[1]) },
    messageId,
    data: { ...data },
    suggest: cures.map((cure) => ({
      messageId: cure.messageId,
      data: { ...(cure.data ?? data) },
      fix: (fixer: Rule.RuleFixer) => cure.edits.map((edit) => fixer.replaceTextRange([edit.range[0], edit.range[1]], edit.text)),
    })),
  });
}

// Whether columns count from 0 or from 1 is the language's to say; @eslint/json says 1.
function columnStart({ sourceCode }: Rule.RuleContext): 0 | 1 {
  const { ast } = sourceCode as unknown as { ast: { loc?: { start?: { column?: unknown } } } };
  return ast.loc?.start?.column === 1 ? 1 : 0;
}
