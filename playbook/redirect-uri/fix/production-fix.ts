/** The edit of a redirect URI that in production is the host of one deployment or of a branch. */
import { styleOf } from '../../../analysis/edits/edits.ts';
import { unwrap } from '../../../analysis/syntax/ast.ts';
import type { Finding } from '../../finding.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';
import { devOrigin } from '../hosting/dev-server.ts';
import { armFor, armsAround, armsBefore } from './arms.ts';
import { productionUri } from './preview-expression.ts';
import { slotOf } from './preview-fix.ts';
import { knowsRedirectVariable } from './redirect-variable.ts';

type ProductionFix = Pick<Finding<string, 'useProductionHost'>, 'fix' | 'fixMessageId' | 'unfixable'>;

/** Sends the production host in production, and nothing of Vercel's on a developer's machine, which has no such variable. */
export function productionFix(use: SinkUse, sent: RedirectUri): ProductionFix {
  const { file } = use;
  // The browser has no VERCEL_ENV to test.
  const isInBrowser = use.sink.kind !== 'variable' && use.sink.isInBrowser;
  const slot = isInBrowser ? undefined : slotOf(use);
  const uri = productionUri(sent);
  if (!slot) return { unfixable: 'the option is not written in this file, or not in one place' };
  if (uri === undefined) return { unfixable: 'the callback path is not known' };
  const { quote } = styleOf(file);
  const arm = armFor('production', uri, quote);
  if (!use.sentOn('local').some(({ host }) => host.kind === 'undefined'))
    return { fix: { safety: 'review', edits: armsBefore(slot, [arm], file) }, fixMessageId: 'useProductionHost' };
  const local = localValue(use, sent, quote);
  if (local === undefined) return { unfixable: "what a developer's machine sends is not known" };
  // A value that is chosen by tests of its own has an arm for it, which needs a manual change.
  if (/^(?:Conditional|Logical)Expression$/u.test(unwrap(slot.value).type))
    return { unfixable: "its last arm is 'https://undefined' on a developer's machine" };
  const onPreviews = `process.env.VERCEL_ENV === ${quote}preview${quote} ? `;
  const edits = armsAround(slot, arm + onPreviews, ` : ${local}`, file);
  return { fix: { safety: 'review', edits }, fixMessageId: 'useProductionHost' };
}

/** What to send where no variable of Vercel's is set: what AuthKit takes for nothing, where that is known to be right, else the app under `next dev`. */
function localValue(use: SinkUse, { path }: RedirectUri, quote: string): string | undefined {
  const { file, project, sink } = use;
  const isLeftOut =
    sink.kind !== 'variable' &&
    !sink.isRequired &&
    (sink.kind === 'callback' || sink.kind === 'sign-out' || knowsRedirectVariable(use));
  if (isLeftOut) return 'undefined';
  const origin = devOrigin(project.appOf(file.path), project);
  if (origin === undefined || path === undefined) return undefined;
  const url = `${quote}${origin}${path === '/' ? '' : path}${quote}`;
  return sink.kind === 'variable' ? `process.env.${sink.name.replace(/^.*\./u, '')} ?? ${url}` : url;
}
