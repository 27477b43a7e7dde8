import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({ redirectUri: `https://${process.env.VERCEL_URL}/callback` });

export const config = {
  matcher: ['/((?!_next).*)'],
};
