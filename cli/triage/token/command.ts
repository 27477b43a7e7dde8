/** `triage --token`: whether Convex accepts one token, in full. */
import { resolve } from 'node:path';
import { isJsonTooDeep } from '../../../analysis/syntax/nesting.ts';
import { loadAuthConfig, type LoadedConfig } from './config.ts';
import { EXIT, type ExitCode } from '../../command.ts';
import type { Terminal } from '../../output/terminal.ts';
import { readArguments, UsageError } from '../../usage.ts';
import { workosIssuer } from '../../../playbook/auth-config/acceptance/issuer.ts';
import { readKeySet } from '../../../playbook/auth-config/acceptance/key-set.ts';
import {
  knownEnvironment,
  type KnownEnvironment,
  withVariables,
} from '../../../playbook/auth-config/read/environment.ts';
import { CLIENT_ID_VARIABLE } from '../../../playbook/auth-config/read/placeholders.ts';
import { judgeToken, type TokenVerdict } from '../../../playbook/auth-config/token/token-verdict.ts';
import { looksSecret, readConvexEnv, readInput, readVariables, shownPath } from '../evidence/inputs.ts';
import { machineReadable, readable, type TokenReport } from './report.ts';

interface Options {
  readonly token: string;
  readonly convexEnv: string | undefined;
  readonly envFiles: readonly string[];
  readonly jwks: string | undefined;
  readonly verify: boolean;
  readonly showClaims: boolean;
  readonly json: boolean;
  readonly path: string;
}

/** Runs `triage` with a token. */
export async function runToken(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const options = optionsFrom(argv);
  const { cwd } = terminal;
  const input = (path: string, option: string): Promise<string> =>
    readInput(path, { cwd, option, stdin: process.stdin });
  if (options.token === '-' && process.stdin.isTTY)
    terminal.err('Paste the token, and press Ctrl+D on a line of its own.\n');
  const text = options.token === '-' ? await input('-', '--token') : options.token;
  const convexEnv =
    options.convexEnv === undefined ? undefined : readConvexEnv(await input(options.convexEnv, '--convex-env'));
  const envFiles: Record<string, string>[] = [];
  for (const path of options.envFiles) envFiles.push(readVariables(await input(path, '--env')));
  const keySet =
    options.jwks === undefined ? undefined : { text: await input(options.jwks, '--jwks'), name: options.jwks };

  const loaded = loadAuthConfig(options.path, cwd);
  const known = environmentFor(loaded, { convexEnv, envFiles, shell: terminal.env });
  const judged = isNested(text) ? NESTED : await verdictOf(loaded, { text, known, keySet, fetch: options.verify });
  const isFile =
    judged.verdict === 'unreadable' &&
    options.token !== '-' &&
    loaded.project.facts.kind(resolve(cwd, options.token)) === 'file';
  const verdict: TokenVerdict = isFile
    ? {
        ...judged,
        message: `${shownPath(options.token)} is a file: give what is in it with \`--token - < ${options.token}\`.`,
      }
    : judged;
  const report: TokenReport = {
    verdict,
    loaded,
    known,
    verified: options.verify || keySet !== undefined,
    showClaims: options.showClaims,
  };
  terminal.out(options.json ? machineReadable(report) : readable(report, terminal));
  return exitCodeOf(verdict);
}

const NESTED: TokenVerdict = {
  verdict: 'unreadable',
  problem: 'malformed',
  message: 'The claims of this token are nested too deeply to be read.',
};

// What reads claims, or prints them, recurses.
function isNested(text: string): boolean {
  return text.split('.').some((part) => isJsonTooDeep(Buffer.from(part, 'base64url').toString('utf8')));
}

