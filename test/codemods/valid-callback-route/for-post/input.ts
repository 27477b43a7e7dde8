import { handleAuth } from '@workos-inc/authkit-nextjs';

export const POST = handleAuth({ returnPathname: '/overview' });
