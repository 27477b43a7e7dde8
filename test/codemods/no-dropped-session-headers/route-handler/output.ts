import { withAuth } from '@workos-inc/authkit-nextjs';
import { NextResponse } from 'next/server';

// Who is there, for the header of the page.
export const GET = async () => {
  const session = await withAuth();

  if (!session.user) return NextResponse.json({ error: 'not signed in' }, { status: 401 });
  return NextResponse.json({ name: session.user.firstName });
};
