/** Finds what keeps Convex from taking AuthKit's tokens in an `auth.config` file. */
import { createEvaluator } from '../../../analysis/values/evaluate.ts';
import { isReachable } from '../../../analysis/flow/flow-values.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { noProviderError } from '../acceptance/convex-errors.ts';
import { deploy } from '../acceptance/deploy.ts';
import { isAuthConfigFile, rivalOf } from '../read/config-file.ts';
import { evaluationEnvironment, knownEnvironment, recording } from '../read/environment.ts';
import type { AuthConfigFinding, AuthConfigOptions } from '../findings.ts';
import { findForbidden } from './forbidden.ts';
import { interpret } from '../read/interpret.ts';
import { findDiscoveryOnly } from './discovery-only.ts';
import { findMissingConfig } from './missing-config.ts';
import { type Case, type Judged, firstRange, judge } from '../provider/provider-faults.ts';
import { CLIENT_ID_VARIABLE, placeholderOf } from '../read/placeholders.ts';
import { type AuthConfig, readAuthConfig } from '../read/providers.ts';
import { type VariableRead, allReads } from '../read/reads.ts';
import { providerFindings } from './provider-findings.ts';
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
