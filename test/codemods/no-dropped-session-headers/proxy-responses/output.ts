import { authkit, handleAuthkitHeaders } from '@workos-inc/authkit-nextjs';
import { type NextRequest } from 'next/server';

export default async function proxy(request: NextRequest) {
  const { session, headers, authorizationUrl } = await authkit(request);
  const { pathname } = request.nextUrl;

  if (pathname.startsWith('/app') && !session.user && authorizationUrl) {
    return handleAuthkitHeaders(request, headers, {
      redirect: authorizationUrl,
    });
  }
  // People who are signed in have no use for the front page.
  if (pathname === '/' && session.user) {
    return handleAuthkitHeaders(request, headers, {
      redirect: new URL('/app', request.url),
    });
  }
  if (pathname === '/about') return handleAuthkitHeaders(request, headers);
  return handleAuthkitHeaders(request, headers);
}
