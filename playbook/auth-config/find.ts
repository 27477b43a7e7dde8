/** Finds what keeps Convex from taking AuthKit's tokens in an `auth.config` file. */
import { type Node, type Range, literalText, unwrap } from '../../analysis/ast.ts';
import { type Evaluator, createEvaluator } from '../../analysis/evaluate.ts';
import { type Edit, replace } from '../../analysis/edits.ts';
import type { SourceFile } from '../../analysis/source-file.ts';
import type { ObjectValue } from '../../analysis/values.ts';
import type { Project } from '../../project/project.ts';
import type { Suggestion } from '../finding.ts';
import { deploy } from './acceptance/deploy.ts';
import { noProviderError } from './acceptance/convex-errors.ts';
import { comparableIssuer, workosIssuer, workosKeys } from './acceptance/issuer.ts';
import { type ClientIdCode, changeEdits, clientIdCode, editableProvider, literalIdCode, providerTexts, siblingEdit } from './canonical.ts';
import { concreteProviders } from './concrete.ts';
import { isAuthConfigFile, rivalOf } from './config-file.ts';
import { type KnownEnvironment, evaluationEnvironment, knownEnvironment, recording } from './environment.ts';
import { type Change, type ConcreteProvider, type Fault, type Role, SOUND, canonicalValue, faultsOf, roleOf } from './judge.ts';
import type { AuthConfigFinding, AuthConfigOptions, AuthConfigSuggestionId } from './findings.ts';
import { findForbidden } from './forbidden.ts';
import { CLIENT_ID_VARIABLE, isPlaceholder, placeholderOf } from './placeholders.ts';
import { type AuthConfig, type ProviderList, readAuthConfig, readProperty } from './providers.ts';
import { findVariableFaults } from './variables.ts';
import { type VariableRead, allReads } from './reads.ts';

/** A provider that is WorkOS's, or that breaks the deploy of those that are. */
interface Judged {
  readonly value: ObjectValue;
  readonly role: Role | undefined;
  readonly faults: readonly Fault[];
  /** What it is, with every value written out; the first of several. */
  readonly concrete: ConcreteProvider;
}

/** Everything the steps below need of one file. */
interface Case {
  readonly file: SourceFile;
  readonly project: Project;
  readonly known: KnownEnvironment;
  readonly evaluator: Evaluator;
  readonly clientId: string;
  readonly options: AuthConfigOptions;
}

/** Every finding of an `auth.config` file; none for any other file, and none where all providers are somebody else's. */
export function findAuthConfigFaults(file: SourceFile, project: Project, options: AuthConfigOptions): readonly AuthConfigFinding[] {
  if (!isAuthConfigFile(file.path, project)) return [];
  const known = knownEnvironment(project, file.path);
  const { asked, environment } = recording(evaluationEnvironment(known));
  const evaluator = createEvaluator({ loader: project, environment });
  const clientId = known.clientIds[0]?.value ?? placeholderOf(CLIENT_ID_VARIABLE);
  const subject: Case = { file, project, known, evaluator, clientId, options };
  const config = readAuthConfig(file, evaluator);
  const judged = config.kind === 'lists' ? judge(config.lists, subject) : [];
  const reads = allReads(file, project, asked);
  if (!concernsWorkos(judged, reads, subject)) return [];
  return [
    ...findRival(subject),
    ...shapeFindings(config, subject),
    ...providerFindings(config, judged, subject),
    ...findVariableFaults({ file, known, reads }),
    ...findForbidden(file),
  ].sort((a, b) => a.range[0] - b.range[0]);
}

/** Whether AuthKit has to do with the file: a provider of WorkOS's, one of its variables, or an app that signs in with it. */
function concernsWorkos(judged: readonly Judged[], reads: readonly VariableRead[], { file, project }: Case): boolean {
  if (judged.some(({ role }) => role !== undefined)) return true;
  if (reads.some(({ name }) => /workos|authkit/iu.test(name))) return true;
  if (/clerk|auth0|cognito|better-?auth|kinde|supabase|appleid/iu.test(file.text)) return false;
  return judged.length === 0 && project.appsFor(file.path).some(({ dependencies }) => [...dependencies].some((name) => /^@(?:workos-inc\/authkit|convex-dev\/workos)/u.test(name)));
}

