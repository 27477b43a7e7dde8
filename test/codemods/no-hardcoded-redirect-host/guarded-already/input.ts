import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({
  redirectUri: process.env.VERCEL_ENV === 'preview' ? 'https://app-git-next.vercel.app/callback' : process.env.SITE_REDIRECT,
});
