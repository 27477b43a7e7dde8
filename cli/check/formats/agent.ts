/** For a coding agent: one finding a line, with the command that fixes it or the reason why none does. */
import type { Linter } from 'eslint';
import { printable } from '../../../analysis/texts/redact.ts';
import { count, shellWord, shown } from '../../output/words.ts';
import type { FormatContext, Print } from './format.ts';

export const agent: Print = (results, context) => {
  const lines = results.flatMap(({ filePath, messages }) =>
    messages.map((message) => {
      const { column, line, ruleId, severity } = message;
      const place = `${shown(filePath, context.cwd)}:${String(line)}:${String(column)}`;
      const rule = ruleId?.replace('authkit/', '') ?? 'could not be checked';
      return `${place} ${severity === 2 ? 'error' : 'warning'} ${rule}: ${printable(message.message)}${remedyOf(filePath, message, context)}\n`;
    }),
  );
  return `${lines.join('')}${count(lines.length, 'problem')} in ${count(results.length, 'file')} checked\n`;
};

function remedyOf(path: string, message: Linter.LintMessage, { cwd, detailOf }: FormatContext): string {
  const detail = detailOf(path, message);
  if (!detail) return '';
  const { codemod, finding, rule } = detail;
  if (codemod !== undefined && finding.fix)
    return ` Fix (${finding.fix.safety}): npx eslint-plugin-authkit codemod ${codemod} ${shellWord(shown(path, cwd))}`;
  const reason = finding.unfixable === undefined ? '' : ` (${finding.unfixable})`;
  return ` Fix by hand${reason}: npx eslint-plugin-authkit explain ${rule.definition.name}`;
}
