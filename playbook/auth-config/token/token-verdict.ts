/** A real token against the `auth.config` of a project, under the environment that is known: accepted, rejected, or no one can tell. */
import { createEvaluator } from '../../../analysis/values/evaluate.ts';
import type { SourceFile } from '../../../analysis/syntax/source-file.ts';
import type { Project } from '../../../project/project.ts';
import { readClaims } from '../acceptance/claims.ts';
import { comparableIssuer, workosIssuer } from '../acceptance/issuer.ts';
import type { Acceptance, DeployEnvironment, Token } from '../acceptance/types.ts';
import { evaluationEnvironment, type KnownEnvironment, recording } from '../read/environment.ts';
import { interpret } from '../read/interpret.ts';
import { CLIENT_ID_VARIABLE, knownStart, shownText } from '../read/placeholders.ts';
import { type ConcreteProvider, addressOf, textOf } from '../provider/role.ts';
import { type PossibleConfig, possibleConfigs } from '../read/possible-configs.ts';
import { readAuthConfig, readProperty } from '../read/providers.ts';
import { allReads } from '../read/reads.ts';
import { decodeToken, type TokenProblem } from './token-decode.ts';
import { verifyToken, type VerifyOptions } from './token-verify.ts';

/** A place of the project's code. */
export interface Place {
  readonly file: SourceFile;
  readonly offset: number;
}

export type TokenVerdict =
  /** What was given is no token that Convex could judge. */
  | { readonly verdict: 'unreadable'; readonly problem: TokenProblem; readonly message: string }
  | {
      readonly verdict: 'accepted' | 'rejected';
      readonly token: Token;
      readonly acceptance: Acceptance;
      /** The provider, or the property at fault. */
      readonly place: Place | undefined;
      /** The address of the provider that takes the token. */
      readonly address: string | undefined;
    }
  | {
      readonly verdict: 'unknown';
      readonly token: Token;
      readonly reason: string;
      readonly fix: string;
      readonly acceptance?: Acceptance;
      readonly place?: Place;
    };

export interface TokenQuestion extends Pick<VerifyOptions, 'fetch' | 'keySet' | 'now' | 'timeLimitMs'> {
  readonly text: string;
  /** The file; undefined where the Convex project has none. */
  readonly file: SourceFile | undefined;
  readonly project: Project;
  readonly known: KnownEnvironment;
}

/** Judges the text of a token. Never throws; the network is asked only where `fetch` says so. */
export async function judgeToken({ file, known, project, text, ...options }: TokenQuestion): Promise<TokenVerdict> {
  const decoded = await decodeToken(text);
  if (!decoded.ok) return { verdict: 'unreadable', problem: decoded.problem, message: decoded.message };
  const { token } = decoded;
  const answers: Answer[] = [];
  const { configs, environment } = file
    ? readFile(file, project, known)
    : { configs: [{ providers: [], open: false }], environment: undefined };
  for (const config of configs) {
    const providers = config.providers.map(({ json }) => json);
    const result = await verifyToken({ providers }, text, { ...options, ...(environment && { environment }) });
    if (!result.ok) return { verdict: 'unreadable', problem: result.problem, message: result.message };
    answers.push({ config, acceptance: result.acceptance, unreachable: result.unreachable });
  }
  return agree(answers, token);
}

interface Answer {
  readonly config: PossibleConfig;
  readonly acceptance: Acceptance;
  readonly unreachable: string | undefined;
}

interface FileReading {
  readonly configs: readonly PossibleConfig[];
  readonly environment: DeployEnvironment | undefined;
}

function readFile(file: SourceFile, project: Project, known: KnownEnvironment): FileReading {
  const { asked, environment } = recording(evaluationEnvironment(known, { forToken: true }));
  const configs = possibleConfigs(readAuthConfig(file, createEvaluator({ loader: project, environment, interpret })));
  if (!known.complete) return { configs, environment: undefined };
  const reads = allReads(file, project, asked).map(({ name }) => name);
  return {
    configs,
    environment: { reads: [...new Set(reads)].filter((name) => name !== 'NODE_ENV'), variables: known.complete },
  };
}

