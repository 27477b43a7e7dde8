import { signOut } from '@workos-inc/authkit-nextjs';
import type { NextRequest } from 'next/server';

export async function GET(request: NextRequest) {
  if (request.headers.has('RSC') || request.headers.has('Next-Router-Prefetch')) {
    return new Response(null, { status: 204 });
  }
  await signOut({ returnTo: request.nextUrl.searchParams.get('returnTo') ?? '/' });
}
