/** For a person: as ESLint's `stylish`, so that what reads its lines (GitHub's problem matcher) reads these. */
import { stripVTControlCharacters } from 'node:util';
import { printable } from '../../../analysis/values/redact.ts';
import { count, shown } from '../../output/words.ts';
import type { Print } from './formats.ts';

export const stylish: Print = (results, { colors, cwd }) => {
  const files = results.filter(({ messages }) => messages.length > 0);
  if (files.length === 0) return '';
  const blocks = files.map(({ filePath, messages }) => {
    const rows = messages.map(({ column, line, message, ruleId, severity }) => ({
      place: [String(line), String(column)],
      level: severity === 2 ? colors.red('error') : colors.yellow('warning'),
      message: printable(message).replace(/(?<=[^ ])\.$/u, ''),
      rule: colors.dim(ruleId ?? ''),
    }));
    const widths = [0, 1].map((index) => Math.max(...rows.map(({ place }) => place[index]?.length ?? 0)));
    const lines = rows.map(({ level, message, place: [line = '', column = ''], rule }) => {
      const place = colors.dim(`${line.padStart(widths[0] ?? 0)}:${column.padEnd(widths[1] ?? 0)}`);
      const padding = ' '.repeat('warning'.length - stripVTControlCharacters(level).length);
      return `  ${place}  ${level}${rows.some(({ level: each }) => each.includes('warning')) ? padding : ''}  ${message}  ${rule}`.trimEnd();
    });
    return `${[colors.underline(shown(filePath, cwd)), ...lines].join('\n')}\n`;
  });
  const errors = files.reduce((sum, { errorCount }) => sum + errorCount, 0);
  const warnings = files.reduce((sum, { warningCount }) => sum + warningCount, 0);
  const sums = `${count(errors + warnings, 'problem')} (${count(errors, 'error')}, ${count(warnings, 'warning')})`;
  return `\n${blocks.join('\n')}\n${colors.bold((errors > 0 ? colors.red : colors.yellow)(`✖ ${sums}`))}\n`;
};
