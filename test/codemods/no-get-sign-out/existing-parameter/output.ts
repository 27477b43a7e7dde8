import { cookies } from 'next/headers';
import { type NextRequest, NextResponse } from 'next/server';

export async function GET({
  headers,
  nextUrl,
}: NextRequest): Promise<NextResponse> {
  if (headers.has('RSC') || headers.has('Next-Router-Prefetch')) {
    return new NextResponse(null, { status: 204 });
  }
  (await cookies()).delete('wos-session');
  return NextResponse.redirect(new URL('/', nextUrl));
}

export { GET as POST };