function findRival({ file, project }: Case): readonly AuthConfigFinding[] {
  const rival = rivalOf(file.path, project);
  if (rival === undefined) return [];
  const data = { file: project.display(file.path), rival: project.display(rival) };
  return [{ messageId: 'twoFiles', data, range: firstRange(file), unfixable: 'which of the two files is meant is not in the code' }];
}

function firstRange(file: SourceFile): Range {
  return file.ast.body[0]?.range ?? [0, 0];
}

/** A default export that is none, or no list of providers, and a list that is empty. */
function shapeFindings(config: AuthConfig, { file }: Case): readonly AuthConfigFinding[] {
  if (config.kind === 'missingExport' || config.kind === 'misshapen') {
    const verdict = deploy(config.kind === 'misshapen' ? config.value : undefined);
    if (verdict.ok) return [];
    const { cure, error, reason } = verdict.rejection;
    const range = config.kind === 'misshapen' && config.from.file === file ? config.from.node.range : firstRange(file);
    return [{ messageId: 'refusedDeploy', data: { cure, error, reason }, range, unfixable: 'what was meant is not in the code' }];
  }
  if (config.kind !== 'lists' || config.lists.some(({ open, slots }) => open || slots.length > 0)) return [];
  const [list] = config.lists;
  const range = list?.from.file === file ? list.from.node.range : firstRange(file);
  return [{ messageId: 'noProviders', data: { error: noProviderError([]).error }, range, unfixable: 'there is no provider to go by' }];
}

function judge(lists: readonly ProviderList[], subject: Case): readonly Judged[] {
  const judged = new Map<ObjectValue, Judged>();
  for (const { slots } of lists) {
    for (const [index, { alternatives }] of slots.entries()) {
      for (const value of alternatives) {
        if (value.type !== 'object' || judged.has(value)) continue;
        judged.set(value, judgeProvider(value, index, subject));
      }
    }
  }
  const all = [...judged.values()];
  const isOurs = all.some(({ role }) => role !== undefined);
  // Other people's providers are left alone, but for a deploy that they would break for AuthKit, too.
  return all.map((one) => ((one.role === undefined && !isOurs) || isCovered(one, all) ? { ...one, faults: [] } : one));
}

/** Whether another provider takes the tokens that this one lets pass: Convex goes on to it where this one does not match. */
function isCovered({ concrete, faults, value }: Judged, all: readonly Judged[]): boolean {
  if (faults.length === 0 || !faults.every(({ id }) => id === 'audienceRequired' || id === 'discoveryProvider')) return false;
  return all.some((other) => other.value !== value && other.role !== undefined && other.faults.length === 0 && addressOf(other.concrete) === addressOf(concrete));
}

function addressOf({ json }: ConcreteProvider): string {
  const address = json['issuer'] ?? json['domain'];
  return typeof address === 'string' ? comparableIssuer(address) : '';
}

function judgeProvider(value: ObjectValue, index: number, { clientId, options }: Case): Judged {
  const all = concreteProviders(value);
  // An arm that is seen to be WorkOS's tells what the property is meant to hold.
  const recognised = all.filter((one) => roleOf(one) !== undefined);
  const candidates = recognised.length > 0 ? recognised : all;
  const [first = { json: {}, inexact: new Set<string>() }, ...rest] = candidates;
  const judgeOptions = { index, clientId, allowAudience: options.allowAudience };
  // What is wrong only on one side of a condition may never be.
  const faults = rest.reduce(
    (common, one) => {
      const others = faultsOf(one, judgeOptions);
      return common.filter(({ id, property }) => others.some((other) => other.id === id && other.property === property));
    },
    [...faultsOf(first, judgeOptions)],
  );
  return { value, role: roleOf(first), faults, concrete: first };
}

