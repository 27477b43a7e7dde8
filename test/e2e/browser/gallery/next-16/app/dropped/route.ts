import { authkit } from '@workos-inc/authkit-nextjs';
import type { NextRequest } from 'next/server';

export async function GET(request: NextRequest) {
  const { session } = await authkit(request);
  return Response.json({ user: session.user?.email ?? null });
}
