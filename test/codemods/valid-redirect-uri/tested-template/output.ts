import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({ redirectUri: process.env.VERCEL_BRANCH_URL ? `https://${process.env.VERCEL_BRANCH_URL}/callback` : 'http://localhost:3000/callback' });
