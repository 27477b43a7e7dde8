/** Whether what an app sends on a preview is what its `convex.json` registers there (PLAYBOOK §4). */
import { basename, join } from 'node:path';
import type { TSESTree } from '@typescript-eslint/types';
import { type Range, propertyName } from '../../../analysis/syntax/ast.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { App, Project } from '../../../project/project.ts';
import { isRunByHand } from '../../../project/modules/hand-run.ts';
import { isTestFile } from '../../../project/modules/source-files.ts';
import type { Finding } from '../../finding.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';
import { usesIn } from '../evaluate/sink-uses.ts';
import { consistentFix, hostFix } from '../fix/consistent-fix.ts';
import type { ConvexJson } from '../convex-json/convex-json.ts';
import { hostVariable, hostingOf, isVercelHost, withoutPublicPrefix } from '../hosting/hosts.ts';
import { locationOf, sinkText } from './locations.ts';
import { redacted } from '../../../analysis/texts/redact.ts';
import { runsElsewhere } from '../hosting/hosting.ts';
import {
  type PreviewRegistration,
  previewUrisOf,
  proxyHost,
  registrationOf,
} from '../convex-json/preview-registration.ts';
import { convexJsonFor } from '../convex-json/registered.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';

export type ConsistentMessageId = 'nothingSent' | 'otherHost' | 'otherPath' | 'otherSettingsHost' | 'otherSignOutHost';

export type ConsistentSuggestionId = 'sendRegistered';

export type ConsistentFinding = Finding<ConsistentMessageId, ConsistentSuggestionId>;

/** Finds where the sinks of a file differ from what is registered for previews. */
export function findInconsistentPreviewHosts(file: SourceFile, project: Project): readonly ConsistentFinding[] {
  if (isTestFile(file.path)) return [];
  const findings = new Map<string, ConsistentFinding>();
  const uses = usesIn(file, project).filter((use) => use.isReached('preview'));
  if (uses.length === 0 || isRunByHand(file, project)) return [];
  const json = convexJsonFor(file.path, project);
  const around = { apps: project.appsFor(file.path), json, registration: json && registrationOf(json) };
  for (const use of uses) {
    const finding = judge(use, uses, around);
    if (finding) findings.set(`${String(finding.range[0])} ${finding.messageId}`, finding);
  }
  return [...findings.values()];
}

interface Around {
  readonly apps: readonly App[];
  readonly json: ConvexJson | undefined;
  readonly registration: PreviewRegistration | undefined;
}

function judge(use: SinkUse, uses: readonly SinkUse[], around: Around): ConsistentFinding | undefined {
  const { registration } = around;
  const { kind } = use.sink;
  if (kind === 'callback' || runsElsewhere(use.hosting)) return undefined;
  if (kind === 'proxy' && sendsNothing(use)) {
    return registration && matters(use, uses, around) ? nothingSent(use, registration, around) : undefined;
  }
  const sent = use.sentOnPreview()?.uri;
  if (!sent) return undefined;
  if (kind === 'sign-out') return signOutHost(use, sent, around);
  return hostMismatch(use, sent, around) ?? pathMismatch(use, sent, around);
}

const sendsNothing = (use: SinkUse): boolean => use.sentOn('preview').every(({ host }) => host.kind === 'absent');

/** Whether it makes a difference that a call sends nothing. */
function matters({ file, project, sink }: SinkUse, uses: readonly SinkUse[], { apps }: Around): boolean {
  // Another call of the proxy decides: this one reads the session of a request that has passed it.
  if (uses.some((other) => other.sink.kind === 'proxy' && other.sink !== sink && !sendsNothing(other))) return false;
  if (sink.kind === 'proxy' && sink.name === 'authkit()') {
    if (!/^(?:proxy|middleware)\./u.test(basename(file.path)) || readsSessionAlone(sink.node)) return false;
  }
  return !apps.some((app) => suppliesVariable(app, project));
}

// `const { session } = await authkit(request)`: neither the authorization URL nor the headers that carry the redirect URI.
function readsSessionAlone(call: TSESTree.CallExpression): boolean {
  const outer = call.parent.type === 'AwaitExpression' ? call.parent.parent : call.parent;
  if (outer.type === 'MemberExpression') return propertyName(outer) === 'session';
  if (outer.type !== 'VariableDeclarator' || outer.id.type !== 'ObjectPattern') return false;
  return outer.id.properties.every((property) => property.type === 'Property' && propertyName(property) === 'session');
}

/** Whether the build gives previews a `NEXT_PUBLIC_WORKOS_REDIRECT_URI` of their own: in a config, a script, an env file. */
function suppliesVariable(app: App, project: Project): boolean {
  const text = (name: string) => project.facts.text(join(app.root, name)) ?? '';
  const configs = (project.facts.entries(app.root) ?? []).filter(({ name }) =>
    /^(?:next\.config\..+|vercel\.json|package\.json)$/u.test(name),
  );
  if (configs.some(({ name }) => text(name).includes('NEXT_PUBLIC_WORKOS_REDIRECT_URI'))) return true;
  return ['.env', '.env.production', '.env.preview'].some((name) =>
    /^\s*(?:export\s+)?NEXT_PUBLIC_WORKOS_REDIRECT_URI\s*=.*VERCEL_/mu.test(text(name)),
  );
}

