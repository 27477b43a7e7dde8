/** Both sides of a preview: what `convex.json` registers for it, and what the app's proxy sends. */
import type { App, Project } from '../../../project/project.ts';
import { proxyFilesOf } from '../../../project/proxy-files.ts';
import { usesIn } from '../evaluate/sink-uses.ts';
import {
  type ConvexJson,
  type EnvironmentConfig,
  type JsonText,
  isOfTheWeb,
  isVariableName,
  registeredUri,
  templatesIn,
} from './convex-json.ts';
import { isVercelHost, isVercelPreviewHost, withoutPublicPrefix } from '../hosting/hosts.ts';
import type { Host } from '../evaluate/redirect-uri.ts';

export interface RegisteredPreviewUri extends JsonText {
  /** Undefined when it is made of several pieces. */
  readonly path: string | undefined;
  /** The Vercel variable that the host comes from; undefined for any other host. */
  readonly variable: string | undefined;
  /**
   * The same URL as a template literal sends it: `https://${process.env.VERCEL_URL}/callback`. Undefined for a text that can't be copied
   * into code: it is someone's, and a template may hold anything.
   */
  readonly sent: string | undefined;
}

export interface PreviewRegistration {
  readonly redirectUris: readonly RegisteredPreviewUri[];
  /** Whose hosts they are; undefined when one of them is not known: made of several pieces, or a wildcard. */
  readonly hosts: readonly RegisteredHost[] | undefined;
}

export interface RegisteredHost {
  /** The Vercel variable that the host comes from; undefined for any other host. */
  readonly variable: string | undefined;
  /** As written: `app.dev`, `${buildEnv.VERCEL_URL}`. */
  readonly host: string;
}

const registrations = new WeakMap<ConvexJson, PreviewRegistration>();

/** What is registered for the previews of a web app; undefined where `convex.json` says nothing of them. */
export function registrationOf(json: ConvexJson): PreviewRegistration | undefined {
  const { preview } = json.authKit;
  if (!preview) return undefined;
  let registration = registrations.get(json);
  if (!registration) registrations.set(json, (registration = read(preview)));
  return registration;
}

function read({ redirectUris }: EnvironmentConfig): PreviewRegistration {
  const uris = redirectUris
    .filter(({ text }) => isOfTheWeb(text))
    .map((text) => ({ text, uri: registeredUri(text.text) }));
  const hosts = uris.map(({ text, uri }) => ({ variable: registeredVariable(text.text), host: uri?.host ?? '' }));
  return {
    redirectUris: uris.map(({ text, uri }) => ({
      ...text,
      path: uri?.path,
      variable: registeredVariable(text.text),
      sent: asSent(text.text),
    })),
    hosts: hosts.some(({ host }) => host === '' || host.includes('*')) ? undefined : hosts,
  };
}

/** The registered URIs whose host is that of one preview. */
export function previewUrisOf({ redirectUris }: PreviewRegistration): readonly RegisteredPreviewUri[] {
  return redirectUris.filter(({ variable }) => variable !== undefined && isVercelPreviewHost(variable));
}

/** The Vercel variable that the host of a registered URL comes from, whether or not its template is written as Convex wants it. */
export function registeredVariable(text: string): string | undefined {
  const variable = registeredUri(text)?.variable?.replace(/^env\./u, '');
  return variable !== undefined && isVercelHost(variable) ? withoutPublicPrefix(variable) : undefined;
}

function asSent(text: string): string | undefined {
  if (/[\\`]/u.test(text)) return undefined;
  const templates = templatesIn(text);
  const names = templates.map(({ name }) => name.replace(/^env\./u, ''));
  if (!names.every(isVariableName) || text.split('${').length - 1 !== templates.length) return undefined;
  return templates.reduce(
    (sent, { raw }, index) => sent.replace(raw, () => `\${process.env.${names[index] ?? ''}}`),
    text,
  );
}

/** The hosts that an app's proxy sends on previews and that are written in the code. */
export function literalHostsOf(app: App, project: Project): readonly string[] {
  return hostsOfProxy(app, project).flatMap((sent) => (sent.kind === 'literal' ? [sent.host] : []));
}

/** The Vercel variable whose host an app's proxy sends on a preview; undefined when there is none, or several. */
export function proxyHost(app: App, project: Project): string | undefined {
  const names = hostsOfProxy(app, project).flatMap((host) =>
    host.kind === 'variable' && isVercelHost(host.name) ? [withoutPublicPrefix(host.name)] : [],
  );
  const hosts = new Set(names);
  const [only] = hosts;
  return hosts.size === 1 ? only : undefined;
}

/** What the proxy's calls send on a preview, where that is one host. */
function hostsOfProxy(app: App, project: Project): Host[] {
  return proxyFilesOf(project.facts, app).flatMap((path) => {
    const file = project.sourceFile(path);
    const uses = file ? usesIn(file, project) : [];
    return uses.flatMap((use) => (use.sink.kind === 'proxy' ? (use.sentOnPreview()?.uri.host ?? []) : []));
  });
}
