import { authkitProxy } from '@workos-inc/authkit-nextjs';

const redirectUri = process.env.NODE_ENV === 'production' ? 'https://app.example/callback' : 'http://localhost:3000/callback';

export default authkitProxy({ redirectUri });

export const config = {
  matcher: ['/((?!_next).*)'],
};
