/** Redirect URIs that can't be right on any deployment (PLAYBOOK §4). */
import type { Node, Range } from '../../../analysis/syntax/ast.ts';
import { type Edit, insertAfter, replace } from '../../../analysis/edits/edits.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { isTestFile } from '../../../project/modules/source-files.ts';
import type { Finding } from '../../finding.ts';
import type { SinkUse } from '../evaluate/sink-use.ts';
import { usesIn } from '../evaluate/sink-uses.ts';
import { convexJsonFor } from '../convex-json/registered.ts';
import { isOfTheWeb, registeredUri } from '../convex-json/convex-json.ts';
import { registeredVariable } from '../convex-json/preview-registration.ts';
import { VERCEL, hostVariable, hostingOf, isVercelHost, isVercelPreviewHost } from '../hosting/hosts.ts';
import { isCompared, locationOf, outcomeOfInvalid, sinkText } from './locations.ts';
import { runsElsewhere } from '../hosting/hosting.ts';
import { pathFix } from '../fix/path-fix.ts';
import { productionFix } from '../fix/production-fix.ts';
import type { HardcodedSuggestionId } from './hardcoded-fault.ts';
import type { RedirectUri } from '../evaluate/redirect-uri.ts';
import { type TestedMessageId, type TestedSuggestionId, findTestedTemplates } from './tested-templates.ts';

export type ValidMessageId =
  TestedMessageId | 'deploymentHostInProduction' | 'missingScheme' | 'plainHttp' | 'relativeUri' | 'wildcardHost';
export type ValidSuggestionId =
  HardcodedSuggestionId | TestedSuggestionId | 'addScheme' | 'useHttps' | 'useProductionHost';

type ValidFinding = Finding<ValidMessageId, ValidSuggestionId>;

/** Finds the redirect URIs of a file that are wrong wherever they run. */
export function findInvalidRedirectUris(file: SourceFile, project: Project): readonly ValidFinding[] {
  if (isTestFile(file.path)) return [];
  const findings = new Map<number, ValidFinding>();
  const add = (finding: ValidFinding) => {
    if (!findings.has(finding.range[0])) findings.set(finding.range[0], finding);
  };
  const uses = usesIn(file, project);
  for (const finding of findTestedTemplates(file, uses, project)) add(finding);
  for (const use of uses) {
    const finding = notAbsolute(use) ?? missingScheme(use) ?? plainHttp(use) ?? deploymentHost(use);
    if (finding) add(finding);
  }
  return [...findings.values()].sort((a, b) => a.range[0] - b.range[0]);
}

/** A path, a host without its scheme, or a pattern of hosts: nothing that WorkOS can send users back to. */
function notAbsolute(use: SinkUse): ValidFinding | undefined {
  // Signing out may return to a path of the app.
  if (use.sink.kind === 'sign-out') return undefined;
  for (const deployment of ['preview', 'production'] as const) {
    if (!use.isReached(deployment)) continue;
    const uris = use.sentOn(deployment);
    const [uri] = uris;
    const isWildcard = uris.every(({ host }) => host.kind === 'literal' && host.host.includes('*'));
    if (!uri || (!isWildcard && !uris.every(({ host }) => host.kind === 'none'))) continue;
    const { sink } = use;
    return {
      messageId: isWildcard ? 'wildcardHost' : 'relativeUri',
      range: locationOf(uri, use),
      data: {
        what: sinkText(use),
        value: uri.shown,
        outcome: outcomeOfInvalid(sink),
        fix:
          sink.kind === 'callback'
            ? 'Write its origin.'
            : "Write the full URL, or 'returnPathname' for a page after sign-in.",
      },
      ...(isWildcard
        ? { unfixable: 'which host is meant is not known' }
        : (pathFix(use, uri) ?? { unfixable: 'whether the callback or a page is meant is not known' })),
    };
  }
  return undefined;
}

function missingScheme(use: SinkUse): ValidFinding | undefined {
  const found = onVercelHost(use, ({ host }) => host.kind === 'variable' && host.isWhole);
  return found && { messageId: 'missingScheme', ...found.told, ...schemeFix(found.sent, use.file) };
}

/** `http://` before a host of Vercel's, which answers on HTTPS alone. */
function plainHttp(use: SinkUse): ValidFinding | undefined {
  const { file } = use;
  const found = onVercelHost(use, ({ scheme }) => scheme === 'http:');
  if (!found) return undefined;
  const { file: home, node } = found.sent.from;
  const end = node.range[0] - '${'.length;
  const scheme: Range = [end - 'http://'.length, end];
  const isWritten =
    home === file &&
    file.text.slice(...scheme).toLowerCase() === 'http://' &&
    file.text.slice(end, node.range[0]) === '${';
  return {
    messageId: 'plainHttp',
    ...found.told,
    ...(isWritten
      ? { fix: { safety: 'review', edits: [replace(scheme, 'https://')] }, fixMessageId: 'useHttps' }
      : { unfixable: 'the scheme is not written next to the variable' }),
  };
}

