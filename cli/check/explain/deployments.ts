/** What a redirect URI comes to on each kind of deployment, for findings about one. */
import { type Range, contains } from '../../../analysis/syntax/ast.ts';
import { positionAt, type SourceFile } from '../../../analysis/syntax/source-file.ts';
import { locationOf, optionText } from '../../../playbook/redirect-uri/detect/locations.ts';
import type { RedirectUri } from '../../../playbook/redirect-uri/evaluate/redirect-uri.ts';
import type { SinkUse } from '../../../playbook/redirect-uri/evaluate/sink-use.ts';
import { usesIn } from '../../../playbook/redirect-uri/evaluate/sink-uses.ts';
import { mayHaveSink } from '../../../playbook/redirect-uri/evaluate/sinks.ts';
import type { Project } from '../../../project/project.ts';

export interface Sent {
  /** `On a preview` */
  readonly where: string;
  /** The values that may be sent, each with its place. */
  readonly what: string;
}

export interface Sends {
  /** `'redirectUri' of authkitProxy(), proxy.ts:9` */
  readonly sink: string;
  readonly sent: readonly Sent[];
}

const DEPLOYMENTS = [
  ['preview', 'On a preview'],
  ['production', 'In production'],
  ['local', 'On your machine'],
] as const;

/** What is sent by the uses of a redirect URI that a finding at this range is about. */
export function sendsOf(range: Range, file: SourceFile, project: Project): readonly Sends[] {
  if (!mayHaveSink(file.text, file.path)) return [];
  return usesIn(file, project).flatMap((use): Sends[] => {
    const sent = DEPLOYMENTS.map(([deployment, where]) => ({ where, uris: use.sentOn(deployment) }));
    const isMeant = sent.some(({ uris }) => uris.some((uri) => isSame(locationOf(uri, use), range)));
    if (!isMeant && !contains(use.site.node, { range })) return [];
    return [
      {
        sink: `${optionText(use.sink)}, ${placeOf(use.site, project)}`,
        sent: sent.map(({ uris, where }) => ({ where, what: listed(uris, use) })),
      },
    ];
  });
}

const RULES = new Set([
  'consistent-preview-host',
  'no-hardcoded-redirect-host',
  'valid-callback-route',
  'valid-redirect-uri',
]);

/** Whether what a redirect URI comes to explains the findings of a rule. */
export const isAboutRedirectUris = (rule: string): boolean => RULES.has(rule);

const isSame = (one: Range, other: Range): boolean => one[0] === other[0] && one[1] === other[1];

function listed(uris: readonly RedirectUri[], use: SinkUse): string {
  const each = uris.map(({ from, host, shown }) => {
    if (host.kind === 'absent')
      return 'left out, so that what is next in line counts (NEXT_PUBLIC_WORKOS_REDIRECT_URI in the end)';
    if (host.kind === 'unknown') return `something that the code does not show (${placeOf(from, use.project)})`;
    return from.node === use.site.node ? shown : `${shown} (${placeOf(from, use.project)})`;
  });
  return [...new Set(each)].join(', or ');
}

function placeOf({ file, node }: SinkUse['site'], project: Project): string {
  return `${project.display(file.path)}:${String(positionAt(file.text, node.range[0]).line)}`;
}
