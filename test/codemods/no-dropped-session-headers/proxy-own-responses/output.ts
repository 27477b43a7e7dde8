import { authkit, handleAuthkitProxy } from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';

export default async function proxy(request: NextRequest) {
  const auth = await authkit(request);
  if (auth.session.user && request.nextUrl.pathname === '/old') {
    const url = request.nextUrl.clone();
    url.pathname = '/new';
    return NextResponse.redirect(url);
  }
  if (auth.session.user && request.nextUrl.pathname === '/api') return NextResponse.json({ ok: true });
  if (auth.session.user) return handleAuthkitProxy(request, auth.headers);
  return handleAuthkitProxy(request, auth.headers);
}