function nothingSent(use: SinkUse, registration: PreviewRegistration, { json }: Around): ConsistentFinding | undefined {
  // A fixed host, or production's, is no measure: what a preview should send is not known then.
  const [uri] = previewUrisOf(registration);
  if (!uri || !json) return undefined;
  return {
    messageId: 'nothingSent',
    range: calleeRange(use),
    data: {
      name: use.sink.name,
      json: use.project.display(json.path),
      fix: uri.sent === undefined ? `'${redacted(uri.text)}'` : `\`${uri.sent}\``,
    },
    ...consistentFix(use, uri),
  };
}

function hostMismatch(use: SinkUse, sent: RedirectUri, around: Around): ConsistentFinding | undefined {
  const { json, registration } = around;
  const { file, project } = use;
  const { previewHost = 'auto' } = project.settings.authkit;
  const { host } = sent;
  if (host.kind === 'literal') return literalMismatch(use, sent, host.host, around);
  if (host.kind !== 'variable' || !isVercelHost(host.name)) return undefined;
  // The production host on a preview is wrong whatever is registered: no-hardcoded-redirect-host says so.
  if (hostVariable(host.name)?.scope === 'production') return undefined;
  const name = withoutPublicPrefix(host.name);
  const found = (
    messageId: ConsistentMessageId,
    wanted: string | undefined,
    data: Record<string, string>,
  ): ConsistentFinding => ({
    messageId,
    range: locationOf(sent, use),
    data: { what: sinkText(use), value: sent.shown, name: host.name, wanted: wanted ?? '', ...data },
    ...(wanted === undefined ? { unfixable: 'which host is meant is not known' } : hostFix(sent, wanted, file)),
  });
  if (previewHost !== 'auto') return name === previewHost ? undefined : found('otherSettingsHost', previewHost, {});
  if (!registration || !json || registration.hosts === undefined) return undefined;
  // Where another kind of host is registered, convex.json is the place to change (consistent-json.ts).
  const [uri, ...others] = previewUrisOf(registration);
  if (!uri || [uri, ...others].some(({ variable }) => variable === name)) return undefined;
  return found('otherHost', uri.variable, { registered: redacted(uri.text), json: project.display(json.path) });
}

/** A domain that is sent on previews alone, and is not the one that is registered for them. */
function literalMismatch(
  use: SinkUse,
  sent: RedirectUri,
  host: string,
  { json, registration }: Around,
): ConsistentFinding | undefined {
  if (!json || !registration?.hosts?.length || host.includes('*')) return undefined;
  if (registration.hosts.some((registered) => registered.host === host)) return undefined;
  // A deployment, or what production sends as well, is hard-coded, and no-hardcoded-redirect-host says so.
  if (hostingOf(host) !== undefined) return undefined;
  if (use.sentOn('production').some((other) => other.host.kind === 'literal' && other.host.host === host))
    return undefined;
  return {
    messageId: 'otherHost',
    range: locationOf(sent, use),
    data: {
      what: sinkText(use),
      value: sent.shown,
      name: host,
      wanted: '',
      registered: redacted(registration.redirectUris[0]?.text ?? ''),
      json: use.project.display(json.path),
    },
    unfixable: 'which of the two hosts is meant is not known',
  };
}

function pathMismatch(use: SinkUse, sent: RedirectUri, { json, registration }: Around): ConsistentFinding | undefined {
  const { host, path } = sent;
  if (!registration || !json || path === undefined || host.kind !== 'variable' || !isVercelHost(host.name))
    return undefined;
  const registered = registration.redirectUris.map((uri) => uri.path);
  if (registered.length === 0 || registered.includes(undefined) || registered.includes(path)) return undefined;
  return {
    messageId: 'otherPath',
    range: locationOf(sent, use),
    data: {
      what: sinkText(use),
      path,
      value: sent.shown,
      registered: quoted(registration.redirectUris.map(({ text }) => text)),
      json: use.project.display(json.path),
    },
    unfixable: 'which of the two paths is meant is not known',
  };
}

/** The first of some texts, and how many more there are. */
function quoted(texts: readonly string[]): string {
  const shown = texts.slice(0, 2).map((text) => `'${redacted(text)}'`);
  return texts.length > 2 ? `${shown.join(', ')} and ${String(texts.length - 2)} more` : shown.join(' and ');
}

function signOutHost(use: SinkUse, sent: RedirectUri, { apps, registration }: Around): ConsistentFinding | undefined {
  const { file, project } = use;
  const { host } = sent;
  if (host.kind !== 'variable' || !isVercelHost(host.name)) return undefined;
  const name = withoutPublicPrefix(host.name);
  const sentAtSignIn = apps.map((app) => proxyHost(app, project)).find((one) => one !== undefined);
  const registered = registration?.hosts?.[0]?.variable;
  const wanted = sentAtSignIn ?? registered;
  if (wanted === undefined || wanted === name || name === 'VERCEL_PROJECT_PRODUCTION_URL') return undefined;
  return {
    messageId: 'otherSignOutHost',
    range: locationOf(sent, use),
    data: { what: sinkText(use), value: sent.shown, name: host.name, wanted },
    ...hostFix(sent, wanted, file),
  };
}

function calleeRange({ site, sink }: SinkUse): Range {
  return sink.kind === 'variable' || site.node !== sink.node ? site.node.range : sink.node.callee.range;
}
