/** Tokens that look like those of AuthKit; no one signed them. */

/** A compact JWT with these claims over those that every token has. */
export function tokenOf(claims: Readonly<Record<string, unknown>>): string {
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signature = Buffer.alloc(256, 7).toString('base64url');
  return [
    encoded({ alg: 'RS256', kid: 'key_1', typ: 'JWT' }),
    encoded({ sub: 'user_1', iat: 1_700_000_000, exp: 4_000_000_000, ...claims }),
    signature,
  ].join('.');
}
