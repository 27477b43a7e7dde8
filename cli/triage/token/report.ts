/** What a person, or a program, reads of a verdict. */
import { printable } from '../../../analysis/texts/redact.ts';
import { positionAt } from '../../../analysis/syntax/source-file.ts';
import type { KnownEnvironment } from '../../../playbook/auth-config/read/environment.ts';
import { shownText } from '../../../playbook/auth-config/read/placeholders.ts';
import { shownClaims } from '../../../playbook/auth-config/token/token-claims.ts';
import type { Place, TokenVerdict } from '../../../playbook/auth-config/token/token-verdict.ts';
import type { Project } from '../../../project/project.ts';
import type { Terminal } from '../../output/terminal.ts';
import { hidden, isClientId } from '../evidence/inputs.ts';
import { JSON_VERSION } from '../output/json.ts';
import type { LoadedConfig } from './config.ts';

export interface TokenReport {
  readonly verdict: TokenVerdict;
  readonly loaded: LoadedConfig;
  readonly known: KnownEnvironment;
  /** Whether the signature was to be checked. */
  readonly verified: boolean;
  readonly showClaims: boolean;
}

type Judged = Exclude<TokenVerdict, { verdict: 'unreadable' }>;

/** The answer in plain words. */
export function readable(report: TokenReport, { colors: { out } }: Terminal): string {
  const { verdict } = report;
  if (verdict.verdict === 'unreadable') {
    return `${out.yellow('?')} ${out.bold('Not a token that Convex can judge.')} ${verdict.message}\n`;
  }
  const rows =
    verdict.verdict === 'unknown'
      ? unknownRows(verdict, report)
      : verdict.acceptance.accepted
        ? acceptedRows(verdict, report)
        : rejectedRows(verdict, report);
  const title = {
    accepted: `${out.green('✔')} ${out.bold('Convex accepts this token.')}`,
    rejected: `${out.red('✖')} ${out.bold('Convex rejects this token.')}`,
    unknown: `${out.yellow('?')} ${out.bold('Whether Convex accepts this token is unknown.')}`,
  }[verdict.verdict];
  const width = Math.max(...[...rows, ['claims', ''] as const].map(([label]) => label.length));
  const line = ([label, text]: readonly [string, string]): string =>
    `  ${out.dim(label.padEnd(width))}  ${text.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`;
  return `${[title, '', ...rows.map(line), line(['claims', claimsText(verdict, report)])].join('\n')}\n`;
}

type Rows = readonly (readonly [label: string, text: string])[];

function acceptedRows(verdict: Judged, report: TokenReport): Rows {
  const { acceptance } = verdict;
  if (verdict.verdict === 'unknown' || acceptance?.accepted !== true) return [];
  const provider = [
    `provider ${String(acceptance.provider)}`,
    ...placeText(verdict.place, report),
    ...(verdict.address === undefined ? [] : [redacted(verdict.address, report)]),
  ].join('  ');
  const later =
    acceptance.shadowed.length === 0
      ? []
      : [
          [
            'also',
            `provider ${acceptance.shadowed.join(', ')} would take it, but Convex tries only the first that matches`,
          ] as const,
        ];
  return [
    ['by', provider],
    ...later,
    ['signature', signatureText(acceptance.unproven, report)],
    environmentRow(report),
  ];
}

function rejectedRows(verdict: Judged, report: TokenReport): Rows {
  const { acceptance } = verdict;
  if (verdict.verdict === 'unknown' || acceptance?.accepted !== false) return [];
  const index = acceptance.provider ?? acceptance.closest;
  const where = [
    ...placeText(verdict.place, report),
    ...(acceptance.property === undefined ? [] : [acceptance.property]),
  ].join('  ');
  return [
    ['error', `${acceptance.code}: ${redacted(acceptance.error, report)}`],
    ...(acceptance.redactedError === undefined ? [] : [['in production', acceptance.redactedError] as const]),
    ['when', STAGES[acceptance.stage]],
    ['why', redacted(acceptance.reason, report)],
    ...(index === undefined
      ? []
      : [[acceptance.provider === undefined ? 'closest' : 'provider', `provider ${String(index)}`] as const]),
    ...(where === '' ? absentFile(report) : [['where', where] as const]),
    ['fix', redacted(acceptance.fix, report)],
    environmentRow(report),
  ];
}

/** Where Convex has no file, it has no providers. */
function absentFile({ loaded: { file, path, project } }: TokenReport): Rows {
  return file ? [] : [['where', `${project.display(path)} is not there; for another Convex project, name its folder`]];
}

