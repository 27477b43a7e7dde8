/** Text of the code as a message may show it: without secrets, without characters that a terminal acts upon, and not too long. */

/** Control characters (escape sequences begin with one), separators of lines, and those that turn the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/** `https://me:PASSWORD@host` */
const PASSWORD = /(?<user>\/\/[^\s#/:?@]*):[^\s#/?@]*@/gu;
/** `?api_key=…` */
const SECRET_PARAMETER =
  /(?<name>[?&;#][\w.-]*(?:auth|key|passw(?:or)?d|pwd|secret|sig|signature|token)=)[^\s#&'"`]+/giu;
/** Keys of WorkOS, Stripe and the like, tokens, and sealed sessions. */
const SECRET = /\b(?:sk|rk|whsec)_\w+|\beyJ[\w-]+\.[\w.-]*|\bFe26\.2[\w*.-]*/gu;

const MAX_SHOWN = 200;

/** A text on one line, with nothing in it that a terminal acts upon. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, '\uFFFD');
}

/** A text as a message may repeat it: printable, and without what `withoutKeys` takes away. */
export function redact(text: string): string {
  return withoutKeys(printable(text));
}

/** A text with `***` for passwords of URLs, values of secret parameters, keys and tokens. */
export function withoutKeys(text: string): string {
  return text.replace(PASSWORD, '$<user>:***@').replace(SECRET_PARAMETER, '$<name>***').replace(SECRET, '***');
}

/** A value as a message may quote it: as `redact` has it, and cut where it is too long to be read. */
export function redacted(text: string): string {
  const shown = redact(text.slice(0, 20 * MAX_SHOWN));
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown;
}
