/** What a codemod does to one text: it makes edits until no finding with an edit is left. */
import { applyEdits, type Edit, mergeEdits } from '../analysis/edits/edits.ts';
import { disabledIn } from '../analysis/syntax/disable-directives.ts';
import { positionAt, type SyntaxProblem, withoutBOM } from '../analysis/syntax/source-file.ts';
import { redact } from '../analysis/texts/redact.ts';
import type { Finding } from '../playbook/finding.ts';
import { suppressedCount } from '../project/configuration/suppressions.ts';
import type { Project } from '../project/project.ts';
import { type AnyDefinition, isOff } from '../rules/definition.ts';

/** As ESLint: what has not come to rest after ten passes never will. */
const MAX_PASSES = 10;

export interface PlacedFinding {
  readonly finding: Finding;
  /** What the rule says of it. */
  readonly message: string;
  /** Both count from 1: of a changed finding in the text it was found in, of one that is left in the new text. */
  readonly line: number;
  readonly column: number;
}

export interface LeftFinding extends PlacedFinding {
  /** Why the codemod did not decide it. */
  readonly reason: string;
}

export interface CodemodResult {
  /** The new text; the text that was given, to the byte, where nothing is changed. */
  readonly text: string;
  readonly changed: readonly PlacedFinding[];
  readonly left: readonly LeftFinding[];
  /** Why the file could not be done; its text is the one given. */
  readonly problem?: SyntaxProblem;
}

export interface CodemodInput {
  /** Absolute. */
  readonly path: string;
  /** As read from disk, with its byte order mark if it has one. */
  readonly source: string;
  readonly project: Project;
  /** The options of the rule; defaults for those that are missing. */
  readonly options?: object;
  /** Whether to apply only edits that are safe, as `eslint --fix` does. Default: those to be reviewed as well. */
  readonly safe?: boolean;
  /** Whether to apply the edit of a finding, which is in the given text; default: all are. */
  readonly accepts?: (finding: Finding, text: string, definition: AnyDefinition) => boolean;
}

/** A text as one pass sees it. */
export interface Readable {
  readonly ok: true;
  readonly comments: Parameters<typeof disabledIn>[2];
  readonly find: () => readonly Finding[];
}

/**
 * Runs a codemod over the text of its input. `read` makes of a text, with its byte order mark, what finds in it; a text that it can't
 * read is not touched. Never throws for what the text holds (unless `AUTHKIT_RETHROW=1` asks for the stack of a bug).
 */
export function runPasses(
  definition: AnyDefinition,
  { accepts = () => true, path, project, safe = false, source }: CodemodInput,
  read: (text: string) => Readable | { readonly ok: false; readonly problem: SyntaxProblem },
): CodemodResult {
  const untouched: CodemodResult = { text: source, changed: [], left: [] };
  if (isOff(project, definition.name, path)) return untouched;
  const mark = source.startsWith('\uFEFF') ? '\uFEFF' : '';
  const changed: PlacedFinding[] = [];
  let text = withoutBOM(source);
  let current = read(source);
  if (!current.ok) return { ...untouched, problem: current.problem };
  for (let pass = 1; ; pass += 1) {
    let findings: readonly Finding[];
    try {
      findings = enabledIn(text, definition, current);
    } catch (error) {
      return { ...untouched, problem: problemOf(definition, error) };
    }
    if (pass === 1 && isSuppressed(findings, definition, path, project)) return untouched;
    const before = text;
    const placed = (finding: Finding): PlacedFinding => ({
      finding,
      message: messageOf(definition, finding),
      ...positionAt(before, finding.range[0]),
    });
    const isAccepted = (finding: Finding) => accepts(finding, before, definition);
    const result = applyEdits(
      before,
      findings.map((finding) => (isAccepted(finding) ? editsOf(finding, safe) : [])),
    );
    if (pass > MAX_PASSES || result.text === before) {
      const left = findings.map((finding) => ({
        ...placed(finding),
        reason: isAccepted(finding) ? whyLeft(finding, before, safe) : DECLINED,
      }));
      return { text: changed.length === 0 ? source : mark + before, changed, left };
    }
    current = read(mark + result.text);
    // An edit that breaks the file is a bug of ours; better no change than a broken one.
    if (!current.ok) {
      const { message } = current.problem;
      const first = positionAt(before, findings[result.applied[0] ?? 0]?.range[0] ?? 0);
      return {
        ...untouched,
        problem: { ...first, message: `the edit of ${definition.name} would not parse: ${message}` },
      };
    }
    changed.push(...result.applied.flatMap((index) => findings[index] ?? []).map(placed));
    ({ text } = result);
  }
}

/** A defect of ours, reported as the rule reports it (create-rule.ts): one file fails, and says so. */
function problemOf({ name }: AnyDefinition, error: unknown): SyntaxProblem {
  if (process.env['AUTHKIT_RETHROW'] === '1') throw error;
  return { message: `${name} failed, which is a bug: ${String(error)}`, line: 1, column: 1 };
}

/** Whether `eslint-suppressions.json` holds all findings of a file for known: one more, and ESLint reports every one of them. */
function isSuppressed(
  findings: readonly Finding[],
  { name }: AnyDefinition,
  path: string,
  { cwd, facts }: Project,
): boolean {
  return findings.length > 0 && findings.length <= suppressedCount(facts, cwd, path, name);
}

/** The findings that no comment disables: the others are not reported either, neither as changed nor as left. */
function enabledIn(text: string, { name }: AnyDefinition, { comments, find }: Readable): readonly Finding[] {
  const findings = find();
  if (findings.length === 0) return findings;
  const isDisabled = disabledIn(text, `authkit/${name}`, comments);
  return findings.filter(({ range }) => !isDisabled(range[0]));
}

/** The edits of a finding that may be made. */
function editsOf({ fix }: Finding, safe: boolean): readonly Edit[] {
  return fix && (!safe || fix.safety === 'safe') ? fix.edits : [];
}

/** Of an edit that someone has been shown. */
export const DECLINED = 'its edit was declined';

/** Of an edit that `safe` leaves out. */
export const NEEDS_REVIEW = 'its edit needs a review: run the codemod without --safe';

function whyLeft({ fix, unfixable }: Finding, text: string, safe: boolean): string {
  if (!fix) return unfixable ?? 'there is no edit for it';
  if (safe && fix.safety === 'review') return NEEDS_REVIEW;
  return mergeEdits(fix.edits, text)
    ? `its edits did not come to rest after ${String(MAX_PASSES)} passes`
    : 'its edits overlap each other';
}

/** A finding's message with its values filled in, as ESLint shows it. */
export const messageOf = ({ messages }: AnyDefinition, { data, messageId }: Finding): string =>
  filledIn(messages[messageId] ?? messageId, data);

/** A text with values for its placeholders. No secret is in it. */
export const filledIn = (template: string, data: Finding['data']): string =>
  template.replace(/\{\{\s*(?<name>[^{}\s]+)\s*\}\}/gu, (placeholder, name: string) =>
    redact(data[name] ?? placeholder),
  );