function optionsFrom(argv: readonly string[]): Options {
  const { positionals, values } = readArguments(argv, {
    token: { type: 'string' },
    'convex-env': { type: 'string' },
    // Not `env-file`: Node.js reads the file of an option by that name itself, and does what NODE_OPTIONS in it says.
    env: { type: 'string', multiple: true },
    jwks: { type: 'string' },
    verify: { type: 'boolean' },
    'show-claims': { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const {
    'convex-env': convexEnv,
    env: envFiles = [],
    jwks,
    json = false,
    'show-claims': showClaims = false,
    token,
    verify = false,
  } = values;
  if (positionals.some(looksSecret))
    throw new UsageError('A token is given with --token, or with --token - from standard input.');
  if (token === undefined) throw new UsageError('triage needs a token: --token -, and the token on standard input.');
  const [path = '.', second] = positionals;
  if (second !== undefined) throw new UsageError('triage looks at one folder or one auth.config file at a time.');
  if ([token, convexEnv, jwks, ...envFiles].filter((one) => one === '-').length > 1)
    throw new UsageError('Standard input can be read once: give - to one option alone.');
  if (verify && jwks !== undefined) throw new UsageError('--verify and --jwks exclude each other.');
  return { token, convexEnv, envFiles, jwks, verify, showClaims, json, path };
}

export interface Given {
  readonly convexEnv: Readonly<Record<string, string>> | undefined;
  readonly envFiles: readonly Readonly<Record<string, string>>[];
  readonly shell: Readonly<Record<string, string | undefined>>;
}

export function environmentFor(
  { path, project }: LoadedConfig,
  { convexEnv, envFiles, shell }: Given,
): KnownEnvironment {
  const found = knownEnvironment(project, path, { shell });
  if (convexEnv) return withVariables(found, convexEnv, { source: '--convex-env', isComplete: true });
  // Of several files the first has the last word, as with Next.js.
  return envFiles.length > 0
    ? withVariables(found, Object.assign({}, ...[...envFiles].reverse()) as Record<string, string>, {
        source: '--env',
        isComplete: false,
      })
    : found;
}

export interface TokenEvidence {
  readonly text: string;
  readonly known: KnownEnvironment;
  readonly keySet: { readonly text: string; readonly name: string } | undefined;
  readonly fetch: boolean;
  /** Seconds since 1970, where it is judged at another time than now. */
  readonly now?: number;
}

export async function verdictOf(
  { file, problem, project }: LoadedConfig,
  { fetch, keySet, known, now, text }: TokenEvidence,
): Promise<TokenVerdict> {
  const judge = (environment: KnownEnvironment): Promise<TokenVerdict> =>
    judgeToken({
      text,
      file,
      project,
      known: environment,
      fetch: fetch && problem === undefined,
      ...(keySet && { keySet }),
      ...(now !== undefined && { now }),
    });
  // Where auth.config can't be read, the token is still looked at: it may be what is wrong.
  const first = await judge(known);
  const verdict = problem === undefined ? ((await rejectedAnyway(first, known, judge)) ?? first) : first;
  if (verdict.verdict === 'unreadable') return verdict;
  const { token } = verdict;
  if (problem !== undefined) return { verdict: 'unknown', token, ...problem };
  const keys = keySet && readKeySet(keySet.text, keySet.name);
  return keys?.ok === false
    ? {
        verdict: 'unknown',
        token,
        reason: `What --jwks names is not a key set. ${keys.reason}`,
        fix: 'Give the JSON that https://api.workos.com/sso/jwks/<client id> returns.',
      }
    : verdict;
}

/** Where the client id is not known: the verdict if it is the token's own, when Convex rejects the token even then. */
async function rejectedAnyway(
  verdict: TokenVerdict,
  known: KnownEnvironment,
  judge: (known: KnownEnvironment) => Promise<TokenVerdict>,
): Promise<TokenVerdict | undefined> {
  if (verdict.verdict !== 'unknown' || known.clientIds.length > 0) return undefined;
  const { iss } = verdict.token.claims;
  const issuer = typeof iss === 'string' ? workosIssuer(iss) : undefined;
  if (issuer?.kind !== 'client') return undefined;
  const own = { [CLIENT_ID_VARIABLE]: issuer.clientId };
  const assumed = await judge(withVariables(known, own, { source: 'the token', isComplete: false }));
  return assumed.verdict === 'rejected' ? assumed : undefined;
}

function exitCodeOf({ verdict }: TokenVerdict): ExitCode {
  if (verdict === 'accepted') return EXIT.done;
  return verdict === 'rejected' ? EXIT.findings : EXIT.failed;
}
