import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({ redirectUri: process.env.VERCEL_ENV === 'preview' ? `${process.env.VERCEL_URL}/callback` : undefined });
