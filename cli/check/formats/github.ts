/** Annotations of a GitHub workflow: docs.github.com/actions/reference/workflow-commands-for-github-actions. */
import { shown } from '../../output/words.ts';
import type { Print } from './format.ts';

export const github: Print = (results, { cwd }) =>
  results
    .flatMap(({ filePath, messages }) =>
      messages.map(({ column, endColumn, endLine, line, message, ruleId, severity }) => {
        const properties = {
          file: shown(filePath, cwd),
          line,
          endLine: endLine ?? line,
          col: column,
          ...(endColumn !== undefined && endLine === line && { endColumn }),
          title: ruleId ?? 'eslint-plugin-authkit',
        };
        const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
        return `::${severity === 2 ? 'error' : 'warning'} ${list.join(',')}::${data(message)}\n`;
      }),
    )
    .join('');

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
