import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({ redirectUri: `https://app.vercel.app/${locale}/callback` });
declare const locale: string;
