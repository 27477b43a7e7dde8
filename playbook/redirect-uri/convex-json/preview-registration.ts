/** Both sides of a preview: what `convex.json` registers for it, and what the app's proxy sends. */
import type { App, Project } from '../../../project/project.ts';
import { proxyFilesOf } from '../../../project/proxy-files.ts';
import { usesIn } from '../evaluate/evaluate-sink.ts';
import { type ConvexJson, type JsonText, registeredUri, templatesIn } from './convex-json.ts';
import { isVercelHost, withoutPublicPrefix } from '../hosting/hosts.ts';
import { sentOnPreview } from '../evaluate/preview.ts';
import type { Host } from '../evaluate/redirect-uri.ts';

export interface RegisteredPreviewUri extends JsonText {
  /** Undefined when it is made of several pieces. */
  readonly path: string | undefined;
  /** The same URL as a template literal sends it: `https://${process.env.VERCEL_URL}/callback`. */
  readonly sent: string;
}

export interface PreviewRegistration {
  readonly redirectUris: readonly RegisteredPreviewUri[];
  /** Whose hosts they are; undefined when one of them can't be told. */
  readonly hosts: readonly RegisteredHost[] | undefined;
}

export interface RegisteredHost {
  /** The Vercel variable that the host comes from; undefined for any other host. */
  readonly variable: string | undefined;
  /** As written: `app.dev`, `${buildEnv.VERCEL_URL}`. */
  readonly host: string;
}

/** What is registered for previews; undefined where `convex.json` says nothing of them. */
export function registrationOf({ authKit }: ConvexJson): PreviewRegistration | undefined {
  const { preview } = authKit;
  if (!preview) return undefined;
  const uris = preview.redirectUris.map((text) => ({ text, uri: registeredUri(text.text) }));
  return {
    redirectUris: uris.map(({ text, uri }) => ({ ...text, path: uri?.path, sent: asSent(text.text) })),
    hosts: uris.every(({ uri }) => uri !== undefined)
      ? uris.map(({ text, uri }) => ({ variable: registeredVariable(text.text), host: uri?.host ?? '' }))
      : undefined,
  };
}

/** The Vercel variable that the host of a registered URL comes from, whether or not its template is written as Convex wants it. */
export function registeredVariable(text: string): string | undefined {
  const variable = registeredUri(text)?.variable?.replace(/^env\./u, '');
  return variable !== undefined && isVercelHost(variable) ? withoutPublicPrefix(variable) : undefined;
}

function asSent(text: string): string {
  return templatesIn(text).reduce(
    (sent, { name, raw }) => sent.replace(raw, () => `\${process.env.${name.replace(/^env\./u, '')}}`),
    text,
  );
}

/** Whether an app's proxy sends a host on previews that is written in the code. */
export function sendsLiteral(app: App, host: string, project: Project): boolean {
  return hostsOfProxy(app, project).some((sent) => sent.kind === 'literal' && sent.host === host);
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
    return uses.flatMap((use) =>
      file && use.sink.kind === 'proxy' ? (sentOnPreview(use, file, project)?.sent.host ?? []) : [],
    );
  });
}
