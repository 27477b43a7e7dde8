import { getSignInUrl } from '@workos-inc/authkit-nextjs';
import { redirect } from 'next/navigation';

export const GET = async (request: Request) => {
  redirect(await getSignInUrl({ redirectUri: new URL('/done', request.url).href }));
};
