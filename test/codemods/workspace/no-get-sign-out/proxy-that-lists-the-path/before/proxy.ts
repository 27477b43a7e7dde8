import { authkitProxy } from '@workos-inc/authkit-nextjs';

export default authkitProxy({ middlewareAuth: { enabled: true, unauthenticatedPaths: ['/', '/sign-out'] } });
