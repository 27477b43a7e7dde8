/**
 * The edit that makes a sink send the preview's own host: the playbook's expression before the original, which stays as
 * the other arm, byte for byte. Where no platform is shown whose variables could be written, the option that is wrong goes, or nothing is edited.
 */
import { type Edit, replace, styleOf } from '../../../analysis/edits/edits.ts';
import { isReachable } from '../../../analysis/flow/flow-values.ts';
import { type Node, type Range, contains } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { knownText } from '../../../analysis/values/values.ts';
import type { Finding } from '../../finding.ts';
import { registrationOf } from '../convex-json/preview-registration.ts';
import { convexJsonFor } from '../convex-json/registered.ts';
import type { HardcodedSuggestionId, PlacedFault } from '../detect/hardcoded-fault.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';
import { isVercelPreviewHost } from '../hosting/hosts.ts';
import { runsElsewhere } from '../hosting/hosting.ts';
import { type Slot, armFor, armsBefore, textBefore } from './arms.ts';
import { removalOf, withoutUnused } from './option-removal.ts';
import { previewUri, productionUri } from './preview-expression.ts';
import { helperCall, helperEdits, helperName } from './preview-helper.ts';
import { usesVercel } from './preview-platform.ts';
import { knowsRedirectVariable } from './redirect-variable.ts';

export type PreviewFix = Pick<
  Finding<string, HardcodedSuggestionId>,
  'fix' | 'fixMessageId' | 'suggestions' | 'unfixable'
>;

/** The fix of one of the faults of a file. */
export function previewFix(fault: PlacedFault, all: readonly PlacedFault[]): PreviewFix {
  const { isOnPreviewsOnly = false, messageId, uri, use } = fault;
  const { sink } = use;
  const isLocal = messageId === 'localhost';
  if (sink.kind === 'sign-out' && (sink.isInBrowser || isLocal)) return pathFix(use, uri);
  const isVercel = usesVercel(uri, use);
  if (isOnPreviewsOnly && sink.kind === 'callback') return { unfixable: 'production has its own host in this value' };
  if (isLocal && !isOnPreviewsOnly && (sink.kind === 'callback' || !needsPreviewHost(fault)))
    return removalFix(fault, all) ?? { unfixable: 'no variable of this app has the redirect URI' };
  const written = vercelFix(fault, all.length);
  if (isVercel || !written.fix) return written;
  if (runsElsewhere(use.hosting)) return { unfixable: 'which variable holds the host depends on the platform' };
  const { edits } = written.fix;
  return {
    suggestions: [{ messageId: 'usePreviewHost', edits }],
    unfixable: "nothing shows that this app runs on Vercel (settings.authkit.hosting: 'vercel' says so)",
  };
}

/** Whether a preview has to send its own host: on Vercel, where previews are registered, or where no variable could decide. */
function needsPreviewHost({ uri, use }: PlacedFault): boolean {
  if (!usesVercel(uri, use)) return false;
  return isRegisteredForPreviews(use) || !knowsRedirectVariable(use) || use.sink.kind === 'variable';
}

function isRegisteredForPreviews({ file, project }: SinkUse): boolean {
  const json = convexJsonFor(file.path, project);
  const hosts = (json && registrationOf(json)?.hosts) ?? [];
  return hosts.some(({ variable }) => variable !== undefined && isVercelPreviewHost(variable));
}

function vercelFix(fault: PlacedFault, count: number): PreviewFix {
  const { isOnPreviewsOnly = false, uri, use } = fault;
  const { file } = use;
  const written = previewUri(fault);
  if (written === undefined) return { unfixable: 'the callback path is not known' };

  const arm = previewArm(use, uri);
  if (arm) return fixOf(withoutUnused(file, [replace(arm, written)], [arm.range]));

  const slot = slotOf(use);
  if (!slot) return { unfixable: 'the option is not written in this file, or not in one place' };
  const unfixable = obstacleAt(slot, fault);
  if (unfixable !== undefined) return { unfixable };

  const { quote } = styleOf(file);
  const guard = armFor('preview', written, quote);
  const isOptional = use.isOptional && knowsRedirectVariable(use);
  // AuthKit reads the variable where it is given nothing.
  if (isOnPreviewsOnly) return fixOf(armsBefore(slot, [guard], file));
  // A header is wrong on a developer's machine as well, which has the variable.
  if ((uri.host.kind === 'localhost' || uri.host.kind === 'header') && isOptional && !slot.shorthand)
    return fixOf(withoutUnused(file, [replace(slot.value, `${guard}undefined`)], [slot.value.range]));
  if (uri.host.kind === 'localhost' || uri.host.kind === 'header') {
    const inProduction = isOptional ? 'undefined' : (productionUri(uri) ?? written);
    return fixOf(armsBefore(slot, [guard, armFor('production', inProduction, quote)], file));
  }
  const name = helperName(use);
  if (name.isDeclared || count > 1) {
    return fixOf([
      ...textBefore(
        slot,
        `${helperCall(name.name, uri, file)} ?? `,
        !slot.shorthand && needsParentheses(slot.value),
        file,
      ),
      ...helperEdits(name, use),
    ]);
  }
  return fixOf(armsBefore(slot, [guard], file));
}

