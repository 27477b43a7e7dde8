/** What a finding rests on, as data: for the lines of `check --explain`, and for its JSON. */
import { structuredPatch } from 'diff';
import { applyEdits } from '../../../analysis/edits/edits.ts';
import { redact } from '../../../analysis/texts/redact.ts';
import { filledIn, messageOf } from '../../../codemods/passes.ts';
import type { Safety } from '../../../playbook/finding.ts';
import { secretsIn, shownLine } from '../../output/hide-secrets.ts';
import type { Detail } from '../details.ts';
import { isAboutRedirectUris, type Sends, sendsOf } from './deployments.ts';
import { conditionAt, type ReachingValue, valuesReaching } from './values.ts';

export interface Explanation {
  /** What the rule is for. */
  readonly rule: string;
  /** Why it is wrong, and what would be right, where the message says less. */
  readonly because?: string;
  readonly remedy?: string;
  /** Under which condition code comes to the place. Absent: always. */
  readonly reached?: string;
  /** What reaches the place; none where it is written there. */
  readonly values: readonly ReachingValue[];
  /** What a redirect URI is on each kind of deployment. */
  readonly sends: readonly Sends[];
  /** Other edits that an editor offers. */
  readonly alternatives: readonly string[];
  readonly edit?: ExplainedEdit;
  /** Why there is no edit. */
  readonly noEdit?: string;
  readonly docsUrl?: string;
}

export interface ExplainedEdit {
  readonly safety: Safety;
  readonly line: number;
  /** The codemod that makes it. */
  readonly codemod?: string;
  /** Lines of a diff, without secrets. */
  readonly diff: readonly string[];
}

/** Explains a finding. Undefined fields are left out, so that it can be written as JSON. */
export function explanationOf(detail: Detail): Explanation {
  const { file, finding, project, rule } = detail;
  const { data, range, suggestions = [], unfixable } = finding;
  const { definition, meta } = rule;
  const reached = file && conditionAt(range, file, project);
  const because = sentenceIn(detail, ['reason']);
  const remedy = sentenceIn(detail, ['fix']);
  const edit = editOf(detail);
  const docsUrl = meta?.docs?.url;
  return {
    rule: definition.description,
    ...(because !== undefined && { because }),
    ...(remedy !== undefined && { remedy }),
    ...(reached !== undefined && { reached }),
    values: file ? valuesReaching(range, file, project) : [],
    sends: file && isAboutRedirectUris(definition.name) ? sendsOf(range, file, project) : [],
    alternatives: suggestions.map((each) =>
      filledIn(definition.messages[each.messageId] ?? each.messageId, each.data ?? data),
    ),
    ...(edit && { edit }),
    ...(unfixable !== undefined && { noEdit: unfixable }),
    ...(docsUrl !== undefined && { docsUrl }),
  };
}

/** A value of the message that is a sentence, unless the message repeats it. */
function sentenceIn({ finding, rule }: Detail, names: readonly string[]): string | undefined {
  const message = messageOf(rule.definition, finding);
  return names
    .map((name) => redact(finding.data[name] ?? ''))
    .find((value) => value !== '' && !message.includes(value));
}

function editOf({ codemod, finding: { fix }, text }: Detail): ExplainedEdit | undefined {
  if (!fix) return undefined;
  const after = applyEdits(text, [fix.edits]).text;
  const secrets = new Set([...secretsIn(text), ...secretsIn(after)]);
  const { hunks } = structuredPatch('', '', text, after, '', '', { context: 1 });
  const [first] = hunks;
  return {
    safety: fix.safety,
    line: (first?.oldStart ?? 1) + Math.max(0, first?.lines.findIndex((each) => !each.startsWith(' ')) ?? 0),
    ...(codemod !== undefined && { codemod }),
    diff: hunks.flatMap((hunk) => hunk.lines).map((line) => shownLine(line, secrets)),
  };
}
