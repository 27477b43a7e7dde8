/** Takes a token apart, or says what was given instead. No message has text of a token. */
import { readClaims } from '../acceptance/claims.ts';
import type { Token } from '../acceptance/types.ts';

/** No access token comes near this size, and no server takes a header of it. */
const MAX_LENGTH = 64 * 1024;

export type TokenProblem =
  | 'apiKey'
  | 'claimType'
  | 'empty'
  | 'encrypted'
  | 'malformed'
  | 'notJwt'
  | 'sealedSession'
  | 'several'
  | 'tooLong'
  | 'truncated'
  | 'unsigned';

export type DecodedToken =
  | { readonly ok: false; readonly problem: TokenProblem; readonly message: string }
  | { readonly ok: true; readonly token: Token; readonly compact: string };

/**
 * Decodes a token with jose, which is loaded at the first call. White space, quotes and `Bearer ` around it are taken
 * off, and of JSON or a header it is the token in it. Never throws; the signature is not verified here.
 */
export async function decodeToken(text: string): Promise<DecodedToken> {
  if (text.length > MAX_LENGTH) {
    return problem(
      'tooLong',
      `This is ${String(Math.ceil(text.length / 1024))} KiB long; a token has a few KiB at most.`,
    );
  }
  const found = findToken(text);
  if (typeof found !== 'string')
    return problem(
      'several',
      `There are ${String(found.tokens)} tokens in this text. Give the access token alone: what getAccessToken() returns.`,
    );
  const compact = found;
  const parts = compact.split('.');
  const strange = findStranger(compact, parts);
  if (strange !== undefined) return strange;

  const { decodeJwt, decodeProtectedHeader } = await import('jose');
  let token: Token;
  try {
    token = { header: { ...decodeProtectedHeader(compact) }, claims: { ...decodeJwt(compact) } };
  } catch {
    return problem(
      'malformed',
      'This has the three parts of a JWT, but its header or payload is not a JSON object: part of it is missing or was changed.',
    );
  }
  return findFlaw(token, parts[2] ?? '') ?? { ok: true, token, compact };
}

/**
 * The token in a text: the text itself without what a header puts before it, without the line ends of a terminal, or the only
 * token in JSON, a header, or a line of an env file. The text as it is where there is none.
 */
function findToken(text: string): string | { readonly tokens: number } {
  const bare = text
    .trim()
    .replace(/^(?:authorization:\s*)?bearer\s+/iu, '')
    .replace(/^(["'`])(.*)\1$/su, '$2')
    .trim();
  const whole = bare.replaceAll(/\s+/gu, '');
  if (/^[\w-]+(?:\.[\w-]*)+$/u.test(whole)) return whole;
  const tokens = new Set(
    Array.from(bare.matchAll(/(?<![\w.-])eyJ[\w-]*(?:\.[\w-]+)+(?=$|[\s"'`,;&)\]}>\\])/gu), ([token]) => token),
  );
  const [first = bare] = tokens;
  return tokens.size > 1 ? { tokens: tokens.size } : first;
}

/** What looks like something else than a signed JWT, before anything is decoded. */
function findStranger(compact: string, parts: readonly string[]): DecodedToken | undefined {
  if (compact === '') return problem('empty', 'The input is empty: there is no token.');
  if (/^(?:sk|pk)_/u.test(compact)) {
    return problem(
      'apiKey',
      'This is an API key, not a token. Treat it as leaked if it came from a browser. Take the access token that getAccessToken() returns.',
    );
  }
  if (/(?:^|[=\s"'])Fe26\.2/u.test(compact)) {
    return problem(
      'sealedSession',
      'This is the sealed session cookie (wos-session), not a token. Take the access token that getAccessToken() returns.',
    );
  }
  if (parts.length === 5) {
    return problem(
      'encrypted',
      'This is an encrypted token (JWE, five parts). Convex takes signed tokens (three parts) alone.',
    );
  }
  if (parts.length !== 3) {
    return problem(
      'notJwt',
      `This is not a JWT: it has ${String(parts.length)} ${parts.length === 1 ? 'part' : 'parts'}, and a JWT has three, with dots between them.`,
    );
  }
  const bad = parts.findIndex((part) => !/^[\w-]*$/u.test(part));
  if (bad !== -1) {
    return problem(
      'malformed',
      `The ${nameOf(bad)} of this token is not base64url: it holds a character that does not belong there.`,
    );
  }
  const cut = parts.findIndex((part) => part.length % 4 === 1);
  if (cut !== -1)
    return problem('truncated', `The ${nameOf(cut)} of this token is cut off: its base64 can't have this length.`);
  return undefined;
}

/** What was decoded and still is no token to judge. */
function findFlaw(token: Token, signature: string): DecodedToken | undefined {
  const { alg } = token.header;
  if (typeof alg === 'string' && alg.toLowerCase() === 'none') {
    return problem('unsigned', "This token is not signed (alg 'none'). Convex refuses it whatever the providers say.");
  }
  const bytes = Math.floor((signature.length * 3) / 4);
  if ((alg === 'RS256' && bytes < 256) || (alg === 'ES256' && bytes !== 64)) {
    return problem(
      'truncated',
      `The signature of this token has ${String(bytes)} bytes, and ${alg} has ${alg === 'RS256' ? 'at least 256' : '64'}: it is cut off.`,
    );
  }
  const claims = readClaims(token.claims);
  return 'claim' in claims
    ? problem('claimType', `${claims.reason} Convex can't read such a token ("Could not parse JWT payload").`)
    : undefined;
}

function nameOf(part: number): string {
  return ['header', 'payload', 'signature'][part] ?? 'end';
}

function problem(kind: TokenProblem, message: string): DecodedToken {
  return { ok: false, problem: kind, message };
}
