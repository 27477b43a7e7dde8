/** Whether Convex accepts the tokens of a case. Nothing of a token is repeated, but what its claims have to do with providers. */
import type { TokenVerdict } from '../../playbook/auth-config/token/token-verdict.ts';
import { decodeToken } from '../../playbook/auth-config/token/token-decode.ts';
import { positionAt } from '../../analysis/syntax/source-file.ts';
import { redact } from '../../analysis/texts/redact.ts';
import { shownText } from '../../playbook/auth-config/read/placeholders.ts';
import type { Symptom } from '../../playbook/evidence/symptoms.ts';
import type { Terminal } from '../output/terminal.ts';
import { UsageError } from '../usage.ts';
import { type Case, symptom } from './evidence/case.ts';
import { hidden } from './evidence/inputs.ts';
import { environmentFor, verdictOf } from './token/command.ts';
import { loadAuthConfig, type LoadedConfig } from './token/config.ts';

export interface Judged {
  readonly symptoms: readonly Symptom[];
  /** Why, and where: for the answer that Convex rejects the token. */
  readonly details: readonly string[];
  readonly notes: readonly string[];
  readonly isKnown: boolean;
}

const NOTHING: Judged = { symptoms: [], details: [], notes: [], isKnown: true };

/** Judges each token of a case by the project's auth.config. Never throws for what a token is. */
export async function judgeTokens(given: Case, project: string, terminal: Terminal): Promise<Judged> {
  if (given.tokens.length + given.claims.length === 0) return NOTHING;
  let loaded: LoadedConfig;
  try {
    loaded = loadAuthConfig(project, terminal.cwd);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...NOTHING, notes: [`a token was found, but not judged: ${error.message}`], isKnown: false };
  }
  const known = environmentFor(loaded, { convexEnv: given.convexEnv, envFiles: [], shell: terminal.env });
  const judge = (text: string, now: number | undefined): Promise<TokenVerdict> =>
    verdictOf(loaded, { text, known, keySet: undefined, fetch: false, ...(now !== undefined && { now }) });
  const judged: Judged[] = [];
  for (const text of given.tokens) {
    const { age, now } = await ageOf(text);
    judged.push(judgedOf(await judge(text, now), age, loaded, given.convexEnv));
  }
  for (const claims of given.claims) {
    const verdict = await judge(unsigned(claims), undefined);
    if (isByClaims(verdict)) judged.push(judgedOf(verdict, '', loaded, given.convexEnv));
  }
  return {
    symptoms: judged.flatMap(({ symptoms }) => symptoms),
    details: judged.flatMap(({ details }) => details),
    notes: judged.flatMap(({ notes }) => notes),
    isKnown: judged.every(({ isKnown }) => isKnown),
  };
}

/** Whether issuer and audience decided. Of claims without their token, nothing else can be said. */
const isByClaims = (verdict: TokenVerdict): boolean =>
  verdict.verdict === 'rejected' &&
  !verdict.acceptance.accepted &&
  (verdict.acceptance.stage === 'match' || verdict.acceptance.stage === 'deploy');

/** A token that has these claims, with what every token of AuthKit has, and no signature that anyone could have made. */
function unsigned(claims: Readonly<Record<string, unknown>>): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const always = { sub: 'user', iat: now - 1, exp: now + 300 };
  return `${part({ alg: 'RS256', kid: 'unknown' })}.${part({ ...claims, ...always })}.${'A'.repeat(342)}`;
}

/** AuthKit's tokens live for five minutes: one that someone pastes has expired, and is judged at the time when it was issued. */
async function ageOf(text: string): Promise<{ readonly age: string; readonly now: number | undefined }> {
  const decoded = await decodeToken(text);
  const { exp, iat } = decoded.ok ? decoded.token.claims : {};
  const clock = Date.now() / 1000;
  if (typeof exp !== 'number' || typeof iat !== 'number' || exp > clock) return { age: '', now: undefined };
  return {
    age: `it expired ${durationOf(clock - exp)} ago, which is normal for a copied token, so it was judged at the time of its issue`,
    now: iat + 1,
  };
}

const UNITS = [
  { name: 'second', seconds: 1, until: 120 },
  { name: 'minute', seconds: 60, until: 7200 },
  { name: 'hour', seconds: 3600, until: 172_800 },
  { name: 'day', seconds: 86_400, until: Infinity },
] as const;

function durationOf(seconds: number): string {
  const unit = UNITS.find(({ until }) => seconds < until) ?? UNITS[3];
  const number = (seconds / unit.seconds).toFixed(0);
  return `${number} ${unit.name}${number === '1' ? '' : 's'}`;
}

function judgedOf(verdict: TokenVerdict, age: string, loaded: LoadedConfig, env: Case['convexEnv'] = {}): Judged {
  const hide = (text: string): string => redact(shownText(hidden(text, Object.values(env))));
  const aged = age === '' ? '' : ` (${age})`;
  if (verdict.verdict === 'unreadable')
    return { ...NOTHING, notes: [`a token was found, but not judged: ${redact(verdict.message)}`], isKnown: false };
  if (verdict.verdict === 'unknown' && typeof verdict.token.header['kid'] !== 'string') {
    const seen = `the token has no kid, so Convex cannot find its key, whatever auth.config says${aged}`;
    return { ...NOTHING, symptoms: [symptom('convexRejects', seen)] };
  }
  if (verdict.verdict === 'unknown')
    return {
      ...NOTHING,
      notes: [
        `whether Convex accepts the token is not known${aged}: ${hide(verdict.reason)} Give the output of npx convex env list --include-values as well.`,
      ],
      isKnown: false,
    };
  const file = loaded.project.display(loaded.path);
  if (verdict.acceptance.accepted) {
    const by = verdict.acceptance.provider;
    return { ...NOTHING, notes: [`Convex accepts the token by provider ${String(by)} of ${file}${aged}`] };
  }
  const { acceptance, place } = verdict;
  const where = place
    ? `${loaded.project.display(place.file.path)}:${String(positionAt(place.file.text, place.offset).line)}`
    : file;
  return {
    ...NOTHING,
    symptoms: [symptom('convexRejects', `Convex rejects the token: ${acceptance.code}${aged}`)],
    details: [hide(acceptance.reason), `${where}: ${hide(acceptance.fix)}`],
  };
}
