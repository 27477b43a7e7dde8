/** Redirect URIs that `convex.json` registers, and that lead to no callback of the app. */
import { redacted } from '../../analysis/texts/redact.ts';
import type { App, Project } from '../../project/project.ts';
import { proxyFilesOf } from '../../project/proxy-files.ts';
import {
  type ConvexJson,
  type JsonText,
  readConvexJson,
  registeredUri,
  templatesIn,
} from '../redirect-uri/convex-json/convex-json.ts';
import { appsOf } from '../redirect-uri/convex-json/registered.ts';
import type { RedirectUri } from '../redirect-uri/evaluate/redirect-uri.ts';
import { usesIn } from '../redirect-uri/evaluate/sink-uses.ts';
import { isLocalHost, isVercelHost } from '../redirect-uri/hosting/hosts.ts';
import { advise, callbackRoute, describe } from './callback-route.ts';
import type { CallbackFinding } from './findings.ts';
import { isNextDev, otherServer } from '../redirect-uri/hosting/dev-server.ts';
import { REDIRECT_URI, isGivenByEnv, soleApp } from './known-uris.ts';

/** Finds registered paths that no callback serves, except those that are reported where the app sends them. */
export function findCallbackInConvexJson(path: string, text: string, project: Project): readonly CallbackFinding[] {
  const json = readConvexJson(path, text);
  const [app, other] = json ? appsOf(json.path, project) : [];
  if (!json || !app || other || soleApp(`${app.root}/package.json`, project) !== app) return [];
  const uris = (['dev', 'preview', 'prod'] as const).flatMap((environment) => {
    const registered = json.authKit[environment]?.redirectUris ?? [];
    return environment === 'preview' && sendsOtherPath(registered, app, project) ? [] : registered;
  });
  const told = new Set<string>();
  const wrong = uris.flatMap((uri) => {
    const found = wrongPath(uri, app, project);
    if (!found || told.has(found.data['path'] ?? '')) return [];
    told.add(found.data['path'] ?? '');
    return [found];
  });
  if (wrong.length > 0) return wrong;
  return [...otherLocalUri(json, project), ...(isGivenByEnv(app, project) ? [] : otherPorts(json, app, project))];
}

/** `localEnvVars` writes a redirect URI into `.env.local` that is not among those that it registers. */
function otherLocalUri({ authKit, path }: ConvexJson, project: Project): readonly CallbackFinding[] {
  const { localEnvVars = [], redirectUris = [] } = authKit.dev ?? {};
  const isPlain = (text: string) => templatesIn(text).length === 0 && URL.canParse(text);
  if (redirectUris.length === 0 || !redirectUris.every(({ text }) => isPlain(text))) return [];
  const registered = new Set(redirectUris.map(({ text }) => new URL(text).href));
  return localEnvVars
    .filter(({ name, text }) => name === REDIRECT_URI && isPlain(text) && !registered.has(new URL(text).href))
    .map(({ range, text }) => ({
      messageId: 'otherDevUri',
      range,
      data: {
        value: redacted(text),
        json: project.display(path),
        registered: redirectUris.map((uri) => `'${redacted(uri.text)}'`).join(', '),
      },
      unfixable: 'which of both is meant is for a person to say',
    }));
}

/** Only ports of this machine are registered on which `next dev` does not listen. */
function otherPorts({ authKit }: ConvexJson, app: App, project: Project): readonly CallbackFinding[] {
  const servers = (authKit.dev?.redirectUris ?? []).map(({ range, text }) => {
    const isLocal = templatesIn(text).length === 0 && URL.canParse(text) && isLocalHost(new URL(text).host);
    return { range, text, server: isLocal ? otherServer(new URL(text), app, project) : undefined };
  });
  const [first] = servers;
  if (!first?.server || servers.some(({ server }) => !server)) return [];
  return [
    {
      messageId: 'otherDevPort',
      range: first.range,
      data: { value: redacted(first.text), ...first.server, instead: redacted(first.server.instead) },
      unfixable: 'which of both ports is meant is for a person to say',
    },
  ];
}

function wrongPath({ range, text }: JsonText, app: App, project: Project): CallbackFinding | undefined {
  const uri = registeredUri(text);
  // A host that is written down may be another app's.
  if (!uri || uri.path === '/' || (uri.variable === undefined && !isLocalHost(uri.host))) return undefined;
  const isAskedItself = uri.variable !== undefined || isNextDev(uri.host, app, project);
  const found = callbackRoute(app, uri.path, project, isAskedItself);
  if ((found.kind !== 'none' && found.kind !== 'other') || isSentByApp(uri.path, app, project)) return undefined;
  return {
    messageId: 'wrongPath',
    range,
    data: {
      what: `'${redacted(text)}'`,
      path: uri.path,
      found: describe(found, app, project),
      advice: advise(uri.path, found, app, project),
    },
    unfixable: 'a route has to be written, or another path registered',
  };
}

/** Whether the app's env files or its proxy send the same path: it is reported there. */
function isSentByApp(path: string, app: App, project: Project): boolean {
  const inEnv = project.envFilesIn(app.root).some(({ isExample, variables }) => {
    const value = variables.get(REDIRECT_URI)?.value ?? '';
    return !isExample && URL.canParse(value) && new URL(value).pathname === path;
  });
  return inEnv || sentByProxy(app, project).some((sent) => sent.path === path);
}

/** Whether the proxy sends a preview's host with a path that is not registered: what differs is reported there (consistent-preview-host). */
function sendsOtherPath(registered: readonly JsonText[], app: App, project: Project): boolean {
  const paths = registered.map(({ text }) => registeredUri(text)?.path);
  return (
    !paths.includes(undefined) &&
    sentByProxy(app, project).some(
      ({ host, path }) =>
        host.kind === 'variable' && isVercelHost(host.name) && path !== undefined && !paths.includes(path),
    )
  );
}

/** What the app's proxy sends on a preview. */
const sentByProxy = (app: App, project: Project): readonly RedirectUri[] =>
  proxyFilesOf(project.facts, app).flatMap((path) => {
    const file = project.sourceFile(path);
    return (file ? usesIn(file, project) : []).flatMap((use) => use.sentOn('preview'));
  });
