/** Text of the code as a message may show it: without secrets, and not longer than a person reads. */

const MAX_SHOWN = 200;

/** `https://me:PASSWORD@host` */
const PASSWORD = /(?<user>\/\/[^\s#/:?@]*):[^\s#/?@]*@/gu;
/** `?api_key=…` */
const SECRET_PARAMETER = /(?<name>[?&][\w.-]*(?:key|passw(?:or)?d|pwd|secret|signature|token)=)[^\s#&]+/giu;
/** Keys of WorkOS, Stripe and the like, and tokens. */
const SECRET = /\b(?:sk|whsec)_\w+|\beyJ[\w-]+\.[\w.-]*/gu;

/** A text as it may be shown: passwords of URLs and values of secret parameters are `***`, and what is too long is cut. */
export function redacted(text: string): string {
  const shown = text
    .slice(0, 20 * MAX_SHOWN)
    .replace(PASSWORD, '$<user>:***@')
    .replace(SECRET_PARAMETER, '$<name>***')
    .replace(SECRET, '***');
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown;
}
