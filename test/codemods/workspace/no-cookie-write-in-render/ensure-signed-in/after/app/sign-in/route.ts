import { getSignInUrl } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

export async function GET(request: Request) {
  redirect(
    await getSignInUrl({
      returnTo: new URL(request.url).searchParams.get('returnTo') ?? undefined,
    }),
  );
}