const STAGES = {
  deploy: 'at the deploy, before any token',
  token: 'when Convex reads the token',
  match: 'when Convex looks for the provider',
  jwks: "when Convex reads the provider's keys",
  signature: 'when Convex checks the signature',
  claims: 'when Convex checks the claims',
} as const;

function unknownRows(verdict: Judged, report: TokenReport): Rows {
  if (verdict.verdict !== 'unknown') return [];
  return [['why', redacted(verdict.reason, report)], ['do', redacted(verdict.fix, report)], environmentRow(report)];
}

function signatureText(unproven: readonly string[], { verified }: TokenReport): string {
  if (unproven.length === 0) return 'checked with the key that the token names';
  return verified ? `not checked (${unproven.join(', ')})` : 'not checked (add --verify)';
}

function environmentRow({ known }: TokenReport): readonly [string, string] {
  const [first] = known.clientIds;
  if (!first) return ['environment', 'WORKOS_CLIENT_ID is not known'];
  return [
    'environment',
    isClientId(first.value)
      ? `WORKOS_CLIENT_ID is ${first.value} (${first.source})`
      : `WORKOS_CLIENT_ID is not a client ID (${first.source}): one begins with client_`,
  ];
}

/** The values of variables, known by their whole list or by a file. */
function valuesOf({ known: { clientIds, complete, some } }: TokenReport): readonly string[] {
  return [...Object.values({ ...some, ...complete }), ...clientIds.map(({ value }) => value)];
}

function placeText(place: Place | undefined, { loaded: { project } }: TokenReport): string[] {
  return place ? [located(place, project)] : [];
}

function located({ file, offset }: Place, project: Project): string {
  const { column, line } = positionAt(file.text, offset);
  return `${project.display(file.path)}:${String(line)}:${String(column)}`;
}

function claimsOf({ token }: Judged, { showClaims }: TokenReport): Readonly<Record<string, unknown>> {
  return showClaims ? token.claims : shownClaims(token.claims);
}

function claimsText(verdict: Judged, report: TokenReport): string {
  const claims = Object.entries(claimsOf(verdict, report)).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const time =
      ['exp', 'iat', 'nbf'].includes(name) && typeof value === 'number' && Math.abs(value) < 8.64e12
        ? ` (${new Date(value * 1000).toISOString()})`
        : '';
    return `${printable(name)}: ${printable(text)}${time}`;
  });
  return claims.join('\n');
}

/** A sentence without the secrets that a variable or a claim brought into it. */
function redacted(text: string, report: TokenReport): string {
  return printable(shownText(hidden(text, valuesOf(report))))
    .replaceAll(/\b(?:sk|whsec)_\w+|\beyJ[\w-]+\.[\w.-]*|Fe26\.2[\w*.-]*/gu, '(hidden)')
    .replaceAll(/[^\s@"'<>]+@[^\s@"'<>]+\.[^\s@"'<>,]+/gu, '(hidden)');
}

/** The answer as JSON: one object. */
export function machineReadable(report: TokenReport): string {
  return `${JSON.stringify(jsonOf(report), undefined, 2)}\n`;
}

function jsonOf(report: TokenReport): object {
  const { known, loaded, verdict } = report;
  const head = { version: JSON_VERSION, kind: 'token' };
  if (verdict.verdict === 'unreadable')
    return { ...head, verdict: 'unknown', problem: verdict.problem, reason: verdict.message };
  const { acceptance, place } = verdict;
  const [clientId] = known.clientIds;
  const shared = {
    ...head,
    verdict: verdict.verdict,
    file: loaded.project.display(loaded.path),
    environment: {
      complete: known.complete !== undefined,
      clientId: clientId && isClientId(clientId.value) ? clientId.value : null,
      source: clientId?.source ?? null,
    },
    ...(place && {
      location: { file: loaded.project.display(place.file.path), ...positionAt(place.file.text, place.offset) },
    }),
    claims: claimsOf(verdict, report),
  };
  if (verdict.verdict === 'unknown')
    return { ...shared, reason: redacted(verdict.reason, report), fix: redacted(verdict.fix, report) };
  if (acceptance?.accepted !== false)
    return {
      ...shared,
      provider: acceptance?.provider,
      row: acceptance?.row,
      unchecked: acceptance?.unproven,
      alsoMatching: acceptance?.shadowed,
    };
  const { accepted: _, closest, fix, error, reason, redactedError, ...rejection } = acceptance;
  return {
    ...shared,
    ...rejection,
    ...(closest !== undefined && { closestProvider: closest }),
    error: redacted(error, report),
    ...(redactedError !== undefined && { errorInProduction: redactedError }),
    reason: redacted(reason, report),
    fix: redacted(fix, report),
  };
}
