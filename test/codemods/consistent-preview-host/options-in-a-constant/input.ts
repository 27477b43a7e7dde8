import { authkitProxy } from '@workos-inc/authkit-nextjs';

const options = { debug: true };

export default authkitProxy(options);

export const config = {
  matcher: ['/((?!_next).*)'],
};
