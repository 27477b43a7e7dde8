/** The edits that bring all providers of WorkOS's back to the canonical pair at once, and those of a single fault. */
import type { TSESTree } from '@typescript-eslint/types';
import { type Edit, indentAt, insertAfter, insertBefore, styleOf } from '../../../analysis/edits/edits.ts';
import { comparableIssuer, workosIssuer } from '../acceptance/issuer.ts';
import type { AuthConfigFinding } from '../findings.ts';
import { type Change, canonicalValue, withChanges } from '../provider/changes.ts';
import { type Case, type Judged, idsOf } from '../provider/provider-faults.ts';
import { isPlaceholder, isUnnamed } from '../read/placeholders.ts';
import { type ClientIdCode, clientIdCode, isSetFor, literalIdCode } from './client-id-code.ts';
import { placeInProviders } from './list-place.ts';
import { netChanges } from './net-changes.ts';
import { changeEdits, editableProvider, isMultiLine } from './provider-edits.ts';
import { type ProviderTexts, type Writable, providerTexts } from './provider-texts.ts';
import { withoutItems } from '../../../analysis/edits/removals.ts';
import { beginsLine } from '../../../analysis/syntax/blanks.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import { addressOf, issuerOf } from '../provider/role.ts';

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
  { concrete, role }: Judged,
  { file }: Case,
  clientId: ClientIdCode,
): ReturnType<typeof providerTexts>['client'] {
  const issuer = issuerOf(concrete);
  const host =
    issuer?.kind === 'client' && issuer.host !== 'api.workos.com' && !isPlaceholder(issuer.host)
      ? `https://${issuer.host}`
      : undefined;
  const texts = providerTexts(file, clientId, host);
  return role === 'shared' ? texts.shared : texts.client;
}

/** The client id that a provider names, in its issuer first, as the file writes it: what a single property is corrected with. */
export function ownIdCode(judged: Judged, { clientId, evaluator, file, project }: Case): ClientIdCode {
  const own = idsOf(judged).find((id) => id !== '') ?? clientId;
  if (own.startsWith('client_') && file.text.includes(own)) return literalIdCode(file, own, evaluator);
  return clientIdCode(file, isPlaceholder(own) && !isUnnamed(own) ? own : clientId, evaluator, project);
}

export interface CanonicalQuestion {
  /** A client id in the text that is not the environment's. */
  readonly literalId: string | undefined;
  /** Whether no provider accepts AuthKit's session token. */
  readonly lacksSession: boolean;
  /** Whether every provider of the list is seen: only then is one known to be missing. */
  readonly isClosed: boolean;
}

/** One edit group for all providers of WorkOS's that differ from the canonical pair, and for the one that is missing. */
export function canonicalEdits(judged: readonly Judged[], subject: Case, question: CanonicalQuestion): Edits {
  const { isClosed, lacksSession, literalId } = question;
  const ours = judged.filter(({ role }) => role !== undefined);
  // An id that nothing contradicts is left as the file has it; of one that is wrong, or of two, the environment knows better.
  const isWrongId = literalId !== undefined || ours.some(({ faults }) => faults.some(({ id }) => id === 'foreignKeys'));
  const group: Group = { subject, edits: [], codes: new Set(), isWrongId };
  const planned = ours.map((one) => plannedFor(one, group, literalId));
  const twins = twinsOf(planned, subject);
  for (const one of planned) {
    if (one.changes.length === 0) continue;
    const isWritten = twins.has(one.judged) ? removeTwin(one, group) : changeProvider(one, group);
    if (!isWritten) return undefined;
  }
  const left = ours.filter((one) => !twins.has(one));
  const sole = left.length === 1 || lacksSession ? left[0] : undefined;
  const isMissing = lacksSession || (group.edits.length > 0 && isClosed);
  if (sole && isMissing && !isSessionProvider(sole) && isOnApiHost(sole) && !addSibling(sole, group) && lacksSession)
    return undefined;
  const imports = [...group.codes].find((code) => 'expression' in code && code.imports);
  return imports && 'expression' in imports ? [...(imports.imports ?? []), ...group.edits] : group.edits;
}

/** The edits of a file, as they are collected. */
interface Group {
  readonly subject: Case;
  readonly edits: Edit[];
  /** How the edits write client ids: what is imported for them is imported once. */
  readonly codes: Set<ClientIdCode>;
  readonly isWrongId: boolean;
}

function codeFor(one: Judged, { isWrongId, subject }: Group): ClientIdCode {
  const { clientId, evaluator, file, project } = subject;
  return isWrongId ? clientIdCode(file, clientId, evaluator, project) : ownIdCode(one, subject);
}

