/** Redirect URIs that on a preview deployment name another host than the one WorkOS has registered for it (PLAYBOOK §4). */
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { isRunByHand } from '../../../project/modules/hand-run.ts';
import { isTestFile } from '../../../project/modules/source-files.ts';
import { type RegisteredHost, registrationOf } from '../convex-json/preview-registration.ts';
import { convexJsonFor } from '../convex-json/registered.ts';
import { isCheckedHost } from '../evaluate/checked-host.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import { type PreviewSent, type SinkUse, onlyHost } from '../evaluate/sink-use.ts';
import { usesIn } from '../evaluate/sink-uses.ts';
import { hostVariable, hostingOf, isVercelHost, withoutPublicPrefix } from '../hosting/hosts.ts';
import { runsElsewhere } from '../hosting/hosting.ts';
import type { Finding } from '../../finding.ts';
import { hostFixText } from '../fix/fix-text.ts';
import { previewFix } from '../fix/preview-fix.ts';
import type { HardcodedFault, HardcodedMessageId, HardcodedSuggestionId, PlacedFault } from './hardcoded-fault.ts';
import { locationOf, outcomeOf, sinkText } from './locations.ts';
import { createSharing } from './shared-places.ts';

/** Finds the redirect URIs of a file that are wrong on a preview; unknown ones are left out. */
export function findHardcodedRedirectHosts(
  file: SourceFile,
  project: Project,
): readonly Finding<HardcodedMessageId, HardcodedSuggestionId>[] {
  if (isTestFile(file.path)) return [];
  const all = faultsIn(file, project);
  return all.flatMap((fault) => {
    const { messageId, range, reason = '', uri, use } = fault;
    const elsewhere = placeElsewhere(fault);
    const sharing = elsewhere === undefined ? undefined : sharingOf(elsewhere, file, project);
    if (sharing === 'reported') return [];
    return [
      {
        messageId,
        range,
        data: {
          what: sinkText(use),
          value: uri.shown,
          host: 'host' in uri.host ? uri.host.host : '',
          reason,
          outcome: outcomeOf(use.sink, /^(?:branchHost|requestOrigin)$/u.test(messageId)),
          fix: hostFixText(fault),
        },
        ...(sharing === 'shared'
          ? { unfixable: `several calls get it from ${project.display(uri.from.file.path)}; change it there` }
          : previewFix(fault, all)),
      },
    ];
  });
}

function faultsIn(file: SourceFile, project: Project): readonly PlacedFault[] {
  const faults = new Map<string, PlacedFault>();
  if (isRunByHand(file, project)) return [];
  for (const use of usesIn(file, project)) {
    const fault = new Judge(use).fault();
    if (!fault) continue;
    const range = locationOf(fault.uri, use);
    // A value that one helper gives to several sinks is one line to change.
    const key = placeElsewhere({ ...fault, use }) ?? `${String(range[0])} ${fault.messageId}`;
    if (!faults.has(key)) faults.set(key, { ...fault, use, range });
  }
  return [...faults.values()];
}

/** Where the value of a fault is made as a whole, if that is another file: a helper's result, a constant. */
function placeElsewhere({ messageId, uri: { from, value }, use }: FaultOfUse): string | undefined {
  return from.file === use.file || value.from.file === use.file
    ? undefined
    : `${from.file.path} ${String(from.node.range[0])} ${messageId} ${use.sink.kind}`;
}

type FaultOfUse = HardcodedFault & Pick<PlacedFault, 'use'>;

const sharingOf = createSharing('hard-coded hosts', (file, project) =>
  faultsIn(file, project).flatMap((fault) => placeElsewhere(fault) ?? []),
);

/** One sink, and the questions that are asked of it. */
class Judge {
  readonly #use: SinkUse;

  constructor(use: SinkUse) {
    this.#use = use;
  }

  fault(): HardcodedFault | undefined {
    const use = this.#use;
    if (!use.isReached('preview')) return undefined;
    const preview = use.sentOnPreview();
    const production = onlyHost(use.sentOn('production'));
    return this.#localhost(preview, production) ?? this.#header() ?? (preview && this.#ofPreview(preview));
  }

