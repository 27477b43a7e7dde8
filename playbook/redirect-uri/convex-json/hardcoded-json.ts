/** Deployment hosts that `convex.json` registers for previews by name: each preview has a host of its own (PLAYBOOK §4). */
import type { Project } from '../../../project/project.ts';
import type { Finding } from '../../finding.ts';
import { type ConvexJson, type JsonText, registeredUri, templatesIn } from './convex-json.ts';
import { hostEdits } from './consistent-json.ts';
import { hostingOf } from '../hosting/hosts.ts';
import { previewHostVariable } from '../hosting/preview-host.ts';
import { sendsLiteral } from './preview-registration.ts';
import { appsOf } from './registered.ts';

export type HardcodedJsonMessageId = 'registeredDeployment';
export type HardcodedJsonSuggestionId = 'registerPreviewHost';

/**
 * Finds the lists of redirect URIs and of origins that name deployments and nothing else. Beside a template one more host does no harm,
 * `appHomepageUrl` is the production host in the official templates, and what the proxy itself sends on previews is meant.
 */
export function findHardcodedRegistrations(
  json: ConvexJson,
  project: Project,
): readonly Finding<HardcodedJsonMessageId, HardcodedJsonSuggestionId>[] {
  const { preview } = json.authKit;
  if (!preview) return [];
  const lists = [preview.redirectUris, preview.corsOrigins].filter((list) =>
    list.every(({ text }) => templatesIn(text).length === 0),
  );
  return lists.flat().flatMap((text) => deploymentHost(text, json, project) ?? []);
}

function deploymentHost(
  text: JsonText,
  { path }: ConvexJson,
  project: Project,
): Finding<HardcodedJsonMessageId, HardcodedJsonSuggestionId> | undefined {
  const { host } = registeredUri(text.text) ?? {};
  if (host === undefined || !hostingOf(host) || appsOf(path, project).some((app) => sendsLiteral(app, host, project)))
    return undefined;
  const wanted = previewHostVariable(path, project);
  const edits = hostEdits(text, wanted, host);
  return {
    messageId: 'registeredDeployment',
    range: text.range,
    data: { value: text.text, host, instead: text.text.replace(host, () => `\${buildEnv.${wanted}}`) },
    ...(edits
      ? { fix: { safety: 'review', edits }, fixMessageId: 'registerPreviewHost' }
      : { unfixable: 'the string is written with escapes' }),
  };
}
