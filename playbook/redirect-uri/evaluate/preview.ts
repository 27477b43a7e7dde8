/** What one use sends on a preview, when that is one host. */
import { isReachable } from '../../../analysis/flow/flow-values.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import type { Others } from './deployments.ts';
import { type SinkUse, evaluatorFor, redirectUrisOf } from './evaluate-sink.ts';
import type { RedirectUri } from './redirect-uri.ts';

export interface PreviewSent {
  readonly uri: RedirectUri;
  /** False where a variable of the project's own, when it is set, decides otherwise. */
  readonly always: boolean;
}

/**
 * What a preview sends: whatever the project's own variables are, or when they are unset, and only then. (What may be sent
 * although they are set is behind some other test, and no one knows how that comes out on a preview.)
 */
export function sentOnPreview(use: SinkUse, file: SourceFile, project: Project): PreviewSent | undefined {
  const ask = (others: Others) => redirectUrisOf(use, file, project, { deployment: 'preview', others });
  const always = onlyHost(ask('any'));
  if (always) return { uri: always, always: true };
  // An app that does without AuthKit where its variables are missing sends nothing then.
  const isSentUnset = isReachable(evaluatorFor(file, project, { deployment: 'preview', others: 'unset' }), use.site);
  const uri = isSentUnset ? onlyHost(ask('unset')) : undefined;
  return uri && !ask('set').some((other) => isSameHost(uri, other)) ? { uri, always: false } : undefined;
}

/** The one host that all alternatives agree on: with its scheme, where one of them has it (`host.startsWith('http') ? host : …`). */
export function onlyHost(alternatives: readonly RedirectUri[]): RedirectUri | undefined {
  const [first, ...others] = alternatives;
  if (!first || !others.every((other) => isSameHost(first, other))) return undefined;
  return alternatives.find(({ scheme }) => scheme !== undefined) ?? first;
}

function isSameHost({ host: a }: RedirectUri, { host: b }: RedirectUri): boolean {
  // Of the developer's machine the port alone may differ.
  if (a.kind === 'literal') return b.kind === 'literal' && a.host === b.host;
  return a.kind === b.kind && (a.kind !== 'variable' || (b.kind === 'variable' && a.name === b.name));
}
