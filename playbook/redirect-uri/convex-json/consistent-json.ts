/** The same question asked of `convex.json`: does what it registers for previews fit the app's proxy, and itself? */
import type { Edit } from '../../../analysis/edits/edits.ts';
import type { App, Project } from '../../../project/project.ts';
import type { Finding, Suggestion } from '../../finding.ts';
import { callbackFile, callbackRoute } from '../callback-route.ts';
import { type ConvexJson, type EnvironmentConfig, type JsonText, registeredUri, templatesIn } from './convex-json.ts';
import { hostingOf, isLocalHost } from '../hosting/hosts.ts';
import { proxyHost, registeredVariable } from './preview-registration.ts';
import { appsOf } from './registered.ts';

export type ConsistentJsonMessageId =
  'noRegisteredRoute' | 'otherCorsHost' | 'otherRegisteredHost' | 'otherRegisteredSettingsHost';
export type ConsistentJsonSuggestionId = 'registerHost';

type JsonFinding = Finding<ConsistentJsonMessageId, ConsistentJsonSuggestionId>;

/** Finds what is registered for previews and not sent, and origins that are not where people are. */
export function findInconsistentRegistrations(json: ConvexJson, project: Project): readonly JsonFinding[] {
  const { preview } = json.authKit;
  if (!preview) return [];
  const apps = appsOf(json.path, project);
  const wantedBySettings = project.settings.authkit.previewHost;
  const setting = wantedBySettings === 'auto' ? undefined : wantedBySettings;
  const hosts = apps.map((app) => proxyHost(app, project));
  const [sent] = hosts;
  const isOneHost = sent !== undefined && hosts.every((host) => host === sent);
  return [
    ...preview.redirectUris.flatMap((text) => {
      const variable = registeredVariable(text.text);
      if (variable === undefined) return isOneHost ? (otherLiteralHost(text, preview.redirectUris, sent) ?? []) : [];
      if (setting !== undefined)
        return variable === setting ? [] : [otherHost('otherRegisteredSettingsHost', text, variable, setting, true)];
      const isAlsoRegistered = preview.redirectUris.some((other) => registeredVariable(other.text) === sent);
      return isOneHost && !isAlsoRegistered ? [otherHost('otherRegisteredHost', text, variable, sent, false)] : [];
    }),
    ...preview.corsOrigins.flatMap((text) => otherCorsHost(text, preview, setting) ?? []),
    ...preview.redirectUris.flatMap((text) => missingRoute(text, apps, project) ?? []),
  ];
}

/** `auto` takes what is registered for the measure, so that the proxy is what changes; with the setting it is this file. */
function otherHost(
  messageId: ConsistentJsonMessageId,
  text: JsonText,
  variable: string,
  wanted: string,
  isFix: boolean,
): JsonFinding {
  const edits = hostEdits(text, wanted);
  const finding: JsonFinding = { messageId, range: text.range, data: { value: text.text, name: variable, wanted } };
  if (!edits) return { ...finding, unfixable: 'the string is written with escapes' };
  if (isFix) return { ...finding, fix: { safety: 'review', edits }, fixMessageId: 'registerHost' };
  const suggestion: Suggestion<ConsistentJsonSuggestionId> = { messageId: 'registerHost', data: { wanted }, edits };
  return {
    ...finding,
    suggestions: [suggestion],
    unfixable: 'the proxy is brought to what is registered, unless settings.authkit.previewHost says otherwise',
  };
}

/** A host that is written down, where the proxy sends the preview's own and nothing registers that. */
function otherLiteralHost(text: JsonText, redirectUris: readonly JsonText[], sent: string): JsonFinding | undefined {
  const uri = registeredUri(text.text);
  // `http://localhost:3000` beside the others is for the developer's machine; a deployment is hard-coded, and no-hardcoded-redirect-host says so.
  if (!uri || uri.variable !== undefined || isLocalHost(uri.host) || hostingOf(uri.host)) return undefined;
  if (redirectUris.some((other) => registeredUri(other.text) === undefined || registeredVariable(other.text) === sent))
    return undefined;
  const finding: JsonFinding = {
    messageId: 'otherRegisteredHost',
    range: text.range,
    data: { value: text.text, name: uri.host, wanted: sent },
  };
  const edits = hostEdits(text, sent, uri.host);
  if (!edits) return { ...finding, unfixable: 'the string is written with escapes' };
  return {
    ...finding,
    suggestions: [{ messageId: 'registerHost', data: { wanted: sent }, edits }],
    unfixable: 'only a person knows which of both hosts is meant',
  };
}

function otherCorsHost(
  text: JsonText,
  { corsOrigins, redirectUris }: EnvironmentConfig,
  setting: string | undefined,
): JsonFinding | undefined {
  const variable = registeredVariable(text.text);
  const hosts = redirectUris.map((uri) => registeredVariable(uri.text));
  const [first] = hosts;
  if (variable === undefined || first === undefined || hosts.includes(undefined)) return undefined;
  const wanted = setting ?? first;
  if (variable === wanted || (setting === undefined && hosts.includes(variable))) return undefined;
  // One more origin does no harm where the one that counts is there.
  if (corsOrigins.some((origin) => registeredVariable(origin.text) === wanted)) return undefined;
  const edits = hostEdits(text, wanted);
  return {
    messageId: 'otherCorsHost',
    range: text.range,
    data: { value: text.text, name: variable, wanted },
    ...(edits
      ? { fix: { safety: 'review', edits }, fixMessageId: 'registerHost' }
      : { unfixable: 'the string is written with escapes' }),
  };
}

/** Puts a variable's template in the place of the host; undefined in a string whose characters can't be counted off. */
export function hostEdits(
  { range, text }: JsonText,
  wanted: string,
  host = templatesIn(text)[0]?.raw,
): Edit[] | undefined {
  if (host === undefined || range[1] - range[0] - 2 !== text.length) return undefined;
  const start = range[0] + 1 + text.indexOf(host);
  return [{ range: [start, start + host.length], text: `\${buildEnv.${wanted}}` }];
}

function missingRoute(text: JsonText, apps: readonly App[], project: Project): JsonFinding | undefined {
  const [app, other] = apps;
  const uri = registeredUri(text.text);
  if (!app || other || !uri || registeredVariable(text.text) === undefined) return undefined;
  const route = callbackRoute(app, uri.path, project);
  if (route.kind !== 'none' && route.kind !== 'wrong') return undefined;
  return {
    messageId: 'noRegisteredRoute',
    range: text.range,
    data: {
      path: uri.path,
      found: route.kind === 'wrong' ? `${route.file} is none` : 'nothing serves that path',
      file: callbackFile(app, uri.path),
    },
    unfixable: 'a route has to be written, or another path registered',
  };
}
