import { signOut } from '@workos-inc/authkit-nextjs';
import type { NextRequest } from 'next/server';

export async function GET(request: NextRequest) {
  await signOut({ returnTo: request.nextUrl.searchParams.get('returnTo') ?? '/' });
}
