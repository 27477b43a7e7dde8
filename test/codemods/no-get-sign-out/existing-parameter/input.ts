import { cookies } from 'next/headers';
import { type NextRequest, NextResponse } from 'next/server';

export async function GET({ nextUrl }: NextRequest): Promise<NextResponse> {
  (await cookies()).delete('wos-session');
  return NextResponse.redirect(new URL('/', nextUrl));
}

export { GET as POST };
