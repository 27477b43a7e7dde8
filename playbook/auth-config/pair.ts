/** The edits that bring all providers of WorkOS's back to the playbook's pair at once, and those of a single defect. */
import type { Edit } from '../../analysis/edits/edits.ts';
import { workosIssuer } from './acceptance/issuer.ts';
import {
  type ClientIdCode,
  changeEdits,
  clientIdCode,
  editableProvider,
  literalIdCode,
  providerTexts,
  siblingEdit,
} from './canonical.ts';
import type { AuthConfigFinding } from './findings.ts';
import { type Change, canonicalValue } from './judge.ts';
import { type Case, type Judged, idsOf } from './judged.ts';
import { isPlaceholder, isUnnamed } from './placeholders.ts';

/** Undefined: it can't be written as edits. */
export type Edits = readonly Edit[] | undefined;

/** The fix of a finding, or why there is none. */
export function fixWith(edits: Edits, unfixable: string): Partial<AuthConfigFinding> {
  return edits && edits.length > 0
    ? { fix: { safety: 'review', edits }, fixMessageId: 'useCanonicalPair' }
    : { unfixable };
}

/** Whether two groups of edits do the same. */
export function isSame(one: readonly Edit[], other: Edits): boolean {
  const text = (edits: readonly Edit[]): string => JSON.stringify([...edits].sort((a, b) => a.range[0] - b.range[0]));
  return other !== undefined && text(one) === text(other);
}

/** How the properties of a provider are to be written. */
export function textsFor(
  { concrete: { json }, role }: Judged,
  { file }: Case,
  clientId: ClientIdCode,
): ReturnType<typeof providerTexts>['client'] {
  const issuer = typeof json['issuer'] === 'string' ? workosIssuer(json['issuer']) : undefined;
  const host =
    issuer?.kind === 'client' && issuer.host !== 'api.workos.com' && !isPlaceholder(issuer.host)
      ? `https://${issuer.host}`
      : undefined;
  const texts = providerTexts(file, clientId, host);
  return role === 'shared' ? texts.shared : texts.client;
}

/** The client id that a provider names, in its issuer first, as the file writes it: what a single property is corrected with. */
export function ownIdCode(judged: Judged, { clientId, evaluator, file }: Case): ClientIdCode {
  const own = idsOf(judged).find((id) => id !== '') ?? clientId;
  if (own.startsWith('client_') && file.text.includes(own)) return literalIdCode(file, own, evaluator);
  return clientIdCode(file, isPlaceholder(own) && !isUnnamed(own) ? own : clientId, evaluator);
}

/** One edit group for all providers of WorkOS's that depart from the pair, and the one that is missing. */
export function pairEdits(
  judged: readonly Judged[],
  subject: Case,
  literalId: string | undefined,
  lacksSession: boolean,
): Edits {
  const { clientId, evaluator, file } = subject;
  const edits: Edit[] = [];
  const ours = judged.filter(({ role }) => role !== undefined);
  // An id that nothing contradicts is left as the file has it; of one that is wrong, or of two, the environment knows better.
  const isWrongId = literalId !== undefined || ours.some(({ faults }) => faults.some(({ id }) => id === 'foreignKeys'));
  const idFor = (one: Judged): ClientIdCode =>
    isWrongId ? clientIdCode(file, clientId, evaluator) : ownIdCode(one, subject);
  for (const one of ours) {
    const object = editableProvider(one.value.from, file);
    const mending = folded(one.faults.flatMap((fault) => fault.changes));
    const changes =
      isWrongId && isOnApiHost(one) ? [...mending, ...idChanges(one, mending, subject, literalId)] : mending;
    if (changes.length === 0) continue;
    const own = object && changeEdits(file, object, changes, textsFor(one, subject, idFor(one)));
    if (!own) return undefined;
    edits.push(...own);
  }
  const sole = ours.length === 1 || lacksSession ? ours[0] : undefined;
  if (sole && (edits.length > 0 || lacksSession) && isOnApiHost(sole)) {
    const object = editableProvider(sole.value.from, file);
    const texts = providerTexts(file, idFor(sole));
    const sibling = object && siblingEdit(file, object, sole.role === 'shared' ? 'client' : 'shared', texts);
    if (sibling) edits.push(sibling);
    else if (lacksSession) return undefined;
  }
  return edits;
}

function isOnApiHost({ concrete: { json }, role }: Judged): boolean {
  if (role === 'shared' || role === 'api') return true;
  const address = json['issuer'] ?? json['domain'];
  return role === 'client' && typeof address === 'string' && workosIssuer(address)?.host === 'api.workos.com';
}

/** Every property that names another client id than the environment's, beside the changes that are made anyway. */
function idChanges(
  { concrete: { json }, faults, role }: Judged,
  made: readonly Change[],
  { clientId }: Case,
  literalId: string | undefined,
): readonly Change[] {
  if (faults.some(({ id }) => id === 'discoveryProvider')) return [];
  if (
    faults.length === 0 &&
    !Object.values(json).some(
      (value) => literalId !== undefined && typeof value === 'string' && value.includes(literalId),
    )
  )
    return [];
  const touched = new Set<string>(made.map(({ property }) => property));
  const former = new Map<string, string>(
    made.flatMap((change) => (change.kind === 'rename' ? [[change.to, change.property] as const] : [])),
  );
  const names = role === 'shared' ? (['jwks', 'applicationID'] as const) : (['issuer', 'jwks'] as const);
  return names.flatMap((property): Change[] => {
    const value = json[property] ?? json[former.get(property) ?? ''];
    if (touched.has(property) || typeof value !== 'string' || value.includes(clientId)) return [];
    return canonicalValue(property, {}, { clientId }) === value ? [] : [{ kind: 'set', property }];
  });
}

/** The changes of several faults as those of one: each was found with the ones before it made. */
function folded(all: readonly Change[]): Change[] {
  const changes: Change[] = [];
  for (const change of all) {
    const renamed = changes.findIndex((other) => other.kind === 'rename' && other.to === change.property);
    const earlier = changes[renamed];
    if (change.kind === 'remove' && earlier) changes.splice(renamed, 1, { kind: 'remove', property: earlier.property });
    else if (!changes.some((other) => isSameChange(other, change))) {
      const set =
        change.kind === 'remove'
          ? changes.findIndex((other) => other.kind === 'set' && other.property === change.property)
          : -1;
      changes.splice(set === -1 ? changes.length : set, set === -1 ? 0 : 1, change);
    }
  }
  return changes;
}

function isSameChange(a: Change, b: Change): boolean {
  return a.kind === b.kind && a.property === b.property;
}
