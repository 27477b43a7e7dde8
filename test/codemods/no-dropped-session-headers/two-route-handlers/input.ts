import { authkit } from '@workos-inc/authkit-nextjs';
import type { NextRequest } from 'next/server';

export async function GET(request: NextRequest) {
  // authkit() reads the cookie of the request,
  // and has no need of headers().
  const { session } = await authkit(request);
  return Response.json({ id: session.user?.id, page: request.nextUrl.searchParams.get('page') });
}

export async function DELETE(request: NextRequest) {
  // The user alone.
  const {
    session: { user },
  } = await authkit(request);
  return Response.json({ removed: user?.id });
}
