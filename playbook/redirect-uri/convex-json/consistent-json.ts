/** The same question asked of `convex.json`: does what it registers for previews fit the app's proxy, and itself? */
import type { Edit } from '../../../analysis/edits/edits.ts';
import { redacted } from '../../../analysis/texts/redact.ts';
import type { App, Project } from '../../../project/project.ts';
import type { Finding } from '../../finding.ts';
import { hostingOf, isLocalHost, isVercelPreviewHost } from '../hosting/hosts.ts';
import { hostingShown, runsElsewhere } from '../hosting/hosting.ts';
import {
  type ConvexJson,
  type EnvironmentConfig,
  type JsonText,
  isOfTheWeb,
  rangeWithin,
  registeredUri,
  templatesIn,
} from './convex-json.ts';
import { proxyHost, registeredVariable } from './preview-registration.ts';
import { appsOf } from './registered.ts';

export type ConsistentJsonMessageId = 'otherCorsHost' | 'otherRegisteredHost' | 'otherRegisteredSettingsHost';
export type ConsistentJsonSuggestionId = 'registerHost';

type JsonFinding = Finding<ConsistentJsonMessageId, ConsistentJsonSuggestionId>;

/** A string, and whose host it registers. */
interface Registered {
  readonly text: JsonText;
  /** The Vercel variable that the host comes from; undefined for any other host. */
  readonly variable: string | undefined;
  readonly host: string | undefined;
}

/**
 * Finds what is registered for previews and no preview sends, where `convex.json` is the place to change: where it registers a fixed host or
 * production's, or settings say which host is meant. Two hosts that both are a preview's are the proxy's to bring together
 * (../detect/consistent.ts): one cause is one finding.
 */
export function findInconsistentRegistrations(json: ConvexJson, project: Project): readonly JsonFinding[] {
  const { preview } = json.authKit;
  if (!preview || runsElsewhere(hostingShown(json, project))) return [];
  const apps = appsOf(json.path, project);
  const { previewHost = 'auto' } = project.settings.authkit;
  const setting = previewHost === 'auto' ? undefined : previewHost;
  const redirectUris = preview.redirectUris.filter(({ text }) => isOfTheWeb(text)).map(registeredOf);
  const strings = [...redirectUris, ...preview.corsOrigins.map(registeredOf)];
  const hosts =
    setting === undefined ? otherHost(redirectUris, strings, apps, project) : otherThan(setting, redirectUris, strings);
  return [...hosts, ...(hosts.length > 0 ? [] : otherCorsHosts(preview, redirectUris, setting))];
}

function registeredOf(text: JsonText): Registered {
  return { text, variable: registeredVariable(text.text), host: registeredUri(text.text)?.host };
}

/** What no preview sends, where the proxy is known to send a host of its own. */
function otherHost(
  redirectUris: readonly Registered[],
  strings: readonly Registered[],
  apps: readonly App[],
  project: Project,
): JsonFinding[] {
  const hosts = apps.map((app) => proxyHost(app, project));
  const [sent] = hosts;
  if (sent === undefined || !isVercelPreviewHost(sent) || !hosts.every((host) => host === sent)) return [];
  // One that is not known may be the one that counts.
  if (redirectUris.some(({ host }) => host === undefined || host.includes('*'))) return [];
  if (redirectUris.some(({ variable }) => variable !== undefined && isVercelPreviewHost(variable))) return [];
  // `http://localhost:3000` next to the others is for the developer's machine; a deployment is hard-coded, and no-hardcoded-redirect-host says so.
  const wrong = redirectUris.find(({ host = '', variable }) =>
    variable === undefined ? !host.startsWith('${') && !isLocalHost(host) && !hostingOf(host) : true,
  );
  return wrong ? [hostFinding('otherRegisteredHost', wrong, strings, sent)] : [];
}

function otherThan(
  setting: string,
  redirectUris: readonly Registered[],
  strings: readonly Registered[],
): JsonFinding[] {
  const wrong = redirectUris.find(({ variable }) => variable !== undefined && variable !== setting);
  return wrong ? [hostFinding('otherRegisteredSettingsHost', wrong, strings, setting)] : [];
}

/** One finding for one host: the edits change every string that has it. */
function hostFinding(
  messageId: ConsistentJsonMessageId,
  wrong: Registered,
  strings: readonly Registered[],
  wanted: string,
): JsonFinding {
  const { host = '', text, variable } = wrong;
  const edits = strings
    .filter((one) => one.host === host)
    .map((one) => hostEdit(one.text, wanted, templatesIn(host)[0]?.raw ?? host));
  const finding: JsonFinding = {
    messageId,
    range: text.range,
    data: { value: redacted(text.text), name: variable ?? host, wanted },
  };
  if (!edits.every((edit) => edit !== undefined)) return { ...finding, unfixable: 'a string is written with escapes' };
  return { ...finding, fix: { safety: 'review', edits }, fixMessageId: 'registerHost' };
}

/** Origins of previews that are not where users sign in. */
function otherCorsHosts(
  { corsOrigins }: EnvironmentConfig,
  redirectUris: readonly Registered[],
  setting: string | undefined,
): JsonFinding[] {
  const hosts = new Set(redirectUris.map(({ variable }) => variable));
  const wanted = setting ?? redirectUris[0]?.variable;
  if (wanted === undefined || hosts.has(undefined) || !isVercelPreviewHost(wanted)) return [];
  const origins = corsOrigins.map(registeredOf);
  // One more origin does no harm where the one that counts is there.
  if (origins.some(({ variable }) => variable === wanted)) return [];
  const wrong = origins.find(
    ({ variable }) => variable !== undefined && (setting !== undefined || !hosts.has(variable)),
  );
  return wrong ? [hostFinding('otherCorsHost', wrong, origins, wanted)] : [];
}

/** Puts a variable's template in the place of the host; undefined in a string whose characters can't be counted off. */
function hostEdit(string: JsonText, wanted: string, host: string): Edit | undefined {
  const range = rangeWithin(string, string.text.indexOf(host), host.length);
  return range && { range, text: `\${buildEnv.${wanted}}` };
}
