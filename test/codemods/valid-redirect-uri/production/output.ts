import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({
  redirectUri:
    process.env.VERCEL_ENV === 'production'
      ? `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback`
      : `https://${process.env.VERCEL_URL}/callback`,
});

export const config = {
  matcher: ['/((?!_next).*)'],
};
