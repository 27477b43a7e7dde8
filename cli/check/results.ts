/** What ESLint found in one file: results with other messages, with fewer, or of a file that was not linted. */
import type { ESLint, Linter, Rule } from 'eslint';
import { redact } from '../../analysis/texts/redact.ts';

export type LintResult = ESLint.LintResult;

export const PREFIX = 'authkit/';

/** A rule's name without the prefix that ESLint knows it by. */
export function nameOf(ruleId: string): string {
  return ruleId.startsWith(PREFIX) ? ruleId.slice(PREFIX.length) : ruleId;
}

/** A result without the findings that are only counted, and how many these are. A comment of the file may have turned their rule on. */
export function withoutHidden(
  result: LintResult,
  text: string,
  isHidden: (name: string) => boolean,
): { readonly result: LintResult; readonly hidden: number } {
  const isOn = (name: string) => text.includes(`${PREFIX}${name}`) && hasConfiguringComment(text);
  const messages = result.messages.filter(
    ({ ruleId }) => ruleId === null || !isHidden(nameOf(ruleId)) || isOn(nameOf(ruleId)),
  );
  const hidden = result.messages.length - messages.length;
  return { result: hidden === 0 ? result : withMessages(result, messages), hidden };
}

/** Whether a comment of a text may configure rules. */
export function hasConfiguringComment(text: string): boolean {
  return /\/\*\s*eslint\s/u.test(text);
}

/**
 * A result without the text of the file, which may hold secrets: ESLint hands it to formatters, and some print it. So may an edit; then
 * the result goes without.
 */
export function withoutSource(result: LintResult): LintResult {
  const { messages, output, source, ...rest } = result;
  if (messages.length === 0 && output === undefined && source === undefined) return result;
  return { ...rest, messages: messages.map(withoutSecretEdits) };
}

function withoutSecretEdits({ fix, suggestions, ...rest }: Linter.LintMessage): Linter.LintMessage {
  const isShown = ({ text }: Rule.Fix) => redact(text.replaceAll(/\s/gu, ' ')) === text.replaceAll(/\s/gu, ' ');
  const shown = suggestions?.filter((each) => isShown(each.fix));
  return { ...rest, ...(fix && isShown(fix) && { fix }), ...(shown && shown.length > 0 && { suggestions: shown }) };
}

/** The result of a file that could not be looked at. */
export function failed(path: string, message: string): LintResult {
  return resultOf(path, [{ ruleId: null, fatal: true, severity: 2, message, line: 1, column: 1 }]);
}

/** The result of a file that has these messages (none: it is clean). */
export function resultOf(path: string, messages: Linter.LintMessage[]): LintResult {
  // Most files of a run are clean, and there may be a hundred thousand of them.
  const counts = messages.length === 0 ? CLEAN : countsOf(messages);
  return { filePath: path, ...counts, suppressedMessages: NONE_SUPPRESSED, usedDeprecatedRules: NO_RULES };
}

const NO_RULES: LintResult['usedDeprecatedRules'] = [];
const NONE_SUPPRESSED: LintResult['suppressedMessages'] = [];
const CLEAN = countsOf([]);

/** A result that has these messages in place of its own. */
export function withMessages(result: LintResult, messages: Linter.LintMessage[]): LintResult {
  return { ...result, ...countsOf(messages) };
}

/** A result without its warnings. */
export function errorsOnly(result: LintResult): LintResult {
  return withMessages(
    result,
    result.messages.filter(({ severity }) => severity === 2),
  );
}

export function countsOf(messages: Linter.LintMessage[]) {
  const number = (test: (message: Linter.LintMessage) => boolean) => messages.filter(test).length;
  return {
    messages,
    errorCount: number(({ severity }) => severity === 2),
    fatalErrorCount: number(({ fatal }) => fatal === true),
    warningCount: number(({ severity }) => severity === 1),
    fixableErrorCount: number(({ fix, severity }) => severity === 2 && fix !== undefined),
    fixableWarningCount: number(({ fix, severity }) => severity === 1 && fix !== undefined),
  };
}
