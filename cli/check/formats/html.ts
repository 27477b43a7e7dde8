/** One page for who does not read a terminal: an artifact of CI, a ticket. */
import type { ESLint, Linter } from 'eslint';
import { escaped, list, pageOf } from '../../output/html-page.ts';
import { count, shellWord, shown } from '../../output/words.ts';
import type { FormatContext, Print } from './format.ts';

export const html: Print = (results, context) => {
  const files = results.filter(({ messages }) => messages.length > 0);
  const errors = sum(files, ({ errorCount }) => errorCount);
  const warnings = sum(files, ({ warningCount }) => warningCount);
  const failed = files.some(({ fatalErrorCount }) => fatalErrorCount > 0);
  const isClean = files.length === 0;
  return pageOf({
    command: 'check',
    product: 'Sign-in check · WorkOS AuthKit and Convex',
    title: isClean
      ? 'No findings'
      : `${count(errors + warnings, 'problem')} (${count(errors, 'error')}, ${count(warnings, 'warning')})`,
    verdict: isClean ? 'nothing-found' : errors > 0 && !failed ? 'found' : 'unknown',
    summary: `<p>${count(results.length, 'file')} checked</p>\n${rulesOf(files, context)}`,
    body: files.map((result) => article(result, context)).join(''),
    note: 'Values of secrets are left out.',
  });
};

const sum = (results: readonly ESLint.LintResult[], number: (result: ESLint.LintResult) => number): number =>
  results.reduce((total, result) => total + number(result), 0);

/** How often each rule has found something, with its page. */
function rulesOf(results: readonly ESLint.LintResult[], { rules }: FormatContext): string {
  const found = new Map<string, number>();
  for (const { ruleId } of results.flatMap(({ messages }) => messages))
    if (ruleId !== null) found.set(ruleId, (found.get(ruleId) ?? 0) + 1);
  const items = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, number]) => {
      const { description = '', url = '' } = rules[id]?.docs ?? {};
      return `<a href="${escaped(url)}">${escaped(id)}</a> ${String(number)} <small>${escaped(description)}</small>`;
    });
  return items.length === 0 ? '' : `${list(items)}\n`;
}

function article({ filePath, messages }: ESLint.LintResult, context: FormatContext): string {
  const rows = messages.map(
    (message) => `<dt>${placeOf(message)}</dt><dd>${findingOf(filePath, message, context)}</dd>\n`,
  );
  const isFailing = messages.some(({ severity }) => severity === 2);
  return `<article${isFailing ? '' : ' class="warning"'}>
<h2>${escaped(shown(filePath, context.cwd))}</h2>
<dl>
${rows.join('')}</dl>
</article>
`;
}

const placeOf = ({ column, line }: Linter.LintMessage): string => `${String(line)}:${String(column)}`;

function findingOf(path: string, message: Linter.LintMessage, context: FormatContext): string {
  const level = message.severity === 2 ? 'error' : 'warning';
  const rule = message.ruleId ?? 'could not be checked';
  return `<p><strong class="${level}">${level}</strong> ${escaped(message.message)} <small>${escaped(rule)}</small></p>${remedyOf(path, message, context)}`;
}

function remedyOf(path: string, message: Linter.LintMessage, { cwd, detailOf }: FormatContext): string {
  const detail = detailOf(path, message);
  if (!detail) return '';
  const { codemod, finding } = detail;
  if (codemod !== undefined && finding.fix)
    return `<pre>npx eslint-plugin-authkit codemod ${escaped(codemod)} ${escaped(shellWord(shown(path, cwd)))}</pre>`;
  const reason = finding.unfixable === undefined ? '' : `: ${finding.unfixable}`;
  return `<p><small>${escaped(`Needs a manual change${reason}`)}</small></p>`;
}
