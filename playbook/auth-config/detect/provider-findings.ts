/** What is wrong with the providers of a config, each alone and all together. */
import type { Edit } from '../../../analysis/edits/edits.ts';
import type { ObjectValue } from '../../../analysis/values/values.ts';
import type { Suggestion } from '../../finding.ts';
import { deploy } from '../acceptance/deploy.ts';
import type { AuthConfigFinding, AuthConfigSuggestionId } from '../findings.ts';
import {
  type Edits,
  canonicalEdits,
  fixWith,
  isSame,
  ownIdCode,
  textsFor,
  writesClientId,
} from '../fix/canonical-providers.ts';
import { isSetFor } from '../fix/client-id-code.ts';
import { netChanges } from '../fix/net-changes.ts';
import { changeEdits, editableProvider } from '../fix/provider-edits.ts';
import type { Fault } from '../provider/fault.ts';
import { SOUND } from '../provider/faults.ts';
import { type Case, type Judged, rangeOf } from '../provider/provider-faults.ts';
import { roleOf, addressOf } from '../provider/role.ts';
import { type AuthConfig, type ProviderList, readProperty } from '../read/providers.ts';
import { findLiteralId, literalFinding } from './literal-id.ts';

export function providerFindings(
  config: AuthConfig,
  judged: readonly Judged[],
  subject: Case,
): readonly AuthConfigFinding[] {
  if (config.kind !== 'lists') return [];
  const literal = findLiteralId(judged, subject);
  const lacksSession = lacksSessionProvider(config.lists, judged);
  const pair = canonicalEdits(judged, subject, {
    literalId: literal?.id,
    lacksSession: lacksSession !== undefined,
    isClosed: config.lists.every(isClosed),
  });
  const findings = [
    ...judged.flatMap((one) => one.faults.map((fault) => faultFinding(one, fault, pair, subject))),
    ...(judged.some(({ role }) => role !== undefined) ? strangerFindings(config.lists, subject) : []),
  ].filter((finding, index, all) => all.findIndex((other) => isSameFinding(other, finding)) === index);
  if (lacksSession && !judged.some(({ faults, role }) => role !== undefined && faults.length > 0)) {
    const { value } = lacksSession;
    const property = readProperty(value, 'issuer') ?? readProperty(value, 'domain');
    const range = rangeOf(property?.node ?? value.from, subject);
    const data = {
      issuer: '`https://api.workos.com/user_management/${process.env.WORKOS_CLIENT_ID}`',
      error: 'No auth provider found matching the given token',
    };
    findings.push({
      messageId: 'missingSessionProvider',
      data,
      range,
      ...fixWith(pair, 'the provider is not written as an object of this file'),
    });
  }
  if (literal) findings.push(literalFinding(literal, pair, subject));
  return findings;
}

// One object may be several providers, as in a helper that is called twice.
function isSameFinding(a: AuthConfigFinding, b: AuthConfigFinding): boolean {
  return a.messageId === b.messageId && a.range[0] === b.range[0] && a.range[1] === b.range[1];
}

/** What is in the list and is no object: `null`, a string. */
function strangerFindings(lists: readonly ProviderList[], subject: Case): AuthConfigFinding[] {
  return lists.flatMap(({ slots }) =>
    slots.flatMap(({ alternatives, certain }, index): AuthConfigFinding[] => {
      const [first] = alternatives;
      if (
        !first ||
        !certain ||
        alternatives.some(({ type }) => type === 'object' || type === 'unknown' || type === 'text')
      )
        return [];
      const verdict = deploy({ providers: [...Array.from({ length: index }, () => SOUND), null] });
      if (verdict.ok) return [];
      const { fix, error } = verdict.rejection;
      const data = { fix, error, reason: `What is at index ${String(index)} of the providers is no object.` };
      return [
        {
          messageId: 'refusedDeploy',
          data,
          range: rangeOf(first.from, subject),
          unfixable: 'what was meant is not in the code',
        },
      ];
    }),
  );
}

function faultFinding(judged: Judged, fault: Fault, pair: Edits, subject: Case): AuthConfigFinding {
  const { file, project } = subject;
  const { value } = judged;
  const reading = fault.property === undefined ? undefined : namedProperty(value, fault);
  const at = reading?.node ?? value.from;
  const object = editableProvider(value.from, file);
  const range = rangeOf(at, subject);
  const finding = {
    messageId: fault.id,
    data: { ...fault.data, ...(at.file === file ? {} : { file: project.display(at.file.path) }) },
    range,
  };
  if (!object) {
    return {
      ...finding,
      unfixable:
        value.from.file === file
          ? 'the provider is made by code, not written as an object of the list'
          : `the provider is made in ${project.display(value.from.file.path)}`,
    };
  }
  if (judged.role === undefined) return { ...finding, unfixable: "the provider is another service's" };
  const code = ownIdCode(judged, subject);
  const changes = netChanges(fault.changes, Object.keys(judged.concrete.json));
  const own = changeEdits(file, object, changes, textsFor(judged, subject, code));
  if (writesIds(judged) && !isSetFor(code, file, subject.known, project))
    return { ...finding, unfixable: 'no app here uses WorkOS, so its client ID would have to be set for Convex first' };
  const imports = 'expression' in code && changes.some(writesClientId) ? (code.imports ?? []) : [];
  const single = own && own.length > 0 ? [...imports, ...own] : own;
  const suggestions = single && single.length > 0 && !isSame(single, pair) ? [suggestionOf(fault, single)] : [];
  return {
    ...finding,
    ...fixWith(
      pair,
      own
        ? 'the code that builds the list leaves no place for a second provider'
        : 'a property comes from a spread, a getter or a method',
    ),
    ...(suggestions.length > 0 && { suggestions }),
  };
}

const writesIds = ({ faults }: Judged): boolean => faults.some(({ changes }) => changes.some(writesClientId));

/** Whether every provider of a list is seen. */
const isClosed = ({ open, slots }: ProviderList): boolean =>
  !open && slots.every(({ alternatives }) => alternatives.every(({ type }) => type !== 'unknown'));

function suggestionOf({ changes, property }: Fault, edits: readonly Edit[]): Suggestion<AuthConfigSuggestionId> {
  const [only] = changes;
  const messageId = changes.length === 1 && only?.kind === 'remove' ? 'removeProperty' : 'correctProperty';
  return { messageId, data: { property: property ?? 'it' }, edits };
}

function namedProperty(value: ObjectValue, { cause, property = 'issuer' }: Fault): ReturnType<typeof readProperty> {
  const misspelt = ['applicationId', 'applicationid'];
  const names =
    property !== 'applicationID'
      ? [property]
      : cause === 'misspelled'
        ? [...misspelt, property]
        : [property, ...misspelt];
  const name = names.find((one) => value.properties.has(one));
  return name === undefined ? undefined : readProperty(value, name);
}

/** The shared provider where none is for the issuer that AuthKit writes into its session tokens. */
function lacksSessionProvider(lists: readonly ProviderList[], judged: readonly Judged[]): Judged | undefined {
  if (!lists.every(isClosed)) return undefined;
  // A custom domain, an unknown issuer, a provider that is merely wrong: each may be, or has a report of its own. One with
  // a domain asks for an aud, which the session token has not.
  const may = judged.some(({ possible }) =>
    possible.some((one) => {
      const role = roleOf(one);
      const { inexact } = one;
      return role === undefined
        ? inexact.has('issuer') || inexact.has('type') || addressOf(one) === undefined
        : role !== 'shared';
    }),
  );
  return may ? undefined : judged.find(({ role }) => role === 'shared');
}
