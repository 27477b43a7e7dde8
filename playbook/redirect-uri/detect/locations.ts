/** How a finding about a redirect URI is placed and told. */
import type { Range } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { SinkUse } from '../evaluate/evaluate-sink.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import type { Sink } from '../evaluate/sinks.ts';

/** The line to change: where the host is written, if that is in this file; the wrapper's call or the sink otherwise. */
export function locationOf(sent: RedirectUri, use: SinkUse, file: SourceFile): Range {
  if (sent.from.file === file) return sent.from.node.range;
  const { value } = sent;
  if (value.from.file === file) return value.from.node.range;
  return use.site.node.range;
}

/** `'redirectUri' of authkitProxy()`. */
export function optionText(sink: Sink): string {
  return sink.kind === 'variable' ? `'${sink.name}'` : `'${sink.option}' of ${sink.name}`;
}

/** What becomes of a person when the host is not the preview's. */
export function outcomeOf({ kind }: Sink): string {
  switch (kind) {
    case 'callback':
      return 'after signing in people land there, where they have no session';
    case 'sign-out':
      return 'WorkOS refuses a sign-out redirect that is not registered, or takes people away from the preview';
    default:
      return "WorkOS answers 'redirect-uri-invalid', or signs people in on that host and not on the preview";
  }
}
