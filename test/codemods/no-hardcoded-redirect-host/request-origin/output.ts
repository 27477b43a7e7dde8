import { getSignInUrl } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

export async function GET(request: Request) {
  const redirectUri = new URL('/callback', request.url).toString();
  redirect(
    await getSignInUrl({
      redirectUri:
        process.env.VERCEL_ENV === 'preview'
          ? `https://${process.env.VERCEL_BRANCH_URL}/callback`
          : redirectUri,
    }),
  );
}
