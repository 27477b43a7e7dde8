import { authkitProxy } from '@workos-inc/authkit-nextjs';

const options = {
  redirectUri:
    process.env.VERCEL_ENV === 'preview'
      ? `https://${process.env.VERCEL_URL}/callback`
      : undefined,
  debug: true,
};

export default authkitProxy(options);

export const config = {
  matcher: ['/((?!_next).*)'],
};
