/** The fix of a hard-coded host, in words. */
import type { PlacedFault } from '../detect/hardcoded-fault.ts';
import { usesVercel } from './preview-platform.ts';
import { shownPreviewUri } from './preview-expression.ts';
import { REDIRECT_VARIABLE, knowsRedirectVariable } from './redirect-variable.ts';

export function hostFixText(fault: PlacedFault): string {
  const { messageId, uri, use } = fault;
  const { sink } = use;
  const isLocal = messageId === 'localhost';
  if (sink.kind === 'sign-out' && ((sink.isInBrowser && messageId !== 'fallbackHost') || isLocal))
    return "Use a path, such as '/'.";
  if (sink.kind === 'callback' && isLocal) return 'Remove it: AuthKit uses the host of the request.';
  if (usesVercel(uri, use)) return `Send ${shownPreviewUri(fault)} on previews.`;
  if (isLocal && knowsRedirectVariable(use)) return `Remove it: AuthKit reads ${REDIRECT_VARIABLE}.`;
  // WorkOS's own client reads no variable by itself.
  const isRequired = sink.kind !== 'variable' && sink.isRequired;
  return isRequired || sink.kind === 'callback' || sink.kind === 'sign-out'
    ? 'Read the host from an environment variable.'
    : `Set ${REDIRECT_VARIABLE} per environment.`;
}
