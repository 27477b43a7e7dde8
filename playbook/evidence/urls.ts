/** URLs of evidence as a report may repeat them: where they lead, and nothing that may be a secret or name a person. */
import { redact } from '../../analysis/texts/redact.ts';

/** A path without query and fragment: `/sign-out` of `https://a.example/sign-out?_rsc=x`. What may be a secret in it is hidden. */
export function pathOf(url: string): string {
  const plain = /^(?:[a-z]+:\/\/[^/?#]*)?(?<path>\/[^?#\s]*)/iu.exec(url)?.groups?.['path'];
  return plain === undefined ? '/' : shownPath(plain.slice(0, 300));
}

/** The host of a URL, without user, password and port; empty where it has none. */
export function hostOf(url: string): string {
  return /^[a-z]+:\/\/(?:[^/?#]*@)?(?<host>[\w.-]+)/iu.exec(url)?.groups?.['host'] ?? '';
}

/** A redirect URI: origin and path. */
export function shownUri(encoded: string): string {
  try {
    const url = new URL(decodeURIComponent(encoded));
    return `${url.origin}${shownPath(url.pathname)}`;
  } catch {
    return '(no URL)';
  }
}

function shownPath(path: string): string {
  return redact(path.split('/').map(shownSegment).join('/'));
}

/** Ids, codes and addresses are hidden; names of routes are not. */
function shownSegment(segment: string): string {
  const isAddress = /@|%40/iu.test(segment);
  const isLong = segment.length > 40;
  const isCode = segment.length >= 16 && /\d/u.test(segment) && /[a-z]/iu.test(segment);
  return isAddress || isLong || isCode ? '…' : segment;
}

/** Whether a URL (or a line that has one in it) is WorkOS's logout. */
export const signsOut = (text: string, path = ''): boolean =>
  text.includes('/user_management/sessions/logout') || (hasSignOutName(path) && text.includes('logout'));

/** Whether a path is named like one that signs users out. */
export const hasSignOutName = (path: string): boolean => /(?:sign|log)[-_]?(?:out|off)$/iu.test(path);

/** Whether a path is named like one that starts a sign-in. */
export const hasSignInName = (path: string): boolean =>
  /(?:(?:sign|log)[-_]?(?:in|up)|\/auth(?:\/start)?)$/iu.test(path);

/** Whether a URL (or a line that has one in it) is WorkOS's sign-in. */
export const startsSignIn = (text: string): boolean => /\/(?:user_management|sso)\/authorize\b/u.test(text);
