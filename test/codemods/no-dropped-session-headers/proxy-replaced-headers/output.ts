import {
  authkit,
  partitionAuthkitHeaders,
  handleAuthkitHeaders,
} from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';

export default async function proxy(request: NextRequest) {
  const { session, headers } = await authkit(request);
  if (request.nextUrl.pathname === '/about') {
    return handleAuthkitHeaders(request, headers);
  }

  // The page reads the locale.
  const response = NextResponse.next({
    request: {
      headers: partitionAuthkitHeaders(request, headers).requestHeaders,
    },
  });
  for (const cookie of headers.getSetCookie()) {
    response.headers.append('set-cookie', cookie);
  }
  if (session.user) response.headers.set('x-signed-in', '1');
  return response;
}