function providerFindings(config: AuthConfig, judged: readonly Judged[], subject: Case): readonly AuthConfigFinding[] {
  if (config.kind !== 'lists') return [];
  const literal = findLiteralId(judged, subject);
  const lacksSession = lacksSessionProvider(config.lists, judged);
  const pair = pairEdits(judged, subject, literal?.id, lacksSession !== undefined);
  const findings = [
    ...judged.flatMap((one) => one.faults.map((fault) => faultFinding(one, fault, pair, subject))),
    ...(judged.some(({ role }) => role !== undefined) ? strangerFindings(config.lists, subject) : []),
  ].filter((finding, index, all) => all.findIndex((other) => isSameFinding(other, finding)) === index);
  if (lacksSession && !judged.some(({ faults, role }) => role !== undefined && faults.length > 0)) {
    const property = readProperty(lacksSession.value, 'issuer') ?? readProperty(lacksSession.value, 'domain');
    const range = rangeOf(property?.node.node ?? lacksSession.value.from.node, property?.node.file ?? lacksSession.value.from.file, subject);
    const data = { issuer: '`https://api.workos.com/user_management/${process.env.WORKOS_CLIENT_ID}`', error: 'No auth provider found matching the given token' };
    findings.push({ messageId: 'missingSessionProvider', data, range, ...fixWith(pair, 'the provider is not written as an object of this file') });
  }
  if (literal) findings.push(literalFinding(literal, pair, subject));
  return findings;
}

// One object may be several providers, as in a helper that is called twice.
function isSameFinding(a: AuthConfigFinding, b: AuthConfigFinding): boolean {
  return a.messageId === b.messageId && a.range[0] === b.range[0] && a.range[1] === b.range[1];
}

/** What stands in the list and is no object: `null`, a string. */
function strangerFindings(lists: readonly ProviderList[], subject: Case): AuthConfigFinding[] {
  return lists.flatMap(({ slots }) =>
    slots.flatMap(({ alternatives, certain }, index): AuthConfigFinding[] => {
      const [first] = alternatives;
      if (!first || !certain || alternatives.some(({ type }) => type === 'object' || type === 'unknown' || type === 'text')) return [];
      const verdict = deploy({ providers: [...Array.from({ length: index }, () => SOUND), null] });
      if (verdict.ok) return [];
      const { cure, error } = verdict.rejection;
      const data = { cure, error, reason: `What stands at index ${String(index)} of the providers is no object.` };
      return [{ messageId: 'refusedDeploy', data, range: rangeOf(first.from.node, first.from.file, subject), unfixable: 'what was meant is not in the code' }];
    }),
  );
}

type Edits = readonly Edit[] | undefined;

function fixWith(edits: Edits, unfixable: string): Partial<AuthConfigFinding> {
  return edits && edits.length > 0 ? { fix: { safety: 'review', edits }, fixMessageId: 'useCanonicalPair' } : { unfixable };
}

function faultFinding(judged: Judged, fault: Fault, pair: Edits, subject: Case): AuthConfigFinding {
  const { file, project } = subject;
  const { value } = judged;
  const reading = fault.property === undefined ? undefined : namedProperty(value, fault);
  const at = reading?.node ?? value.from;
  const object = editableProvider(value.from, file);
  const range = rangeOf(at.node, at.file, subject);
  const finding = { messageId: fault.id, data: { ...fault.data, ...(at.file === file ? {} : { file: project.display(at.file.path) }) }, range };
  if (!object) {
    return { ...finding, unfixable: value.from.file === file ? 'the provider is made by code, not written as an object of the list' : `the provider is made in ${project.display(value.from.file.path)}` };
  }
  if (judged.role === undefined) return { ...finding, unfixable: "the provider is another service's" };
  const single = changeEdits(file, object, fault.changes, textsFor(judged, subject, ownIdCode(judged, subject)));
  const suggestions = single && single.length > 0 && !isSame(single, pair) ? [suggestionOf(fault, single)] : [];
  return { ...finding, ...fixWith(pair, 'the property comes by a spread'), ...(suggestions.length > 0 && { suggestions }) };
}

