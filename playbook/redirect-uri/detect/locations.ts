/** Where a finding about a redirect URI is placed, and in which words it is said. */
import type { Range } from '../../../analysis/syntax/ast.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import type { Sink } from '../evaluate/sinks.ts';

/** The line to change: where the host is written, if that is in this file; the wrapper's call or the sink otherwise. */
export function locationOf(uri: RedirectUri, { file, site }: SinkUse): Range {
  const { value } = uri;
  // A header is read anywhere; what is made of it is what has to change.
  const isHeader = uri.host.kind === 'header' && value.from.file === file;
  if (!isHeader && uri.from.file === file) return uri.from.node.range;
  if (value.from.file === file) return value.from.node.range;
  return site.node.range;
}

/** `'redirectUri' of authkitProxy()`. */
export function optionText(sink: Sink): string {
  return sink.kind === 'variable' ? `'${sink.name}'` : `'${sink.option}' of ${sink.name}`;
}

/** The same in a message, which needs no call where it is placed in one: `redirectUri`. */
export function sinkText({ file, sink, site }: SinkUse): string {
  return sink.kind !== 'variable' && sink.file === file && site.node === sink.node ? sink.option : optionText(sink);
}

/** Whether WorkOS compares the URI with those that are registered. `baseURL` and `returnTo` only say where users land. */
export const isCompared = ({ kind }: Sink): boolean => kind !== 'callback' && kind !== 'sign-out';

/** What happens to users when the host is not the one to send; `isOwn` if it names the preview itself, so that users land nowhere else. */
export function outcomeOf({ kind }: Sink, isOwn: boolean): string {
  switch (kind) {
    case 'callback':
      return 'users land there without a session';
    case 'sign-out':
      return 'signing out takes users away from the preview';
    default:
      return isOwn ? "'redirect-uri-invalid'" : "'redirect-uri-invalid', or users land there";
  }
}

/** What happens when the URI is none at all. */
export function outcomeOfInvalid({ kind }: Sink): string {
  if (kind === 'callback') return 'handleAuth() throws';
  return kind === 'sign-out' ? 'WorkOS cannot return users there' : "'redirect-uri-invalid'";
}
