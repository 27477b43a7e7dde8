import { signOut, withAuth } from '@workos-inc/authkit-nextjs';

export async function GET(request: Request) {
  if (request.headers.has('RSC') || request.headers.has('Next-Router-Prefetch')) {
    return new Response(null, { status: 204 });
  }
  const { user } = await withAuth();
  console.log({ event: 'signed out by the menu of the account', user: user?.id, isDone: true });
  await signOut();
}
