import { authkit } from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';

export default async function proxy(request: NextRequest) {
  const { session, headers, authorizationUrl } = await authkit(request);
  const { pathname } = request.nextUrl;

  if (pathname.startsWith('/app') && !session.user && authorizationUrl) {
    return NextResponse.redirect(authorizationUrl);
  }
  // People who are signed in have no use for the front page.
  if (pathname === '/' && session.user) {
    return NextResponse.redirect(new URL('/app', request.url));
  }
  if (pathname === '/about') return NextResponse.next({ headers });
  return NextResponse.next();
}
