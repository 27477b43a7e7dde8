/** Redirect URIs that on a preview deployment name another host than the one WorkOS has registered for it (PLAYBOOK §4). */
import type { Range } from '../../../analysis/syntax/ast.ts';
import { isReachable } from '../../../analysis/flow/flow-values.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { isTestFile } from '../../../project/source-files.ts';
import type { Finding } from '../../finding.ts';
import { type SinkUse, evaluatorFor, redirectUrisOf, usesIn } from '../evaluate/evaluate-sink.ts';
import { isCheckedHost } from '../evaluate/checked-host.ts';
import { hostVariable, hostingOf, isVercelHost, withoutPublicPrefix } from '../hosting/hosts.ts';
import { hostingShown } from '../hosting/hosting.ts';
import { optionText, outcomeOf, locationOf } from './locations.ts';
import { onlyHost, sentOnPreview } from '../evaluate/preview.ts';
import { previewExpression } from '../fix/preview-expression.ts';
import { previewFix } from '../fix/preview-fix.ts';
import { type RegisteredHost, registrationOf } from '../convex-json/preview-registration.ts';
import { convexJsonFor } from '../convex-json/registered.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import type { Deployment, Others } from '../evaluate/deployments.ts';

export type HardcodedMessageId =
  | 'fallbackHost'
  | 'hostHeader'
  | 'literalHost'
  | 'localhost'
  | 'productionHost'
  | 'productionVariable'
  | 'requestOrigin';

export type HardcodedSuggestionId = 'usePreviewHost';

interface Judgement {
  readonly messageId: HardcodedMessageId;
  readonly sent: RedirectUri;
}

/** Finds the redirect URIs of a file that are wrong on a preview; unknown ones are left out. */
export function findHardcodedRedirectHosts(
  file: SourceFile,
  project: Project,
): readonly Finding<HardcodedMessageId, HardcodedSuggestionId>[] {
  if (isTestFile(file.path)) return [];
  const judged = new Map<string, Judgement & { readonly use: SinkUse; readonly range: Range }>();
  for (const use of usesIn(file, project)) {
    const judgement = judge(use, file, project);
    if (!judgement) continue;
    const range = locationOf(judgement.sent, use, file);
    // A value that one helper gives to several sinks is one line to change.
    const key = `${String(range[0])} ${judgement.messageId}`;
    if (!judged.has(key)) judged.set(key, { ...judgement, use, range });
  }
  return [...judged.values()].map(({ messageId, range, sent, use }) => ({
    messageId,
    range,
    data: {
      what: optionText(use.sink),
      value: sent.shown,
      host: sent.host.kind === 'literal' || sent.host.kind === 'localhost' ? sent.host.host : '',
      outcome: outcomeOf(use.sink),
      cure: isInBrowser(use)
        ? "a path alone, such as '/', which is on whatever host people are"
        : previewExpression(sent, project, file),
    },
    ...previewFix(use, sent, file, project, judged.size),
  }));
}

function judge(use: SinkUse, file: SourceFile, project: Project): Judgement | undefined {
  const ask = (deployment: Deployment, others: Others) => redirectUrisOf(use, file, project, { deployment, others });
  const hosting = () => hostingShown(file, project);
  const isRegistered = (test: (host: RegisteredHost) => boolean): boolean => {
    const json = convexJsonFor(file.path, project);
    return (json && registrationOf(json)?.hosts?.some(test)) ?? false;
  };
  if (!isReachable(evaluatorFor(file, project, { deployment: 'preview', others: 'any' }), use.site)) return undefined;

  const onPreview = sentOnPreview(use, file, project);
  const always = onPreview?.always === true ? onPreview.sent : undefined;
  // Behind a variable it is the developer's default. Alone it is wrong in production, too: a guard for previews does not mend it.
  const inProduction = onlyHost(ask('production', 'any'));
  const local = [always, inProduction].find((sent) => sent?.host.kind === 'localhost');
  if (local) return { messageId: 'localhost', sent: local };
  const sent = onPreview?.sent;
  // What the client chooses is wrong in production, too.
  const isChosen = (one: RedirectUri): boolean => one.host.kind === 'header' && !isCheckedHost(one.from, use.site.node);
  if (inProduction && isChosen(inProduction) && sent?.host.kind !== 'header')
    return { messageId: 'hostHeader', sent: inProduction };
  if (!sent) return undefined;
  switch (sent.host.kind) {
    case 'header':
      return isChosen(sent) ? { messageId: 'hostHeader', sent } : undefined;
    case 'origin':
      // After the callback the request's own host is the one that has the session cookie.
      return use.sink.kind !== 'callback' && hosting() === 'vercel' ? { messageId: 'requestOrigin', sent } : undefined;
    case 'literal': {
      if (hosting() === 'fixed') return undefined;
      if (!always || use.byDefault) return { messageId: 'fallbackHost', sent };
      const { host } = sent.host;
      const isDeployment = hostingOf(host.replace(/:\d+$/u, '')) !== undefined;
      // Production has another host: this one was chosen for previews, a domain that was given to a branch.
      if (!sendsHost(ask('production', 'any'), host)) {
        return isDeployment && !isRegistered(({ host: registered }) => registered === host)
          ? { messageId: 'literalHost', sent }
          : undefined;
      }
      if (sendsHost(ask('local', 'any'), host)) {
        return isDeployment || hosting() === 'vercel' ? { messageId: 'literalHost', sent } : undefined;
      }
      // The developer's machine has another one: NODE_ENV decides.
      return { messageId: 'productionHost', sent };
    }
    case 'variable': {
      const { name } = sent.host;
      // Signing out to the production site is a choice; signing in there is of no use to the preview.
      if (use.sink.kind === 'sign-out' || !isVercelHost(name) || hostVariable(name)?.scope !== 'production')
        return undefined;
      return isRegistered(({ variable }) => variable === withoutPublicPrefix(name))
        ? undefined
        : { messageId: 'productionVariable', sent };
    }
    default:
      return undefined;
  }
}

const isInBrowser = ({ sink }: SinkUse): boolean => sink.kind !== 'variable' && sink.isInBrowser;

function sendsHost(alternatives: readonly RedirectUri[], host: string): boolean {
  return alternatives.some((sent) => sent.host.kind === 'literal' && sent.host.host === host);
}