interface OnVercelHost {
  readonly sent: RedirectUri;
  readonly told: Pick<ValidFinding, 'data' | 'range'>;
}

/** What is sent where every alternative of some deployment is a host of Vercel's and passes a test. */
function onVercelHost(use: SinkUse, test: (sent: RedirectUri) => boolean): OnVercelHost | undefined {
  if (runsElsewhere(use.hosting)) return undefined;
  for (const deployment of ['preview', 'production'] as const) {
    for (const others of ['any', 'unset'] as const) {
      const alternatives = use.sentOn(deployment, others);
      const [sent] = alternatives;
      if (
        !sent ||
        !alternatives.every((one) => one.host.kind === 'variable' && isVercelHost(one.host.name) && test(one))
      )
        continue;
      const name = sent.host.kind === 'variable' ? sent.host.name : '';
      return {
        sent,
        told: {
          range: locationOf(sent, use),
          data: { what: sinkText(use), value: sent.shown, name, outcome: outcomeOfInvalid(use.sink) },
        },
      };
    }
  }
  return undefined;
}

function schemeFix({ from }: RedirectUri, file: SourceFile): Pick<ValidFinding, 'fix' | 'fixMessageId' | 'unfixable'> {
  const edits = from.file === file ? schemeEdits(from.node, file) : undefined;
  return edits
    ? { fix: { safety: 'review', edits }, fixMessageId: 'addScheme' }
    : { unfixable: 'the variable is not read where an edit can reach it' };
}

function schemeEdits(node: Node, file: SourceFile): Edit[] | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const { parent } = node;
  if (parent.type === 'TemplateLiteral' && parent.expressions[0] === node)
    return [insertAfter([parent.range[0], parent.range[0] + 1], 'https://')];
  // As a template it would be true though the variable is unset.
  if (parent.type === 'LogicalExpression' || parent.type === 'ConditionalExpression') return undefined;
  return [replace(node, `\`https://\${${file.text.slice(...node.range)}}\``)];
}

function deploymentHost(use: SinkUse): ValidFinding | undefined {
  // Nor where it is only a stand-in for a variable that production sets: `if (!process.env.X) process.env.X = …`.
  if (!use.isReached('production') || !use.isReached('production', 'set')) return undefined;
  const alternatives = use.sentOn('production');
  const [sent] = alternatives;
  if (!sent || !alternatives.every(isOfOneDeployment) || runsElsewhere(use.hosting)) return undefined;
  // The host of the branch stays the same, and may be registered: only convex.json shows it.
  if (isAlias(sent) && !isRefusedInProduction(use)) return undefined;
  return {
    messageId: 'deploymentHostInProduction',
    range: locationOf(sent, use),
    data: {
      what: sinkText(use),
      value: sent.shown,
      outcome: isCompared(use.sink) ? "'redirect-uri-invalid'" : 'users land there without a session',
      reason: isAlias(sent) ? 'the host of its branch' : 'new with each deployment',
      fix: 'VERCEL_PROJECT_PRODUCTION_URL',
    },
    ...productionFix(use, sent),
  };
}

/** A host of Vercel's that is not that of the production domain: of a deployment, or of a branch. */
const isOfOneDeployment = ({ host }: RedirectUri): boolean =>
  host.kind === 'variable' && isVercelPreviewHost(host.name);

const isAlias = ({ host }: RedirectUri): boolean =>
  host.kind === 'variable' && hostVariable(host.name)?.scope === 'alias';

/** Whether `convex.json` registers hosts for production none of which can be that of a branch. */
function isRefusedInProduction({ file, project }: SinkUse): boolean {
  const registered = convexJsonFor(file.path, project)?.authKit.prod?.redirectUris ?? [];
  const ofTheWeb = registered.filter(({ text }) => isOfTheWeb(text));
  return ofTheWeb.length > 0 && ofTheWeb.every(({ text }) => isOfNoBranch(text));
}

/** A wildcard, and a variable that is not Vercel's, may stand for any host. */
function isOfNoBranch(registered: string): boolean {
  const variable = registeredVariable(registered);
  if (variable !== undefined) return hostVariable(variable)?.scope !== 'alias';
  const host = registeredUri(registered)?.host;
  return host !== undefined && !/[*$]/u.test(host) && hostingOf(host)?.id !== VERCEL.id;
}
