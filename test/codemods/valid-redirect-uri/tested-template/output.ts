import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'production' ? `https://${process.env.VERCEL_PROJECT_PRODUCTION_URL}/callback` : process.env.VERCEL_BRANCH_URL ? `https://${process.env.VERCEL_BRANCH_URL}/callback` : 'http://localhost:3000/callback' });
