/**
 * Asks a `jwks` address as Convex does: `GET` with `Accept: application/json`, redirects followed, 200 and a content
 * type of JSON required. The only network access of the playbook, and only where it is called for.
 *
 * Source: get-convex/convex-backend `crates/authentication/src/lib.rs` (`fetch_jwks`),
 * `crates/local_backend/src/lib.rs` (the redirect policy of the client).
 */
import { contentTypeError, unfetchableError, type ConvexError } from '../acceptance/convex-errors.ts';
import { jwksName, localKeySet, readKeySet } from '../acceptance/key-set.ts';
import type { KeySetAnswer } from '../acceptance/types.ts';

const TIME_LIMIT_MS = 5000;
const MAX_BYTES = 1024 * 1024;
const MEDIA_TYPES: ReadonlySet<string> = new Set(['application/json', 'application/jwk-set+json']);

/** `unreachable` says nothing of what Convex gets: it may reach what this machine can't, and wait longer. */
export type LoadedKeys =
  | { readonly status: 'answered'; readonly answer: KeySetAnswer }
  | { readonly status: 'unreachable'; readonly reason: string };

export interface LoadOptions {
  readonly timeLimitMs?: number;
}

/** The keys at an address; `data:` URIs need no network. Never throws. */
export async function loadKeys(jwks: string, { timeLimitMs = TIME_LIMIT_MS }: LoadOptions = {}): Promise<LoadedKeys> {
  const local = localKeySet(jwks);
  if (local !== undefined) return { status: 'answered', answer: local };
  const name = jwksName(jwks);
  const signal = AbortSignal.timeout(timeLimitMs);
  try {
    const response = await fetch(jwks, { headers: { accept: 'application/json' }, redirect: 'follow', signal });
    const refusal = findRefusal(response, name);
    if (refusal !== undefined) {
      await response.body?.cancel();
      return { status: 'answered', answer: refusal };
    }
    const text = await readBody(response);
    if (text === undefined) return { status: 'unreachable', reason: `${name} returns more than a key set can hold.` };
    return { status: 'answered', answer: readKeySet(text, name) };
  } catch (error) {
    return {
      status: 'unreachable',
      reason: signal.aborted
        ? `${name} did not respond within ${String(timeLimitMs)} ms.`
        : `${name} can't be reached from here (${causeOf(error)}).`,
    };
  }
}

function findRefusal(response: Response, name: string): KeySetAnswer | undefined {
  const moved = response.redirected ? ` after a redirect to ${jwksName(response.url)}` : '';
  if (response.status !== 200) {
    // Loaded for this alone: it takes as long as a tenth of the plugin.
    const { STATUS_CODES } = process.getBuiltinModule('node:http');
    const status = `HTTP ${String(response.status)} ${STATUS_CODES[response.status] ?? 'Unknown'}`;
    return refusal(unfetchableError(name, status), `The address returns ${status}${moved}.`);
  }
  const contentType = response.headers.get('content-type') ?? undefined;
  if (contentType !== undefined && isJson(contentType)) return undefined;
  return refusal(
    contentTypeError(name, contentType),
    contentType === undefined
      ? `The address names no content type${moved}.`
      : `The address returns ${contentType}${moved}, not with JSON.`,
  );
}

function isJson(contentType: string): boolean {
  const [essence = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice('charset='.length)
    .replaceAll('"', '');
  return MEDIA_TYPES.has(essence) && (charset === undefined || charset === 'utf-8');
}

async function readBody(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const chunk of response.body) {
      if (!(chunk instanceof Uint8Array)) continue;
      size += chunk.byteLength;
      if (size > MAX_BYTES) return undefined;
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The system's code (`ECONNREFUSED`), which is all that fetch reports of use. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string')
    return cause.code;
  return 'network error';
}

function refusal(error: ConvexError, reason: string): KeySetAnswer {
  return { ok: false, code: error.code, error: error.error, reason };
}