function suggestionOf({ changes, property }: Fault, edits: readonly Edit[]): Suggestion<AuthConfigSuggestionId> {
  const [only] = changes;
  const messageId = changes.length === 1 && only?.kind === 'remove' ? 'removeProperty' : 'correctProperty';
  return { messageId, data: { property: property ?? 'it' }, edits };
}

function isSame(one: readonly Edit[], other: Edits): boolean {
  const text = (edits: readonly Edit[]): string => JSON.stringify([...edits].sort((a, b) => a.range[0] - b.range[0]));
  return other !== undefined && text(one) === text(other);
}

function namedProperty(value: ObjectValue, { data, property = 'issuer' }: Fault): ReturnType<typeof readProperty> {
  const misspelt = data['reason']?.includes('applicationId') === true ? ['applicationId', 'applicationid'] : [];
  const name = [...misspelt, property].find((one) => value.properties.has(one));
  return name === undefined ? undefined : readProperty(value, name);
}

/** A range in the file that is looked at: of a node elsewhere, the default export that brings it in. */
function rangeOf(node: Node, owner: SourceFile, { file }: Case): Range {
  if (owner === file) return node.range;
  return file.ast.body.find(({ type }) => type === 'ExportDefaultDeclaration')?.range ?? firstRange(file);
}

/** The shared provider where none is for the issuer that AuthKit writes into its session tokens. */
function lacksSessionProvider(lists: readonly ProviderList[], judged: readonly Judged[]): Judged | undefined {
  if (lists.some(({ open, slots }) => open || slots.some(({ alternatives }) => alternatives.some(({ type }) => type === 'unknown')))) return undefined;
  // A custom domain, an unknown issuer, a provider that is merely wrong: each may be, or has a report of its own.
  const may = judged.some(({ concrete: { inexact, json }, role }) => role === 'client' || role === 'api' || role === 'keys' || (role === undefined && (inexact.has('issuer') || inexact.has('domain') || typeof (json['issuer'] ?? json['domain']) !== 'string')));
  return may ? undefined : judged.find(({ role }) => role === 'shared');
}

function textsFor({ concrete: { json }, role }: Judged, { file }: Case, clientId: ClientIdCode): ReturnType<typeof providerTexts>['client'] {
  const issuer = typeof json['issuer'] === 'string' ? workosIssuer(json['issuer']) : undefined;
  const host = issuer?.kind === 'client' && issuer.host !== 'api.workos.com' && !isPlaceholder(issuer.host) ? `https://${issuer.host}` : undefined;
  const texts = providerTexts(file, clientId, host);
  return role === 'shared' ? texts.shared : texts.client;
}

/** The client id that a provider names in its issuer, as the file writes it: what a single property is corrected with. */
function ownIdCode({ concrete: { json } }: Judged, { clientId, evaluator, file }: Case): ClientIdCode {
  const issuer = typeof json['issuer'] === 'string' ? workosIssuer(json['issuer']) : undefined;
  const own = issuer?.kind === 'client' ? issuer.clientId : '';
  return own !== clientId && file.text.includes(own) && own.startsWith('client_') ? literalIdCode(file, own, evaluator) : clientIdCode(file, clientId, evaluator);
}