  // Behind a variable it is the developer's default. Alone it is wrong in production, too: a guard for previews does not fix it.
  #localhost(preview: PreviewSent | undefined, production: RedirectUri | undefined): HardcodedFault | undefined {
    const always = preview?.always === true ? preview.uri : undefined;
    const [isOnPreviews, isInProduction] = [always, production].map((uri) => uri?.host.kind === 'localhost');
    const uri = isOnPreviews ? always : production;
    if (!uri || (!isOnPreviews && !isInProduction)) return undefined;
    const reason = !isOnPreviews ? 'in production' : isInProduction ? 'on every deployment' : 'on previews';
    return { messageId: 'localhost', uri, reason, isOnPreviewsOnly: !isInProduction };
  }

  // What the client chooses is wrong in production, too, whatever else may be sent.
  #header(): HardcodedFault | undefined {
    for (const deployment of ['preview', 'production'] as const) {
      const uris = this.#use.sentOn(deployment);
      const isOneOfSeveral = !uris.every(({ host }) => host.kind === 'header');
      const uri = uris.find(
        ({ from, host }) =>
          host.kind === 'header' && !isCheckedHost({ host: from, site: this.#use.site, isOneOfSeveral }),
      );
      if (uri) return { messageId: 'hostHeader', uri };
    }
    return undefined;
  }

  #ofPreview(sent: PreviewSent): HardcodedFault | undefined {
    const { uri } = sent;
    switch (uri.host.kind) {
      case 'origin':
        // After the callback the request's own host is the one that has the session cookie, and signing out may return there.
        return ['proxy', 'sign-in', 'variable'].includes(this.#use.sink.kind) &&
          this.#use.hosting.kind === 'vercel' &&
          !this.#hasBothHosts()
          ? { messageId: 'requestOrigin', uri }
          : undefined;
      case 'literal':
        return this.#literal(sent, uri.host.host);
      case 'deployment':
        return runsElsewhere(this.#use.hosting) ? undefined : { messageId: 'branchHost', uri };
      case 'variable':
        return this.#variable(uri, uri.host.name);
      default:
        return undefined;
    }
  }

  #literal({ always, uri }: PreviewSent, host: string): HardcodedFault | undefined {
    if (host.includes('*')) return undefined;
    const use = this.#use;
    const shown = use.hosting;
    if (shown.kind === 'fixed') return undefined;
    const deploymentOf = hostingOf(host);
    // Elsewhere than on Vercel a host may be the only one, but for one that belongs to a single deployment of many.
    if (shown.kind === 'other' && !(deploymentOf?.id === shown.hosting.id && deploymentOf.hasPreviews))
      return undefined;
    if (!always || use.byDefault) return { messageId: 'fallbackHost', uri };
    // Production has another host: this one was chosen for previews, a domain that was given to a branch.
    if (!sendsHost(use.sentOn('production'), host)) {
      return deploymentOf !== undefined && !this.#isRegistered((registered) => registered.host === host)
        ? { messageId: 'literalHost', uri }
        : undefined;
    }
    // What is sent everywhere may be a site of its own, where people are meant to land after they have signed out.
    if (sendsHost(use.sentOn('local'), host)) {
      const isOfApp = deploymentOf !== undefined || (shown.kind === 'vercel' && use.sink.kind !== 'sign-out');
      return isOfApp ? { messageId: 'literalHost', uri } : undefined;
    }
    // The developer's machine has another one: a test distinguishes it from deployments, but not previews from production.
    const isByNodeEnv = !sendsHost(use.sentOn('preview', 'any', 'development'), host);
    const reason = isByNodeEnv ? "NODE_ENV is 'production' there" : 'the test before it is true there';
    return { messageId: 'productionHost', uri, reason };
  }

  #variable(uri: RedirectUri, name: string): HardcodedFault | undefined {
    // Signing out to the production site is a choice; signing in there is of no use to the preview.
    if (this.#use.sink.kind === 'sign-out' || !isVercelHost(name) || hostVariable(name)?.scope !== 'production')
      return undefined;
    const isMeant = this.#isRegistered(({ variable }) => variable === withoutPublicPrefix(name));
    return isMeant || runsElsewhere(this.#use.hosting) ? undefined : { messageId: 'productionVariable', uri };
  }

  /** Whatever host of a preview people open, it is registered: then its own origin is the only one that works on both (test/e2e/browser). */
  #hasBothHosts(): boolean {
    return ['VERCEL_URL', 'VERCEL_BRANCH_URL'].every((name) => this.#isRegistered(({ variable }) => variable === name));
  }

  #isRegistered(test: (host: RegisteredHost) => boolean): boolean {
    const json = convexJsonFor(this.#use.file.path, this.#use.project);
    return (json && registrationOf(json)?.hosts?.some(test)) ?? false;
  }
}

function sendsHost(alternatives: readonly RedirectUri[], host: string): boolean {
  return alternatives.some((uri) => uri.host.kind === 'literal' && uri.host.host === host);
}
