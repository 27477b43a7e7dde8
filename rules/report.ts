/** From findings to what ESLint reports. Whatever a finding is like, nothing here ends ESLint's run. */
import type { Linter, Rule } from 'eslint';
import { type Edit, mergeEdits } from '../analysis/edits/edits.ts';
import { redact } from '../analysis/texts/redact.ts';
import type { Finding } from '../playbook/finding.ts';

/** The `messageId` of a report that is no finding: a rule of ours threw. Programs tell the two apart by it. */
export const CRASHED = 'crashed';

const BUG = ', which is a bug in eslint-plugin-authkit';

/** What every rule has in addition to its own messages. */
export const CRASH_MESSAGES = { [CRASHED]: `authkit/{{rule}} could not check this file${BUG}: {{error}}` } as const;

/** What a report says about a rule that threw, without whose fault it is; undefined for a finding. */
export function crashOf({ message, messageId }: Linter.LintMessage): string | undefined {
  return messageId === CRASHED ? message.replace(BUG, '') : undefined;
}

/**
 * Reports what a rule finds. A finder must not throw; when one does nevertheless, that is a defect of ours, and users get one problem on
 * the file's first line instead of a crash, which would take every other rule's results of the whole run with it. Silence would
 * pass a file that was never checked. `AUTHKIT_RETHROW=1` (our tests set it) lets the error through, with its stack.
 */
export function reportAll(context: Rule.RuleContext, rule: string, find: () => readonly Finding[]): void {
  try {
    for (const finding of find()) report(context, finding);
  } catch (error) {
    reportCrash(context, rule, error);
  }
}

/** Reports that a rule threw, or throws it again where the environment says so. */
export function reportCrash(context: Rule.RuleContext, rule: string, error: unknown): void {
  if (process.env['AUTHKIT_RETHROW'] === '1') throw error;
  context.report({
    loc: context.sourceCode.getLocFromIndex(0),
    messageId: CRASHED,
    data: { rule, error: String(error) },
  });
}

function report(context: Rule.RuleContext, finding: Finding): void {
  const { data, fix, fixMessageId, messageId, range, suggestions = [] } = finding;
  const { sourceCode } = context;
  const offered = [
    ...(fix?.safety === 'review' && fixMessageId !== undefined
      ? [{ messageId: fixMessageId, edits: fix.edits, data }]
      : []),
    ...suggestions,
  ];
  const suggest = offered.flatMap((offer) => {
    const apply = fixer(offer.edits, sourceCode.text);
    return apply ? [{ messageId: offer.messageId, data: shownData(offer.data ?? data), fix: apply }] : [];
  });
  const apply = fix?.safety === 'safe' ? fixer(fix.edits, sourceCode.text) : undefined;
  context.report({
    loc: { start: sourceCode.getLocFromIndex(range[0]), end: sourceCode.getLocFromIndex(range[1]) },
    messageId,
    data: shownData(data),
    ...(apply && { fix: apply }),
    ...(suggest.length > 0 && { suggest }),
  });
}

/** The values of a message, as it may show them: they come from code, and may be anything. */
function shownData(data: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, redact(value)]));
}

/** One edit for all of a list. None for edits that overlap each other, which ESLint answers by throwing: a finding without a fix remains. */
function fixer(edits: readonly Edit[], text: string): ((fixer: Rule.RuleFixer) => Rule.Fix) | undefined {
  const edit = mergeEdits(edits, text);
  return edit && ((ruleFixer) => ruleFixer.replaceTextRange([edit.range[0], edit.range[1]], edit.text));
}