/** One edit group for all providers of WorkOS's that depart from the pair, and the one that is missing. */
function pairEdits(judged: readonly Judged[], subject: Case, literalId: string | undefined, lacksSession: boolean): Edits {
  const { clientId, evaluator, file } = subject;
  const id = clientIdCode(file, clientId, evaluator);
  const edits: Edit[] = [];
  const ours = judged.filter(({ role }) => role !== undefined);
  for (const one of ours) {
    const object = editableProvider(one.value.from, file);
    const changes = pairChanges(one, subject, literalId);
    if (changes.length === 0) continue;
    const own = object && changeEdits(file, object, changes, textsFor(one, subject, id));
    if (!own) return undefined;
    edits.push(...own);
  }
  const sole = ours.length === 1 || lacksSession ? ours[0] : undefined;
  if (sole && (edits.length > 0 || lacksSession) && isOnApiHost(sole)) {
    const object = editableProvider(sole.value.from, file);
    const texts = providerTexts(file, id);
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

/** What a provider needs: the faults mended, and with them every property that names another client id. */
function pairChanges(judged: Judged, { clientId }: Case, literalId: string | undefined): readonly Change[] {
  const changes: Change[] = judged.faults.flatMap((fault) => fault.changes).filter((change, index, all) => all.findIndex((other) => isSameChange(other, change)) === index);
  const { json } = judged.concrete;
  if (!isOnApiHost(judged)) return changes;
  const touched = new Set<string>(changes.map(({ property }) => property));
  const former = new Map<string, string>(changes.flatMap((change) => (change.kind === 'rename' ? [[change.to, change.property] as const] : [])));
  const isDiscovery = judged.faults.some(({ id }) => id === 'discoveryProvider');
  if (judged.faults.length === 0 && (literalId === undefined || !Object.values(json).some((value) => typeof value === 'string' && value.includes(literalId)))) return [];
  const names = judged.role === 'shared' ? (['jwks', 'applicationID'] as const) : (['issuer', 'jwks'] as const);
  for (const property of names) {
    const value = json[property] ?? json[former.get(property) ?? ''];
    if (touched.has(property) || isDiscovery || typeof value !== 'string') continue;
    if (value.includes(clientId)) continue;
    if (canonicalValue(property, {}, { clientId }) !== value) changes.push({ kind: 'set', property });
  }
  return changes;
}

function isSameChange(a: Change, b: Change): boolean {
  return a.kind === b.kind && a.property === b.property;
}

interface LiteralId {
  readonly id: string;
  readonly judged: Judged;
}

/** A client id in the text that no environment of the project has. Ids beside one that fits are meant for others. */
function findLiteralId(judged: readonly Judged[], { file, known: { clientIds } }: Case): LiteralId | undefined {
  if (clientIds.length === 0) return undefined;
  const isKnown = (id: string): boolean => clientIds.some(({ value }) => value === id);
  const named = judged.flatMap((one) => idsOf(one).map((id): LiteralId => ({ id, judged: one })));
  const clients = named.filter(({ judged: { role } }) => role === 'client');
  if ((clients.length > 0 ? clients : named).some(({ id }) => isKnown(id))) return undefined;
  return named.find(({ id }) => id.startsWith('client_') && !isKnown(id) && file.text.includes(id));
}

function idsOf({ concrete: { json }, role }: Judged): readonly string[] {
  if (role === undefined) return [];
  const issuer = typeof json['issuer'] === 'string' ? workosIssuer(json['issuer']) : undefined;
  const keys = typeof json['jwks'] === 'string' ? workosKeys(json['jwks']) : undefined;
  return [
    ...(issuer?.kind === 'client' ? [issuer.clientId] : []),
    ...(role === 'shared' && typeof json['applicationID'] === 'string' ? [json['applicationID']] : []),
    ...(typeof keys === 'object' ? [keys.clientId] : []),
  ];
}

function literalFinding({ id, judged }: LiteralId, pair: Edits, subject: Case): AuthConfigFinding {
  const { file, known } = subject;
  const [strongest] = known.clientIds;
  const data = { id, known: strongest?.value ?? '', source: strongest?.source ?? '' };
  const constant = constantHolding(file, id);
  if (constant) {
    return { messageId: 'wrongClientId', data, range: constant.range, fix: { safety: 'review', edits: [replace(constant, `process.env.${CLIENT_ID_VARIABLE}`)] }, fixMessageId: 'useVariable' };
  }
  const property = [...judged.value.properties.values()].find(({ node }) => node.file === file && file.text.slice(...node.node.range).includes(id));
  const at = property?.node ?? judged.value.from;
  return { messageId: 'wrongClientId', data, range: rangeOf(at.node, at.file, subject), ...fixWith(pair, 'the client id does not stand in the provider itself') };
}

/** The literal of `const clientId = 'client_…'`. */
function constantHolding(file: SourceFile, id: string): Node | undefined {
  for (const statement of file.ast.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { init } of declaration.declarations) {
      if (init && literalText(unwrap(init)) === id) return unwrap(init);
    }
  }
  return undefined;
}
