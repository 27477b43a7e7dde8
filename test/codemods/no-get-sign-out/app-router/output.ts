import { signOut } from '@workos-inc/authkit-nextjs';

export const dynamic = 'force-dynamic';

/** Ends the session here and at WorkOS. */
export async function GET(request: Request) {
  if (
    request.headers.has('RSC') ||
    request.headers.has('Next-Router-Prefetch')
  ) {
    return new Response(null, { status: 204 });
  }
  // The home page is registered as a sign-out redirect.
  await signOut({ returnTo: 'https://example.com/' });
}
