/** Finds what keeps Convex from taking AuthKit's tokens in an `auth.config` file. */
import { createEvaluator } from '../../../analysis/values/evaluate.ts';
import type { Edit } from '../../../analysis/edits/edits.ts';
import { isReachable } from '../../../analysis/flow/flow-values.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { ObjectValue } from '../../../analysis/values/values.ts';
import type { Project } from '../../../project/project.ts';
import type { Suggestion } from '../../finding.ts';
import { noProviderError } from '../acceptance/convex-errors.ts';
import { deploy } from '../acceptance/deploy.ts';
import { isAuthConfigFile, rivalOf } from '../read/config-file.ts';
import { evaluationEnvironment, knownEnvironment, recording } from '../read/environment.ts';
import type { AuthConfigFinding, AuthConfigOptions, AuthConfigSuggestionId } from '../findings.ts';
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
import { changeEdits, editableProvider } from '../fix/provider-edits.ts';
import { netChanges } from '../fix/net-changes.ts';
import { findForbidden } from './forbidden.ts';
import { interpret } from '../read/interpret.ts';
import { findDiscoveryOnly } from './discovery-only.ts';
import { findMissingConfig } from './missing-config.ts';
import type { Fault } from '../provider/fault.ts';
import { SOUND } from '../provider/faults.ts';
import { type Case, type Judged, firstRange, judge, rangeOf } from '../provider/provider-faults.ts';
import { roleOf, addressOf } from '../provider/role.ts';
import { findLiteralId, literalFinding } from './literal-id.ts';
import { CLIENT_ID_VARIABLE, placeholderOf } from '../read/placeholders.ts';
import { type AuthConfig, type ProviderList, readAuthConfig, readProperty } from '../read/providers.ts';
import { type VariableRead, allReads } from '../read/reads.ts';
import { findVariableFaults } from './variables.ts';

/**
 * Every finding of an `auth.config` file, none where all providers are another service's; for any other file, that there is no
 * `auth.config` at all.
 */
export function findAuthConfigFaults(
  file: SourceFile,
  project: Project,
  options: AuthConfigOptions,
): readonly AuthConfigFinding[] {
  if (!isAuthConfigFile(file.path, project)) return findMissingConfig(file, project);
  const read = readConfigFile(file, project, options);
  if (!isOfWorkos(read) || isLeftToRival(file.path, project, options)) return [];
  const { config, discoveryOnly, judged, reads, subject } = read;
  const { evaluator, known } = subject;
  return [
    ...discoveryOnly,
    ...findRival(subject),
    ...shapeFindings(config, subject),
    ...providerFindings(config, judged, subject),
    ...findVariableFaults({ file, project, known, reads, isReached: ({ at }) => isReachable(evaluator, at) }),
    ...findForbidden(file),
  ].sort((a, b) => a.range[0] - b.range[0]);
}

/** An `auth.config` file, and what is in it. */
interface ConfigFile {
  readonly subject: Case;
  readonly config: AuthConfig;
  readonly judged: readonly Judged[];
  readonly reads: readonly VariableRead[];
  readonly discoveryOnly: readonly AuthConfigFinding[];
}

function readConfigFile(file: SourceFile, project: Project, options: AuthConfigOptions): ConfigFile {
  const known = knownEnvironment(project, file.path);
  const { asked, environment } = recording(evaluationEnvironment(known));
  const evaluator = createEvaluator({ loader: project, environment, interpret });
  const clientId = known.clientIds[0]?.value ?? placeholderOf(CLIENT_ID_VARIABLE);
  const subject: Case = { file, project, known, evaluator, clientId, options };
  const config = readAuthConfig(file, evaluator);
  const judged = config.kind === 'lists' ? judge(config.lists, subject) : [];
  const reads = allReads(file, project, asked);
  return { subject, config, judged, reads, discoveryOnly: findDiscoveryOnly(config, judged, subject) };
}

const isOfWorkos = ({ discoveryOnly, judged, reads, subject }: ConfigFile): boolean =>
  discoveryOnly.length > 0 || concernsWorkos(judged, reads, subject);

/**
 * Whether an `auth.config.js` has an `auth.config.ts` next to it, which has the report that Convex refuses both. Whether the one that stays
 * is right can be seen when the other one is deleted.
 */
function isLeftToRival(path: string, project: Project, options: AuthConfigOptions): boolean {
  const rival = path.endsWith('.js') ? rivalOf(path, project) : undefined;
  const file = rival === undefined ? undefined : project.sourceFile(rival);
  return file !== undefined && isOfWorkos(readConfigFile(file, project, options));
}

/** Whether AuthKit has to do with the file: a provider of WorkOS's, one of its variables, or an app that signs in with it. */
function concernsWorkos(judged: readonly Judged[], reads: readonly VariableRead[], { file, project }: Case): boolean {
  if (judged.some(({ role }) => role !== undefined)) return true;
  if (reads.some(({ at, name }) => at.file === file && /workos|authkit/iu.test(name))) return true;
  if (/clerk|auth0|cognito|better-?auth|kinde|supabase|appleid/iu.test(file.text)) return false;
  return (
    judged.length === 0 &&
    project
      .appsFor(file.path)
      .some(({ dependencies }) =>
        [...dependencies].some((name) => /^@(?:workos-inc\/authkit|convex-dev\/workos)/u.test(name)),
      )
  );
}

function findRival({ file, project }: Case): readonly AuthConfigFinding[] {
  const rival = rivalOf(file.path, project);
  if (rival === undefined) return [];
  const data = { file: project.display(file.path), rival: project.display(rival) };
  return [
    {
      messageId: 'twoFiles',
      data,
      range: firstRange(file),
      unfixable: 'which of the two files is meant is not in the code',
    },
  ];
}

/** A default export that is none, or no list of providers, and a list that is empty. */
function shapeFindings(config: AuthConfig, { file }: Case): readonly AuthConfigFinding[] {
  if (config.kind === 'missingExport' || config.kind === 'misshapen') {
    const verdict = deploy(config.kind === 'misshapen' ? config.value : undefined);
    if (verdict.ok) return [];
    const { fix, error, reason } = verdict.rejection;
    const range = config.kind === 'misshapen' && config.from.file === file ? config.from.node.range : firstRange(file);
    return [
      {
        messageId: 'refusedDeploy',
        data: { fix, error, reason },
        range,
        unfixable: 'what was meant is not in the code',
      },
    ];
  }
  if (config.kind !== 'lists' || config.lists.some(({ open, slots }) => open || slots.length > 0)) return [];
  const [list] = config.lists;
  const range = list?.from.file === file ? list.from.node.range : firstRange(file);
  return [
    {
      messageId: 'noProviders',
      data: { error: noProviderError([]).error },
      range,
      unfixable: 'there is no provider to go by',
    },
  ];
}

function providerFindings(config: AuthConfig, judged: readonly Judged[], subject: Case): readonly AuthConfigFinding[] {
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
