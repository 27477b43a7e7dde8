import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({
  redirectUri: process.env.SITE_REDIRECT || 'https://app.example/callback',
  debug: true,
});
