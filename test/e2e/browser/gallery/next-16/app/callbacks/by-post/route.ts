import { handleAuth } from '@workos-inc/authkit-nextjs';

export const POST = handleAuth({ baseURL: process.env.APP_ORIGIN });