/** Why a guard can't be put before a value. */
function obstacleAt(slot: Slot, { uri, use }: PlacedFault): string | undefined {
  if (slot.value.type === 'SequenceExpression') return 'the value is a sequence of expressions';
  if (uri.host.kind === 'header' && !isPreviewHost(use)) return 'which host production has is not written in the code';
  return testsForPreview(use, slot)
    ? "the code tests for 'preview' already, and its arms need a manual change"
    : undefined;
}

/** Takes the option out: the callback then uses the request's own host, and a sign-in what the app's variable says. */
function removalFix(fault: PlacedFault, all: readonly PlacedFault[]): PreviewFix | undefined {
  const isRemovable = ({ messageId, use }: PlacedFault) =>
    messageId === 'localhost' && (use.sink.kind === 'callback' || (use.isOptional && knowsRedirectVariable(use)));
  const removal = isRemovable(fault) ? removalOf(fault.use) : undefined;
  if (!removal) return undefined;
  const others = all.flatMap((other) => (other !== fault && isRemovable(other) ? (removalOf(other.use) ?? []) : []));
  return {
    fix: { safety: 'review', edits: withoutUnused(fault.use.file, removal, rangesOf(removal), rangesOf(others)) },
    fixMessageId: 'useVariable',
  };
}

const rangesOf = (edits: readonly Edit[]): readonly Range[] => edits.map(({ range }) => range);

// The browser has no VERCEL_ENV, but it has a host: a path alone stays on it.
function pathFix(use: SinkUse, { value }: RedirectUri): PreviewFix {
  const { file } = use;
  const slot = slotOf(use);
  const url = knownText(value);
  if (!slot || slot.shorthand || url === undefined || !URL.canParse(url)) {
    return { unfixable: 'the option is not written in this file, or its path is not known' };
  }
  const { hash, pathname, search } = new URL(url);
  const { quote } = styleOf(file);
  const path = quote + (pathname + search + hash).replaceAll(/['"`\\]/gu, encodeURIComponent) + quote;
  return {
    fix: { safety: 'review', edits: withoutUnused(file, [replace(slot.value, path)], [slot.value.range]) },
    fixMessageId: 'usePath',
  };
}

const fixOf = (edits: readonly Edit[]): PreviewFix => ({
  fix: { safety: 'review', edits },
  fixMessageId: 'usePreviewHost',
});

// `a ?? b || c` is a syntax error, and `a ?? b ? c : d` means something else.
function needsParentheses(value: Node): boolean {
  return (
    (value.type === 'LogicalExpression' && value.operator !== '??') ||
    ['ArrowFunctionExpression', 'AssignmentExpression', 'ConditionalExpression', 'YieldExpression'].includes(value.type)
  );
}

/** The whole URI, where it is written for previews alone: behind a test that neither production nor a developer's machine passes. */
function previewArm(use: SinkUse, { value }: RedirectUri): Node | undefined {
  const { from } = value;
  if (from.file !== use.file || !/(?:Expression|Literal)$/u.test(from.node.type)) return undefined;
  const isReached = (deployment: 'local' | 'production') => isReachable(use.evaluatorOn(deployment), from);
  return isReached('production') || isReached('local') ? undefined : from.node;
}

/** Where the value of a use's option is written; undefined when that is not one place of this file. */
export function slotOf(use: SinkUse): Slot | undefined {
  if (use.sink.file !== use.file) return undefined;
  if (use.sink.kind === 'variable') return { value: use.sink.value.node, shorthand: undefined };
  const property = use.optionProperty();
  if (property?.file !== use.file) return undefined;
  const { node } = property;
  if (node.type === 'AssignmentExpression') return { value: node.right, shorthand: undefined };
  if (node.type !== 'Property' || node.method || node.kind !== 'init') return undefined;
  return { value: node.value, shorthand: node.shorthand ? node : undefined };
}

const PREVIEW_TEST = /VERCEL_(?:TARGET_)?ENV\b[^;{}]*?['"`]preview/u;

/** Whether a preview, too, sends what the client chose. */
const isPreviewHost = (use: SinkUse): boolean => use.sentOn('preview').every(({ host }) => host.kind === 'header');

/** Whether the code that makes the value looks for a preview itself: a second guard around it would hide the first. */
function testsForPreview(use: SinkUse, { value }: Slot): boolean {
  const { file } = use;
  if (PREVIEW_TEST.test(file.text.slice(...value.range))) return true;
  const home = use.evaluatorOn('preview').evaluate({ file, node: value }).from;
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
