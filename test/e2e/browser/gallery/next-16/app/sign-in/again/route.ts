import { getSignInUrl } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

/** Brings users back to the page that has sent them here. */
export async function GET(request: Request) {
  redirect(await getSignInUrl({ returnTo: new URL(request.headers.get('referer') ?? '/', request.url).href }));
}
