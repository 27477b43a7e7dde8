import { authkit } from '@workos-inc/authkit-nextjs';
import type { NextRequest } from 'next/server';

export async function GET(request: NextRequest) {
  const { session } = await authkit(request);
  return Response.json({ id: session.user?.id, page: request.nextUrl.searchParams.get('page') });
}

export async function DELETE(request: NextRequest) {
  const {
    session: { user },
  } = await authkit(request);
  return Response.json({ removed: user?.id });
}
