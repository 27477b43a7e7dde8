/**
 * The edit that makes a sink send the preview's own host: the playbook's expression before the original, which stays as
 * the other arm, byte for byte.
 */
import type { TSESTree } from '@typescript-eslint/types';
import { type Node, contains } from '../../../analysis/syntax/ast.ts';
import { type Edit, insertAfter, insertBefore, replace, styleOf } from '../../../analysis/edits/edits.ts';
import { isReachable } from '../../../analysis/flow/flow-values.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { knownText } from '../../../analysis/values/values.ts';
import type { Project } from '../../../project/project.ts';
import type { Finding } from '../../finding.ts';
import { type SinkUse, evaluatorFor, optionProperty, redirectUrisOf } from '../evaluate/evaluate-sink.ts';
import { hostingShown } from '../hosting/hosting.ts';
import { helperCall, helperEdits, helperName } from './preview-helper.ts';
import { guardedBy, previewUri, productionUri } from './preview-expression.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';

export type PreviewFix = Pick<Finding<string, 'usePreviewHost'>, 'fix' | 'fixMessageId' | 'unfixable'>;

/** Where the option's value is written, and what it takes to put something before it. */
export interface Slot {
  readonly value: Node;
  /** `{ redirectUri }` has no place for an expression until its name is written twice. */
  readonly shorthand: TSESTree.Property | undefined;
}

/** The fix of a finding about what a preview is sent; `sharedBy` says how many sinks of the file need one. */
export function previewFix(
  use: SinkUse,
  sent: RedirectUri,
  file: SourceFile,
  project: Project,
  sharedBy: number,
): PreviewFix {
  if (use.sink.kind !== 'variable' && use.sink.isInBrowser) return browserFix(use, sent, file, project);
  const uri = previewUri(sent, project, file);
  if (uri === undefined) return { unfixable: 'the callback path is not known' };

  const arm = previewArm(sent, file, project);
  if (arm) return fixOf([replace(arm, uri)]);

  const slot = slotOf(use, file, project);
  if (!slot) return { unfixable: 'the option is not written in this file, or not in one place' };
  if (slot.value.type === 'SequenceExpression') return { unfixable: 'the value is a sequence of expressions' };
  if (sent.host.kind === 'header' && !isPreviewHost(use, file, project))
    return { unfixable: 'which host production has is not written in the code' };
  if (testsForPreview(use, slot, file, project))
    return { unfixable: "the code tests for 'preview' already, and its arms are for a person to mend" };

  const name = helperName(file, project);
  // Elsewhere than on Vercel a guard for Vercel's production changes nothing, and would only hide the header.
  if (sent.host.kind === 'localhost' || (sent.host.kind === 'header' && hostingShown(file, project) === 'vercel')) {
    const { quote } = styleOf(file);
    const guards = guardedBy('preview', uri, quote) + guardedBy('production', productionUri(sent) ?? uri, quote);
    return fixOf(valueBefore(slot, guards, file));
  }
  if (name.isDeclared || sharedBy > 1) {
    return fixOf([
      ...valueBefore(slot, `${helperCall(name.name, sent, file)} ?? `, file),
      ...helperEdits(name, file, project),
    ]);
  }
  return fixOf(valueBefore(slot, guardedBy('preview', uri, styleOf(file).quote), file));
}

// The browser has no VERCEL_ENV, but it has a host: a path alone stays on it.
function browserFix(use: SinkUse, { value }: RedirectUri, file: SourceFile, project: Project): PreviewFix {
  const slot = slotOf(use, file, project);
  const url = knownText(value);
  if (!slot || slot.shorthand || url === undefined || !URL.canParse(url)) {
    return { unfixable: 'the option is not written in this file, or its path is not known' };
  }
  const { hash, pathname, search } = new URL(url);
  const { quote } = styleOf(file);
  return fixOf([
    replace(slot.value, quote + (pathname + search + hash).replaceAll(/['"`\\]/gu, encodeURIComponent) + quote),
  ]);
}

const fixOf = (edits: readonly Edit[]): PreviewFix => ({
  fix: { safety: 'review', edits },
  fixMessageId: 'usePreviewHost',
});

/** Puts the start of an expression before the value, which becomes its last arm. */
export function valueBefore({ shorthand, value }: Slot, before: string, file: SourceFile): Edit[] {
  if (shorthand) return [insertBefore(value, `${file.text.slice(...value.range)}: ${before}`)];
  if (!before.endsWith('?? ') || !needsParentheses(value)) return [insertBefore(value, before)];
  return [insertBefore(value, `${before}(`), insertAfter(value, ')')];
}

// `a ?? b || c` is a syntax error, and `a ?? b ? c : d` means something else.
function needsParentheses(value: Node): boolean {
  return (
    (value.type === 'LogicalExpression' && value.operator !== '??') ||
    ['ArrowFunctionExpression', 'AssignmentExpression', 'ConditionalExpression', 'YieldExpression'].includes(value.type)
  );
}

/** The whole URI, where it is written for previews alone: behind a test that neither production nor a developer's machine passes. */
function previewArm({ value }: RedirectUri, file: SourceFile, project: Project): Node | undefined {
  const { from } = value;
  if (from.file !== file || !/(?:Expression|Literal)$/u.test(from.node.type)) return undefined;
  const isReached = (deployment: 'local' | 'production') =>
    isReachable(evaluatorFor(file, project, { deployment, others: 'any' }), from);
  return isReached('production') || isReached('local') ? undefined : from.node;
}

/** Where the value of a use's option is written; undefined when that is not one place of this file. */
export function slotOf(use: SinkUse, file: SourceFile, project: Project): Slot | undefined {
  if (use.sink.file !== file) return undefined;
  if (use.sink.kind === 'variable') return { value: use.sink.value.node, shorthand: undefined };
  const property = optionProperty(use, file, project);
  if (property?.file !== file) return undefined;
  const { node } = property;
  if (node.type === 'AssignmentExpression') return { value: node.right, shorthand: undefined };
  if (node.type !== 'Property' || node.method || node.kind !== 'init') return undefined;
  return { value: node.value, shorthand: node.shorthand ? node : undefined };
}

const PREVIEW_TEST = /VERCEL_(?:TARGET_)?ENV\b[^;{}]*?['"`]preview/u;

/** Whether a preview, too, sends what the client chose. */
function isPreviewHost(use: SinkUse, file: SourceFile, project: Project): boolean {
  return redirectUrisOf(use, file, project, { deployment: 'preview', others: 'any' }).every(
    ({ host }) => host.kind === 'header',
  );
}

/** Whether the code that makes the value looks for a preview itself: a second guard around it would hide the first. */
function testsForPreview(use: SinkUse, { value }: Slot, file: SourceFile, project: Project): boolean {
  if (PREVIEW_TEST.test(file.text.slice(...value.range))) return true;
  const evaluator = evaluatorFor(file, project, { deployment: 'preview', others: 'any' });
  const home = evaluator.evaluate({ file, node: value }).from;
  return (
    home.file === file &&
    !contains(value, home.node) &&
    !contains(use.sink.node, home.node) &&
    isGuardedForPreview(home.node, file)
  );
}

// The nearest function, or the declaration, around the place where the value is written.
function isGuardedForPreview(node: Node, file: SourceFile): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (/^(?:FunctionDeclaration|VariableDeclaration)$/u.test(current.type))
      return PREVIEW_TEST.test(file.text.slice(...current.range));
  }
  return false;
}
