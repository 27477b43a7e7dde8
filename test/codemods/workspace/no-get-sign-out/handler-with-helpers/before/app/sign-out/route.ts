import { signOut } from '@workos-inc/authkit-nextjs';
import { type NextRequest, NextResponse } from 'next/server';

export const runtime = 'nodejs';

/** Where people land. */
const home = () => process.env.APP_URL ?? '/';

export const GET = async (request: NextRequest): Promise<NextResponse> => {
  await signOut({ returnTo: home() });
  return NextResponse.redirect(new URL('/', request.url));
};
