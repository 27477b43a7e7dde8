/** Claims as they may be shown: without what names a person or a session. */
import type { Token } from '../acceptance/types.ts';

const HIDDEN = '(hidden)';

/** Claims by name that tell who it is; `act` is the impersonator. */
const PERSONAL =
  /^(?:act|address|birthdate|jti|nickname|phone.*|picture|preferred_username|profile|s(?:ession_)?id|sub|user(?:_?id)?|.*name)$/iu;
const EMAIL = /[^\s@]@[^\s@]/u;
/** Something that opens a door: a token inside the token, an API key. */
const SECRET = /^(?:eyJ[\w-]+\.|sk_|Fe26\.2)/u;

/** The claims with personal values and secrets replaced, at any depth. Names of claims stay. */
export function shownClaims(claims: Token['claims']): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      /e-?mail/iu.test(name) || PERSONAL.test(name) ? HIDDEN : shown(value),
    ]),
  );
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return EMAIL.test(value) || SECRET.test(value) ? HIDDEN : value;
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value === 'object' && value !== null) return shownClaims({ ...value });
  return value;
}
