import { handleAuth } from '@workos-inc/authkit-nextjs';

// Users come back here.
export const GET = handleAuth;
