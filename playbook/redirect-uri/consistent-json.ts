/** The same question asked of `convex.json`: does what it registers for previews fit the app's proxy, and itself? */
import type { Edit } from '../../analysis/edits.ts';
import type { App, Project } from '../../project/project.ts';
import type { Finding, Suggestion } from '../finding.ts';
import { callbackFile, callbackRoute } from './callback-route.ts';
import { type ConvexJson, type JsonText, registeredUri, templatesIn } from './convex-json.ts';
import { proxyHost, registeredVariable } from './preview-registration.ts';
import { appsOf } from './registered.ts';

export type ConsistentJsonMessageId = 'noRegisteredRoute' | 'otherCorsHost' | 'otherRegisteredHost' | 'otherRegisteredSettingsHost';
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
      if (variable === undefined) return [];
      if (setting !== undefined) return variable === setting ? [] : [otherHost('otherRegisteredSettingsHost', text, variable, setting, true)];
      const isAlsoRegistered = preview.redirectUris.some((other) => registeredVariable(other.text) === sent);
      return isOneHost && !isAlsoRegistered ? [otherHost('otherRegisteredHost', text, variable, sent, false)] : [];
    }),
    ...preview.corsOrigins.flatMap((text) => otherCorsHost(text, preview.redirectUris, setting) ?? []),
    ...preview.redirectUris.flatMap((text) => missingRoute(text, apps, project) ?? []),
  ];
}

/** `auto` takes what is registered for the measure, so that the proxy is what changes; with the setting it is this file. */
function otherHost(messageId: ConsistentJsonMessageId, text: JsonText, variable: string, wanted: string, isFix: boolean): JsonFinding {
  const edits = hostEdits(text, wanted);
  const finding: JsonFinding = { messageId, range: text.range, data: { value: text.text, name: variable, wanted } };
  if (!edits) return { ...finding, unfixable: 'the string is written with escapes' };
  if (isFix) return { ...finding, fix: { safety: 'review', edits }, fixMessageId: 'registerHost' };
  const suggestion: Suggestion<ConsistentJsonSuggestionId> = { messageId: 'registerHost', data: { wanted }, edits };
  return { ...finding, suggestions: [suggestion], unfixable: 'the proxy is brought to what is registered, unless settings.authkit.previewHost says otherwise' };
}

function otherCorsHost(text: JsonText, redirectUris: readonly JsonText[], setting: string | undefined): JsonFinding | undefined {
  const variable = registeredVariable(text.text);
  const hosts = redirectUris.map((uri) => registeredVariable(uri.text));
  const [first] = hosts;
  if (variable === undefined || first === undefined || hosts.includes(undefined)) return undefined;
  const wanted = setting ?? first;
  if (variable === wanted || (setting === undefined && hosts.includes(variable))) return undefined;
  const edits = hostEdits(text, wanted);
  return {
    messageId: 'otherCorsHost',
    range: text.range,
    data: { value: text.text, name: variable, wanted },
    ...(edits ? { fix: { safety: 'review', edits }, fixMessageId: 'registerHost' } : { unfixable: 'the string is written with escapes' }),
  };
}

/** Puts another variable's template in the place of the host; undefined in a string whose characters can't be counted off. */
function hostEdits({ range, text }: JsonText, wanted: string): Edit[] | undefined {
  const template = templatesIn(text)[0];
  if (!template || range[1] - range[0] - 2 !== text.length) return undefined;
  const start = range[0] + 1 + template.index;
  return [{ range: [start, start + template.raw.length], text: `\${buildEnv.${wanted}}` }];
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
