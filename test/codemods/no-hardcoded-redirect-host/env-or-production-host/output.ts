import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({
  redirectUri:
    process.env.VERCEL_ENV === 'preview'
      ? `https://${process.env.VERCEL_URL}/callback`
      : process.env.SITE_REDIRECT || 'https://app.example/callback',
  debug: true,
});
