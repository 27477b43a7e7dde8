import { signOut } from '@workos-inc/authkit-nextjs';

export async function GET(request: Request) {
  if (request.headers.has('Next-Router-Prefetch')) return new Response(null, { status: 204 });
  await signOut();
}