function agree(answers: readonly Answer[], token: Token): TokenVerdict {
  const [first] = answers;
  if (!first) {
    return unknown(
      token,
      'What auth.config exports can not be read from its text: it may come from a package, a module in a circle, or a file that does not parse.',
      'Write the providers as objects in the file itself.',
    );
  }
  const unreachable = answers.find((answer) => answer.unreachable !== undefined)?.unreachable;
  const undecided = answers.find((answer) => hingesOnUnknown(answer, token));
  if (undecided) return { ...whyUnknown(undecided, token), acceptance: undecided.acceptance };
  const accepted = answers.filter(({ acceptance }) => acceptance.accepted).length;
  if (accepted > 0 && accepted < answers.length) {
    return unknown(
      token,
      'Whether a provider accepts it depends on a condition in auth.config that can not be decided from here.',
      "Give the deployment's variables with --convex-env.",
    );
  }
  if (unreachable !== undefined)
    return {
      ...unknown(
        token,
        `The keys could not be had: ${unreachable}`,
        'Try again, or give the key set with --jwks <file>.',
      ),
      acceptance: first.acceptance,
    };
  const { acceptance, config } = first;
  return {
    verdict: acceptance.accepted ? 'accepted' : 'rejected',
    token,
    acceptance,
    place: placeOf(acceptance, config),
    address: acceptance.accepted ? shownAddress(config, acceptance.provider) : undefined,
  };
}

/** Whether the answer may be another one, if what is made up is something else. */
function hingesOnUnknown({ acceptance, config: { open, providers } }: Answer, token: Token): boolean {
  const inexact = acceptance.provider === undefined ? undefined : providers[acceptance.provider]?.inexact;
  const isMadeUp = (...names: readonly string[]): boolean => names.some((name) => inexact?.has(name) === true);
  if (acceptance.accepted) return isMadeUp('issuer', 'domain', 'applicationID', 'algorithm', 'type');
  switch (acceptance.stage) {
    case 'token':
      return false;
    case 'deploy':
      return acceptance.variable === undefined && isMadeUp(acceptance.property ?? '');
    case 'match':
      return open || providers.some((provider) => mayMatch(provider, token));
    default:
      return isMadeUp('jwks', 'algorithm');
  }
}

/** Whether a provider takes the token, if what is not known of it fits. */
function mayMatch(provider: ConcreteProvider, token: Token): boolean {
  const claims = readClaims(token.claims);
  if ('claim' in claims || claims.iss === undefined) return false;
  const audience = provider.inexact.has('applicationID') ? undefined : textOf(provider, 'applicationID');
  const address = addressOf(provider);
  if (address === undefined || (audience !== undefined && !claims.audiences.includes(audience))) return false;
  const known = knownStart(address);
  return known.length === address.length
    ? comparableIssuer(address) === comparableIssuer(claims.iss)
    : comparableIssuer(claims.iss).startsWith(known);
}

function whyUnknown({ config }: Answer, token: Token): Extract<TokenVerdict, { verdict: 'unknown' }> {
  const texts = config.providers
    .flatMap(({ inexact, json }) => [...inexact].map((name) => json[name]))
    .filter((value) => typeof value === 'string');
  const variables = [
    ...new Set(
      texts.flatMap((value) =>
        [...shownText(value).matchAll(/\$\{process\.env\.(\w+)\}/gu)].map(([, name = '']) => name),
      ),
    ),
  ];
  const issuer = typeof token.claims['iss'] === 'string' ? workosIssuer(token.claims['iss']) : undefined;
  if (variables.includes(CLIENT_ID_VARIABLE)) {
    const own =
      issuer?.kind === 'client'
        ? ` The token is of ${issuer.clientId}: Convex can take it only if its WORKOS_CLIENT_ID is the same.`
        : '';
    return unknown(
      token,
      `What WORKOS_CLIENT_ID is in the Convex deployment is not known.${own}`,
      'Run `npx convex env list` and give its output with --convex-env, or an env file with --env.',
    );
  }
  if (variables.length > 0) {
    return unknown(
      token,
      `What ${variables.join(' and ')} ${variables.length === 1 ? 'is' : 'are'} in the Convex deployment is not known.`,
      'Run `npx convex env list` and give its output with --convex-env.',
    );
  }
  return unknown(
    token,
    'Some of the providers can not be read from the text of auth.config.',
    'Write the providers as objects in the file itself.',
  );
}

function unknown(token: Token, reason: string, fix: string): Extract<TokenVerdict, { verdict: 'unknown' }> {
  return { verdict: 'unknown', token, reason, fix };
}

function placeOf(acceptance: Acceptance, { providers }: PossibleConfig): Place | undefined {
  const index = acceptance.accepted ? acceptance.provider : (acceptance.provider ?? acceptance.closest);
  const value = index === undefined ? undefined : providers[index]?.value;
  if (!value) return undefined;
  const property = acceptance.accepted ? undefined : acceptance.property;
  const reading = property === undefined ? undefined : readProperty(value, property);
  const { file, node } = reading?.node ?? value.from;
  return { file, offset: node.range[0] };
}

function shownAddress({ providers }: PossibleConfig, index: number): string | undefined {
  const provider = providers[index];
  const address = provider && addressOf(provider);
  return address === undefined ? undefined : shownText(address);
}
