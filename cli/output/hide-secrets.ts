/** Lines of someone's code as they may be shown: a secret that is written in them is replaced. */
import { printable, withoutKeys } from '../../analysis/texts/redact.ts';

/** What a name ends with whose value is a secret, and what is between the two: `cookiePassword: '…'`, `process.env.API_KEY ?? '…'`. */
const NAMED =
  /(?:passw(?:or)?d|passphrase|pwd|secret|token|(?:api|access|private|secret|signing|encryption)_?key)s?["'\]]?\s*(?::\s*string\s*)?(?:[:=]|\?\?=?|\|\|=?)\s*(?<quote>["'`])(?<value>[^"'`\s]+)\k<quote>/giu;
/** Of an env file. */
const VARIABLE = /^(?:export\s+)?\w*(?:PASSWORD|SECRET|TOKEN|_KEY)\w*\s*=\s*["']?(?<value>[^\s"'#]+)/gmu;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----(?<value>[\s\S]+?)-----END/gu;

/** A shorter value is a word: `type: 'token'`, `password: 'password'`. */
const MIN_LENGTH = 16;

/** The values in a text that no one else is to read. */
export function secretsIn(text: string): ReadonlySet<string> {
  const found = [NAMED, VARIABLE, PRIVATE_KEY].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ groups }) => (groups?.['value'] ?? '').split(/\s+|\\n/u)),
  );
  return new Set(found.filter((value) => value.length >= MIN_LENGTH && !isHarmless(value)));
}

// Paths and URLs are what people compare; a password in a URL is replaced for itself. What is put together at run time is not written there.
const isHarmless = (value: string): boolean => /^(?:\.{0,2}\/|https?:)|\$\{/u.test(value);

/** A text with `***` for these values, and for whatever looks like a key, a token or a password in a URL. */
export function withoutSecrets(text: string, secrets: ReadonlySet<string>): string {
  let shown = withoutKeys(text);
  for (const secret of secrets) shown = shown.replaceAll(secret, '***');
  return shown;
}

/** A line of code for a terminal. */
export function shownLine(line: string, secrets: ReadonlySet<string>): string {
  return printable(withoutSecrets(line, secrets).replaceAll('\t', '    '));
}

/** What to say below a diff in which something was replaced. */
export const SECRETS_HIDDEN =
  "Secrets that are written in the code are shown as ***. Such a diff is not for 'git apply'.";
