/** Deployment hosts that `convex.json` registers for previews by name: each preview has a host of its own (PLAYBOOK §4). */
import type { Edit } from '../../../analysis/edits/edits.ts';
import { redacted } from '../../../analysis/texts/redact.ts';
import type { Project } from '../../../project/project.ts';
import type { Finding } from '../../finding.ts';
import { type Hosting, hostingOf } from '../hosting/hosts.ts';
import { hostingShown } from '../hosting/hosting.ts';
import { previewHostVariable } from '../hosting/preview-host.ts';
import { type ConvexJson, type JsonText, rangeWithin, registeredUri, templatesIn } from './convex-json.ts';
import { literalHostsOf } from './preview-registration.ts';
import { appsOf } from './registered.ts';

export type HardcodedJsonMessageId = 'registeredDeployment';
export type HardcodedJsonSuggestionId = 'registerPreviewHost';

type JsonFinding = Finding<HardcodedJsonMessageId, HardcodedJsonSuggestionId>;

/**
 * Finds deployments in the lists of redirect URIs and of origins that have no host of a preview: one finding a host. Next to a template one
 * more host does no harm, `appHomepageUrl` is the production host in the official templates, and what the proxy itself sends on previews is
 * meant. A wildcard may fit every preview.
 */
export function findHardcodedRegistrations(json: ConvexJson, project: Project): readonly JsonFinding[] {
  const { preview } = json.authKit;
  if (!preview) return [];
  const strings = [preview.redirectUris, preview.corsOrigins]
    .filter((list) => list.every(({ text }) => templatesIn(text).length === 0 && !text.includes('*')))
    .flat();
  const byHost = new Map<string, JsonText[]>();
  for (const text of strings) {
    const host = registeredUri(text.text)?.host;
    if (host === undefined || !hostingOf(host)) continue;
    const same = byHost.get(host);
    if (same) same.push(text);
    else byHost.set(host, [text]);
  }
  if (byHost.size === 0 || hostingShown(json, project).kind === 'fixed') return [];
  const sent = new Set(appsOf(json.path, project).flatMap((app) => literalHostsOf(app, project)));
  return [...byHost].flatMap(([host, texts]) => {
    const hosting = hostingOf(host);
    if (!hosting || sent.has(host)) return [];
    return deploymentHost(host, texts, previewTemplate(hosting, json.path, project)) ?? [];
  });
}

/** What a platform's previews register: `https://${buildEnv.VERCEL_URL}`; undefined where the platform has no variable of its own for them. */
function previewTemplate({ hostVariables, id }: Hosting, path: string, project: Project): string | undefined {
  if (id === 'vercel') return `https://\${buildEnv.${previewHostVariable(path, project)}}`;
  const [name, variable] = Object.entries(hostVariables).find(([, { scope }]) => scope === 'alias') ?? [];
  if (name === undefined || !variable) return undefined;
  return `${variable.hasScheme ? '' : 'https://'}\${buildEnv.${name}}`;
}

function deploymentHost(
  host: string,
  texts: readonly JsonText[],
  template: string | undefined,
): JsonFinding | undefined {
  const [first] = texts;
  if (!first) return undefined;
  const instead = template === undefined ? 'the host of the preview' : template + afterHost(first.text, host);
  const finding: JsonFinding = {
    messageId: 'registeredDeployment',
    range: first.range,
    data: { value: redacted(first.text), host, instead: redacted(instead) },
  };
  if (template === undefined) return { ...finding, unfixable: 'which variable holds the host is not known' };
  const edits = texts.map((one): Edit | undefined => {
    const range = rangeWithin(one, 0, one.text.length - afterHost(one.text, host).length);
    return range && { range, text: template };
  });
  return edits.every((edit) => edit !== undefined)
    ? { ...finding, fix: { safety: 'review', edits }, fixMessageId: 'registerPreviewHost' }
    : { ...finding, unfixable: 'a string is written with escapes' };
}

const afterHost = (text: string, host: string): string => text.slice(text.indexOf(host) + host.length);
