/** Paths whose name says that they sign users out, and those of NextAuth, which says so of a page that asks first. */

/** Whether the last segment is a name for signing out: `sign-out`, `signout`, `log-out`, `logout`, `logoff`, any case. */
export function hasSignOutName(pathname: string): boolean {
  const last = pathname.split('/').findLast(Boolean) ?? '';
  return /^(?:sign[-_]?out|log[-_]?(?:out|off))$/iu.test(last);
}

/** The route of NextAuth that asks for a confirmation, where no one moved it. */
export function isNextAuthSignOut(pathname: string): boolean {
  return /^\/api\/auth\/signout$/u.test(pathname);
}

/** The file of NextAuth's routes: the one for signing out shows a page that asks for a confirmation. */
export function isNextAuthRoute(path: string): boolean {
  return /\[\.{3}nextauth\]/iu.test(path);
}
