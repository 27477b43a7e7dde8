import { authkit } from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';

// Who is there, for the header of the page.
export const GET = async (request: NextRequest) => {
  const { session } = await authkit(request);

  if (!session.user) return NextResponse.json({ error: 'not signed in' }, { status: 401 });
  return NextResponse.json({ name: session.user.firstName });
};