function plannedFor(one: Judged, { isWrongId, subject }: Group, literalId: string | undefined): Planned {
  const raw = one.faults.flatMap((fault) => fault.changes);
  const names = Object.keys(one.concrete.json);
  const ids = isWrongId && isOnApiHost(one) ? idChanges(one, netChanges(raw, names), subject, literalId) : [];
  return {
    judged: one,
    object: editableProvider(one.value.from, subject.file),
    changes: netChanges([...raw, ...ids], names),
  };
}

/** Whether the provider could be removed. */
function removeTwin({ object }: Planned, { edits, subject: { file } }: Group): boolean {
  const place = object && placeInProviders(file, object);
  const list = place?.parent;
  if (!place || list?.type !== 'ArrayExpression' || list.elements.length < 2) return false;
  edits.push(
    ...withoutItems(
      file,
      list.elements.filter((one) => one !== null),
      [place],
    ),
  );
  return true;
}

/** Whether the changes could be written. */
function changeProvider({ changes, judged, object }: Planned, group: Group): boolean {
  const code = codeFor(judged, group);
  const { codes, edits, subject } = group;
  if (changes.some(writesClientId) && !isSetFor(code, subject.file, subject.known, subject.project)) return false;
  const own = object && changeEdits(subject.file, object, changes, textsFor(judged, subject, code));
  if (!own) return false;
  if (changes.some(writesClientId)) codes.add(code);
  edits.push(...own);
  return true;
}

/** Whether the provider that is missing next to another one could be written. */
function addSibling(neighbour: Judged, group: Group): boolean {
  const { codes, edits, subject } = group;
  const object = editableProvider(neighbour.value.from, subject.file);
  const code = codeFor(neighbour, group);
  if (!isSetFor(code, subject.file, subject.known, subject.project)) return false;
  const which = neighbour.role === 'shared' ? 'client' : 'shared';
  const sibling = object && siblingEdit(subject.file, object, which, providerTexts(subject.file, code));
  if (!sibling) return false;
  edits.push(sibling);
  codes.add(code);
  return true;
}

/** Whether a change writes a text with the client id in it. */
export const writesClientId = ({ kind, property }: Change): boolean =>
  kind === 'set' && property !== 'type' && property !== 'algorithm';

interface Planned {
  readonly judged: Judged;
  readonly object: TSESTree.ObjectExpression | undefined;
  readonly changes: readonly Change[];
}

/** Providers that their changes would make the same as another one: Convex only ever tries the first of two. */
function twinsOf(planned: readonly Planned[], { clientId }: Case): ReadonlySet<Judged> {
  const issuers = planned.map(({ changes, judged }) => {
    const { issuer } = withChanges(judged.concrete, changes, { clientId }).json;
    return typeof issuer === 'string' ? comparableIssuer(issuer) : undefined;
  });
  const twins = new Set<Judged>();
  const taken = new Set(issuers.filter((_, index) => planned[index]?.changes.length === 0));
  for (const [index, { changes, judged }] of planned.entries()) {
    const issuer = issuers[index];
    if (changes.length === 0 || issuer === undefined) continue;
    if (taken.has(issuer)) twins.add(judged);
    taken.add(issuer);
  }
  return twins;
}

/** Whether a provider is meant for AuthKit's session tokens already: with its faults corrected it is all that an app needs. */
const isSessionProvider = ({ concrete: { json }, role }: Judged): boolean =>
  role === 'client' && json['type'] === 'customJwt' && typeof json['issuer'] === 'string';

const isOnApiHost = ({ concrete, role }: Judged): boolean =>
  role === 'shared' ||
  role === 'api' ||
  (role === 'client' && workosIssuer(addressOf(concrete) ?? '')?.host === 'api.workos.com');

/** Every property that names another client id than the environment's, next to the changes that are made anyway. */
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

/**
 * A provider next to another one: after it for the client's own, before it for the shared one, in the style of that one.
 * Undefined where the list of providers is not written so that an element can be added.
 */
function siblingEdit(
  file: SourceFile,
  neighbour: TSESTree.ObjectExpression,
  which: keyof ProviderTexts,
  texts: ProviderTexts,
): Edit | undefined {
  const place = placeInProviders(file, neighbour);
  if (!place) return undefined;
  const names: readonly Writable[] = [
    'type',
    'issuer',
    'algorithm',
    'jwks',
    ...(which === 'shared' ? (['applicationID'] as const) : []),
  ];
  const lines = names.map((name) => `${name}: ${texts[which](name)}`);
  const { eol, indentUnit } = styleOf(file);
  const indent = indentAt(file.text, place.range[0]);
  const object = isMultiLine(file, neighbour)
    ? `{${eol}${lines.map((line) => `${indent}${indentUnit}${line},${eol}`).join('')}${indent}}`
    : `{ ${lines.join(', ')} }`;
  const isOwnLine = beginsLine(file.text, place.range[0]);
  const between = isOwnLine ? `,${eol}${indent}` : ', ';
  return which === 'shared' ? insertBefore(place, object + between) : insertAfter(place, between + object);
}
