import { withAuth } from '@workos-inc/authkit-nextjs';
import type { NextRequest } from 'next/server';

export async function GET(request: NextRequest) {
  const session = await withAuth();
  return Response.json({ id: session.user?.id, page: request.nextUrl.searchParams.get('page') });
}

export async function DELETE() {
  // The user alone.
  const { user } = await withAuth();
  return Response.json({ removed: user?.id });
}
