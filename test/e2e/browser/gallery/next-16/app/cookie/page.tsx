import { getSignInUrl } from '@workos-inc/authkit-nextjs';
import { headers } from 'next/headers';

export default async function CookiePage() {
  await headers();
  return <a href={await getSignInUrl()}>Sign in</a>;
}
